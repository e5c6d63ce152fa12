"""One sentence with its words, actors and neighbours: what the rules look at."""

from dataclasses import dataclass, field

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import COMMAS, Actor
from ingest.extractors.rules.arabic.lexicon import Word
from ingest.extractors.rules.arabic.memory import Memory
from ingest.extractors.rules.text import Sentence, Tokens
from ingest.linking.registry import Registry

NEGATIONS = frozenset(("لم", "لا", "لن", "ليس", "ما", "غير", "عدم"))
TAIL = frozenset(" \t.،,؛;:!؟?…\"'”“»«-–—()[]")


@dataclass(slots=True)
class Reading:
    """The sentence's tokens ``first`` to ``last``; ``actor_at`` maps a token to the actor that starts there,
    ``within`` are the tokens of actors after their first, ``closing`` maps the end of a quotation to its begin.
    """

    tokens: Tokens
    words: list[Word]
    sentence: Sentence
    actors: list[Actor]
    memory: Memory
    registry: Registry
    actor_at: dict[int, Actor] = field(default_factory=dict)
    actor_to: dict[int, Actor] = field(default_factory=dict)
    evidence: tuple[int, int] = (0, 0)
    speaker: Entity | None = None
    first: int = 0
    last: int = 0
    within: set[int] = field(default_factory=set)
    closing: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first, self.last = self.sentence.first, self.sentence.last
        self.actor_at = {actor.first: actor for actor in self.actors}
        self.actor_to = {actor.last: actor for actor in self.actors}
        quotes = self.tokens.quotes
        self.closing = {quotes[a]: a for a in range(self.first, self.last) if a in quotes} if quotes else {}
        self.within = {k for actor in self.actors for k in range(actor.first + 1, actor.last)}
        start = self.sentence.first
        while (
            start < self.sentence.last - 1 and self.words[start].kind == "mark" and self.words[start].text in "•-*–—·▪●"
        ):
            start += 1
        self.evidence = (self.tokens.starts[start], self.tokens.ends[self.sentence.last - 1])

    def start(self, i: int) -> int:
        """The first code point of token ``i``."""
        return self.tokens.starts[i]

    def stem_start(self, i: int) -> int:
        """The first code point of the word itself, after conjunction and preposition."""
        return self.tokens.starts[i] + self.words[i].skip

    def end(self, i: int) -> int:
        """The code point after token ``i``."""
        return self.tokens.ends[i]

    def is_comma(self, i: int) -> bool:
        """Whether token ``i`` is a comma."""
        return self.words[i].text in COMMAS

    def negated(self, i: int) -> bool:
        """Whether a negation stands directly before token ``i``."""
        if i <= self.first or self.words[i - 1].stem not in NEGATIONS:
            return False
        if self.words[i - 1].stem != "ما":
            return True
        before = self.words[i - 2] if i - 2 >= self.first else None
        return before is None or before.kind in ("mark", "comp")

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of text without marks and space at its ends."""
        text = self.tokens.text
        while end > start and (text[end - 1] in TAIL):
            end -= 1
        while start < end and text[start] in TAIL:
            start += 1
        return start, end

    def coordinated(self, actor: Actor) -> list[Actor]:
        """The actor and those joined to it by و."""
        joined = [actor]
        while True:
            after = self.actor_at.get(joined[-1].last)
            if after is None or after.conj != "و" or (after.prep and after.prep != actor.prep):
                return joined
            joined.append(after)

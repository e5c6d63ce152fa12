"""A document while it is read: the names in it, the countries that are spoken of, who dealt with whom."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.claims import Entity
from ingest.extractors.rules.english import names
from ingest.extractors.rules.english.lexicon import CAP, CLOSE, COMMA, GENITIVE, OPEN, PREP, REL, word_class
from ingest.extractors.rules.english.pronouns import Memory
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.context import sets_a_scene
from ingest.linking.registry import Registry

# In how many sentences before no third country may be named when "the two sides" are those who dealt last.
RECENT = 2
SCENE_PREPOSITIONS = word_class("preposition of place")
_AFTER_HEAD = PREP | COMMA | REL | OPEN | CLOSE


@dataclass(slots=True)
class Stage:
    """A document while it is read: its tokens, its names, who was spoken of, and where things happen."""

    tokens: Tokens
    registry: Registry
    matches: dict[int, names.Match] = field(default_factory=dict)
    pairs: names.Pairs = field(default_factory=dict)
    bearers: dict[str, list[names.Match]] = field(default_factory=dict)
    people: dict[str, Entity] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    sides: tuple[Entity, Entity] | None = None
    dealt_at: int = 0
    number: int = 0
    ended: int = -1
    named: list[set[str | None]] = field(default_factory=list)
    around: str | None = None
    around_at: int = -1
    place: str | None = None
    home: str | None = None
    date: str | None = None
    cache: dict[tuple[int, int], Entity | None] = field(default_factory=dict)
    heads: dict[tuple[int, int], int] = field(default_factory=dict)
    order: list[int] = field(init=False)
    full_names: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.order = sorted(self.matches)
        self.full_names = list(names.full_names(self.matches, self.tokens))

    def matches_in(self, start: int, end: int) -> list[names.Match]:
        """Registered names that begin between two tokens."""
        order = self.order
        first = bisect_left(order, start)
        return [self.matches[i] for i in order[first : bisect_left(order, end, first)]]

    def enter(self, lo: int, hi: int) -> None:
        """Begin a sentence: note its country when it names only one."""
        self.number += 1
        here = self.matches_in(lo, hi)
        acting = [m for m in here if m.start == lo or not self._located(m)]
        self.named = [*self.named[-RECENT:], {m.entity.country for m in acting} - {None}]
        people = [m for m in here if m.entity.country and m.entity.kind == "person"]
        found = [m for m in here if sets_a_scene(m.entity)] + people
        goes_on, self.ended = lo == self.ended, hi
        if not found and goes_on:
            return
        single = len({m.entity.country for m in found}) == 1
        setting = [m for m in found if self._sets_the_scene(m, lo, hi)] if single else []
        self.around = setting[0].entity.country if setting else None
        self.around_at = setting[0].start if setting else -1
        places = [m for m in setting if m.sort != "demonym" and m.entity.kind == "country"]
        self.place = places[0].entity.country if places else None

    def _located(self, match: names.Match) -> bool:
        """Whether a name says no more than where something is: ``in Ukraine``."""
        return self._before(match) == "in" and match.entity.kind == "country" and match.sort != "demonym"

    def _sets_the_scene(self, match: names.Match, lo: int, hi: int) -> bool:
        """Whether a country is where things happen (``in Kenya``, ``Kenyan police``), not who something is done to."""
        tokens = self.tokens
        if match.sort == "demonym" or match.entity.kind != "country":
            return True
        if (match.end < hi and tokens.bits[match.end] & (GENITIVE | CAP)) or match.start == lo:
            return True
        return self._before(match) in SCENE_PREPOSITIONS

    def _before(self, match: names.Match) -> str:
        """The word before a name and its article."""
        at = match.start - 1 - (self.tokens.words[match.start - 1].lower == "the")
        return self.tokens.words[at].lower

    def dealt(self, one: Entity, other: Entity) -> None:
        """Note two actors of different countries who dealt with each other: ``the two sides`` stands for them."""
        if one.country and other.country and one.country != other.country:
            again = self.sides and {side.country for side in self.sides} == {one.country, other.country}
            self.sides, self.dealt_at = self.sides if again else (one, other), self.number

    def two_before(self) -> tuple[Entity, Entity] | None:
        """The two countries that the sentence before names, when it names two."""
        codes = sorted(code for code in self.named[-2] if code) if len(self.named) > 1 else []
        found = [country for code in codes if (country := self.registry.countries.get(code))]
        return (found[0], found[1]) if len(codes) == len(found) == 2 else None

    def alone(self, sides: tuple[Entity, Entity]) -> bool:
        """Whether the last sentences named no country but those of two actors."""
        return set().union(*self.named[:-1]) <= {side.country for side in sides}

    def head_end(self, start: int, end: int) -> int:
        """Where the head's own words end: before the first preposition, comma, bracket or relative."""
        if end - start < 2:
            return end
        key = start, end
        if key not in self.heads:
            bits = self.tokens.bits
            after = (
                k
                for k in range(start + 1, end)
                if bits[k] & _AFTER_HEAD and not bits[k] & CAP and not self._in_title(k, end)
            )
            self.heads[key] = next(after, end)
        return self.heads[key]

    def _in_title(self, k: int, end: int) -> bool:
        """Whether the ``of`` at token ``k`` stands in a title before a name: ``Secretary of State Cyrus Vance``."""
        bits, role = self.tokens.bits, self.tokens.words[k - 1].role
        if role is None or role[1] != "person" or not bits[k - 1] & CAP or k + 3 > end:
            return False
        return self.tokens.words[k].lower == "of" and all(bit & CAP for bit in bits[k + 1 : end])

    def _sentence_before(self, i: int, number: int) -> int:
        """The token at which the sentence begins that is ``number`` sentences before that of token ``i``."""
        at = bisect_right(self.tokens.sentences, (i, len(self.tokens))) - 1
        return self.tokens.sentences[max(at - number, 0)][0] if at >= 0 else 0

    def _named_before(self, i: int, *, person: bool) -> Iterator[Entity]:
        """The registered persons (or countries and bodies) named before token ``i``, the nearest first."""
        for k in range(i - 2, max(i - 60, -1), -1):
            match = self.matches.get(k)
            if match and (match.entity.kind == "person") == person and match.end < i:
                yield match.entity

    def named_before(self, i: int, *, person: bool, beside: tuple[Entity, ...] = ()) -> Entity | None:
        """The nearest registered person (or country or body) named before token ``i``, of no country of ``beside``."""
        found = self._named_before(i, person=person)
        apart = (e for e in found if all(e.id != other.id and e.country != other.country for other in beside))
        return next(apart, None)

"""Who a pronoun stands for: who was spoken of so far, what is known of their gender, who speaks in a quotation."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from graph.claims import Entity
from ingest.extractors.rules.english.lexicon import Word, word_class

MALE, FEMALE = frozenset(("he", "him", "his")), frozenset(("she", "her", "hers"))
THEY = frozenset(("they", "them", "their"))
WE = frozenset(("i", "we", "me", "us", "my", "our", "you", "your"))
_TITLES = dict.fromkeys(word_class("title of a woman"), "f") | dict.fromkeys(word_class("title of a man"), "m")
_NAMES = {"m": word_class("given name of a man"), "f": word_class("given name of a woman")}


@dataclass(slots=True)
class Memory:
    """The subjects of a document's claims so far, and the quotations whose speaker is known."""

    person: Entity | None = None
    group: Entity | None = None
    person_at: int = -1
    group_at: int = -1
    joined: bool = False
    people: list[tuple[int, Entity]] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    voices: dict[int, Entity] = field(default_factory=dict)

    def remember(self, entity: Entity, at: int, *, joined: bool = False) -> None:
        """Note the subject of a claim, which begins at token ``at``: pronouns after it stand for it.

        ``joined`` is the last of several, for whom *they* may stand.
        """
        self.joined = joined
        if entity.kind == "person":
            self.person, self.person_at = entity, at
            insort(self.people, (at, entity), key=itemgetter(0))
        else:
            self.group, self.group_at = entity, at

    def persons(self, since: int, until: int) -> list[tuple[int, Entity]]:
        """The persons among those subjects that begin between two tokens, and where, in the order of the text."""
        first = bisect_left(self.people, since, key=itemgetter(0))
        return self.people[first : bisect_left(self.people, until, first, key=itemgetter(0))]

    def learn(self, entity: Entity, words: Iterable[Word]) -> None:
        """Note the gender that a person's title tells: ``Lady Ashton``, ``a spokeswoman``."""
        if entity.kind == "person" and entity.id not in self.genders:
            told = {_TITLES[word.lower] for word in words if word.lower in _TITLES}
            if told:
                self.genders[entity.id] = "m" if "m" in told else "f"

    def quote(self, start: int, end: int, speaker: Entity) -> None:
        """Note who speaks in tokens ``start`` to ``end``: *I* and *we* there stand for the speaker."""
        self.voices.update(dict.fromkeys(range(start, end), speaker))

    def speaker(self, i: int) -> Entity | None:
        """Who speaks in the quotation that token ``i`` stands in, as far as is known."""
        return self.voices.get(i)

    def he_or_she(self, pronoun: str, candidates: Iterable[Entity]) -> Entity | None:
        """The first of the candidates that the pronoun may stand for."""
        gender = "m" if pronoun in MALE else "f"
        return next((person for person in candidates if self._gender(person) in {gender, ""}), None)

    def _gender(self, person: Entity) -> str:
        if person.id not in self.genders:
            given = (person.label_en or "").partition(" ")[0].lower()
            self.genders[person.id] = next((g for g, names in _NAMES.items() if given in names), "")
        return self.genders[person.id]

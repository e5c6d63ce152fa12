"""Who is meant by a noun phrase: a registered actor, a new person, an office, a group of a country, a pronoun."""

from dataclasses import dataclass, field
from functools import cache

from graph.claims import Entity, EntityKind
from ingest.extractors.rules.english import names
from ingest.extractors.rules.english.lexicon import (
    ADV,
    CAP,
    CLOSE,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    NUM,
    OBJ,
    OPEN,
    PLURAL,
    POSS,
    PREP,
    PRON,
    QUANT,
    QUOTE,
    REL,
    VERB,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.context import home
from ingest.linking.offices import Office, allies, body_office, counterpart, holder, office_entity, offices, staff
from ingest.linking.parties import party
from ingest.linking.registry import Registry, unregistered

MALE, FEMALE = frozenset(("he", "him", "his")), frozenset(("she", "her", "hers"))
THEY = frozenset(("they", "them", "their"))
WE = frozenset(("i", "we", "me", "us", "my", "our", "you", "your"))
ORGANISATION = word_class("organisation word")
HONORIFIC = word_class("honorific")
TITLE_ADJECTIVES = word_class("title adjective")
TITLES = HONORIFIC | TITLE_ADJECTIVES
GENERIC = Entity("name-unknown", "group", None, None, None, None)


@dataclass(slots=True)
class Scene:
    """A document while it is read: its tokens, its names, and who was spoken of so far."""

    tokens: Tokens
    registry: Registry
    matches: dict[int, names.Match] = field(default_factory=dict)
    pairs: names.Pairs = field(default_factory=dict)
    people: dict[str, Entity] = field(default_factory=dict)
    last_person: Entity | None = None
    last_group: Entity | None = None
    around: str | None = None
    home: str | None = None
    date: str | None = None
    cache: dict[tuple[int, int], Entity | None] = field(default_factory=dict)

    def matches_in(self, start: int, end: int) -> list[names.Match]:
        """Registered names that begin between two tokens."""
        found = self.matches
        return [found[i] for i in range(start, end) if i in found]

    def enter(self, lo: int, hi: int) -> None:
        """Begin a sentence: note its country when it names only one."""
        found = [m for m in self.matches_in(lo, hi) if m.entity.country and m.entity.sector != "PTY"]
        single = len({m.entity.country for m in found}) == 1
        self.around = (
            found[0].entity.country if single and any(self._sets_the_scene(m, lo, hi) for m in found) else None
        )

    def _sets_the_scene(self, match: names.Match, lo: int, hi: int) -> bool:
        """Whether a country is where things happen (``in Kenya``, ``Kenyan police``), not who something is done to."""
        tokens = self.tokens
        if match.sort == "demonym" or match.entity.kind != "country":
            return True
        if (match.end < hi and tokens.bits[match.end] & (GENITIVE | CAP)) or match.start == lo:
            return True
        return tokens.words[match.start - 1].lower in SCENE_PREPOSITIONS

    # --- noun phrases ---------------------------------------------------------------------------------------

    def entity(self, start: int, end: int) -> Entity:
        """Who the noun phrase of these tokens stands for."""
        if end <= start:
            return self._resolve(start, end) or GENERIC
        key = (start, end)
        if key not in self.cache:
            self.cache[key] = self._resolve(start, end)
        return self.cache[key] or GENERIC

    def remember(self, entity: Entity) -> None:
        """Note the subject of a claim: pronouns after it stand for it."""
        if entity is GENERIC:
            return
        if entity.kind == "person":
            self.last_person = entity
        else:
            self.last_group = entity

    def _resolve(self, start: int, end: int) -> Entity | None:
        bits, words = self.tokens.bits, self.tokens.words
        if end <= start:
            return self.last_person
        if end - start == 1 and bits[start] & (PRON | OBJ | POSS | REL):
            return self._pronoun(words[start].lower, start)
        head_end = self.head_end(start, end)
        if (
            head_end + 1 < end
            and words[head_end].lower == "of"
            and (words[head_end - 1].lower in PARTITIVE or bits[head_end - 1] & QUANT)
        ):
            return self.entity(head_end + 1, end)
        found = self.matches_in(start, end)
        if bits[start] & POSS and (leaning := self._leaning(start, head_end, found)):
            return leaning
        head = [m for m in found if m.end == head_end and m.sort != "demonym"]
        if head and self._alone(head[-1], start):
            others = self.country_of([m for m in found if m is not head[-1]])
            return party(names.spelled(self.tokens, head[-1]), head[-1].entity, others, self.registry)
        bodies = any(m.entity.sector in ("IGO", "NGO") for m in found)
        if any(word.lower in SUPRANATIONAL for word in words[start:head_end]):
            found, bodies = [m for m in found if m.start < head_end], True
        country = self.country_of(found) or self._of_owner(start)
        country = country or (None if bodies else self._context(start, head_end))
        name = self._proper(start, head_end)
        if name is not None:
            return self._named(name, head_end, start, country)
        body = [m for m in found if m.end == head_end and m.sort == "demonym"]
        if body and head_end - 1 == body[-1].start and not bits[head_end - 1] & PLURAL:
            return body[-1].entity if body[-1].entity.kind == "country" else None
        return self._common(start, head_end, country, found)

    def _leaning(self, start: int, head_end: int, found: list[names.Match]) -> Entity | None:
        """``his Iranian counterpart``, ``its allies``: who is meant by way of somebody named before."""
        head, person = self.tokens.words[head_end - 1].lower, self.tokens.words[start].lower in MALE | FEMALE
        if head in ALLIES:
            owner = self._named_before(start, person=person) or self.last_group
            return allies(owner) if owner else None
        if person and head in STAFF and head_end - start == 2 and (owner := self.last_person):
            return staff(STAFF[head], owner)
        country = self.country_of(found)
        owner = self._named_before(start, person=True) or self.last_person
        return (
            counterpart(owner, country, self.registry, self.date)
            if head == "counterpart" and owner and country
            else None
        )

    def head_end(self, start: int, end: int) -> int:
        """Where the head's own words end: before the first preposition, comma, bracket or relative."""
        bits = self.tokens.bits
        for i in range(start + 1, end):
            if bits[i] & (PREP | COMMA | REL | OPEN | CLOSE) and not bits[i] & CAP:
                return i
        return end

    def _alone(self, match: names.Match, start: int) -> bool:
        """Whether nothing capitalised but titles and demonyms stands before a name: not ``Melania Trump``."""
        bits, words = self.tokens.bits, self.tokens.words
        i = match.start - 1
        if match.entity.kind != "person" and match.sort == "name" and match.end - match.start > 1:
            return True
        if i >= start and bits[i] & CAP and not bits[i] & DET:
            if words[i].role or words[i].lower in TITLES or words[i].lower in ORGANISATION:
                return match.entity.kind == "person" or i == start
            return any(m.end == i + 1 for m in self.matches_in(max(start, i - 3), i + 1))
        return not (match.entity.kind == "country" and i >= start and words[i].role is not None)

    def _of_owner(self, start: int) -> str | None:
        """The country of whoever ``his``, ``her``, ``its`` or ``their`` stands for."""
        if not self.tokens.bits[start] & POSS or self.tokens.words[start].lower in WE:
            return None
        owner = self._pronoun(self.tokens.words[start].lower, start)
        return owner.country if owner else None

    def _context(self, start: int, head_end: int) -> str | None:
        """The country of an office or body without one: the only country its sentence names."""
        words = self.tokens.words
        if not any(w.role and w.role[0] in CONTEXT for w in words[start:head_end]):
            return None
        if words[head_end - 1].lower in ANYBODY:
            return None
        return self.around or self.home

    def _proper(self, start: int, head_end: int) -> tuple[int, int] | None:
        """The capitalised run that ends the head, without titles; ``None`` when the head is a common noun."""
        bits, words = self.tokens.bits, self.tokens.words
        i = head_end
        while i > start and (bits[i - 1] & CAP or words[i - 1].lower in {"al", "bin", "van", "von", "de", "."}):
            i -= 1
        if i == head_end or bits[head_end - 1] & (DET | PRON):
            return None
        first = i
        while first < head_end - 1 and (
            words[first].role
            or words[first].lower in HONORIFIC
            or first in self.matches
            or words[first].lower in TITLE_ADJECTIVES
        ):
            first = (
                self.matches[first].end if first in self.matches and self.matches[first].end < head_end else first + 1
            )
        return (first, head_end)

    def _named(self, name: tuple[int, int], head_end: int, start: int, country: str | None) -> Entity | None:
        tokens = self.tokens
        text = tokens.text[tokens.starts[name[0]] : tokens.ends[name[1] - 1]]
        words = [tokens.words[i] for i in range(*name)]
        last = words[-1].lower
        if last in ORGANISATION or any(w.lower in ORGANISATION for w in words) or "of" in (w.lower for w in words):
            sector = (words[-1].role[0] if words[-1].role else None) or None
            if country is None and words[0].lower in {
                "international",
                "world",
                "european",
                "african",
                "asian",
                "global",
            }:
                sector = "IGO"
            if last in {"association", "forum", "watchdog", "federation"}:
                sector = "NGO"
            return unregistered(text, "organization", "en", country=country, sector=sector)
        if words[-1].role and len(words) == 1:
            sector, kind = words[-1].role
            return unregistered(text, _kind(kind, False), "en", country=country, sector=sector or None)
        if text.isupper() and len(text) > 1 and len(words) == 1:
            return self.people.get(text) or unregistered(text, "organization", "en", country=country)
        key = text.rsplit(" ", 1)[-1]
        known = self.people.get(key)
        if known and (len(words) == 1 or (known.label_en or "") == text):
            return known
        sector = next(
            (w.role[0] for w in tokens.words[start:head_end] if w.role and w.role[1] == "person" and w.role[0]), None
        )
        entity = unregistered(text, "person", "en", country=country, sector=sector)
        if len(words) > 1 or key not in self.people:
            self.people[key] = entity
        return entity

    def _common(self, start: int, head_end: int, country: str | None, found: list[names.Match]) -> Entity | None:
        tokens = self.tokens
        i = start
        while i < head_end and tokens.bits[i] & (DET | QUANT | NUM | ADV | POSS):
            i += 1
        if i >= head_end:
            return None
        head = tokens.words[head_end - 1]
        if head.role and head.role[1] == "organization" and head.lower in GOVERNMENT:
            whole = next((m.entity for m in found if m.entity.kind == "country"), None)
            if whole is None and country and tokens.bits[start] & POSS:
                whole = self.registry.countries.get(country)
            if whole:
                return whole
        body = found[0].entity if found and found[0].end < head_end else None
        office = None if head.bits & PLURAL else self._office(i, head_end)
        if office and office.sort == "person" and body and body.kind in ("organization", "group"):
            return holder(office, body.id, self.registry, self.date) or body_office(office, body)
        if country and office:
            explicit = country in {m.entity.country for m in found}
            held = holder(office, country, self.registry, self.date) if explicit else None
            return held or office_entity(office, country, self.registry)
        sector, kind = head.role if head.role else (None, "group")
        sector = sector or None
        if country is None:
            sector = next((m.entity.sector for m in found if m.entity.sector in ("IGO", "NGO")), sector)
        text = " ".join(tokens.text[tokens.starts[i] : tokens.ends[head_end - 1]].split())
        return unregistered(text, _kind(kind, bool(head.bits & PLURAL)), "en", country=country, sector=sector)

    def _office(self, start: int, end: int) -> Office | None:
        """The office that a phrase ends in: ``(the Russian) foreign minister``."""
        words = [word.lower for word in self.tokens.words[start:end]]
        if FORMER.intersection(words):
            return None
        found = (_offices().get(tuple(words[i:])) for i in range(max(0, len(words) - 4), len(words)))
        return next((office for office in found if office), None)

    def country_of(self, found: list[names.Match]) -> str | None:
        """The country a noun phrase belongs to: of a demonym or place in it, the head's own before the rest."""
        for match in found:
            if match.entity.country:
                return match.entity.country
        return None

    def _pronoun(self, lower: str, i: int) -> Entity | None:
        """Who a pronoun stands for: the last subject that it may stand for, else the last such name before it."""
        if lower in {"that", "which", "this"}:
            return None
        if lower in {"it", "its"}:
            return self.last_group or self._named_before(i, person=False)
        if lower in THEY:
            return self.last_group or self.last_person
        if lower in MALE or lower in FEMALE:
            return self.last_person or self._named_before(i, person=True)
        return self.last_person or self.last_group

    def _named_before(self, i: int, *, person: bool) -> Entity | None:
        """The nearest registered person (or country or body) named before token ``i`` in the same paragraph."""
        for k in range(i - 2, max(i - 60, -1), -1):
            match = self.matches.get(k)
            if match and (match.entity.kind == "person") == person and match.end < i:
                return match.entity
        return None


STAFF = {"office": "office", "spokesman": "spokesman", "spokeswoman": "spokesman", "spokesperson": "spokesman"}
ALLIES = frozenset(("allies", "ally", "partners"))
FORMER = frozenset(("former", "ex", "deputy", "vice", "assistant", "then", "acting", "next"))
SUPRANATIONAL = word_class("adjective of several countries")
ANYBODY = word_class("anybody")
PARTITIVE = word_class("partitive")
SCENE_PREPOSITIONS = word_class("preposition of place")
CONTEXT = frozenset(["GOV", "COP", "MIL", "OPP", "LEG", "JUD", "REB", "CVL", "PTY"])
GOVERNMENT = word_class("government word")


def _kind(kind: str, plural: bool) -> EntityKind:
    if plural:
        return "group"
    return "person" if kind == "person" else "organization" if kind == "organization" else "group"


@cache
def _offices() -> dict[tuple[str, ...], Office]:
    return {tuple(words.split()): office for office in offices() for words in office.words_en}


def scene(tokens: Tokens, registry: Registry, date: str | None = None) -> Scene:
    """The scene of a document of this ISO date, its registered people known by surname."""
    found, pairs = names.find(tokens, registry)
    full = [m for m in found.values() if m.entity.kind == "person" and m.end - m.start > 1]
    named = [m.entity for m in found.values() if m.entity.kind != "person" and m.entity.sector != "PTY"]
    named += {m.entity.id: m.entity for m in full}.values()
    stage = Scene(tokens, registry, found, pairs, home=home(e.country for e in named if e.country), date=date)
    names.at_home(found, tokens, registry, stage.home)
    stage.people = names.by_surname(found, tokens, full)
    return stage


NOUNISH_STOP = VERB | QUOTE | CONJ | COMMA | GENITIVE

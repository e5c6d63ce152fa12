"""Who is meant by a noun phrase: a registered actor, a new person, an office, a group of a country, a pronoun."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from graph.claims import Entity, EntityKind
from ingest.extractors.rules.english import names, origins, phrases
from ingest.extractors.rules.english.lexicon import (
    ADV,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    ING,
    NUM,
    OBJ,
    PART,
    PLURAL,
    POSS,
    PREP,
    PRON,
    QUANT,
    REL,
    STOP,
    THAT,
    TIME,
    Word,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.pronouns import FEMALE, MALE, THEY, WE
from ingest.extractors.rules.english.stage import Stage
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.context import FAMILY_NAME_FIRST, GIVEN_NAME_STANDS, home, sets_a_scene
from ingest.linking.offices import (
    Office,
    allies,
    body_office,
    counterpart,
    holder,
    is_seat,
    office_entity,
    offices,
    staff,
)
from ingest.linking.parties import party
from ingest.linking.registry import Registry, unregistered

ORGANISATION = word_class("organisation word")
HONORIFIC = word_class("honorific")
TITLE_ADJECTIVES = word_class("title adjective")
TITLES = HONORIFIC | TITLE_ADJECTIVES
GENERIC = Entity("name-unknown", "group", None, None, None, None)


@dataclass(slots=True)
class Scene(Stage):
    """Who is meant by the words of a document."""

    def entity(self, start: int, end: int) -> Entity:
        """Who the noun phrase of these tokens stands for."""
        if end <= start:
            return self._resolve(start, end) or GENERIC
        key = (start, end)
        if end - start == 1 and self.tokens.words[start].lower in WE:
            return self._resolve(start, end) or GENERIC  # who speaks may not be known yet
        if key not in self.cache:
            found = self.cache[key] = self._resolve(start, end)
            if found:
                self.memory.learn(found, self.tokens.words[start:end])
        return self.cache[key] or GENERIC

    def remember(self, entity: Entity, at: int, *, joined: bool = False) -> None:
        """Note the subject of a claim, which begins at token ``at``: pronouns after it stand for it."""
        if entity is not GENERIC:
            self.memory.remember(entity, at, joined=joined)

    def _resolve(self, start: int, end: int) -> Entity | None:
        bits, words = self.tokens.bits, self.tokens.words
        if end <= start:
            return self.memory.person
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
        if any(self._supranational(i) for i in range(start, head_end)):
            found, bodies = [m for m in found if m.start < head_end], True
        another = words[head_end - 1].lower in OTHERS
        if another:
            found = [m for m in found if m.end >= head_end or not bits[m.end] & GENITIVE]
        found = origins.saying(self.tokens, found, head_end)
        if not found and (body_meant := self._short(start, head_end)):
            return body_meant
        name = self._proper(start, head_end)
        if name is not None:  # "Mona Saleh" is not of the country of a Saleh in the registry
            found = [m for m in found if m.entity.kind != "person" or not name[0] <= m.start < name[1]]
        country = self.country_of(found) or (None if another else self._of_owner(start))
        owned = bits[start] & POSS and words[start].lower not in WE and self._owner(start)
        country = country or (None if bodies or owned else self._context(start, head_end, named=name is not None))
        if name is not None:
            return self._named(name, head_end, start, country or self._beside(head_end))
        if named := self._apposed(start, head_end, end, country):
            return named
        body = [m for m in found if m.end == head_end and m.sort == "demonym"]
        if body and head_end - 1 == body[-1].start and not bits[head_end - 1] & PLURAL:
            return body[-1].entity if body[-1].entity.kind == "country" else None
        return self._common(start, head_end, country, found)

    def _short(self, start: int, head_end: int) -> Entity | None:
        """``the Council`` after ``the Security Council``: the last body named whose name has this word."""
        words = self.tokens.words
        if head_end - start != 2 or words[start].lower != "the" or words[start + 1].lower not in ORGANISATION:
            return None
        word = words[start + 1].lower
        before = (m for m in reversed(self.matches_in(max(0, start - REACH_OF_A_NAME), start)))
        bodies = (m.entity for m in before if m.entity.kind in ("organization", "group") and m.end <= start)
        return next((body for body in bodies if word in (body.label_en or "").lower().split()), None)

    def _beside(self, end: int) -> str | None:
        """The country of whoever is named before token ``end``, by the words after: ``, the mayor of Marseille,``."""
        if origins.in_congress(self.tokens, end):
            return "USA"
        phrase = origins.apposition(self.tokens, end)
        if phrase is None:
            return None
        head_end = self.head_end(*phrase)
        found = self.matches_in(*phrase)
        owned = found or any(self.tokens.bits[i] & (GENITIVE | POSS | PREP) for i in range(phrase[0], phrase[1] + 1))
        said = self.country_of(origins.saying(self.tokens, found, head_end))
        return said or (None if owned else self._context(phrase[0], head_end, named=True))

    def _supranational(self, i: int) -> bool:
        """``European``, ``foreign`` as of several countries; not ``the foreign ministers of``."""
        words = self.tokens.words
        if words[i].lower not in SUPRANATIONAL:
            return False
        after = words[i + 1] if i + 1 < len(words) else None
        office = after and after.role and not (after.bits & PLURAL and after.role[1] != "person")
        return words[i].lower != "foreign" or not office

    def _leaning(self, start: int, head_end: int, found: list[names.Match]) -> Entity | None:
        """``his Iranian counterpart``, ``its allies``: who is meant by way of somebody named before."""
        head, person = self.tokens.words[head_end - 1].lower, self.tokens.words[start].lower in MALE | FEMALE
        if head in ALLIES:
            owner = self.named_before(start, person=person) or self.memory.group
            return allies(owner) if owner else None
        if head in NEIGHBOURS and self.sides:
            ours = self._owner(start)
            others = [side for side in self.sides if ours and side.country != ours.country]
            return others[0] if len(others) == 1 else None
        if person and head in STAFF and head_end - start == 2:
            owner = self._pronoun(self.tokens.words[start].lower, start)
            return staff(STAFF[head], owner) if owner else None
        country = self.country_of(found)
        owner = self.named_before(start, person=True) or self.memory.person
        if head != "counterpart" or not owner or not country:
            return None
        named = self.matches.get(head_end + 1)
        if named and named.entity.kind == "person" and named.entity.country == country:
            return named.entity  # his Indian counterpart, X,
        return counterpart(owner, country, self.registry, self.date)

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
        owner = self._owner(start)
        return owner.country if owner else None

    def _owner(self, start: int) -> Entity | None:
        """Whoever the possessive at token ``start`` stands for."""
        return self._pronoun(self.tokens.words[start].lower, start)

    def _context(self, start: int, head_end: int, *, named: bool) -> str | None:
        """The country of an office or body without one: the only country its sentence names.

        Of a person with a name it is not known from what he says of others: ``Secretary Howe said that Syrian``.
        """
        words = self.tokens.words
        sectors = {w.role[0] for w in words[start:head_end] if w.role}
        counted = words[start].lower == "the" and self.tokens.bits[start + 1] & (NUM | QUANT)
        several = words[start].lower == "both" or counted
        if not sectors.intersection(CONTEXT) or words[head_end - 1].lower in ANYBODY or several:
            return None
        if sectors.intersection(FIGHTERS):
            return self.place or self.home
        if named and self.around and any(bit & THAT for bit in self.tokens.bits[head_end : self.around_at]):
            return self.home if self.home == self.around else None
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
        body = self._is_body(words[head_end - 1])
        while first < head_end - 1 and (
            first in self.matches
            or bits[first] & DET
            or (not body and (words[first].role or words[first].lower in TITLES))
        ):
            first = (
                self.matches[first].end if first in self.matches and self.matches[first].end < head_end else first + 1
            )
        titles = () if body else range(head_end - 2, first - 1, -1)
        last = next((k for k in titles if (words[k].role or ("", ""))[1] == "person"), -1)
        return (max(first, last + 1), head_end)

    @staticmethod
    def _is_body(word: Word) -> bool:
        return word.lower in ORGANISATION or (word.role is not None and word.role[1] == "organization")

    def _named(self, name: tuple[int, int], head_end: int, start: int, country: str | None) -> Entity | None:
        tokens = self.tokens
        text = tokens.text[tokens.starts[name[0]] : tokens.ends[name[1] - 1]]
        words = [tokens.words[i] for i in range(*name)]
        last = words[-1].lower
        office = _offices().get(tuple(word.lower for word in words))
        if office and office.sort == "body" and country:
            return office_entity(office, country, self.registry)
        named_so = any(w.lower in ORGANISATION for w in words) or "of" in (w.lower for w in words)
        if named_so or (len(words) > 1 and self._is_body(words[-1])):
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
            plural = bool(words[-1].bits & PLURAL)
            return unregistered(text, _kind(kind, plural), "en", country=country, sector=sector or None)
        if text.isupper() and len(text) > 1 and len(words) == 1:
            return self.people.get(text) or unregistered(text, "organization", "en", country=country)
        key = _GENERATION.sub("", text).rsplit(" ", 1)[-1]
        known = self._bearer(key, name[0])
        if known and (len(words) == 1 or (known.label_en or "") == text):
            return known
        sector = next(
            (w.role[0] for w in tokens.words[start:head_end] if w.role and w.role[1] == "person" and w.role[0]), None
        )
        entity = unregistered(text, "person", "en", country=country, sector=sector)
        if len(words) > 1 or key not in self.people:
            self.people[key] = entity
        if len(words) > 1 and country in FAMILY_NAME_FIRST | GIVEN_NAME_STANDS:
            self.people.setdefault(words[0].lower.capitalize(), entity)
        return entity

    def _bearer(self, surname: str, at: int) -> Entity | None:
        """Whom a surname at token ``at`` means: whoever the document has named in full, else names later."""
        known = self.bearers.get(surname)
        return names.meant(surname, known, at) if known else self.people.get(surname)

    def _common(self, start: int, head_end: int, country: str | None, found: list[names.Match]) -> Entity | None:
        tokens = self.tokens
        i = start
        while i < head_end and (tokens.bits[i] & (DET | QUANT | NUM | ADV | POSS) or tokens.words[i].lower in _ABOUT):
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
        body = found[0].entity if found and (found[0].end < head_end or self._owned(head_end, found[0])) else None
        office = None if head.bits & PLURAL else self._office(i, head_end)
        if office and office.sort == "person" and body and is_seat(body):
            return holder(office, body.id, self.registry, self.date) or body_office(office, body)
        if country and office:
            explicit = country in {m.entity.country for m in found}
            held = holder(office, country, self.registry, self.date) if explicit else None
            return held or office_entity(office, country, self.registry)
        sector, kind = head.role if head.role else (None, "group")
        if head_end - 2 >= i and tokens.words[head_end - 2].lower == "news":
            sector, kind = "MED", "organization"  # "Ansa news agency"
        sector = sector or None
        if country is None:
            sector = next((m.entity.sector for m in found if m.entity.sector in ("IGO", "NGO")), sector)
        text = " ".join(tokens.text[tokens.starts[i] : tokens.ends[head_end - 1]].split())
        return unregistered(text, _kind(kind, bool(head.bits & PLURAL)), "en", country=country, sector=sector)

    def _apposed(self, start: int, head_end: int, end: int, country: str | None) -> Entity | None:
        """Who is named between commas after a title: ``its prime minister, Donald Tusk,``."""
        bits, head = self.tokens.bits, self.tokens.words[head_end - 1]
        office = head.role[1] == "person" if head.role else head.lower.endswith(PERSON)
        office = office or head.lower in _HEADS
        person = office and not head.bits & PLURAL
        if not person or end + 2 >= len(bits) or not bits[end] & COMMA:
            return None
        k = end + 1
        while k < len(bits) and k < end + 6 and bits[k] & CAP and not bits[k] & (DET | TIME | PRON):
            k += 1
        if k >= len(bits) or not bits[k] & (COMMA | STOP) or k - end < 3:
            return None
        inside = self.matches_in(end + 1, k)
        if inside and (inside[0].entity.kind != "person" or inside[0].end != k):
            return None
        if inside:
            return inside[0].entity
        words = self.tokens.words[end + 1 : k]
        if words[0].role or any(word.lower in ORGANISATION for word in words):
            return None
        return self._named((end + 1, k), k, start, country)

    def _owned(self, head_end: int, match: names.Match) -> bool:
        """``the governor of Texas``, ``a spokesman for Hamas``: whether a name follows the head and its preposition."""
        words = self.tokens.words
        between = [words[i].lower for i in range(head_end, match.start)]
        return bool(between) and between[0] in ("of", "for") and all(word == "the" for word in between[1:])

    def _office(self, start: int, end: int) -> Office | None:
        """The office that a phrase ends in: ``(the Russian) foreign minister``."""
        words = [word.lower for word in self.tokens.words[start:end]]
        if FORMER.intersection(words):
            return None
        starts = range(max(0, len(words) - 4), len(words))
        found = ((i, office) for i in starts if (office := _offices().get(tuple(words[i:]))))
        at, office = next(found, (0, None))
        of_a_body = office is not None and office.id == "president" and at > 0 and words[at - 1] in ORGANISATION
        return None if of_a_body else office  # Nigeria's Senate president

    def country_of(self, found: list[names.Match]) -> str | None:
        """The country a noun phrase belongs to: of a demonym or place in it, the head's own before the rest.

        What comes after a body of several countries is where it works: ``the UN mission in Congo``.
        """
        for match in found:
            if match.entity.sector in ("IGO", "NGO") and not match.entity.country:
                return None
            ethnic = match.start and self.tokens.words[match.start - 1].lower == "ethnic"
            if match.entity.country and not ethnic:
                return match.entity.country
        return None

    def _pronoun(self, lower: str, i: int) -> Entity | None:
        """Who a pronoun stands for: the last subject that it may stand for, else the last such name before it."""
        memory = self.memory
        if lower in _NOT_KNOWN:
            return None
        if lower in {"it", "its"}:
            topic = next(self._topics(i, memory.group_at, ("country", "organization")), None)
            recent = memory.group if memory.group_at >= self._sentence_before(i, REACH_OF_IT) else None
            return topic or recent or next(self._named_before(i, person=False), None)
        if lower in THEY:
            one = memory.group and memory.group.kind == "country" and not memory.joined
            return None if one else memory.group or memory.person
        if lower in MALE or lower in FEMALE:
            topics = self._topics(i, memory.person_at, ("person",))
            since = self._sentence_before(i, REACH_OF_HE)
            last = [memory.person] if memory.person and memory.person_at >= since else []
            return memory.he_or_she(lower, chain(topics, last, self._persons_before(i, since)))
        if lower in WE:
            return memory.speaker(i) or (memory.person or memory.group if self.tokens.quote_of[i] >= 0 else None)
        return memory.person or memory.group

    def _topics(self, i: int, since: int, kinds: tuple[str, ...]) -> Iterator[Entity]:
        """Who opens the sentence of token ``i`` and the one before, where that is nearer than token ``since``."""
        sentences = self.tokens.sentences
        at = bisect_right(sentences, (i, len(self.tokens))) - 1
        for lo, hi in reversed(sentences[max(at - 1, 0) : at + 1]):
            if self.tokens.spelling(lo).isupper() and hi - lo > 1 and lo not in self.matches:
                continue  # COPIAPÓ, Chile -
            phrase = phrases.noun_phrase(self.tokens, lo, hi)
            past = (
                since if lo <= i < hi or not lo <= since < hi else -1
            )  # who opens a sentence before those told of in it
            if phrase is None or phrase[1] > i or phrase[0] <= past or self._no_topic(phrase[0]):
                continue
            head = self.tokens.words[self.head_end(*phrase) - 1]
            if not head.bits & (PRON | OBJ | REL | PLURAL) and (head.role or head.bits & CAP):
                found = self.entity(*phrase)
                if found.kind in kinds and (phrase[0] > since or self._in_full(found, phrase)):
                    yield found

    def _in_full(self, entity: Entity, phrase: tuple[int, int]) -> bool:
        """Whether a phrase surely names somebody: somebody registered, or with more than one name."""
        first, last = self.tokens.bits[phrase[0]], self.tokens.bits[self.head_end(*phrase) - 1]
        named = entity.id.startswith("Q") or " " in (entity.label_en or "")
        return bool(named and last & CAP and not first & CONJ)

    def _no_topic(self, i: int) -> bool:
        """Whether a sentence opens with no name at token ``i``: ``Its``, ``Speaking``, ``Asked``."""
        bit = self.tokens.bits[i]
        return bool(bit & (POSS | ING)) or bool(bit & PART and i not in self.matches)

    def _persons_before(self, i: int, since: int) -> list[Entity]:
        """The persons before token ``i`` that were subjects of claims or are registered, the nearest first."""
        found = self.memory.persons(since, i)
        found += [(m.start, m.entity) for m in self.matches_in(since, i) if m.entity.kind == "person"]
        found += [(k, self.entity(k, end)) for k, end in self.full_names if since <= k and end <= i]
        return [person for _, person in sorted(found, key=lambda pair: -pair[0])]


# Who is somebody's, but not of that country: ``Iran's allies``, ``its rivals``.
OTHERS = word_class("another's")
# How many tokens back a body was named that a word of its name alone stands for.
REACH_OF_A_NAME = 200
# How many sentences back "it" and "he" may reach for the subject of a claim.
REACH_OF_IT, REACH_OF_HE = 2, 8
# Whose country the nationality of those they fight does not tell: ``gunmen abducted a Polish engineer``.
FIGHTERS = frozenset(("REB",))
STAFF = {"office": "office", "spokesman": "spokesman", "spokeswoman": "spokesman", "spokesperson": "spokesman"}
NEIGHBOURS = frozenset(("neighbour", "neighbor", "rival", "foe", "adversary", "arch-rival", "arch-foe"))
ALLIES = frozenset(("allies", "ally", "partners"))
FORMER = frozenset(("former", "ex", "deputy", "vice", "assistant", "then", "acting", "next"))
_ABOUT = frozenset(("more", "less", "fewer", "than", "at", "least", "some", "about", "nearly", "around", "over"))
_NOT_KNOWN = frozenset(
    ("that", "which", "this", "nobody", "none", "somebody", "someone", "anybody", "anyone", "everybody", "everyone")
)
_GENERATION = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)$")
_HEADS = frozenset(("chair", "head", "chief", "director", "boss", "host", "founder", "analyst"))
PERSON = tuple(word_class("ending of a person noun"))
SUPRANATIONAL = word_class("adjective of several countries")
ANYBODY = word_class("anybody")
PARTITIVE = word_class("partitive")
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
    names.american(found, tokens)
    names.add_halves(found, tokens, registry)
    full = [m for m in found.values() if m.entity.kind == "person" and m.end - m.start > 1]
    named = [m.entity for m in found.values() if sets_a_scene(m.entity)]
    named += {m.entity.id: m.entity for m in full}.values()
    stage = Scene(tokens, registry, found, pairs, home=home(e.country for e in named if e.country), date=date)
    names.at_home(found, tokens, registry, stage.home)
    stage.bearers = names.by_surname(found, tokens, full)
    return stage

"""Mentions that lean on another one: نظيره، حلفاؤها، المتحدث باسمه، مكتبه، a surname alone, a party of some country."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.mentions import Mentions
from ingest.extractors.rules.arabic.orthography import key
from ingest.linking.context import family_name_first, home, sets_a_scene
from ingest.linking.offices import allies, counterpart, staff
from ingest.linking.parties import party
from ingest.linking.registry import unregistered

_HONORIFICS = frozenset(("sheikh", "emir", "prince", "king", "sultan"))
_BEHALF = frozenset(("باسمه", "باسمها", "باسمهم"))
_OFFICE = frozenset(("مكتبه", "مكتبها"))
_MINISTRY = frozenset(("خارجيته", "خارجيتها", "دفاعها", "داخليتها", "حكومتها", "حكومته", "جيشها", "جيشه"))


class Leaning:
    """Says who is meant, once the actors of all sentences of a document (``found``) are known."""

    def __init__(self, mentions: Mentions, found: Iterable[list[Actor]]) -> None:
        self.mentions = mentions
        self.words = mentions.words
        self.registry = mentions.lexicon.registry
        self.surnames: dict[str, dict[Entity, int]] = {}  # the bearers of each, and where they are named first
        self.given: dict[str, set[Entity]] = {}
        countries = []
        for actor, entity in ((a, a.entity) for actors in found for a in actors if a.entity):
            if entity.country and sets_a_scene(entity):
                countries.append(entity.country)
            elif entity.kind == "person" and actor.last - actor.first > 1 and not entity.id.startswith("office-"):
                self.surnames.setdefault(self._family_name(actor, entity), {}).setdefault(entity, actor.first)
                if not entity.id.startswith("name-") and entity.label_ar:
                    self.given.setdefault(key(entity.label_ar.split()[0]), set()).add(entity)
        self.home = home(countries)

    def settled(self, actors: list[Actor]) -> list[Actor]:
        """The actors of a sentence, each as the one it stands for."""
        settled: list[Actor] = []
        for found in actors:
            for i in range(settled[-1].last, found.first) if settled else ():
                if self.words[i].stem in _OFFICE:
                    settled.extend(self._own_office(i, settled))
            actor = self._surname(self._settled(found, settled))
            if settled and self._one_of_two_titles(settled[-1], actor):
                first = settled.pop()
                settled.append(replace(actor, first=first.first, start=first.start, prep=first.prep, conj=first.conj))
            else:
                settled.append(actor)
        return settled

    def _settled(self, actor: Actor, before: list[Actor]) -> Actor:
        kind = actor.office.id if actor.office else ""
        if actor.entity and actor.entity.sector == "PTY" and actor.entity.kind != "person":
            return self._party(actor, actor.entity)
        if kind in _HONORIFICS and len(actor.name) == 1 and len(bearers := self.given.get(actor.name[0], set())) == 1:
            return replace(actor, entity=next(iter(bearers)))
        if actor.entity and actor.entity.kind == "person" and actor.sort == "name" and actor.last - actor.first == 1:
            bearer = self._bearer(actor, actor.entity)
            return actor if bearer is actor.entity else replace(actor, entity=bearer)
        if kind == "counterpart" and actor.entity and actor.entity.id.startswith("office-") and actor.entity.country:
            owner = next((a.entity for a in reversed(before) if a.entity and a.entity.kind == "person"), None)
            date = self.mentions.date
            found = counterpart(owner, actor.entity.country, self.registry, date) if owner else None
            return replace(actor, entity=found or actor.entity)
        if kind == "allies" and self.words[actor.last - 1].text.endswith("ها") and (owner := self._body(before)):
            return replace(actor, entity=allies(owner))
        if kind == "spokesman" and self.words[actor.last - 1].key in _BEHALF and (owner := self._subject(before)):
            return replace(actor, entity=staff("spokesman", owner))
        if actor.office and actor.office.sort == "person" and not actor.name and self._of_ministry(actor.last):
            return self._official(actor, before)
        return actor

    def _surname(self, actor: Actor) -> Actor:
        """Of a registered person named in full, the surname to know later; not one that means something else too."""
        entity = actor.entity
        full = entity is not None and entity.kind == "person" and actor.last - actor.first > 1
        if entity is None or not full or actor.name or entity.id.startswith(("office-", "name-")):
            return actor
        last = self.mentions.lexicon.word(self._family_name(actor, entity))
        read = last.kind or last.titles or last.verbs or last.participles or last.nouns
        return actor if read or len(last.stem) < 3 else replace(actor, name=(last.stem,))

    def _family_name(self, actor: Actor, entity: Entity) -> str:
        """The word that later stands alone for a person: the last, of Chinese and Korean names the first."""
        first = (entity.label_ar or "").split()[:1] if family_name_first(entity) else []
        return key(first[0]) if first else self.words[actor.last - 1].stem

    def _one_of_two_titles(self, first: Actor, actor: Actor) -> bool:
        """رئيس الوزراء ووزير الخارجية محمد بن عبد الرحمن: whether the named person holds the office before و too."""
        term = self.registry.term_of.get(actor.entity.id) if actor.entity else None
        if not (term and first.office and actor.office and actor.conj == "و" and first.last == actor.first):
            return False
        held = {first.office.label_en, *first.office.registry}
        return first.office.sort == "person" and not first.name and bool(held.intersection(term.offices))

    def _bearer(self, actor: Actor, known: Entity) -> Entity:
        """Who bears a surname: whoever the document has named in full, else names later; of two such men neither."""
        bearers = self.surnames.get(self.words[actor.first].stem, {known: 0})
        before = {bearer.id: bearer for bearer, at in bearers.items() if at < actor.first}
        meant = before or {bearer.id: bearer for bearer in bearers}
        if len(meant) == 1:
            return next(iter(meant.values()))
        return unregistered(self.mentions.tokens.text[actor.start : actor.end], "person", "ar")

    def _party(self, actor: Actor, known: Entity) -> Actor:
        """الحزب الديمقراطي الكوري: of the country that follows, else of the one the document is about."""
        text = self.mentions.tokens.text[actor.start : actor.end]
        naming = self.mentions.match(actor.last, len(self.words)) if actor.last < len(self.words) else None
        if naming and naming.sort == "demonym" and self.words[actor.last].article:
            last = actor.last + len(naming.keys)
            entity = party(text, known, naming.entity.country, self.registry)
            return replace(actor, last=last, end=self.mentions.tokens.ends[last - 1], entity=entity)
        return replace(actor, entity=party(text, known, self.home, self.registry))

    def _of_ministry(self, i: int) -> bool:
        return i + 1 < len(self.words) and self.words[i].key == "في" and self.words[i + 1].key in _MINISTRY

    def _official(self, actor: Actor, before: list[Actor]) -> Actor:
        """مسؤولة في خارجيتها: of the country named before."""
        owner, last = self._body(before), actor.last + 2
        if owner is None:
            return actor
        end = self.mentions.tokens.ends[last - 1]
        label = self.mentions.tokens.text[actor.start : end]
        entity = unregistered(label, "person", "ar", country=owner.country, sector="GOV")
        return replace(actor, last=last, end=end, entity=entity)

    def _own_office(self, i: int, before: list[Actor]) -> Iterator[Actor]:
        """مكتبه, when the actors before it tell whose."""
        owner = self._subject(before)
        if owner:
            word, tokens = self.words[i], self.mentions.tokens
            yield Actor(i, i + 1, tokens.starts[i] + word.skip, tokens.ends[i], staff("office", owner), "body", "m",
                        "s", word.prep, word.conj, head="مكتب")  # fmt: skip

    @staticmethod
    def _body(before: list[Actor]) -> Entity | None:
        """The last country, organisation or group named."""
        bodies = (
            a.entity for a in reversed(before) if a.entity and a.entity.kind in ("country", "organization", "group")
        )
        return next(bodies, None)

    @staticmethod
    def _subject(before: list[Actor]) -> Entity | None:
        """The last actor that may be a subject: no preposition before it, and no other actor."""
        ends = {actor.last for actor in before}
        free = (a for a in reversed(before) if not (a.prep or a.conj or a.first in ends or a.sort == "demonym"))
        return next((a.entity for a in free if a.entity), None)

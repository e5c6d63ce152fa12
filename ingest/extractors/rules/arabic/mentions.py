"""Who is mentioned: names, titles with or without names, bodies of state, nationalities, groups."""

from collections.abc import Iterator
from dataclasses import replace

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import WESTERN, Actor
from ingest.extractors.rules.arabic.introduced import Introduced
from ingest.extractors.rules.arabic.lexicon import Naming
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.arabic.titles import STANCES, TitlePhrase
from ingest.extractors.rules.text import Sentence
from ingest.linking.offices import holder, office_entity

_QUANTIFIERS = closed()["quantifier"]
_PLACE_HEADS = closed()["place head"]
_HONORIFICS = closed()["honorific"]
_QUANTITIES = closed()["quantity"]
_PLACED = frozenset(("place", "capital", "name"))
_MASCULINE = frozenset(("IRQ", "LBN", "MAR", "SDN", "YEM", "JOR", "VAT"))


class Mentions(Introduced):
    """Finds the actors of one sentence."""

    def of(self, sentence: Sentence) -> list[Actor]:
        """The actors in the order of the text; none overlaps another."""
        found: list[Actor] = []
        reached, words = sentence.first, self.words
        for i in [k for k in range(sentence.first, sentence.last) if words[k].begins]:
            if i < reached:
                continue
            word, actor = words[i], None
            if word.stem == "جانب" and i > sentence.first and words[i - 1].stem == "الي":
                actor = None  # إلى جانب
            elif word.names or word.titles:
                naming = self.match(i, sentence.last)
                actor = self._titled(i, sentence.last, naming) if word.titles else None
                actor = actor or (self._named(i, naming) if naming else None)
            elif word.homeland:
                actor = self.actor(i, i + 1, None, "homeland", "f")
            if actor is None and word.stem in WESTERN:
                key, english, arabic = WESTERN[word.stem]
                actor = self.actor(
                    i, i + 1, Entity(key, "group", english, arabic), "group", "f" if arabic.endswith("ا") else "m"
                )
            if actor:
                actor = self._opposed(actor, sentence.last)
                found.append(self._quantified(self._located(actor, sentence.first), sentence.first))
                if actor.number != "s":
                    found.extend(self._sharing(actor, sentence.last))
                reached = found[-1].last
        return found

    def _opposed(self, actor: Actor, end: int) -> Actor:
        """حزب سلطة الشعب المعارض: an adjective of the party, nobody of his own."""
        if actor.sort != "name" or actor.entity is None or actor.entity.kind not in ("organization", "group"):
            return actor
        title = self.title(actor.last, end) if actor.last < end and self.words[actor.last].article else None
        adjective = title is not None and title.office.id in STANCES and not self.words[actor.last].conj
        last = actor.last + 1
        return replace(actor, last=last, end=self.tokens.ends[last - 1]) if adjective else actor

    def _sharing(self, actor: Actor, end: int) -> Iterator[Actor]:
        """وزيرا الخارجية المصري والسعودي: each adjective after و is one more who holds the office."""
        office, country = actor.office, actor.entity.country if actor.entity else None
        if office is None or not country:
            return
        last = actor.last
        while last < end and self.words[last].conj == "و" and self.words[last].article:
            naming = self.match(last, end)
            if naming is None or naming.sort != "demonym" or not naming.entity.country:
                return
            known = self.lexicon.registry
            entity = holder(office, naming.entity.country, known, self.date)
            entity = entity or office_entity(office, naming.entity.country, known)
            another = self.actor(last, last + len(naming.keys), entity, actor.sort, actor.gender, office=office)
            last = another.last
            yield another

    def _located(self, actor: Actor, first: int) -> Actor:
        """مدينة إدلب، قطاع غزة: the noun that says what sort of place it is belongs to the mention."""
        before = actor.first - 1
        if before < first or actor.prep or actor.conj or self.words[before].stem not in _PLACE_HEADS:
            return actor
        return actor if actor.sort not in _PLACED else self._headed(actor, before, first)

    def _honoured(self, actor: Actor, first: int) -> Actor:
        """سمو ولي العهد، صاحب الجلالة الملك: the forms of address belong to the mention."""
        start = actor.first
        while start > first and not self.words[start].conj and self._address(start - 1):
            start -= 1
        if start == actor.first:
            return actor
        return replace(self._headed(actor, start, first), gender=actor.gender, number=actor.number, head=actor.head)

    def _address(self, i: int) -> bool:
        return self.words[i].stem in _HONORIFICS

    def _quantified(self, actor: Actor, first: int) -> Actor:
        """بعض الحكومات الغربية: the quantifier belongs to the mention."""
        actor = self._honoured(actor, first) if actor.office else actor
        before = actor.first - 1
        if actor.prep == "من" and before - 1 >= first and self.words[before].stem == "من" and not actor.conj:
            quantity = self.words[before - 1].stem.removeprefix("ال").removesuffix("ا")
            if quantity in _QUANTITIES or self.words[before - 1].kind == "number":
                actor, before = replace(actor, prep=""), before - 1
                return self._headed(actor, before, first)
        if before < first or actor.prep or actor.conj or self.words[before].stem not in _QUANTIFIERS:
            return actor
        return self._headed(actor, before, first)

    def _headed(self, actor: Actor, before: int, first: int) -> Actor:
        """The mention from its quantifier on."""
        word = self.words[before]
        start = self.tokens.starts[before] + word.skip
        governed = before > first and not word.prep and self.words[before - 1].kind == "prep"
        prep = self.words[before - 1].stem if governed else word.prep
        return replace(actor, first=before, head=word.stem, start=start, conj=word.conj, prep=prep, gender="",
                       number="s" if self.words[before].stem in ("احد", "احدي") else actor.number)  # fmt: skip

    def _named(self, i: int, naming: Naming) -> Actor:
        entity, last = naming.entity, i + len(naming.keys)
        gender = ""
        if entity.kind == "country":
            gender = "m" if entity.country in _MASCULINE and naming.sort == "name" else "f"
        elif entity.kind in ("organization", "group") and naming.sort == "name":
            gender = self._body_gender(naming)
        number = "s"
        if naming.sort == "demonym":
            head = naming.keys[0].removeprefix("ال").removesuffix("ا")
            plural = head.endswith(("ون", "ين", "يون")) or head in closed()["plural demonym"]
            gender, number = ("m", "p") if plural else ("", "s")
        sort = "demonym" if self._qualifies(i, naming) else naming.sort
        return self.actor(i, last, entity, sort, gender, number=number)

    def _body_gender(self, naming: Naming) -> str:
        """Of a body by the first word of its name; unknown for most foreign names."""
        head = naming.keys[0].removeprefix("ال")
        return "f" if head.endswith("ه") else "m" if head in closed()["masculine body"] else ""

    def _qualifies(self, i: int, naming: Naming) -> bool:
        """العلاقات السعودية: a country's name that is its adjective's feminine, after a noun with article."""
        if naming.entity.kind != "country" or len(naming.keys) > 1 or not i:
            return False
        before = self.words[i - 1]
        shaped = self.words[i].key.startswith("ال") and naming.keys[0].endswith("يه")
        return (
            shaped and before.article and before.stem.endswith(("ه", "ات")) and bool(before.nouns) and not before.names
        )

    def _titled(self, i: int, end: int, naming: Naming | None) -> Actor | None:
        title = self.title(i, end)
        if not title:
            return None
        if naming and len(naming.keys) >= len(title.keys) and naming.sort != "demonym":
            return None
        return TitlePhrase(self, title, i, end).actor()

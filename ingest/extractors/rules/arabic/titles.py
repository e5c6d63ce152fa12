"""Titles with all that belongs to them: وزير الخارجية الروسي، سيرجي لافروف."""

from graph.claims import Entity
from graph.relations import relations
from ingest.extractors.rules.arabic.actors import COMMAS, Actor
from ingest.extractors.rules.arabic.bearers import MASDAR, QUOTED_NAME, Bearer
from ingest.extractors.rules.arabic.lexicon import Naming, Word
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.arabic.title_words import Title, title_is_definite
from ingest.linking.offices import body_office, group_entity, holder, is_seat, office_entity
from ingest.linking.registry import unregistered

_KINDS = frozenset(
    ("union", "company", "bank", "newspaper", "news-agency", "broadcaster", "organization", "movement", "court",
     "council", "commission", "party")
)  # fmt: skip
_STOPS = frozenset(("comp", "neg", "aux", "rel", "clause", "according", "dem", "pron", "conj", "question"))
STANCES = frozenset(("opposition", "opposition-figures"))
_MODIFIERS = closed()["modifier"]
_PLACE_KINDS = closed()["kind of place"]
_GIVEN_NAMES = closed()["given name"]
_MEMBERS = frozenset(("delegation", "militants", "rebels", "soldiers", "member", "leader"))
# Who is sent elsewhere: the place they are in is not theirs.
_AWAY = frozenset(
    ("ambassador", "consul", "envoy", "journalist", "mediator", "permanent-representative", "rapporteur",
     "representative", "special-envoy")
)  # fmt: skip
_SOURCES = frozenset(("مصادر", "اوساط"))
_NAMING = frozenset(("newspaper", "news-agency", "broadcaster", "company", "union", "party", "movement", "bank"))
_MINISTRY = frozenset(("وزاره", "الوزاره", "الخارجيه", "سفاره", "السفاره", "جامعه", "رياسه", "البيت", "البنتاغون"))
_AGENCIES = frozenset(
    ("وكاله", "صحيفه", "قناه", "اذاعه", "شبكه", "مجله", "رويترز", "الوكاله", "الصحيفه", "القناه", "الاذاعه", "فرانس",
     "التلفزيون", "تلفزيون", "الجزيره", "العربيه", "هيئه")
)  # fmt: skip
_MASDAR_SHAPES = (*MASDAR[:3], "الاد", "الاف", "الاع", "الات")


class TitlePhrase(Bearer):
    """A title with all that belongs to it: وزير الخارجية الروسي، سيرجي لافروف."""

    def actor(self) -> Actor:
        """The whole phrase as a mention."""
        while self.last < self.end and self._take():
            pass
        office = self.title.office
        sort = {"person": "office"}.get(office.sort, office.sort)
        gender, number = self._agreement()
        name = tuple([self.words[i].key for i in range(*self.name)]) if self.name else ()
        word, tokens = self.words[self.first], self.mentions.tokens
        start, end = tokens.starts[self.first] + word.skip, tokens.ends[self.last - 1]
        prep = self.mentions.preposition(self.first, self.last, office)
        return Actor(self.first, self.last, start, end, self._entity(), sort, gender, number, prep, word.conj, office,
                     name, word.stem.removeprefix("ال"), self.closed, self.title.owner)  # fmt: skip

    def _take(self) -> bool:
        """Take the next word or words into the phrase; false when it ends here."""
        i = self.last
        word = self.words[i]
        if self.name or self.person:
            return False
        if word.kind == "mark":
            return self._called(i) or (word.text in COMMAS and self._apposition(i + 1))
        if word.key in _MODIFIERS:
            return self._advance(1)
        naming = self.mentions.match(i, self.end) if word.kind and word.names and not word.conj else None
        if naming and naming.entity.kind in ("person", "organization") and len(naming.keys) > 1:
            return self._naming(naming)
        if self.closed and not naming and self._given(i):
            return self._name(i)
        if word.kind in _STOPS or word.kind == "number":
            return False
        if word.kind in ("prep", "adv"):
            return self._prepositional(i)
        if word.guess == "ل" and word.key[1:] in closed()["purpose"] and self.title.office.sort == "body":
            return self._advance(1)  # الجمعية المغربية لحقوق الإنسان
        if word.prep:
            return self._attached(i)
        if word.conj:
            another = word.active or self.mentions.title(i, self.end) or self.mentions.match(i, self.end)
            return word.article and not another and self._advance(1)
        return self._noun(i)

    def _called(self, i: int) -> bool:
        """منظمة "مراسلون بلا حدود": the name of a body in quotation marks."""
        close = self.mentions.tokens.quotes.get(i)
        bare = i == self.first + len(self.title.keys) and self.title.office.sort != "person" and not self.closed
        if close is None or not bare or close - i > QUOTED_NAME or close >= self.end:
            return False
        naming = self.mentions.match(i + 1, close)
        if naming and i + 1 + len(naming.keys) == close:
            self.person = naming.entity
        self.closed, self.last = True, close + 1
        return True

    def _advance(self, count: int) -> bool:
        self.last += count
        return True

    def _noun(self, i: int) -> bool:
        word = self.words[i]
        naming = self.mentions.match(i, self.end) if word.names else None
        if not naming and word.stem in _PLACE_KINDS and self._place(i + 1):
            return True
        if naming and not (word.region and naming.sort == "demonym"):  # الدول الأوروبية
            return self._naming(naming)
        if self._absolute() and not word.text.endswith(self.words[self.first].text[-2:]):
            return False  # اتهم متظاهرون قوات الدرك
        title = self.mentions.title(i, self.end) if word.titles else None
        if title:
            if self.closed and self.title.office.id == "party" and title.office.id in STANCES:
                return self._advance(1)  # الحزب الشعبي المعارض
            if self.closed and self._describes(i, title):
                return self._advance(1)
            if self.closed and (title.office.sort != "person" or (self.country and not title_is_definite(title))):
                return False
            if self.closed and self.title.office.sort != "person":
                return False  # طردت السلطات في النيجر السفير
            if self.closed and (title.office.id == "counterpart" or (self.country and len(title.keys) > 1)):
                return False  # استقبل الرئيس الفرنسي نظيره، أقال الرئيس التونسي رئيس الحكومة
            if self._foreign(i + len(title.keys)):
                return False  # استقبل أمير قطر الرئيس السوري
            self.closed = self.closed or title_is_definite(title)
            self.held = title.office.sort == "person"  # إدارة الرئيس دونالد ترامب
            return self._advance(len(title.keys))
        if word.region:
            self.region = self.region or word.region
        if word.article:
            if ((self.country or self.closed) and any(act.relation for act in word.nouns)) or (
                self.country and self._people(word)
            ):
                return False  # ألقت الشرطة الفرنسية القبض على، منعت السلطات الإسرائيلية المصلين
            if self.closed and verbal_noun(word):
                return False  # حاول مسؤول في الخارجية التخفيف من
            self.closed = True
            return self._advance(1)
        given = self.closed and word.key in _GIVEN_NAMES and self._followed(i + 1)
        if given and self.title.office.sort == "person" and not (word.prep or word.conj):
            return self._name(i)
        if self._verbal(word) or self._told_of(i) or _adverbial(word) or word.nouns or "ً" in word.text:
            return False
        if self.closed and self.title.office.sort == "person":
            return self._name(i)
        accusative = word.text.endswith("ا") and not self.title.keys[-1].endswith("ا")
        if self.closed or accusative:  # هاجم مسلحون رتلا
            return False
        return self._advance(1)

    def _absolute(self) -> bool:
        """متظاهرون: the ending of a plural that has no genitive, so that only a like adjective goes with it."""
        text = self.words[self.first].text
        return len(self.title.keys) == 1 and text.endswith(("ون", "ين")) and len(text) > 5 and not self.words[
            self.first].article  # fmt: skip

    def _describes(self, i: int, title: Title) -> bool:
        """جبهة الخلاص الوطني المعارضة: the title of a body that is the adjective of the body before it."""
        adjective = title.office.id == "opposition" and len(title.keys) == 1 and self.words[i].article
        return adjective and self._agreement()[0] == "f" and self.title.office.sort != "person"

    def _place(self, i: int) -> bool:
        """محافظ مدينة حلب، في جامعة القاهرة: take a place whose kind, or what it has, is named before."""
        naming = self._place_at(i)
        if naming is None or self.country:
            return False
        self.country, self.body, self.closed = naming.entity.country, naming.entity, True
        self.last = i + len(naming.keys)
        return True

    def _place_at(self, i: int) -> Naming | None:
        naming = self.mentions.match(i, self.end) if i < self.end and self.words[i].names else None
        place = naming is not None and naming.sort != "demonym" and naming.entity.kind in ("country", "place")
        return naming if place else None

    def _foreign(self, i: int) -> bool:
        """Whether another country's adjective stands at token ``i``: what it belongs to is another actor."""
        naming = self.mentions.match(i, self.end) if i < self.end and self.words[i].names else None
        if naming is None or naming.sort != "demonym" or self.country is None or not self.closed:
            return False
        return naming.entity.country != self.country

    def _people(self, word: Word) -> bool:
        """Whether a word is a plural of people that no adjective of a body or of one person can be."""
        return word.text.endswith(("ين", "ون")) and self._agreement() != ("m", "p")

    def _naming(self, naming: Naming) -> bool:
        if naming.sort == "demonym":
            self.country = self.country or naming.entity.country
            if naming.entity.kind == "organization" and not self.country:
                self.body = self.body or naming.entity  # المبعوث الأممي
            self.nameable = self.closed or naming.keys[0].startswith("ال")
            self.closed = True
        elif naming.entity.kind == "person":
            if self.closed and self.title.office.sort != "person" and not self.held:
                return False
            if self.closed and self.title.office.sort == "person" and self._stranger(naming.entity):
                return False
            if self.title.office.sort == "person":
                self.person = naming.entity
            else:  # مكتب نتنياهو
                self.country, self.closed = self.country or naming.entity.country, True
        elif self.closed and not self._adjectival(naming):
            return False
        else:
            self.country = self.country or naming.entity.country
            self.body = naming.entity
            self.closed = True
        return self._advance(len(naming.keys))

    def _stranger(self, person: Entity) -> bool:
        """أبلغ المبعوث الأميركي البرهان: whether a person is of another country than the title before."""
        return None not in (self.country, person.country) and person.country not in (self.country, "VAT")

    def _adjectival(self, naming: Naming) -> bool:
        """القوات السعودية: the country's name is the adjective's feminine."""
        feminine = self._agreement()[0] == "f"
        return feminine and not self.country and len(naming.keys) == 1 and naming.keys[0].startswith("ال") \
            and naming.keys[0].endswith("يه")  # fmt: skip

    def _apposition(self, i: int) -> bool:
        """A name between commas after the title."""
        if i >= self.end or self.title.office.sort != "person" or not self.closed:
            return False
        naming = self.mentions.match(i, self.end) if self.words[i].names and not self.words[i].conj else None
        if naming and naming.entity.kind == "person":
            self.last = i
            return self._naming(naming)
        if self.country and not self.words[i].article and not self.words[i].conj and self._name(i):
            comma = self.last < self.end and self.words[self.last].text in COMMAS
            if comma:
                return True
            self.name, self.last = None, i - 1
        return False

    def _prepositional(self, i: int) -> bool:
        """في وزارة الدفاع، باسم، لدى السعودية: what a title is held in."""
        places = (
            ("في", "لدي", "من")
            if self.title.office.id in _MEMBERS and i == self.first + len(self.title.keys)
            else ("في", "لدي")
        )
        if self.title.office.id == "counterpart" or (self.title.office.sector == "MIL" and not self.closed):
            return False  # استقبل نظيره المالغاشي في قصر الإليزيه، نشرت قوات في بولندا
        if self.words[i].stem == "الي" and self._sent(i + 1):
            return True
        if self.words[i].stem not in places or i + 1 >= self.end or self.words[i + 1].conj:
            return False
        away = self.words[i].stem == "لدي" or self.title.office.id in _AWAY
        if away and (naming := self.mentions.match(i + 1, self.end)):
            return self._advance(1 + len(naming.keys))
        return self._belonging(i + 1)

    def _sent(self, i: int) -> bool:
        """المبعوث الأممي إلى سوريا غير بيدرسن: where an envoy is sent, when he is named or speaks."""
        naming = self._place_at(i) if self.title.office.id in _AWAY else None
        if naming is None:
            return False
        after, before = i + len(naming.keys), self.words[self.first - 1] if self.first else None
        named = self.mentions.match(after, self.end) if after < self.end else None
        says = before and any(relations()[a.relation].kind == "statement" for a, _ in before.verbs if a.relation)
        if not says and not (named and named.entity.kind == "person"):
            return False
        self.last, self.closed = after, True
        return True

    def _attached(self, i: int) -> bool:
        word = self.words[i]
        instituted = word.stem in _MINISTRY or word.stem in closed()["institution of a place"]
        if word.prep == "ب" and instituted and not word.conj:
            return self._belonging(i)
        if word.prep == "ل" and self._sent(i):
            return True
        if word.prep != "ل" or word.conj or (self.title.office.sector == "MIL" and not self.closed):
            return False
        if word.stem in _AGENCIES and self.title.office.id != "journalist":
            return False
        if self._belonging(i):
            return True
        purpose = word.article and self.title.office.sort == "person" and word.stem not in closed()["audience"]
        purpose = purpose or (self.title.office.sort == "body" and word.stem in closed()["purpose"])
        return purpose and not (word.names or word.titles) and self._advance(1)

    def _belonging(self, i: int) -> bool:
        if self.words[i].stem in closed()["institution of a place"] and self._place(i + 1):
            return True
        title = self.mentions.title(i, self.end)
        naming = self.mentions.match(i, self.end)
        if title and title.office.sort != "group" and (not naming or len(naming.keys) < len(title.keys) + 1):
            self.last = i + len(title.keys)
            self.closed = title_is_definite(title)
            return True
        if naming and not (self.country or self.body) and naming.entity.kind != "person":
            if naming.sort == "demonym":
                return False
            self.country = naming.entity.country
            self.body = naming.entity
            self.last = i + len(naming.keys)
            self.closed = True
            return True
        return False

    def _entity(self) -> Entity | None:
        office, country = self.title.office, self.country
        if self.person:
            return self.person
        text, tokens = self.mentions.tokens.text, self.mentions.tokens
        sector = office.sector
        if self.body and self.body.sector == "IGO":
            sector = "IGO"
        if self.name:
            start = tokens.starts[self.name[0]] + self.words[self.name[0]].skip
            name = text[start : tokens.ends[self.name[1] - 1]]
            return unregistered(name, "person", "ar", country=country, sector=sector)
        start = tokens.starts[self.first] + self.words[self.first].skip
        label = text[start : tokens.ends[self.last - 1]]
        known = self.mentions.lexicon.registry
        if office.id in ("capital", "side") and country and country in known.countries:
            return known.countries[country]
        if self.body and self.body.kind in ("organization", "group") and office.id in _NAMING:
            return self.body  # صحيفة لوموند الفرنسية
        if country and self._several():
            return unregistered(label, "group", "ar", country=country, sector=sector)
        if self.body and is_seat(self.body) and office.sort == "person":
            return holder(office, self.body.id, known, self.mentions.date) or body_office(office, self.body, label)
        if country and office.sort == "body" and self.body and self.body.kind == "place":  # حكومة إقليم كردستان
            return unregistered(label, "organization", "ar", country=country, sector=sector)
        own = self.last - self.first - len(self.title.keys) > 1 and office.id in _KINDS
        if country and own:  # بنك الكويت الوطني: one of several of its kind
            return unregistered(label, "organization", "ar", country=country, sector=sector)
        if country and office.sort != "group":
            return holder(office, country, known, self.mentions.date) or office_entity(office, country, known, label)
        if self.region and office.sort == "group":
            return group_entity(office, self.region, label)
        if self.last - self.first == len(self.title.keys) and office.sort != "group":
            return None
        kind = {"person": "person", "body": "organization", "group": "group"}[office.sort]
        kind = "group" if self._several() else kind
        return unregistered(label, kind, "ar", country=country, sector=sector)  # type: ignore[arg-type]

    def _several(self) -> bool:
        """Whether the title is one of several people: مصادر استخبارية، علماء يابانيون."""
        return self.title.office.sort == "person" and (
            self._agreement()[1] == "p" or self.title.keys[0].removeprefix("ال") in _SOURCES
        )


def verbal_noun(word: Word) -> bool:
    """الاستخفاف، التقليل، الإدلاء: shaped like a verbal noun with its article, and no adjective."""
    shaped = (
        word.key.startswith(_MASDAR_SHAPES) and len(word.key) > 6 and word.key not in ("الاعلام", "الانسان", "الاتحاد")
    )
    return shaped and not word.key.endswith(("ي", "يه", "ين", "ون")) and not word.names


def _adverbial(word: Word) -> bool:
    """مؤكدة: a participle that goes on to say something; not مسلحة."""
    return any(act.relation and relations()[act.relation].kind == "statement" for act, _ in word.participles)

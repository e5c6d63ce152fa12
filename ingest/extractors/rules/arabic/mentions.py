"""Who is mentioned: names, titles with or without names, bodies of state, nationalities, groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.claims import Entity
from ingest.extractors.rules.arabic.lexicon import Lexicon, Naming, Runs, Title, Word, closed
from ingest.extractors.rules.arabic.orthography import offset_in
from ingest.extractors.rules.text import Sentence, Tokens
from ingest.linking.offices import Office, Region, body_office, group_entity, holder, is_seat, office_entity
from ingest.linking.registry import unregistered

COMMAS = frozenset("،,")
_NAME_PARTS = frozenset(("بن", "ابن", "بنت", "ابو", "ابي", "ام", "عبد", "ال", "دي", "فون", "فان", "دو", "لو", "اون"))
_SECOND = frozenset(("الدين", "الله", "الرحمن", "الاسلام", "الحق", "الزهراء", "النبي"))  # ضياء الدين
_STOPS = frozenset(("comp", "neg", "aux", "rel", "clause", "according", "dem", "pron", "conj", "question"))
_MASCULINE = frozenset(("IRQ", "LBN", "MAR", "SDN", "YEM", "JOR", "VAT"))
WESTERN = {"الغرب": ("group-the-west", "the West", "الغرب")}
_QUOTED_NAME = 6
_MOST_TITLE_WORDS = 24
_MEMBERS = frozenset(("delegation", "militants", "rebels", "soldiers", "member", "leader"))
_SOURCES = frozenset(("مصادر", "اوساط"))
_NAMING = frozenset(("newspaper", "news-agency", "broadcaster", "company", "union", "party", "movement", "bank"))
_MINISTRY = frozenset(("وزاره", "الوزاره", "الخارجيه", "سفاره", "السفاره", "جامعه", "رياسه", "البيت", "البنتاغون"))
_AGENCIES = frozenset(
    ("وكاله", "صحيفه", "قناه", "اذاعه", "شبكه", "مجله", "رويترز", "الوكاله", "الصحيفه", "القناه", "الاذاعه", "فرانس",
     "التلفزيون", "تلفزيون", "الجزيره", "العربيه", "هيئه")
)  # fmt: skip
_MASDAR = ("الت", "الاست", "الان", "الا")
_CLITICS = ("", *"وفبلك", *(conj + prep for conj in "وف" for prep in "وفبلك"))
HOMELAND = frozenset(("بلاده", "بلادها", "بلادنا", "بلادهم", "بلده", "بلدها"))


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention: tokens ``first`` to ``last`` (exclusive), code points ``start`` to ``end``.

    ``sort``: ``name``, ``capital``, ``demonym``, ``office``, ``body``, ``group`` or ``phrase`` (any other noun
    phrase). ``entity`` is ``None`` for a title alone ("the minister") until somebody in the text answers to it.
    ``prep`` is the preposition before it, attached or not; ``head`` its first word without article.
    """

    first: int
    last: int
    start: int
    end: int
    entity: Entity | None
    sort: str
    gender: str = ""
    number: str = "s"
    prep: str = ""
    conj: str = ""
    office: Office | None = None
    name: tuple[str, ...] = ()
    head: str = ""
    definite: bool = False

    @property
    def oblique(self) -> bool:
        """Whether its ending in ين says that it is no subject."""
        plural = (self.sort in ("office", "group") and self.head != "امين") or (
            self.sort == "demonym" and self.number == "p"
        )
        return self.head.endswith("يين") or (plural and self.head.endswith("ين"))


class Bearers(NamedTuple):
    """Who bears a name of ``length`` words that the text introduced, by id."""

    length: int
    entities: dict[str, Entity]


class Mentions:
    """Finds the actors of one sentence."""

    def __init__(self, tokens: Tokens, words: list[Word], lexicon: Lexicon, date: str | None) -> None:
        self.tokens = tokens
        self.words = words
        self.lexicon = lexicon
        self.date = date
        self.keys = {word.key for word in words}
        self.learned: dict[str, Runs[Bearers]] = {}
        self.spellings: set[str] = set()

    def of(self, sentence: Sentence) -> list[Actor]:
        """The actors in the order of the text; none overlaps another."""
        found: list[Actor] = []
        i, words = sentence.first, self.words
        while i < sentence.last:
            word = words[i]
            actor = None
            if word.stem == "جانب" and i > sentence.first and words[i - 1].stem == "الي":
                actor = None  # إلى جانب
            elif word.names or word.titles:
                actor = self._titled(i, sentence.last) or self._named(i, sentence.last)
            elif (word.key in HOMELAND or word.key[1:] in HOMELAND) and not word.text.endswith("ة"):
                actor = self._actor(i, i + 1, None, "homeland", "f")
            elif word.stem in WESTERN:
                key, english, arabic = WESTERN[word.stem]
                actor = self._actor(i, i + 1, Entity(key, "group", english, arabic), "group", "m")
            if actor:
                found.append(self._quantified(actor, sentence.first))
                i = actor.last
            else:
                i += 1
        return found

    def _quantified(self, actor: Actor, first: int) -> Actor:
        """بعض الحكومات الغربية: the quantifier belongs to the mention."""
        before = actor.first - 1
        if actor.prep == "من" and before - 1 >= first and self.words[before].stem == "من" and not actor.conj:
            quantity = self.words[before - 1].stem.removeprefix("ال").removesuffix("ا")
            if quantity in closed()["quantity"] or self.words[before - 1].kind == "number":
                actor, before = replace(actor, prep=""), before - 1
                return self._headed(actor, before, first)
        if before < first or actor.prep or actor.conj or self.words[before].stem not in closed()["quantifier"]:
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

    # --- names that the text itself introduces -----------------------------------------------------------

    def learn(self, actors: Iterable[Actor]) -> None:
        """Keep the names that titles introduced: later the surname alone is the same person."""
        for actor in actors:
            if actor.name and actor.entity:
                for keys in {actor.name, surname(actor.name)}:
                    if keys[0] not in self.learned:
                        self.spellings.update(clitics + keys[0] for clitics in _CLITICS[: None if keys[0][2:] else 1])
                    bearers = self.learned.setdefault(keys[0], Runs()).add(keys, Bearers(len(keys), {}))
                    bearers.entities.setdefault(actor.entity.id, actor.entity)

    def recognised(self, sentence: Sentence, actors: list[Actor]) -> list[Actor]:
        """The actors with those added whom the text introduced elsewhere."""
        spelled = [i for i in range(sentence.first, sentence.last) if self.words[i].key in self.spellings]
        taken = {i for actor in actors for i in range(actor.first, actor.last)} if spelled else set()
        added = []
        for i in spelled:
            if i not in taken:
                found = self._learned_at(i, sentence.last)
                if found:
                    added.append(found)
                    taken.update(range(found.first, found.last))
        return sorted((*actors, *added), key=lambda actor: actor.first) if added else actors

    def _learned_at(self, i: int, end: int) -> Actor | None:
        whole = self.words[i].key
        for letters in range(3):
            clitics, stem = whole[:letters], whole[letters:]
            if letters and (len(stem) < 3 or clitics[-1] not in "وفبلك" or (letters == 2 and clitics[0] not in "وف")):
                break
            runs = self.learned.get(stem)
            bearers = runs.longest(self.words, i, end) if runs else None
            if bearers and len(bearers.entities) == 1:
                last, entity = i + bearers.length, *bearers.entities.values()
                start = self.tokens.starts[i] + (offset_in(self.tokens.words[i], letters) if letters else 0)
                conj = clitics[0] if clitics[:1] in ("و", "ف") else ""
                prep = clitics[-1] if clitics and clitics[-1] in "بلك" else ""
                if not clitics and i and self.words[i - 1].kind == "prep":
                    prep = self.words[i - 1].stem
                return Actor(i, last, start, self.tokens.ends[last - 1], entity, "name", "", "s", prep, conj)
        return None

    def _actor(self, first: int, last: int, entity: Entity | None, sort: str, gender: str, *,
               number: str = "s", office: Office | None = None) -> Actor:  # fmt: skip
        word = self.words[first]
        prep = word.prep
        if not prep and first and not word.conj:
            before = self.words[first - 1]
            prep = before.stem if before.kind == "prep" or before.stem in closed()["governing"] else ""
        start = self.tokens.starts[first] + word.skip
        return Actor(first, last, start, self.tokens.ends[last - 1], entity, sort, gender, number, prep,
                     word.conj, office, head=word.stem.removeprefix("ال"))  # fmt: skip

    # --- names ---------------------------------------------------------------------------------------------

    def match(self, i: int, end: int) -> Naming | None:
        """The longest name that starts at token ``i``."""
        names = self.words[i].names
        return names.longest(self.words, i, end) if names else None

    def _named(self, i: int, end: int) -> Actor | None:
        naming = self.match(i, end)
        if not naming:
            return None
        entity, last = naming.entity, i + len(naming.keys)
        gender = ""
        if entity.kind == "country":
            gender = "m" if entity.country in _MASCULINE and naming.sort == "name" else "f"
        number = "s"
        if naming.sort == "demonym":
            plural = naming.keys[0].endswith(("ون", "ين", "يون"))
            gender, number = ("m", "p") if plural else ("", "s")
        sort = "demonym" if self._qualifies(i, naming) else naming.sort
        return self._actor(i, last, entity, sort, gender, number=number)

    def _qualifies(self, i: int, naming: Naming) -> bool:
        """العلاقات السعودية: a country's name that is its adjective's feminine, after a noun with article."""
        if naming.entity.kind != "country" or len(naming.keys) > 1 or not i:
            return False
        before = self.words[i - 1]
        shaped = self.words[i].key.startswith("ال") and naming.keys[0].endswith("يه")
        return (
            shaped and before.article and before.stem.endswith(("ه", "ات")) and bool(before.nouns) and not before.names
        )

    # --- titles --------------------------------------------------------------------------------------------

    def title(self, i: int, end: int) -> Title | None:
        """The longest title that starts at token ``i``."""
        titles = self.words[i].titles
        found = titles.longest(self.words, i, end) if titles else None
        if found and len(found.keys) > 1 and titles:
            last = i + len(found.keys) - 1
            body = self.match(last, end)
            if body and len(body.keys) > 1 and body.entity.kind in ("organization", "group"):
                return titles.longest(self.words, i, last) or found  # زعيم حزب الله is no party leader
        return found

    def _titled(self, i: int, end: int) -> Actor | None:
        title = self.title(i, end)
        if not title:
            return None
        naming = self.match(i, end)
        if naming and len(naming.keys) >= len(title.keys) and naming.sort != "demonym":
            return None
        return TitlePhrase(self, title, i, end).actor()


class TitlePhrase:
    """A title with all that belongs to it: وزير الخارجية الروسي، سيرجي لافروف."""

    def __init__(self, mentions: Mentions, title: Title, first: int, end: int) -> None:
        self.mentions = mentions
        self.words = mentions.words
        self.title = title
        self.first = first
        self.end = min(end, first + _MOST_TITLE_WORDS)
        self.last = first + len(title.keys)
        self.closed = title_is_definite(title)
        self.nameable = True
        self.region: Region | None = None
        self.country: str | None = None
        self.person: Entity | None = None
        self.body: Entity | None = None
        self.name: tuple[int, int] | None = None

    def actor(self) -> Actor:
        """The whole phrase as a mention."""
        while self.last < self.end and self._take():
            pass
        office = self.title.office
        sort = {"person": "office"}.get(office.sort, office.sort)
        gender, number = self._agreement()
        name = tuple([self.words[i].key for i in range(*self.name)]) if self.name else ()
        actor = self.mentions._actor(self.first, self.last, self._entity(), sort, gender, number=number, office=office)
        return replace(actor, name=name, definite=self.closed)

    def _agreement(self) -> tuple[str, str]:
        head = self.title.keys[0]
        if head in ("مصادر", "المصادر", "اوساط", "تقارير", "التقارير"):
            return "f", "s"
        sound = head.endswith(("ون", "ين")) and not head.endswith("امين")
        plural = sound or head.removeprefix("ال") in closed()["plural title"]
        if self.title.feminine:
            return "f", "s"
        if self.title.office.sort == "person":
            return "m", "p" if plural else "s"
        bare = head.removeprefix("ال")
        feminine = bare.endswith(("ه", "ات", "ي")) or bare in closed()["feminine body"]
        if self.title.office.sort == "group" and not feminine:
            return "m", "p"
        return ("f" if feminine else "m"), "s"

    def _take(self) -> bool:
        """Take the next word or words into the phrase; false when it ends here."""
        i = self.last
        word = self.words[i]
        if self.name or self.person:
            return False
        if word.kind == "mark":
            return self._called(i) or (word.text in COMMAS and self._apposition(i + 1))
        if word.key in closed()["modifier"]:
            return self._advance(1)
        naming = self.mentions.match(i, self.end) if word.kind and word.names and not word.conj else None
        if naming and naming.entity.kind in ("person", "organization") and len(naming.keys) > 1:
            return self._naming(naming)
        if word.kind in _STOPS or word.kind == "number":
            return False
        if word.kind in ("prep", "adv"):
            return self._prepositional(i)
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
        if close is None or not bare or close - i > _QUOTED_NAME or close >= self.end:
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
        if naming and not (word.region and naming.sort == "demonym"):  # الدول الأوروبية
            return self._naming(naming)
        title = self.mentions.title(i, self.end) if word.titles else None
        if title:
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
            return self._advance(len(title.keys))
        if word.region:
            self.region = self.region or word.region
        if word.article:
            if ((self.country or self.closed) and any(act.relation for act in word.nouns)) or (
                self.country and self._people(word)
            ):
                return False  # ألقت الشرطة الفرنسية القبض على، منعت السلطات الإسرائيلية المصلين
            self.closed = True
            return self._advance(1)
        given = word.key in closed()["given name"] and self.closed and self._followed(i + 1)
        if given and self.title.office.sort == "person" and not (word.prep or word.conj):
            return self._name(i)
        if self._verbal(word) or word.participles or word.nouns or "ً" in word.text:
            return False
        if self.closed and self.title.office.sort == "person":
            return self._name(i)
        accusative = word.text.endswith("ا") and not self.title.keys[-1].endswith("ا")
        if self.closed or accusative:  # هاجم مسلحون رتلا
            return False
        return self._advance(1)

    def _describes(self, i: int, title: Title) -> bool:
        """جبهة الخلاص الوطني المعارضة: the title of a body that is the adjective of the body before it."""
        adjective = title.office.id == "opposition" and len(title.keys) == 1 and self.words[i].article
        return adjective and self._agreement()[0] == "f" and self.title.office.sort != "person"

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
            self.nameable = self.closed or naming.keys[0].startswith("ال")
            self.closed = True
        elif naming.entity.kind == "person":
            if self.title.office.sort != "person" and self.closed:
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

    def _adjectival(self, naming: Naming) -> bool:
        """القوات السعودية: the country's name is the adjective's feminine."""
        feminine = self._agreement()[0] == "f"
        return feminine and not self.country and len(naming.keys) == 1 and naming.keys[0].startswith("ال") \
            and naming.keys[0].endswith("يه")  # fmt: skip

    def _name(self, i: int) -> bool:
        """Words that nobody knows after a complete title: the person's name."""
        if not self.nameable or self._agreement()[1] == "p":
            return False
        j = i
        while j < self.end and j - i < 5:
            word = self.words[j]
            if j > i and word.key.startswith("و") and word.key[1:] in self.mentions.keys:
                break
            if word.key[:1] in "بلك" and self.mentions.lexicon.particles.get(word.key[1:]) == "dem":
                break
            known = (
                word.kind
                or word.stem in closed()["quantifier"]
                or self._verbal(word)
                or word.participles
                or word.nouns
                or word.titles
                or word.prep
                or word.conj
            )
            if (
                word.stem in _NAME_PARTS
                or (j > i and self.words[j - 1].stem in _NAME_PARTS and word.key.isalpha())
                or (j == i + 1 and self._family(word, j))
                or (j > i and word.key in _SECOND)
                or (j == i and word.key in closed()["given name"] and self._followed(j + 1))
            ):
                j += 1
            elif known or "ً" in word.text or (j == i and (word.article or self._guessed(j))):
                break
            elif j - i >= 2 and word.key.endswith("ه") and j + 1 < self.end and self._genitive(j + 1):
                break  # خالد الأعيسر صحة هذه الأنباء: a noun with its genitive
            elif j - i >= 2 and word.key.startswith(_MASDAR[:3]) and len(word.key) > 5:
                break  # إسحق دار التوصل: a verbal noun, not a surname
            else:
                j += 1
        if j == i:
            return False
        self.name = (i, j)
        self.last = j
        return True

    def _followed(self, i: int) -> bool:
        """Whether a family name may stand at token ``i``: a word that is no particle, verb or act."""
        word = self.words[i] if i < self.end else None
        return word is not None and not (word.kind or word.prep or word.conj or word.nouns or "ً" in word.text)

    def _guessed(self, i: int) -> bool:
        """وعد المرشح بخفض الضرائب: ب and a noun spelled like a verb, with its genitive; no name."""
        word, after = self.words[i], self.words[i + 1] if i + 1 < self.end else None
        if word.guess and word.text.endswith("ة"):
            return True  # أشاد السفير بمتانة العلاقات
        return bool(word.guess) and after is not None and after.article and word.key[1:] in self.mentions.lexicon.verbs

    def _family(self, word: Word, j: int) -> bool:
        """القيادي عزت الرشق: a word with the article that ends a name, whatever else it means."""
        plain = word.article and not (word.kind or word.names or word.titles or word.prep or word.conj or word.region)
        if not plain or word.key.startswith(_MASDAR) or word.key.endswith(("ات", "ه")):
            return False
        after = self.words[j + 1] if j + 1 < self.end else None
        return after is None or (bool(after.kind or after.active) and not after.article)

    def _verbal(self, word: Word) -> bool:
        """Whether a word may be the verb of a title before it, so that no name begins here."""
        feminine = self.title.feminine
        return not word.object and any(
            s.person == 3 and s.number != "d" and not s.passive and s.gender == ("f" if feminine else "m")
            for _, s in word.verbs
        )

    def _genitive(self, i: int) -> bool:
        word = self.words[i]
        return word.kind == "dem" or (word.article and not word.names)

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
        if self.title.office.sector == "MIL" and not self.closed:
            return False  # نشرت قوات في بولندا
        if self.words[i].stem not in places or i + 1 >= self.end or self.words[i + 1].conj:
            return False
        if self.words[i].stem == "لدي" and (naming := self.mentions.match(i + 1, self.end)):
            return self._advance(1 + len(naming.keys))
        return self._belonging(i + 1)

    def _attached(self, i: int) -> bool:
        word = self.words[i]
        if word.prep == "ب" and word.stem in _MINISTRY and not word.conj:
            return self._belonging(i)
        if word.prep != "ل" or word.conj or (self.title.office.sector == "MIL" and not self.closed):
            return False
        if word.stem in _AGENCIES and self.title.office.id != "journalist":
            return False
        if self._belonging(i):
            return True
        purpose = word.article and self.title.office.sort == "person" and word.stem not in closed()["audience"]
        return purpose and not (word.names or word.titles) and self._advance(1)

    def _belonging(self, i: int) -> bool:
        title = self.mentions.title(i, self.end)
        naming = self.mentions.match(i, self.end)
        if title and title.office.sort != "group" and (not naming or len(naming.keys) < len(title.keys) + 1):
            self.last = i + len(title.keys)
            self.closed = title_is_definite(title)
            return True
        if naming and self.country is None and naming.entity.kind in ("country", "organization", "group", "place"):
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


def title_is_definite(title: Title) -> bool:
    """Whether nothing can follow in the genitive: المسؤول، وزير الخارجية."""
    owned = title.office.id in ("allies", "counterpart") and title.keys[-1].endswith(("ه", "ها", "هما", "نا"))
    return owned or title.keys[-1].startswith("ال")


def surname(name: tuple[str, ...]) -> tuple[str, ...]:
    """The part of a full name that later stands alone: the last word, with بن, أبو, عبد before it."""
    if len(name) > 1 and name[-2] in _NAME_PARTS:
        return name[-2:]
    return name[-1:]

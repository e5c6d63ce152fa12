"""Who bears a title: what its words tell of the bearer, and where his name after them begins and ends."""

from dataclasses import replace

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import NAME_PARTS
from ingest.extractors.rules.arabic.first_names import begins_a_name
from ingest.extractors.rules.arabic.lexicon import Word
from ingest.extractors.rules.arabic.matching import Matcher
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.arabic.title_words import SOMEBODYS, Title, title_is_definite
from ingest.linking.offices import Region

_SECOND = frozenset(("الدين", "الله", "الرحمن", "الاسلام", "الحق", "الزهراء", "النبي"))  # ضياء الدين
QUOTED_NAME, MOST_TITLE_WORDS = 6, 24
_OF_ONE_COUNTRY = frozenset(("chancellor", "king", "supreme-leader"))
_STOP = closed()["stop"]
_QUANTIFIERS = closed()["quantifier"]
_PLURALS = closed()["plural title"]
_FEMININE = closed()["feminine body"]
MASDAR = ("الت", "الاست", "الان", "الا")


class Bearer:
    """What is known of a title phrase while it is read."""

    def __init__(self, mentions: Matcher, title: Title, first: int, end: int) -> None:
        self.mentions = mentions
        self.words = mentions.words
        self.title = self._as_spelled(title, mentions.words[first].text)
        self.first = first
        self.end = min(end, first + MOST_TITLE_WORDS)
        self.last = first + len(title.keys)
        self.closed = title_is_definite(title)
        self.nameable = True
        self.held = False
        self.region: Region | None = None
        self.country = self._country_of_title()
        self.person: Entity | None = None
        self.body: Entity | None = None
        self.name: tuple[int, int] | None = None

    @staticmethod
    def _as_spelled(title: Title, text: str) -> Title:
        """رئيسه is his president, رئيسة a woman: one key, two words."""
        possessed = title.feminine and text.endswith("ه") and len(title.keys) == 1 and title.office.id not in SOMEBODYS
        return replace(title, feminine=False, owner="ه") if possessed else title

    def _country_of_title(self) -> str | None:
        """المستشار الألماني: the country that the office's own words name; not وزير المالية."""
        named = len(self.title.keys) > 1 and self.title.office.id in _OF_ONE_COUNTRY
        naming = self.mentions.match(self.last - 1, self.last) if named else None
        return naming.entity.country if naming and naming.sort == "demonym" else None

    def _agreement(self) -> tuple[str, str]:
        head = self.title.keys[0]
        if head in ("مصادر", "المصادر", "اوساط", "تقارير", "التقارير"):
            return "f", "s"
        sound = head.endswith(("ون", "ين")) and not head.endswith("امين")
        plural = sound or head.removeprefix("ال") in _PLURALS
        if self.title.dual:
            return "f" if self.title.feminine else "m", "d"
        if self.title.feminine:
            return "f", "s"
        if self.title.office.sort == "person":
            return "m", "p" if plural else "s"
        bare = head.removeprefix("ال")
        feminine = bare.endswith(("ه", "ات", "ي")) or bare in _FEMININE
        if self.title.office.sort == "group" and not feminine:
            return "m", "p"
        return ("f" if feminine else "m"), "s"

    def _name(self, i: int) -> bool:
        """Words that nobody knows after a complete title: the person's name."""
        if not self.nameable or self._agreement()[1] != "s":
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
                or word.stem in _QUANTIFIERS
                or word.stem in _STOP
                or self._verbal(word)
                or word.participles
                or word.nouns
                or word.titles
                or word.prep
                or word.conj
            )
            if (
                word.stem in NAME_PARTS
                or (j == i and self._given(j))
                or (j > i and self.words[j - 1].stem in NAME_PARTS and word.key.isalpha())
                or (j == i + 1 and self._family(word, j))
                or (j > i and word.key in _SECOND)
                or (j > i and j + 1 < self.end and self.words[j + 1].key == "الله")  # حسن فضل الله
                or (j == i and word.key in closed()["given name"] and self._followed(j + 1))
            ):
                j += 1
            elif (
                (j > i and self._resident(j))
                or known
                or "ً" in word.text
                or (j == i and (word.article or self._guessed(j)))
            ):
                break
            elif j - i >= 2 and word.names and self._another(j):
                break  # عبد الرحيم دقلو مصر: whom he accuses
            elif j - i >= 2 and word.key.endswith("ه") and j + 1 < self.end and self._genitive(j + 1):
                break  # خالد الأعيسر صحة هذه الأنباء: a noun with its genitive
            elif j - i >= 2 and word.key.startswith(MASDAR[:3]) and len(word.key) > 5:
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

    def _given(self, i: int) -> bool:
        """المحامي العراقي رضا كاظمي: whether a person's name begins at token ``i``, whatever else the word means."""
        person = self.title.office.sort == "person" and i + 1 < self.end
        named = person and begins_a_name(self.words[i], self.words[i + 1], self.mentions.tokens.text)
        return named and not self.mentions.match(i, self.end)

    def _another(self, j: int) -> bool:
        """Whether a country or body is named at token ``j``, after a name of two words."""
        naming = self.mentions.match(j, self.end)
        return naming is not None and naming.sort != "demonym" and naming.entity.kind in ("country", "organization")

    def _guessed(self, i: int) -> bool:
        """وعد المرشح بخفض الضرائب: ب and a noun spelled like a verb, with its genitive; no name."""
        word, after = self.words[i], self.words[i + 1] if i + 1 < self.end else None
        if word.guess and word.text.endswith("ة"):
            return True  # أشاد السفير بمتانة العلاقات
        return bool(word.guess) and after is not None and after.article and word.key[1:] in self.mentions.lexicon.verbs

    def _family(self, word: Word, j: int) -> bool:
        """القيادي عزت الرشق: a word with the article that ends a name, whatever else it means."""
        plain = word.article and not (word.kind or word.names or word.titles or word.prep or word.conj or word.region)
        if not plain or word.key.startswith(MASDAR) or word.key.endswith(("ات", "ه")):
            return False
        after = self.words[j + 1] if j + 1 < self.end else None
        return after is None or (bool(after.kind or after.active) and not after.article)

    def _resident(self, j: int) -> bool:
        """المقيم في النروج: where somebody lives is no part of the name."""
        after = self.words[j + 1] if j + 1 < self.end else None
        return self.words[j].key.startswith("الم") and after is not None and after.kind == "prep"

    def _told_of(self, i: int) -> bool:
        """فصيل مسلح تموله إريتريا: a verb whose pronoun is the title, its subject after it."""
        word, after = self.words[i], self.words[i + 1] if i + 1 < self.end else None
        imperfect = bool(word.object) and any(shape.tense == "i" for _, shape in word.verbs)
        return imperfect and after is not None and bool(after.names or after.titles)

    def _verbal(self, word: Word) -> bool:
        """Whether a word may be the verb of a title before it, so that no name begins here."""
        if not word.verbs:
            return False
        feminine = self.title.feminine
        if word.key.startswith(("تت", "يت", "تست", "يست")):
            return True  # رسالة من العاهل البحريني تتضمن
        return not word.object and any(
            s.person == 3 and s.number != "d" and not s.passive and s.gender == ("f" if feminine else "m")
            for _, s in word.verbs
        )

    def _genitive(self, i: int) -> bool:
        word = self.words[i]
        return word.kind == "dem" or (word.article and not word.names)

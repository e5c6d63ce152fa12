"""To the right of a cue: whether words may be the subject after their verb, and where it ends and an object begins."""

from dataclasses import replace

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import HOMELAND, NAME_PARTS, Actor
from ingest.extractors.rules.arabic.lexicon import Word
from ingest.extractors.rules.arabic.objects import Objects
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.arabic.titles import verbal_noun
from ingest.linking.registry import unregistered

_MANNER, _MANNER_OF = closed()["manner"], closed()["manner of"]
_HEADS = frozenset(("head", "leader", "spokesman"))
_NUMBERED = closed()["numbered"]
_EVERY = frozenset(("جميع", "كافه", "كل", "كلا", "الاطراف"))
_COMPLETE = frozenset(
    ("اليوم", "امس", "غدا", "هنا", "ايضا", "مجددا", "لاحقا", "رسميا", "علنا", "صراحه", "السبت", "الاحد", "الاثنين",
     "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "له", "لها", "لهم", "لنا", "لي", "فيه", "فيها", "به", "بها", "عليه",
     "عليها", "اليه", "اليها", "منه", "منها", "كذلك", "هناك", "انذاك", "حينها", "بدوره", "بدورها", "مرارا", "فقط")
)  # fmt: skip
_YEARS = frozenset(("عام", "سنه", "العام"))
_PERIODS = frozenset(("العام", "الاسبوع", "الشهر", "السنه", "الليله", "الصيف", "الشتاء", "القرن", "الموسم"))
_GONE = frozenset(("الماضي", "الماضيه", "الجاري", "الجاريه", "المقبل", "المقبله", "الفايت", "المنصرم", "الحالي",
                   "الحاليه", "السابق", "السابقه", "نفسه"))  # fmt: skip


class Openings(Objects):
    """What a frame knows of subjects after their verb; :class:`FrameReader` reads with it."""

    content: tuple[str, ...]
    gender: str
    suffering: bool

    def _fits(self, actor: Actor) -> bool:
        every = actor.head in _EVERY and bool(self.r.words[self.token].conj) and "obj" in self.target
        if (
            actor.conj
            or actor.oblique
            or every
            or self._bound_object(actor)
            or (actor.sort == "place" and not self.suffering)
            or (actor.sort == "demonym" and actor.number == "s")
        ):
            return False
        titled = actor.office is not None and actor.office.sort == "person" and "that" in self.content
        beside = titled and actor.first == self.token + 1 and "obj" not in self.target  # قالت السناتور إليزابيث
        return not actor.gender or not self.gender or actor.gender == self.gender or actor.number == "p" \
            or actor.sort == "group" or beside  # fmt: skip

    def _bound_object(self, actor: Actor) -> bool:
        """وحض ترامب على: of a verb that cannot do without object, the only actor is it when the subject goes on."""
        word = self.r.words[self.token]
        second = self.r.words[self.token + 1] if self.token + 1 < self.r.last else word
        told = second.bound[0] == "في" and not self.r.words[self.token - 1].kind  # ببيان اتهمت فيه فرنسا
        before = self.r.words[self.token - 1]
        goes_on = word.conj == "و" or before.kind == "clause" or told or bool(before.bound[0])
        head = bool(actor.owner) and actor.office is not None and actor.office.id in _HEADS  # وطالب رئيسه
        if head or "must" not in self.target or not goes_on or word.object or self.token == self.r.first:
            return False
        last = self.r.coordinated(actor)[-1].last
        after = self.r.actor_at.get(last)
        return after is None or (bool(after.prep) and after.prep not in self.target) or bool(after.conj)

    def _postponed(self, i: int) -> bool:
        """أعلن اليوم الأحد متحدث، قال له الرئيس: a subject after adverbs, when what stands before it is complete."""
        r, before = self.r, self.r.words[i - 1]
        if "that" not in self.content or "must" in self.target or i <= self.token + 1 or self.in_relative:
            return False
        earlier = r.actor_to.get(i)
        if earlier is not None:
            return bool(earlier.prep) and (earlier.sort in ("name", "capital", "place") or earlier.definite)
        return before.stem in _COMPLETE or before.text == ")" or before.kind == "number" or before.article

    def _reopened(self, i: int) -> bool:
        """قالت أمس الممثلة: a definite noun that nobody knows, after an adverb that needs no genitive."""
        word, before = self.r.words[i], self.r.words[i - 1]
        free = not (self.has_subject or self.frame.subject or self.frame.phrase or self.in_relative)
        if not free or not word.article or word.conj or before.stem not in _COMPLETE or not self._postponed(i):
            return False
        self.open = True
        return True

    def _name_like_verb(self, i: int) -> bool:
        """قالت جين هولاند إنها: no verb follows a verb of saying; what looks like one begins a name, or ends it."""
        word = self.r.words[i]
        if not self.open or self.has_subject or word.conj or "that" not in self.content:
            return False
        if i == self.token + 1:
            return not any("that" in act.content and act.relation for act, _ in word.verbs)
        after = self.r.words[i + 1] if i + 1 < self.r.last else None
        return self.frame.phrase is not None and after is not None and (after.kind == "comp" or self.r.is_comma(i + 1))

    def _partitive(self, i: int, stem: str) -> bool:
        """العديد من المراقبين: من and its noun belong to the subject."""
        phrase, r = self.frame.phrase, self.r
        if stem != "من" or not self.open or phrase is None or phrase[1] != i:
            return False
        if r.words[phrase[0]].stem not in _NUMBERED:
            return False
        self.frame.phrase = (phrase[0], min(i + 2, r.last))
        return True

    def _object_after_phrase(self, i: int) -> bool:
        """اقترح المهندس بناء جسر، يفضل الشباب العمل: after a definite subject a noun is the object, no part of it."""
        word, before = self.r.words[i], self.r.words[i - 1]
        if "obj" not in self.content or not self.direct or word.conj or not before.article:
            return False
        if word.stem in NAME_PARTS:
            return False  # عبد الإله ابن كيران
        masdar = word.article and verbal_noun(word)
        accusative = word.text.endswith(("اً", "ًا"))
        return masdar or accusative or any(not a.relation or not word.article for a in word.nouns)

    def _some_time(self, i: int) -> bool:
        """العام الماضي: when, not who."""
        stem = self.r.words[i].stem
        if i + 1 >= self.r.last or not (stem in _YEARS or stem in _PERIODS):
            return False
        after = self.r.words[i + 1]
        return (stem in _YEARS and after.kind == "number") or (stem in _PERIODS and after.stem in _GONE)

    def _said_noun(self, i: int) -> bool:
        """وأكدت دعمها، يدرك ذلك: a noun of saying or doing is no subject but what is said."""
        word, after = self.r.words[i], self.r.words[i + 1] if i + 1 < self.r.last else None
        owned = bool(word.pronoun) and not (after is not None and after.kind == "comp")  # تمنى والدها أن: who hopes
        owned = owned or (after is not None and (bool(after.pronoun) or after.key in HOMELAND))  # وأكد وقوف بلاده
        return word.kind == "dem" or (bool(word.nouns) and (owned or any(a.relation for a in word.nouns))
                                      and not word.conj and not word.article)  # fmt: skip

    def _of_other_gender(self, i: int) -> bool:
        """ووصفت موقف بريطانيا: a masculine noun is not what a feminine verb tells of."""
        word, verb = self.r.words[i], self.r.words[self.token]
        bare = not (word.conj or word.prep or word.article) and i == self.token + 1
        return bare and self.gender == "f" and bool(verb.conj) and word.stem in closed()["masculine noun"]

    def _describes_subject(self, i: int) -> bool:
        """انتقد حزب العدالة والتنمية المعارض: an adjective after the name of a party that is the subject."""
        subject, word = self.frame.subject, self.r.words[i]
        return subject is not None and subject.last == i and word.stem in closed()["ruling"] and not word.conj

    def _new_noun(self, i: int) -> bool:
        """Not an adjective or a name that still belongs to the subject."""
        word, before = self.r.words[i], self.r.words[i - 1]
        if word.stem in ("اخر", "اخري", "اخرون", "اخرين") and i > self.token + 1:
            return False  # نفى مصدر آخر وجود
        named = self.frame.subject is not None and self.frame.subject.last == i
        aimed = bool(self.frame.targets) and self.frame.targets is not None and self.frame.targets[-1].last == i
        if i == self.token + 1 or named or aimed:
            return True
        return bool(word.nouns or not word.article or before.kind in ("mark", "adv") or word.kind == "dem")

    def _alone(self, i: int) -> bool:
        """ذلك، not هذا القرار."""
        return i + 1 >= self.r.last or not self.r.words[i + 1].article

    def _is_called(self, i: int, actor: Actor) -> bool:
        """الدكتورة وزيرة الصحة: whether a title says who the noun before it is; not أوفدت المجموعة الرئيس."""
        feminine = self.r.words[i].stem.endswith("ه")
        return actor.office is not None and actor.office.sort == "person" and not (feminine and actor.gender == "m")

    def _divided(self) -> None:
        """اتهمت وزيرة العدل السابقة فلانا بأنه، اتهم عزيز بريطانيا بـ: the verb needs somebody beside its subject."""
        frame, phrase = self.frame, self.frame.phrase
        if frame.targets or frame.pronoun >= 0 or not {"must", "obj"} <= set(self.target):
            return
        last = self.r.actor_to.get(phrase[1]) if phrase and not frame.subject else None
        if phrase and last and phrase[0] < last.first:
            frame.phrase, frame.targets = (phrase[0], last.first), [last]
        elif frame.subject and frame.subject.name and frame.subject.entity:
            self._part(frame.subject, frame.subject.entity)

    def _part(self, subject: Actor, known: Entity) -> None:
        """A title and the name after it as two."""
        first, r = subject.last - len(subject.name), self.r
        if first <= subject.first or not known.id.startswith("name-"):
            return
        text = r.tokens.text
        holder = unregistered(text[subject.start : r.end(first - 1)], "person", "ar", sector=known.sector)
        named = unregistered(text[r.start(first) : subject.end], "person", "ar")
        title = replace(subject, last=first, end=r.end(first - 1), name=(), entity=holder)
        self.frame.subject = title
        self.frame.targets = [Actor(first, subject.last, r.start(first), subject.end, named, "phrase")]

    def _in_manner(self, word: Word) -> int:
        """بشدة, بأشد العبارات: how many words say how it is done; none when they do not."""
        if "ب" not in (word.prep, word.guess):
            return 0
        stem = word.stem if word.prep else word.key[1:]
        return 1 if stem in _MANNER else 2 if stem in _MANNER_OF else 0

    def _after_aside(self, i: int) -> bool:
        """أكد خلال زيارته إلى بيروت دعم: a noun of an act after a phrase of time or place that ends with an actor."""
        word, ended = self.r.words[i], self.r.actor_to.get(i)
        return ended is not None and bool(ended.prep) and bool(word.nouns) and not (word.article or word.prep)

    def _unmarked_relative(self, i: int) -> bool:
        """صرح مسؤول طلب عدم ذكر اسمه أن: after an indefinite subject a verb is its relative clause."""
        subject = self.frame.subject
        if subject is None or subject.last != i or subject.sort != "office" or self.r.words[subject.first].article:
            return False
        ahead = self.r.words[i + 1 : min(i + 12, self.r.last)]
        return any(w.kind == "comp" or w.text == ":" for w in ahead)

    def _owns(self, i: int, actor: Actor) -> bool:
        """مكتب نتنياهو، محامي ترامب، الفنانة فيروز: a name that belongs to the noun before it."""
        if actor.conj or actor.sort not in ("name", "office", "body"):
            return False
        person = actor.entity is not None and actor.entity.kind == "person" and actor.sort == "name"
        return not self.r.words[i - 1].article or person

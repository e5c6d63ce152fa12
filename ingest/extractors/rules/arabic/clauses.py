"""The acts of one sentence, read from left to right: who says or does what, and where what is said ends.

Rules (``Draft.rule``): ``ar.verb+subject`` (قال لافروف إن), ``ar.subject+verb`` (لافروف يؤكد أن), ``ar.verb+dropped``
(وأضاف أن), ``ar.participle`` (مشيرا إلى أن), ``ar.quote+verb``, ``ar.noun`` (اتهامات الغرب لـ), ``ar.noun+between``
(التعاون بين أ وب), ``ar.according`` (وفقا لـ). How the content is marked is added: ``+that``, ``+من`` ...
"""

from collections.abc import Iterator

from graph.claims import Entity
from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.drafting import Drafting
from ingest.extractors.rules.arabic.frames import SAID, FrameReader
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.memory import UNNAMED, agrees
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.objects import Frame
from ingest.extractors.rules.arabic.phrases import Phrase
from ingest.extractors.rules.arabic.relays import WRITTEN
from ingest.extractors.rules.arabic.scene import Cue
from ingest.extractors.rules.arabic.subjects import PREVIOUSLY
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.assembly import Draft

_PERSONAL, _NOBODY, _UNKNOWN = closed()["personal"], closed()["nobody"], closed()["unknown"]
# Acts that are none without what is promised or agreed to: تعد بكين الكويت شريكا, تجمع المئات أمام السفارة.
_CONTENT_NEEDED = frozenset(("agrees", "promises"))
_EXPOSED = 9
_RESUMED = 6
_BESIDE = 2
_EACH_OTHER = "تبادل"
_PASSIVE_LIKE = frozenset(("اعتبر", "عد"))


class ClauseReader(Drafting):
    """Reads one sentence from left to right."""

    def drafts(self) -> Iterator[Draft]:
        """Every claim of the sentence."""
        words, used, within = self.r.words, self.used, self.r.within
        self._headline()
        for i in range(self.r.first, self.r.last):
            word = words[i]
            if word.formulas and (count := self.formula_at(i)) and i not in used:
                used.update(range(i, i + count))
                self._formula(i, count)
            if not word.active or i in used or i in within:
                if self.cues and word.unlisted and self._unlisted_participle(i):
                    self._unlisted(i)
                continue
            if word.kind == "according":
                self._according(i)
            elif (
                (word.participles and not word.article and self._participle(i))
                or (word.verbs and (not word.kind or word.stem == "بين" or self._expresses(i)) and self._verb(i))
                or (word.predicates and self._predicate(i))
            ):
                pass
            elif word.nouns and not self._titled(i):
                self._noun(i)
        for cue in self.cues:
            if cue.targets:
                self._remember_pair(cue)
            yield from self._claims(cue)

    def _remember_pair(self, cue: Cue) -> None:
        """Who did what to whom last, for البلدان and الجانبان in the sentences to come."""
        one, other = cue.source[1], self.entity(cue.targets[0])
        if one.country and other.country and one.country != other.country:
            self.r.memory.relate(one, other)

    def _titled(self, i: int) -> bool:
        """المعارضة: the body of that name; ما أدانته: the verb alone; neither is a verbal noun."""
        word, before = self.r.words[i], self.r.words[i - 1] if i > self.r.first else None
        if word.verbs and word.object and before and (before.stem in ("ما", "مما") or before.kind == "rel"):
            return True
        actor = self.r.actor_at.get(i)
        return actor is not None and actor.office is not None

    def _expresses(self, i: int) -> bool:
        """عبر المشجعون عن غضبهم: a verb, not "through", where عن follows."""
        words = self.r.words
        near = words[i + 1 : min(i + 16, self.r.last)]
        return words[i].stem == "عبر" and self._opens(i) and any(w.stem == "عن" for w in near)

    def _verb(self, i: int) -> bool:
        word = self.r.words[i]
        if i > self.r.first and self.r.words[i - 1].stem in ("عدم", "غير"):
            return False
        if word.kind == "prep" and not (i + 1 < self.r.last and self.r.words[i + 1].kind == "comp"):
            return False
        if word.other and word.other.active and i > self.r.first and self.r.is_comma(i - 1):
            self.r.words[i] = word.other  # وردت as و and ردت
            return self._verb(i)
        for act, shape in self._ordered(i):
            if act.lemma in ("نقل", "نسب") and self._relayed(i):
                return True
            if act.lemma in WRITTEN and self._written(i, act.lemma):
                return True
            if shape.passive:
                if self._suffers(i, act, shape):
                    return True
            elif (act.relation or act.phrases) and self._read_verb(i, act, shape):
                return True
        if word.other and word.other.active:
            self.r.words[i] = word.other
            if self._verb(i):
                return True
            self.r.words[i] = word
        return False

    def _ordered(self, i: int) -> list[tuple[Act, Shape]]:
        """The readings, in quoted speech the first person first; where some agree with the next actor, only they."""
        readings = self.r.words[i].verbs
        if len(readings) == 1:
            return [*readings]
        around, actor = self._around(i), self.r.actor_at.get(i + 1)
        wasl = self.r.words[i].text.startswith("أ") and any(len(a.lemma) > 4 for a, _ in readings)
        own = (around is not None and around.quoted) or (wasl and actor is None)  # أعتقد: no perfect is spelled so
        gender = actor.gender if actor and not (actor.prep or actor.conj) else ""
        fitting = [reading for reading in readings if gender and reading[1].gender == gender]
        return sorted(fitting or readings, key=lambda reading: own and reading[1].person != 1)

    def _read_verb(self, i: int, act: Act, shape: Shape) -> bool:
        if shape.tense == "p" and i > self.r.first and self.r.words[i - 1].stem in ("لا", "لن", "لم"):
            return False
        if shape.jussive and (i == self.r.first or self.r.words[i - 1].stem != "لم"):
            return False
        if act.phrases and (head := self._light_head(i, act.phrases)):
            return self._read_relative(i, act, shape, head)
        left = self._left(i, shape) if shape.person == 3 else None
        if left is not None and self.resumed(i):
            left = None
        sure = not act.homograph or left is not None or self._verbal_place(i, shape)
        if not sure and (self.r.words[i].prep or self.r.words[i].article or not self._opens(i)):
            return False
        left, frame = self._frame(i, act, shape, left)
        relation = frame.relation or act.relation
        if not relation:
            return False
        thanked = (
            "must" in act.target
            and self.r.words[i].conj == "و"
            and frame.content >= 0
            and (frame.targets or self.r.words[i].object)
        )
        if not (sure or thanked) and (frame.marked != "that" or (frame.phrase is None and frame.quote < 0)):
            return False
        self._mutual(i, act, relation, left, frame)
        if self._passive(i, relation, act, left, frame):
            return True
        self._object_of(i, frame, act, frame.subject or (left if isinstance(left, Actor) else None))
        if frame.received:
            frame.content = -1
        says = frame.content >= 0 and (relations()[relation].kind == "statement" or "in" in act.target)
        if not says and (not frame.targets or relation in _CONTENT_NEEDED):
            return self._after_quotation(i, relation, shape, left, frame)
        if shape.person == 1 and (frame.marked != "that" or frame.quote >= 0):
            around = self._around(i)
            if not (around and around.quoted):
                return False
        source, explicit = self._source(i, shape, left, frame)
        if source and source[0][1] is UNNAMED and shape.number == "d":
            return False
        if source is None or self._impersonal(i, shape, frame, explicit):
            return False
        if self.r.words[i].stem in _NOBODY and not explicit:
            return False
        bare = frame.marked != "that" or (frame.quote >= 0 and not explicit)
        if act.lemma in _PASSIVE_LIKE and bare and shape.tense != "p" and not frame.subject:
            return False
        if relation == "condemns" and source[0][1].sector == "JUD":
            relation = "convicts"  # أدانت المحكمة المتهم
        rule = "ar.subject+verb" if left else "ar.verb+subject" if explicit else "ar.verb+dropped"
        span = frame.cue or (self.r.stem_start(i), self.r.end(i))
        cue = Cue(i, relation, span, rule, source[0], source[1], source[2], targets=frame.targets or [],
                  negated=self.r.negated(i), explicit=explicit, tense=shape.tense,
                  vague=self._vague(left, frame, source[0][1]),
                  joined=self._joined(left, frame))  # fmt: skip
        if frame.received and frame.targets:
            self._turn(cue, frame.targets)
        return self._finish(cue, frame, act)

    def _turn(self, cue: Cue, givers: list[Actor]) -> None:
        """تلقت أوكرانيا أسلحة من ألمانيا: who receives is whom it is done to."""
        got = self._actor_of(cue.source, cue.token)
        cue.joined = self._named(givers)
        cue.source, cue.targets = cue.joined[0], [got]

    def _vague(self, left: Actor | tuple[int, int] | None, frame: Frame, entity: Entity) -> bool:
        """Whether the subject is a phrase in which no actor is known, or somebody unknown."""
        actor = frame.subject or (left if isinstance(left, Actor) else None)
        if actor and any(word.stem in _UNKNOWN for word in self.r.words[actor.first : actor.last]):
            return True
        phrase = not frame.subject and (isinstance(left, tuple) or (left is None and frame.phrase is not None))
        return phrase and entity.country is None and entity.id.startswith("name-")

    def _read_relative(self, i: int, act: Act, shape: Shape, head: tuple[Phrase, int]) -> bool:
        """الهجوم الذي شنه X على Y، عقوبات فرضتها X على Y: the noun before the verb is the act."""
        phrase, noun = head
        act = Act(act.lemma, phrase.relation, phrase.content, phrase.target)
        frame = FrameReader(self.r, i, act, has_subject=False, gender=shape.gender).read()
        source, explicit = self._source(i, shape, None, frame)
        if not frame.targets and relations()[phrase.relation].inverse == phrase.relation:
            return self._held_together(i, phrase, noun, frame, shape)
        if source is None or not (frame.targets or self._exposed(frame, noun)):
            return False
        self.cues = [cue for cue in self.cues if cue.token != noun]
        span = (self.r.stem_start(noun), self.r.end(i if i - noun <= _BESIDE else noun))
        cue = Cue(i, phrase.relation, span, "ar.relative", source[0], source[1], source[2],
                  targets=frame.targets or [], explicit=explicit, joined=self._joined(None, frame))  # fmt: skip
        return self._finish(cue, frame, act)

    def _exposed(self, frame: Frame, noun: int) -> bool:
        """تعرضت السفارة لهجوم شنته جماعة: the subject of the verb of suffering before the noun is who suffers."""
        for k in range(noun - 1, max(self.r.first, noun - _EXPOSED) - 1, -1):
            if any(act.phrases.received for act, _ in self.r.words[k].verbs):
                victim = self.r.actor_at.get(k + 1) or self.r.actor_to.get(k)
                victim = victim or self._within((k + 1, noun))
                frame.targets = [victim] if victim else []
                return victim is not None
        return False

    def _held_together(self, i: int, phrase: Phrase, noun: int, frame: Frame, shape: Shape) -> bool:
        """مناورات أجرتها أ وب وج، اجتماع عقداه: all of them with each other."""
        sides = self.r.coordinated(frame.subject) if frame.subject else []
        last = next((c for c in reversed(self.cues) if c.targets), None)
        if not sides and shape.number == "d" and last:
            sides = [self._actor_of(last.source, last.token), *last.targets[:1]]
        span = self.r.stem_start(noun), self.r.end(noun)
        for k, side in enumerate(sides[:-1]):
            source = (side.start, side.end), self.entity(side)
            self.cues.append(Cue(i, phrase.relation, span, "ar.relative", source, targets=sides[k + 1 :], explicit=True,
                                 confidence=0.75))  # fmt: skip
        return len(sides) > 1

    def _suffers(self, i: int, act: Act, shape: Shape) -> bool:
        """أصيب جندي برصاص Y: a passive whose spelling shows it, with who does it."""
        if not act.relation or shape.person != 3:
            return False
        left, frame = self._frame(i, act, shape, self._left(i, shape))
        return self._passive(i, act.relation, act, left, frame)

    def _passive(self, i: int, relation: str, act: Act, left: Actor | tuple[int, int] | None, frame: Frame) -> bool:
        """اعتقل X من قبل Y، قتل X برصاص Y."""
        if not {"obj", "by"} & set(act.target) or relations()[relation].kind != "deed":
            return False
        shot = frame.targets[0] if frame.targets and self._struck(frame.targets[0]) else None  # قتل برصاص مسلحين
        if frame.targets and not shot:
            return False
        agent = shot or self._agent(i)
        patient = frame.subject or self._within(frame.phrase if left is None else left)
        if agent is None or patient is None or agent is patient:
            return False
        source = (agent.start, agent.end), self.entity(agent)
        span = (self.r.stem_start(i), self.r.end(i))
        self.cues.append(Cue(i, relation, span, "ar.passive", source, targets=self.r.coordinated(patient),
                             negated=self.r.negated(i), explicit=True, confidence=0.8))  # fmt: skip
        return True

    def _within(self, patient: Actor | tuple[int, int] | None) -> Actor | None:
        """استهدفت القاعدة الأميركية من قبل: whose the thing is that suffers."""
        if not isinstance(patient, tuple):
            return patient
        return next((a for a in self.r.actors if patient[0] < a.first < patient[1] and not a.prep), None)

    def _frame(self, i: int, act: Act, shape: Shape,
               left: Actor | tuple[int, int] | None) -> tuple[Actor | tuple[int, int] | None, Frame]:  # fmt: skip
        """The frame and the subject before the verb, unless one stands after it."""
        joined = self.r.words[i].conj or (self._negator(i) and self.r.words[i - 1].conj)
        going_on = joined and shape.tense == "i" and any(agrees(c.gender, c.number, shape.gender, shape.number)
                                                         for c in self.cues)  # fmt: skip
        several = (
            shape.number == "p" and shape.gender == "m" and shape.tense == "i"
        )  # يريدون شراء: whoever stands before
        second = self.r.words[i + 1] if i + 1 < self.r.last else self.r.words[i]
        inside = second.bound[0] == "في" and i > self.r.first and not self.r.words[i - 1].kind  # رسالة اقترح فيها
        shared = going_on or shape.person == 1 or self._pronominal(i) or several or inside
        told = joined and shape.tense == "i" and ("must" in act.target or "obj" in act.target)
        if told and not shared and i + 1 not in self.r.actor_at:
            shared = self._heads_line(shape)  # حماس تدين القرصنة وتدعو الأحرار إلى
        frame = FrameReader(self.r, i, act, has_subject=left is not None or bool(shared), gender=shape.gender).read()
        if going_on and left is None and i + 1 in self.r.actor_at:
            own = FrameReader(self.r, i, act, has_subject=False, gender=shape.gender).read()
            if own.subject and own.content >= 0:  # ولم يستبعد الوزير عقد قمة: a subject of its own
                return None, own
        relative = isinstance(left, Actor) and self._relative_subject(i)
        if left is not None and not (relative or self._opens_clause(i, left)):
            after = FrameReader(self.r, i, act, has_subject=False, gender=shape.gender).read()
            if after.subject or (after.phrase and after.marked == "that"):
                return None, after
        return left, frame

    def _dual(self, i: int) -> bool:
        dual = any(shape.number == "d" and shape.person == 3 for _, shape in self.r.words[i].verbs)
        return dual and self.r.words[i].conj == "و"

    def _last_two(self) -> list[Actor]:
        """Whom the last act of the sentence joined; their mentions stand there."""
        last = next((c for c in reversed(self.cues) if c.targets), None)
        around = last is not None and self._around(last.token)
        return [self._actor_of(last.source, last.token), last.targets[0]] if last and not around else []

    def _heads_line(self, shape: Shape) -> bool:
        """Whether the first actor of the sentence may be the subject of its verbs: it opens it, and agrees."""
        first = next((a for a in self.r.actors if not a.prep and not a.conj), None)
        opens = first is not None and (first.first == self.r.first or self._timed(first.first))
        return bool(opens and first and self._agree(first, shape))

    def _mutual(self, i: int, act: Act, relation: str, left: Actor | tuple[int, int] | None, frame: Frame) -> None:
        """التقى أ وب: of joined subjects of a mutual deed the second is the object."""
        if frame.targets or not relation:
            return
        if relations()[relation].inverse != relation and act.lemma != _EACH_OTHER:
            return
        both = frame.subject or (left if isinstance(left, Actor) else None)
        if both is None and self._dual(i) and (pair := self._last_two()):
            frame.subject, frame.targets = pair[0], pair[1:]  # التقى أ ب، وبحثا
        elif both and self._both(both) and (pair := self._pair_of(both)):
            frame.subject, frame.targets = pair[0], pair[1:]
        elif frame.subject:
            frame.targets = self.r.coordinated(frame.subject)[1:]
        elif isinstance(left, Actor) and left.conj == "و":
            frame.targets = [left]

    def _relative_subject(self, i: int) -> bool:
        """الدول التي تزود إسرائيل: the antecedent acts, unless a pronoun of it follows (التي تسيطر عليها القوات)."""
        relative = i > self.r.first and self.r.words[i - 1].kind == "rel"
        ahead = self.r.words[i + 1 : min(i + _RESUMED, self.r.last)]
        return relative and not any(word.bound[1] for word in ahead)

    def _opens_clause(self, i: int, left: Actor | tuple[int, int]) -> bool:
        first = left.first if isinstance(left, Actor) else left[0]
        before = self.r.words[first - 1] if first > self.r.first else None
        relative = i > self.r.first and self.r.words[i - 1].kind == "rel"
        if before is not None and (before.key in PREVIOUSLY or self._timed(first)):
            return True
        return not relative and (before is None or before.kind in ("comp", "mark", "clause", "neg", "aux"))

    def _verbal_place(self, i: int, shape: Shape) -> bool:
        """Whether a word that may be verb or noun (رفض، طلب) stands where a verb stands."""
        word = self.r.words[i]
        after = self.r.words[i + 1] if i + 1 < self.r.last else None
        if shape.tense != "p" or shape.gender == "f" or shape.number != "s" or self._pronominal(i):
            return True
        if word.prep or word.article or after is None:
            return False
        opens = i == self.r.first or (i > self.r.first and self.r.is_comma(i - 1) and bool(word.conj))
        if (
            after.article
            and not after.prep
            and (after.text.endswith(("ان", "ون")) or (opens and not after.text.endswith("ين")))
        ):
            return True
        actor = self.r.actor_at.get(i + 1)
        if actor and ((actor.gender == "f" and actor.entity and actor.entity.kind == "country")
                      or (actor.sort == "demonym" and actor.number == "s")):  # fmt: skip
            return False
        return self._opens(i) and (actor is not None or after.kind == "comp" or bool(after.bound[1]))

    def _impersonal(self, i: int, shape: Shape, frame: Frame, explicit: bool) -> bool:
        """يذكر أن، يعتقد أن: somebody says; كان أعلن without anybody to whom it belongs."""
        if explicit or frame.quote >= 0 or shape.person != 3:
            return False
        j = i - 1 if self._negator(i) else i
        before = self.r.words[j - 1] if j > self.r.first else None
        stem = before.stem if before else ""
        known = self.r.words[i].stem in _PERSONAL and (stem in ("كان", "كانت") or shape.gender == "f" or stem == "قد")
        if stem in ("كان", "كانت") and not self._around(i) and not known:
            return True
        if before and before.kind == "rel" and self.r.words[i].object:  # القوات التي يقاتلها
            return False
        if before and before.kind == "clause" and frame.targets and self.cues:  # حيث يلتقي نتنياهو
            return False
        if before and before.kind == "comp" and stem not in ("ان", "بان"):
            return False
        joined = self.r.words[i].conj or (j < i and self.r.words[j].conj)
        nobody = shape.tense == "i" and shape.number == "s" and not joined and not known
        return nobody or stem in ("كما", "الذي", "التي")

    def _participle(self, i: int) -> bool:
        word = self.r.words[i]
        shown = word.text.endswith(("ا", "ً")) or (word.text.endswith("ين") and not word.prep)
        bare_feminine = not shown and not (i > self.r.first and self.r.is_comma(i - 1))
        if word.text.endswith("ه") and word.verbs:  # وطالبه: a verb with its object, not طالبة
            return False
        if bare_feminine or not self._opens_speech(i):
            return False
        for act, shape in word.participles:
            frame = FrameReader(self.r, i, act, has_subject=True, gender=shape.gender).read()
            if frame.content < 0 and not frame.targets:
                continue
            if self._saying(i, frame):
                return True
            source = self._participle_source(i, shape)
            cue = Cue(i, frame.relation or act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.participle", source,
                      shape.gender, shape.number, targets=frame.targets or [])  # fmt: skip
            return self._finish(cue, frame, act)
        return False

    def _unlisted(self, i: int) -> None:
        """A clause brought by a participle of no listed verb: said, no more."""
        act = Act(self.r.words[i].stem, "says", ("that", "علي", "الي", "عن", "ب", "في"), ())
        shape = Shape("a", 3, "m", "s")
        frame = FrameReader(self.r, i, act, has_subject=True, gender="m").read()
        if frame.content >= 0:
            cue = Cue(i, "says", (self.r.stem_start(i), self.r.end(i)), "ar.participle.unlisted",
                      self._participle_source(i, shape), "m", "s")  # fmt: skip
            self._finish(cue, frame, act)
            cue.confidence = 0.7

    def _saying(self, i: int, frame: Frame) -> bool:
        """قائلا belongs to the verb before it."""
        if self.r.words[i].stem not in SAID or not self.cues:
            return False
        last = self.cues[-1]
        if relations()[last.relation].kind != "statement":
            return False  # ثم قصفت المواقع، قائلة إنها
        if last.content is None and frame.content >= 0:
            self._bind_content(last, frame)
            return True
        return last.content is not None and last.content[0] > i

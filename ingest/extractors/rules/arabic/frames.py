"""What follows a cue: its subject, whom it addresses, and where its content begins."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.asides import Asides
from ingest.extractors.rules.arabic.lexicon import Act, Word
from ingest.extractors.rules.arabic.objects import KUNYA, Frame
from ingest.extractors.rules.arabic.reading import Reading
from ingest.extractors.rules.arabic.tables import closed

_MEASURES = closed()["measure"]
_REACH = 45
_GOVERNING = frozenset(("خلال", "بعد", "قبل", "عقب", "اثناء", "عند", "لدي", "بحضور", "وسط", "اثر"))
_WHAT = {"بما": "ب", "مما": "من", "عما": "عن", "لما": "ل"}
_CLOSED = frozenset(("neg", "aux", "clause", "according"))
SAID = frozenset(("قايلا", "قايله", "قايلين", "قايلات"))
_TEXTS = closed()["text"]
_ME = frozenset(("لي", "لنا", "لك", "لكم"))
_ON = frozenset(("يقول", "تقول", "يقولون"))
_EXCEPTIONS = frozenset(("الا", "غير", "بيد", "مع", "رغم", "حتي", "كما", "خاصه", "سوي", "لا", "منذ", "بعد", "قبل"))


class FrameReader(Asides):
    """Reads to the right of a cue what its complement pattern allows."""

    def __init__(self, reading: Reading, token: int, act: Act, *, has_subject: bool, gender: str,
                 verbal: bool = True) -> None:  # fmt: skip
        self.r = reading
        self.token = token
        self.act = act
        self.has_subject = has_subject
        self.gender = gender
        self.verbal = verbal
        self.content = act.content
        self.target = act.target
        if verbal and reading.words[token].object:
            self.target = tuple(mark for mark in act.target if mark != "obj")
        self.deed = bool(act.relation) and relations()[act.relation].kind == "deed"
        self.frame = Frame(targets=[])
        self.in_relative = False
        self.open = not has_subject
        self.recipient: Actor | None = None
        self.early = -1
        self.suffering = act.phrases.received
        self.direct = True
        self.passed = False

    def read(self) -> Frame:
        """The frame; ``content`` is -1 when nothing is said."""
        i, frame = self.token + 1, self.frame
        end = min(self.r.last, self.token + _REACH)
        if i < self.r.last and self._goes_on_with(self.r.words[i]) and self._governs_noun():
            return frame  # ستواصل ملء السد: no speech
        while 0 <= i < end and frame.content < 0:
            i = self._step(i)
        if frame.content >= self.r.last:
            frame.content = -1
        if frame.noun >= 0:
            self._felt()
        if frame.content >= 0:
            self._divided()
        frame.stop = abs(i)
        bound = frame.subject or frame.phrase or self.has_subject
        if frame.content < 0 and "that" in self.content and bound and self.verbal and not self._governs_noun():
            self._late(max(abs(i), self.token + 1), end)
        return frame

    def _late(self, first: int, end: int) -> None:
        """The clause or quotation after whatever stands between, unless another act comes first."""
        r, i = self.r, first
        while i < end - 1:
            word = r.words[i]
            close = r.tokens.quotes.get(i)
            if close is not None and close - i > 3:
                self.frame.content, self.frame.quote, self.frame.marked = i, close, "that"
                return
            if close is not None:
                i = close
            elif (word.kind == "comp" and not word.conj and r.words[i - 1].stem not in _EXCEPTIONS) or word.text == ":":
                self.frame.content, self.frame.marked = i + 1, "that"
                return
            elif self._another(i):
                return
            i += 1

    def _another(self, i: int) -> bool:
        """Whether a word may have its own clause: another act of saying, a clause of its own, a full stop."""
        word = self.r.words[i]
        if word.kind in ("clause", "according") or (word.kind == "mark" and word.text not in "،,()-–\"'“”«»/"):
            return True
        if word.kind or word.prep or word.article:
            return False
        acts = [act for act, _ in (*word.verbs, *word.participles)]
        return any(act.relation and "that" in act.content for act in acts) or (bool(word.verbs) and bool(word.conj))

    def _step(self, i: int) -> int:
        """Read token ``i``; the next token, negative to stop."""
        word = self.r.words[i]
        if word.kind == "mark":
            return self._mark(i)
        if i == self.token + 1 and word.key in KUNYA and self.open and i + 1 < self.r.last:
            self.frame.phrase = (i, i + 2)  # تقول أم جوان
            return i + 2
        if word.key in self.content and self._quoted_matter(i + 1) and not self.in_relative:
            return self._begin(i + 1, word.key)
        if word.key in _WHAT and _WHAT[word.key] in self.content and "in" in self.target and not self.in_relative:
            return self._begin(i, _WHAT[word.key])  # نددت بما وصفته
        if word.kind == "comp":
            return self._complementizer(i)
        if (word.kind == "question" or word.stem == "ما") and self._asks(i):
            return self._begin(i, "that")
        actor = self.r.actor_at.get(i)
        if actor:
            return self._actor(i, actor)
        if word.bound[0]:
            return self._bound(i, word.bound[0])
        if word.kind == "prep":
            return self._preposition(i)
        if word.kind == "rel":
            self.in_relative = True
            self.open = False
            return i + 1
        if (word.prep or word.guess) and (after := self._clitic(i, word)):
            return after
        if word.kind in _CLOSED or (word.participles and self._participial(i)):
            return self._closing(i)
        if word.verbs and (after := self._may_act(i, word)):
            return after
        return self._other(i)

    def _asks(self, i: int) -> bool:
        """هل، ما إذا: whether a question begins; not يعرف كيف, who can."""
        word = self.r.words[i]
        if "that" not in self.content or self.in_relative:
            return False
        if word.kind != "question":
            return word.stem == "ما" and i + 1 < self.r.last and self.r.words[i + 1].stem == "اذا"
        return word.stem != "كيف" or self.act.relation != "believes"

    def _clitic(self, i: int, word: Word) -> int:
        """Read a word with its preposition; the next token, 0 when the preposition marks nothing."""
        mark = word.prep or word.guess
        if self._light(i - 1, mark):
            return abs(self.frame.stop)
        if mark in self.content and "obj" in self.target and not self.frame.targets and self._manner(i):
            return i + 1
        if word.prep and mark in self.content and not self.in_relative:
            return self._through(i, mark) or self._begin(i, mark, attached=True)
        if word.prep and mark in self.target and self._through(i, mark):
            return i + 1
        if word.prep and mark in self.target and not self.verbal and self._reaches(mark):
            owner = self._beyond(i)  # احتلالها للجزر الإماراتية
            if owner and owner.sort == "demonym":
                self.frame.targets = [owner]
                return owner.last
        if word.guess and word.guess in self.content and not self.in_relative and self._guessable(i):
            return self._begin(i, word.guess, attached=True)
        return 0

    def _may_act(self, i: int, word: Word) -> int:
        """Read a word that may be a verb; the next token, negative to stop, 0 when it is none here."""
        if self.in_relative and not word.prep and not word.article:
            return self._verb(i)
        if self.r.words[i - 1].stem in ("عدم", "غير"):
            return i + 1
        if "that" in self.content and not word.conj and not word.prep and self._unmarked_relative(i):
            self.passed, self.direct = True, False
            return i + 1
        finite = not word.prep and not word.article and not (word.nouns and not word.conj)
        return self._verb(i) if finite else 0

    def _quoted_matter(self, i: int) -> bool:
        """ب"ارتكاب مجازر"، عن "أسفها": quoted words after a preposition, no title before the clause that is said."""
        close, words = self.r.tokens.quotes.get(i), self.r.words
        return close is not None and all(words[k].kind != "comp" for k in range(close, min(close + 3, self.r.last)))

    def _participial(self, i: int) -> bool:
        """Whether a participle begins a clause of its own, not a noun spelled alike (مفاوضات، مقترحا، مدينة)."""
        word = self.r.words[i]
        if word.article or (word.nouns and not self.r.is_comma(i - 1)):
            return False
        described = self.frame.phrase == (i - 1, i) and not self.r.words[i - 1].article  # وثائق مسربة
        return not (described and word.text.endswith("ة"))

    def _bound(self, i: int, prep: str) -> int:
        """فرض عليها، التقى به: whom the pronoun means is looked for later; the subject may still follow."""
        if prep in self.target and not self.frame.targets and self.frame.pronoun < 0 and not self.in_relative:
            self.frame.pronoun = i
        elif not self.target and self.act.phrases:
            self.early = i
        return i + 1

    def _through(self, i: int, prep: str) -> int:
        """لطلبات كوريا الشمالية: the actor is the genitive of the noun that the preposition governs."""
        actor = self.r.actor_at.get(i + 1)
        if (
            self.verbal
            and prep in self.target
            and prep not in self.content
            and actor
            and not actor.prep
            and not actor.conj
        ):
            self.frame.targets = self.r.coordinated(actor)
            return i + 1
        return 0

    def _manner(self, i: int) -> bool:
        """بانتظام before the object: how it is done, not what is said."""
        actor = self.r.actor_at.get(i + 1)
        after = actor.last if actor else self.r.last
        marked = after < self.r.last and (self.r.words[after].prep or self.r.words[after].guess) in self.content
        return bool(actor and not actor.prep and not actor.conj and self.frame.subject and marked)

    def _guessable(self, i: int) -> bool:
        """Whether an unknown word in ب or ل may be preposition and noun here: not within a subject unknown too."""
        before = self.r.words[i - 1]
        ahead = self.r.words[i + 1 : min(i + 7, self.r.last)]
        shaped = self.r.words[i].key[1:].startswith(("ت", "ا", "م")) and len(self.r.words[i].key) > 5
        genitive = bool(ahead) and ahead[0].article and not any(w.kind == "comp" or w.text == ":" for w in ahead)
        masdar = before.article and (shaped or genitive)
        free = i == max(self.token, self.frame.noun) + 1 or before.kind in ("adv", "mark")
        return free or masdar or self.r.actor_to.get(i) is not None

    def _closing(self, i: int) -> int:
        word = self.r.words[i]
        if word.participles and "that" in self.content:
            for j in range(i + 1, min(i + 10, self.r.last)):
                if j in self.r.tokens.quotes and self.r.words[j + 1].kind == "comp":
                    return j
        if word.stem in SAID and not self.deed:
            self.open = False
            self.content = (*self.content, "that")
            return i + 1
        return -i

    def _verb(self, i: int) -> int:
        if self.in_relative:
            self.in_relative = self.direct = False
            return i + 1
        if self._name_like_verb(i):
            return self._other(i)
        if i == self.token + 1 and self.r.words[i].stem in _ON and "that" in self.content:
            self.open = False
            return i + 1
        passing = "that" in self.content and not self.r.words[i].conj and self.r.words[i - 1].kind == ""
        if passing and not self.passed and not self.direct:
            self.passed = True
            return i + 1
        return -i

    def _complementizer(self, i: int) -> int:
        word = self.r.words[i]
        if self.r.words[i - 1].stem in _EXCEPTIONS and self.r.words[i - 1].stem not in self.content:
            return -i
        if self._governs_noun():
            return -i
        if not ({"that", "ب", "من", "الي", "علي", "عن", "obj", "في"} & set(self.content)) or word.conj:
            return -i
        self.frame.marked = "that"
        self.frame.content = i + 1
        return i

    def _preposition(self, i: int) -> int:
        stem = self.r.words[i].stem
        after = self.r.words[i + 1] if i + 1 < self.r.last else None
        if after is not None and after.kind == "comp" and not self.in_relative:
            return i + 1
        if stem == "في" and after is not None and after.kind == "number":
            return i + 2
        if self._partitive(i, stem):
            return i + 2
        self.open = self.direct = False
        if self._light(i, stem):
            return abs(self.frame.stop)
        actor = self.r.actor_at.get(i + 1)
        if stem in self.target and actor:
            return i + 1
        if (
            actor
            and stem == "في"
            and self._reaches(stem)
            and self.r.words[i - 1].kind == ""
            and i - 1 not in self._ends()
        ):
            self.frame.targets = self.r.coordinated(actor)  # هاجمت منشآت في إيران
            return actor.last
        beyond = self._beyond(i + 1) if self._reaches(stem) else None
        if beyond and stem == "الي" and after is not None and after.stem == "جانب":
            self._fight_with()
        if beyond:
            self.frame.targets = self.r.coordinated(beyond)
            return beyond.last
        if stem in self.content and not self.in_relative and after is not None and after.kind != "mark":
            return self._begin(i + 1, stem)
        if actor:
            self._note_end(actor, stem)
            return actor.last
        return i + 2 if after is not None and after.kind == "" and not after.verbs else i + 1

    def _actor(self, i: int, actor: Actor) -> int:
        if self.in_relative:
            return actor.last
        if self._describes_subject(i) and actor.last == i + 1:
            return actor.last
        if actor.prep:
            light = actor.entity is None and bool(self.r.words[i].prep) and self._light(i - 1, actor.prep)
            return self.frame.stop if light else self._marked_actor(actor)
        if self._governs(actor) and self._light(i - 1, ""):
            return self.frame.stop  # نشرت واشنطن قوات: no actor here but what the light verb governs
        phrase = self.frame.phrase
        if phrase and phrase[1] == i and actor.office and not actor.conj and self._is_called(phrase[0], actor):
            self.frame.phrase = (phrase[0], actor.last)
            return actor.last
        if phrase and phrase[1] == i and self.open and self._owns(i, actor):
            self.frame.phrase = (phrase[0], actor.last)
            return actor.last
        if phrase and phrase[1] == i and actor.sort == "demonym" and not actor.conj and self.open:
            self.frame.phrase = (phrase[0], actor.last)
            return actor.last
        free = not self.has_subject and not self.frame.subject and not phrase
        if free and (self.open or self._postponed(i)) and self._fits(actor):
            self.frame.subject = actor
            return self.r.coordinated(actor)[-1].last
        if self.frame.received and actor.sort == "demonym" and actor.number == "s" and not self.frame.targets:
            self.frame.targets = [actor]  # تسلمت أوكرانيا أسلحة ألمانية
            return actor.last
        if "obj" in self.target and not self.frame.targets and not actor.conj and self._object_position(actor):
            self.frame.targets = self._objects(actor)
            self.open = False
            return self.frame.targets[-1].last
        bound = self.frame.subject or self.has_subject
        if "obj" in self.content and not actor.conj and bound and not self.passed:
            adjective = actor.sort == "demonym" and actor.number == "s" and self.r.words[i - 1].article
            return self._begin(i - 1 if adjective and i - 1 > self.token else i, "obj")
        if not self.target and self.act.phrases and self.direct and not actor.conj and actor.sort != "demonym":
            self.recipient = actor
        return actor.last

    def _marked_actor(self, actor: Actor) -> int:
        phrase = self.frame.phrase
        if phrase and self.open and phrase[1] == actor.first and self.r.words[phrase[0]].stem in _TEXTS:
            self.frame.phrase = (phrase[0], actor.last)  # بيان لحزب الله
            return actor.last
        self.open = False
        earlier = self.frame.targets[-1].last if self.frame.targets else actor.first
        if (
            actor.prep == "امام"
            and not self.deed
            and not self.frame.targets
            and actor.sort in ("body", "office", "group")
        ):
            self.frame.targets = [actor]
            return actor.last
        if actor.prep in self.target and actor.first - earlier <= 1 and not self._noun_has(actor):
            self.frame.targets = (self.frame.targets or []) + self._objects(actor)
            if actor.prep in self.content and not ({"obj", "that"} & set(self.content)):
                return self._begin(actor.first, actor.prep, attached=bool(self.r.words[actor.first].prep))
            return self.r.coordinated(actor)[-1].last
        if actor.prep == "ضمن" and self.frame.relation == "deploys":  # أرسلت جنودا للقتال ضمن القوات الروسية
            self._fight_with()
            self.frame.targets = [actor]
            return actor.last
        if actor.prep == "ل" and self._reaches("في") and self._owned(actor):
            self.frame.targets = self._objects(actor)
            return self.frame.targets[-1].last
        ahead = self.r.words[actor.last : min(actor.last + 6, self.r.last)]
        told = any(w.kind == "comp" and w.stem.startswith("ب") for w in ahead)
        beyond = self.r.words[actor.last : min(actor.last + 9, self.r.last)]
        judged = any(w.prep == "ب" and self.act.phrases.at(w.stem, "ب") for w in beyond)  # قضت الدائرة بالمحكمة بسجنه
        at_home = actor.prep == "ب" and ((actor.sort == "body" and told) or judged)
        if actor.prep in self.content and not at_home:  # مصدر بالوزارة صرح بأن
            return self._begin(actor.first, actor.prep, attached=bool(self.r.words[actor.first].prep))
        self._note_end(actor, actor.prep)
        return actor.last

    def _other(self, i: int) -> int:
        word = self.r.words[i]
        phrase = self.act.phrases.at(word.stem, "") if self.act.phrases else None
        if phrase and not self._announced(phrase):
            self._switch(phrase, i)
            return self.frame.stop
        if not self.verbal and word.article and i == self.token + 1 and self.r.words[self.token].pronoun:
            return i + 1
        if self.frame.targets and self._after_target(i, self.frame.targets[-1]):
            return self._begin(i, "obj")
        if (word.prep or word.guess) and (manner := self._in_manner(word)):
            return i + manner
        if word.prep:
            self.open = self.direct = False
            return i + 1
        if self._some_time(i):
            return i + 2
        if word.stem in _ME and i == self.token + 1 and "that" in self.content:
            return i + 1
        if word.stem in _MEASURES and not word.article and not word.prep:
            return i + 1
        if word.stem == "داخل" and self._reaches("في") and (beyond := self._beyond(i)):
            self.frame.targets = [beyond]
            return beyond.last
        if word.kind in ("adv", "dem") and not (word.kind == "dem" and "obj" in self.content):
            self.open = False
            if word.stem in _GOVERNING:
                self.direct = False  # خلال لقائه: a noun follows that is neither subject nor object
            return i + 1
        if self.frame.phrase and word.kind == "dem" and "obj" in self.content and self.direct and self._alone(i):
            return self._begin(i, "obj")  # نفت قيادة الدرك ذلك
        unbound = not (self.has_subject or self.frame.subject or self.frame.phrase)
        if "obj" in self.content and unbound and (self._said_noun(i) or self._of_other_gender(i)):
            return self._begin(i, "obj")
        if word.formulas and self.frame.phrase is None:  # وزعمت نقلا عن مصادر أن
            self.open = self.direct = False
            return i + 1
        if not self.has_subject and not self.frame.subject and (self.open or self._reopened(i)):
            if self.frame.phrase is None:
                if word.key.startswith("ب") and "ب" in self.content and self.r.words[self.token].object:
                    return self._begin(i, "ب", attached=True)  # واتهمها بغض الطرف
                if word.conj:
                    return -i
                self.frame.phrase = (i, i + 1)
            elif self._object_after_phrase(i):
                return self._begin(i, "obj")
            else:
                self.frame.phrase = (self.frame.phrase[0], i + 1)
            return i + 1
        bound = self.frame.subject or self.has_subject
        if self._describes_subject(i):
            return i + 1
        if bound and self._names_somebody(i):
            return self._somebody(i)
        if "obj" in self.content and bound and not word.conj and (
            (self.direct and self._new_noun(i)) or self._after_aside(i)):  # fmt: skip
            return self._begin(i, "obj")
        return i + 1

    def _after_target(self, i: int, target: Actor) -> bool:
        """طلب من الكونغرس مزيدا: the object after whom it is asked from."""
        word = self.r.words[i]
        bare = not (word.prep or word.conj or word.kind)
        return bare and target.last == i and bool(target.prep) and "obj" in self.content

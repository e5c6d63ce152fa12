"""What is said or done: where a content begins and ends, and whom it is about."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.memory import UNNAMED, agrees
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.objects import Frame
from ingest.extractors.rules.arabic.scene import Cue
from ingest.extractors.rules.arabic.subjects import Subjects
from ingest.extractors.rules.arabic.tables import closed

_RETURNING = frozenset(("لكنه", "لكنها", "لكنهم", "لكنني", "لكني", "لكننا", "فيما", "بينما", "كما", "ثم"))
_JUDGED_BY = frozenset(("denies", "rejects", "criticizes", "condemns", "fears", "welcomes", "opposes"))
_BUT_I = frozenset(("لكنني", "لكني", "لكننا"))
# Shares right on all Arabic sets together, those that nobody read included (docs/extraction-ar.md): a clause 0.93 of
# 202, a preposition 0.88 of 137, the bare object 0.86 of 59; deeds between two actors (no mark) 0.87 of 140; a speaker
# nobody named 0.45 of 20.
_CONFIDENCE = {"that": 0.95, "": 0.8, "obj": 0.85}
_PREPOSITION = 0.85
_UNNAMED = 0.5
_ABOUT = frozenset(("حول", "بشان"))
_BLAMING = frozenset(("condemns", "criticizes"))
VIOLENT = ("18", "19", "20")
_TOWARDS = frozenset(("ضد", "علي", "الي", "عن"))
_OF = frozenset(("ل", "في", "من"))
_REFUSED = frozenset(("agrees", "hopes", "intends"))
_PLAIN = frozenset(("says", "explains", "announces", "affirms", "reports"))


class Contents(Subjects):
    """Binds contents and keeps cues."""

    def _bind_content(self, cue: Cue, frame: Frame) -> None:
        first = frame.content
        begin = self.r.stem_start(first) if frame.attached else self.r.start(first)
        if frame.attached and self.r.words[first].guess == frame.marked:
            begin += 1
        quote = frame.quote if frame.quote >= 0 else self.r.tokens.quotes.get(first, -1)
        cue.clause = frame.marked == "that"
        if quote >= 0 and (quote - first > 4 or quote >= self.r.last - 2 or self._quote_ends(quote)):
            inner = first + 1 if self.r.words[first].kind == "mark" else first
            inner += self.r.words[inner].kind == "comp"
            cue.content, cue.begin, cue.quoted = (inner, quote), self.r.start(min(inner, self.r.last - 1)), True
            return
        cue.content = (first, self.r.last)
        cue.content = (first, self._content_end(cue, first))
        cue.begin = begin
        if cue.content[1] <= first:
            cue.content = None

    def _quote_ends(self, quote: int) -> bool:
        """Whether the clause ends with a short quotation: a comma, or a new verb joined by و, follows it."""
        if quote + 1 >= self.r.last:
            return True
        after = self.r.words[quote + 1]
        return after.kind == "mark" or bool(after.verbs and after.conj == "و")

    def _content_end(self, cue: Cue, first: int) -> int:
        around = self._around(cue.token)
        limit = min(around.content[1] if around and around.content else self.r.last, self._closing_of(first))
        for other in self.cues:  # مسؤول طلب عدم ذكر اسمه أن: the clause belongs to an earlier verb
            if other.clause and other.content and cue.token > other.token and first < other.content[0] <= limit:
                limit = other.content[0] - 1
        j, words = first, self.r.words
        while j < limit:
            close = self.r.tokens.quotes.get(j)
            if close is not None and close < limit:
                inner = self.r.words[j + 1]
                ended = inner.kind == "comp" or (self.r.words[cue.token - 1].kind == "rel" and self._finite(j + 1))
                if j > first and not cue.clause and ended:
                    return j
                j = close + 1
                continue
            if j > first and (words[j].departs or not cue.clause) and self._leaves(cue, j):
                return j - 1 if self.r.words[j - 1].stem in _RETURNING and j - 1 > first else j
            j += 1
        return limit

    def _closing_of(self, first: int) -> int:
        """The end of the quotation that token ``first`` stands in, else of the sentence."""
        if not self.closing:
            return self.r.last
        return min((close for close, start in self.closing.items() if start < first < close), default=self.r.last)

    def _leaves(self, cue: Cue, j: int) -> bool:
        """Whether the words from ``j`` on are no longer what is said."""
        words = self.r.words
        word, before = words[j], words[j - 1]
        comma = self.r.is_comma(j - 1)
        participle = word.participles and not word.article and not word.conj
        if participle and (comma or word.text.endswith(("ا", "ً"))) and self._opens_speech(j):
            return True
        if (word.unlisted and self._unlisted_participle(j)) or (word.formulas and self.formula_at(j)):
            return True
        if word.kind == "according" and word.stem != "وفق":
            relayed = self.r.actor_at.get(j + 1) or (j + 1 < self.r.last and words[j + 1].stem == "ما")
            return comma or bool(relayed)
        if comma and (word.stem in ("فيما", "بينما") or (word.stem == "في" and self._while(j))):
            return not cue.clause or self._contrasts(j)
        if comma and word.stem in ("لكن", "غير", "الا") and self._another_speaks(j + (word.stem != "لكن")):
            return True
        if cue.clause and comma and word.kind == "pron" and word.conj and self._judged(j):
            return True
        if comma and word.stem in ("في", "من", "دون", "بدون") and j + 1 < self.r.last:
            return words[j + 1].stem in ("اشاره", "دون") or word.stem in ("دون", "بدون")
        if cue.clause and comma and word.kind == "neg" and word.conj and j + 2 < self.r.last:
            return self._another_denies(j + 1)
        if word.verbs and (word.conj or before.stem in _RETURNING):
            return self._returns(cue, j)
        return not cue.clause and self._leaves_phrase(cue, j, comma=comma)

    def _another_denies(self, j: int) -> bool:
        """، ولم يستبعد الوزير: a new act of saying with its own subject."""
        actor = self.r.actor_at.get(j + 1)
        speaks = any(a.relation and relations()[a.relation].kind == "statement" for a, _ in self.r.words[j].verbs)
        return speaks and actor is not None and not actor.prep and actor.sort in ("office", "name")

    def _while(self, j: int) -> bool:
        return j + 1 < self.r.last and self.r.words[j + 1].stem == "حين"

    def _contrasts(self, j: int) -> bool:
        """في حين قال فلان، بينما تتهمها القوى: a new clause with a subject of its own."""
        for k in range(j + 1, min(j + 4, self.r.last)):
            if self.r.words[k].verbs and (not self.r.words[k].nouns or k == j + 1):
                follows = range(k + 1, min(k + 3, self.r.last))
                named = any(n in self.r.actor_at or self.r.words[n].article for n in follows)
                return named or (self._tells(k) and not self.r.words[k + 1].kind)
        return False

    def _tells(self, i: int) -> bool:
        """نفى: whether the word is a verb of saying in the perfect."""
        told = (a for a, shape in self.r.words[i].verbs if shape.tense == "p" and a.relation)
        return any(relations()[a.relation].kind == "statement" for a in told)

    def _judged(self, j: int) -> bool:
        """، وهو ما نفته الوزارة، وهي رواية شكك فيها: what others say of it is the narrator's."""
        near = self.r.words[j + 1 : min(j + 4, self.r.last)]
        acts = (a.relation for w in near for a, shape in w.verbs if shape.tense == "p" or w.object)
        return any(relation in _JUDGED_BY for relation in acts)

    def _another_speaks(self, j: int) -> bool:
        """، لكن مسؤولا في الوزارة نفى ذلك: another speaker before his verb."""
        near = range(j + 2, min(j + 8, self.r.last))
        if any(self._finite(k) and self._tells(k) and self.r.words[k].text.endswith("وا") for k in near):
            return True  # لكن محامي المركز قالوا
        actor = self.r.actor_at.get(j + 1)
        if actor is None or actor.prep or actor.last >= self.r.last:
            return False
        return self._tells(actor.last)

    def _leaves_phrase(self, cue: Cue, j: int, *, comma: bool) -> bool:
        """The end of a content that is a noun phrase: a clause, a new finite verb, an aside after a comma."""
        word, before = self.r.words[j], self.r.words[j - 1]
        if comma and word.kind == "pron" and word.conj:
            return True  # ، وهو ما أثار غضب
        if word.kind == "question" and word.conj == "ف":
            return True  # تريد اغتيالهم فلماذا
        if word.kind in ("clause", "comp") and (comma or word.conj or word.stem.startswith("لان")):
            return True
        if before.kind == "dem" and before.stem == "ذلك" and cue.content and j == cue.content[0] + 1 and word.kind:
            return True  # أعلن ذلك خلال زيارة
        if comma and (not word.conj or cue.rule.startswith("ar.noun")):
            return True
        if word.stem == "لا" and j + 1 < self.r.last and self.r.words[j + 1].stem == "سيما":
            return False
        actor = self.r.actor_at.get(j) if word.conj == "و" else None
        fresh = actor is not None and actor.last < self.r.last and not self.r.words[actor.last].conj
        if actor and fresh and self._finite(actor.last):
            return True
        if word.conj and word.kind in ("neg", "aux", "comp"):
            return True
        if word.conj and cue.rule.startswith("ar.noun") and any(act.relation for act in word.nouns):
            return True
        after_relative = self.r.words[cue.token - 1].kind == "rel" and before.kind not in ("rel", "comp", "neg", "aux")
        if after_relative and cue.token > self.r.first and self._finite(j) and not word.conj:
            return True
        if word.kind or word.nouns or not word.verbs:
            return False
        free = before.kind not in ("rel", "comp", "neg", "aux", "clause") and before.stem not in ("عدم", "غير")
        return free and any(a.relation and "that" in a.content and s.tense == "p" for a, s in word.verbs)

    def _finite(self, i: int) -> bool:
        """Whether a word can be nothing but a verb."""
        word = self.r.words[i]
        return bool(word.verbs) and not (word.nouns or word.names or word.kind or word.prep or word.article)

    def _unlisted_participle(self, j: int) -> bool:
        """مقتصرا على أن: a participle of no listed verb that brings a clause."""
        words = self.r.words
        if not words[j].unlisted or j + 2 >= self.r.last:
            return False
        return words[j + 1].kind == "comp" or (words[j + 1].kind == "prep" and words[j + 2].kind == "comp")

    def _returns(self, cue: Cue, j: int) -> bool:
        """وأضاف أن، لكنه أكد أن: the outer speaker goes on."""
        word = self.r.words[j]
        for act, shape in word.verbs:
            if not cue.clause and act.relation:
                return True
            if shape.person == 1 and self.r.words[j - 1].stem in _BUT_I and act.relation:
                return True
            resumed = shape.tense == "p" or (shape.tense == cue.tense and self.r.is_comma(j - 1))
            light = j + 1 < self.r.last and act.phrases.at(self.r.words[j + 1].stem, "") is not None
            if not (act.relation or light) or not resumed:
                continue
            if self._goes_on(cue, j, shape):
                return True
            if "that" not in act.content or not self._opens_speech(j):
                if self.r.is_comma(j - 1) and self._acts_on(cue, j, act, shape):
                    return True
                continue
            explicit = self.r.actor_at.get(j + 1)
            if explicit and not explicit.prep:
                return True
            unnamed = j + 1 < self.r.last and not self.r.words[j + 1].kind and not self.r.words[j + 1].prep
            if unnamed and self.r.is_comma(j - 1) and act.relation == "says":
                return True
            if agrees(cue.gender, cue.number, shape.gender, shape.number):
                return True
        return False

    def _goes_on(self, cue: Cue, j: int, shape: Shape) -> bool:
        """إنه سيزور مصر، وأبدى ثقته: told in the perfect after speech of what is or will be, it is the narrator's."""
        ahead = self.r.words[j + 1] if j + 1 < self.r.last else None
        owned = (
            ahead is not None and ahead.text.endswith(("ه", "ها", "هم")) and self.r.is_comma(j - 1)
        )  # ، ووصف أمينه العام
        if shape.tense != "p" or cue.tense == "i" or (self.r.words[j].nouns and not owned) or not cue.content:
            return False
        if not agrees(cue.gender, cue.number, shape.gender, shape.number):
            return False
        told = (self.r.words[k] for k in range(cue.content[0], j))
        sure = (w for w in told if not (w.nouns or w.names or w.kind))
        return not any(s.tense == "p" and not s.passive for w in sure for _, s in w.verbs)

    def _acts_on(self, cue: Cue, j: int, act: Act, shape: Shape) -> bool:
        """، وشكرها على ذلك، ونفى ذلك: what the outer speaker does next, nobody in the speech being meant."""
        if not act.relation or relations()[act.relation].kind != "statement":
            return False
        if not agrees(cue.gender, cue.number, shape.gender, shape.number):
            return False
        word, after = self.r.words[j], self.r.words[j + 1] if j + 1 < self.r.last else None
        marks = {*act.content, *act.target} - {"that", "in", "obj"}
        light = after is not None and act.phrases.at(after.stem, "") is not None
        marked = light or (after is not None and (after.prep in marks or after.stem in marks or after.kind == "dem"))
        own = after is not None and "obj" in act.content and bool(after.nouns) and bool(after.pronoun)
        actor = self.r.actor_at.get(j + 1)
        named = "obj" in act.target and actor is not None and not actor.prep
        inner = [a for a in self.r.actors if cue.content and cue.content[0] <= a.first < j and not a.prep]
        meant = any(self._agree(a, shape) and a.gender for a in inner[:1])
        return bool(word.object or marked or named or own) and not meant

    def _inner_targets(self, cue: Cue) -> list[Actor]:
        """The first actor inside what is praised, condemned, supported."""
        if not cue.content:
            return []
        if self.r.words[cue.content[0]].stem in closed()["talk"]:
            return []  # رفض الحديث عن خلافات مع دمشق
        for actor in self.r.actors:
            if cue.content[0] <= actor.first < min(cue.content[1], cue.content[0] + 7):
                between = self.r.words[cue.content[0] : actor.first]
                apart = any(word.kind in ("neg", "clause") for word in between)  # الصفقة ما لم تطبع الرياض
                return [] if apart or self._suffers_there(cue, actor) else self.r.coordinated(actor)
        return []

    def _culprit(self, cue: Cue) -> list[Actor]:
        """هاجمت أ ب، التي أدانت الهجوم: of an attack that nobody beside it owns, whoever made the last one."""
        first = cue.content[0] if cue.content else -1
        word = self.r.words[first] if first >= 0 else None
        if word is None or cue.relation not in _BLAMING or not word.article or not any(map(violent, word.nouns)):
            return []
        last = next((c for c in reversed(self.cues) if c.token < cue.token and c.targets and attacks(c)), None)
        if last is None or self._around(last.token) is not self._around(cue.token):
            return []
        (start, end), entity = last.source
        return [Actor(last.token, last.token, start, end, entity, "name")]

    def _suffers_there(self, cue: Cue, actor: Actor) -> bool:
        """أدان اغتيال هنية، رحب بالهجوم على: whether an actor inside suffers another's deed."""
        if cue.content is None or actor.first == cue.content[0] or cue.relation == "threatens":
            return False
        deed = any(self._deed_noun(k) for k in range(cue.content[0], actor.first))
        if actor.prep in _TOWARDS or (actor.prep in _OF and deed):
            return True
        noun = self.r.words[actor.first - 1]
        body = actor.entity is not None and actor.entity.kind in ("organization", "group", "person")
        if actor.prep == "في" and body:
            return True  # عارض قرارا في مجلس الأمن
        if actor.prep or (actor.sort == "demonym" and actor.number == "s"):
            return False
        after = self.r.actor_at.get(actor.last)
        named = after is not None and after.prep in ("ل", "علي", "ضد")
        deeds = (a for a in noun.nouns if a.relation and relations()[a.relation].kind == "deed" and "obj" in a.target)
        freed = "سراح" in (noun.stem, self.r.words[actor.first - 2].stem)
        return (freed or any(deeds)) and not named

    def _deed_noun(self, k: int) -> bool:
        return any(a.relation and relations()[a.relation].kind == "deed" for a in self.r.words[k].nouns)

    def _finish(self, cue: Cue, frame: Frame, act: Act) -> bool:
        """Bind the content, keep the cue, remember who spoke."""
        taken = (
            frame.content >= 0
            and frame.marked == "that"
            and any(c.content and frame.content <= c.content[0] <= frame.content + 2 and c.clause for c in self.cues)
        )
        if taken:  # صرح مصدر رفض الكشف عن هويته بأن: the clause belongs to the first verb
            return False
        if frame.content >= 0:
            self._bind_content(cue, frame)
        statement = relations()[cue.relation].kind == "statement"
        if statement and cue.negated and cue.content and frame.marked != "that" and cue.relation in _PLAIN:
            return False
        if cue.negated and act.lemma == "اتفق":  # لم يتفقا: they did not refuse
            return False
        charges = cue.relation in ("accuses", "blames")
        if charges and cue.clause and cue.content is not None and self._pronominal(cue.content[0]):
            pass  # تشتبه في أنها تسلح المتمردين: they are not the accused
        elif "in" in act.target or "in" in self._phrase_target(act, cue) or (
                cue.relation == "accuses" and frame.marked in _ABOUT):  # fmt: skip
            cue.targets = cue.targets or self._inner_targets(cue) or self._culprit(cue)
        if cue.negated and cue.relation in _REFUSED and not cue.rule.startswith("ar.noun"):
            cue.relation, cue.negated = "refuses", False
            cue.span = (self.r.stem_start(cue.token - 1), cue.span[1])
        cue.rule += f"+{frame.marked}" if frame.marked else ""
        cue.confidence = _CONFIDENCE.get(frame.marked, _PREPOSITION) - (0.0 if cue.explicit else 0.1)
        if cue.source[1] is UNNAMED:
            cue.confidence = _UNNAMED
        if frame.noun >= 0 and cue.relation not in ("mediates", "hosts"):
            self.used.add(frame.noun)
        self.cues.append(cue)
        if statement and not self._around(cue.token):
            self.r.memory.note(cue.source[1], cue.gender, cue.number)
        return True

    def _phrase_target(self, act: Act, cue: Cue) -> tuple[str, ...]:
        return next((p.target for p in act.phrases if p.relation == cue.relation), ())


def violent(act: Act) -> bool:
    """Whether a noun is of an attack, not of what it brings about (مقتل)."""
    return bool(act.relation) and "by" not in act.target and relations()[act.relation].cameo[:2] in VIOLENT


def attacks(cue: Cue) -> bool:
    """Whether an act is one of violence."""
    return relations()[cue.relation].cameo[:2] in VIOLENT

"""Speech that is handed on: نقلت الوكالة عن مسؤول قوله إن، وفقا لـ، «...» قال فلان."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.frames import FrameReader
from ingest.extractors.rules.arabic.memory import UNNAMED
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.objects import Frame
from ingest.extractors.rules.arabic.orthography import offset_in
from ingest.extractors.rules.arabic.predicates import Predicates
from ingest.extractors.rules.arabic.scene import SAYING, Cue, Source
from ingest.extractors.rules.arabic.subjects import AS
from ingest.extractors.rules.arabic.tables import FORMULAS, closed

_APPOSITION = 9
_DATELINE = 9
WRITTEN = {"جاء": "في", "ورد": "في", "علم": "من"}
_SO = frozenset(("هكذا", "بهذه", "حسبما", "كما", "وفق"))
_HIS_WORDS = frozenset(("قوله", "قولها", "قولهم", "قولهما"))


class Relays(Predicates):
    """Reads relayed speech."""

    def _relayed(self, i: int) -> bool:
        """نقلت الوكالة عن مسؤول قوله إن: the official speaks, the agency relays."""
        words = self.r.words
        stop = min(self.r.last, i + 18)
        mark = "الي" if words[i].verbs[0][0].lemma == "نسب" else "عن"
        about = next((k for k in range(i + 1, stop) if words[k].stem == mark), -1)
        if about < 0 or about + 1 >= self.r.last:
            return False
        actor = self.r.actor_at.get(about + 1)
        j = actor.last if actor else self._phrase_end(about + 1)
        said = next(
            (k for k in range(max(about + 1, j - 4), min(j + 12, self.r.last)) if words[k].stem in _HIS_WORDS), -1
        )
        if said < 0 and mark != "عن":
            return False
        token = said if said >= 0 else i
        if actor is None and said >= 0:
            j = min(j, said)
        frame = FrameReader(self.r, token if said >= 0 else j - 1, SAYING, has_subject=True, gender="").read()
        if frame.content < 0 or j <= about + 1:
            return False
        source: Source = ((actor.start, actor.end), self.entity(actor)) if actor else self._phrase_source(about + 1, j)
        cue = Cue(token, "says", (self.r.stem_start(token), self.r.end(token)), "ar.relayed", source,
                  actor.gender if actor else "m", actor.number if actor else "s", explicit=True)  # fmt: skip
        self.used.add(token)
        return self._finish(cue, frame, SAYING)

    def _written(self, i: int, lemma: str) -> bool:
        """جاء في بيان للوزارة أن، ورد في التقرير، علم من مصدر: the text speaks, the source is named by it."""
        words, first = self.r.words, i + 2
        if first >= self.r.last or words[i + 1].stem != WRITTEN[lemma]:
            return False
        frame = FrameReader(self.r, first, SAYING, has_subject=True, gender="").read()
        if frame.content < 0:
            return False
        source = self._author(first, frame.content) or self._named_source(first)
        cue = Cue(i, "reports", (self.r.stem_start(i), self.r.end(i)), "ar.written", source, "m", explicit=True)
        return self._finish(cue, frame, SAYING)

    def _named_source(self, first: int) -> Source:
        actor = self.r.actor_at.get(first)
        if actor:
            return (actor.start, actor.end), self.entity(actor)
        return self._phrase_source(first, self._phrase_end(first))

    def _author(self, first: int, end: int) -> Source | None:
        """بيان صادر عن الرئاسة، تقرير للبنك: whose the text is that starts at token ``first``."""
        for k in range(first + 1, min(first + 5, end)):
            actor = self.r.actor_at.get(k)
            if actor:
                owner = actor.prep in ("", "ل", "عن") and not actor.conj and actor.sort != "demonym"
                return ((self.r.stem_start(first), actor.end), self.entity(actor)) if owner else None
            if self.r.words[k].kind not in ("", "prep"):
                return None
        return None

    def _headline(self) -> None:
        """نتنياهو: سنواصل الحرب: who opens a line and a colon say whose words follow; the colon is the cue."""
        r = self.r
        if not r.sentence.opens_line:
            return
        reach = range(r.first, min(r.first + 16, r.last - 2))
        colon = next((k for k in reach if r.words[k].text == ":" and k in r.actor_to), -1)
        actor = r.actor_to.get(colon)
        if actor is None or actor.prep or actor.sort == "demonym":
            return
        opens = actor.first == r.first or r.words[actor.first - 1].kind == "mark" or self._timed(actor.first)
        ready = bool(r.words[colon + 1].predicates)  # بوتين: مستعدون للقاء
        clause = ready or any(r.words[k].verbs and not r.words[k].nouns for k in range(colon + 1, r.last))
        if not (opens and clause):
            return
        told = any(s.person == 3 and s.tense == "p" for _, s in r.words[colon + 1].verbs)
        if told and not r.words[colon + 1].nouns:  # a label, the news after it
            return
        if (
            actor.sort in ("name", "capital")
            and actor.entity
            and actor.entity.kind == "country"
            and self._labelled(colon + 1)
        ):
            return
        source: Source = (actor.start, actor.end), self.entity(actor)
        cue = Cue(colon, "says", (r.start(colon), r.end(colon)), "ar.headline", source, actor.gender, actor.number,
                  begin=r.start(colon + 1), clause=True, explicit=True, confidence=0.7)  # fmt: skip
        frame = Frame(content=colon + 1, marked="that", quote=r.tokens.quotes.get(colon + 1, -1))
        self._bind_content(cue, frame)
        if cue.content:
            self.cues.append(cue)
            r.memory.note(source[1], actor.gender, actor.number)

    def _labelled(self, i: int) -> bool:
        """المغرب: شباب يعودون: whether news of a country begins at token ``i``, not what the country says."""
        word = self.r.words[i]
        return not (word.article or word.kind or word.verbs or word.pronoun or i in self.r.actor_at)

    def _past_dateline(self) -> int:
        """طرابلس - اندلعت: where a sentence begins after the place and the agency that open a report."""
        first = self.r.tokens.at(self.r.evidence[0])
        for k in range(first, min(first + _DATELINE, self.r.last - 1)) if self.r.sentence.opens_line else ():
            if self.r.words[k].text in ("-", "–", "—"):
                return k + 1
            if self.r.words[k].verbs and not (self.r.words[k].nouns or self.r.words[k].names):
                return first
        return first

    def _timed(self, i: int) -> bool:
        """18:25 المتحدث: whether nothing but a time stands before token ``i``."""
        return all(word.kind in ("mark", "number") for word in self.r.words[self.r.first : i])

    def _after_quotation(self, i: int, relation: str, shape: Shape, left: Actor | tuple[int, int] | None,
                         frame: Frame) -> bool:  # fmt: skip
        """«...»، قال فلان: the quotation stands before its verb."""
        if not relation or relations()[relation].kind != "statement" or self.r.words[i].conj:
            return False
        introduced = self._introduced(i)
        if introduced >= 0:
            return self._as_said(i, introduced, relation, shape, left, frame)
        j = i - 1
        while j > self.r.first and (self.r.is_comma(j) or self.r.words[j].stem in _SO):
            j -= 1
        opening = self.closing.get(j)
        if frame.phrase and not frame.subject:
            frame.marked = "that"
        quotes = any(act.relation == "says" and "that" in act.content for act, _ in self.r.words[i].verbs)
        if opening is None and j < i - 1 and relation == "says" and quotes and self._closes(frame):
            first = self.r.tokens.at(self.r.evidence[0])
            return self._spoken(i, relation, self._source(i, shape, left, frame), (first, j + 1), quoted=False)
        if opening is None or j - opening < 3 or not (frame.subject or frame.phrase):
            return False
        return self._spoken(i, relation, self._source(i, shape, left, frame), (opening + 1, j), quoted=True)

    def _introduced(self, i: int) -> int:
        """Where حسبما، كما، بحسب ما، وفقا لما، على ما starts before the verb at ``i``; -1 when it does not."""
        words, first = self.r.words, self.r.first
        before = words[i - 1].stem if i > first else ""
        if before in AS:
            return i - 1
        if before == "ما" or (i > first and words[i - 1].key == "لما"):
            earlier = words[i - 2] if i - 2 >= first else None
            if earlier is not None and (earlier.kind == "according" or earlier.stem in ("علي", "وفق")):
                return i - 2
        return -1

    def _as_said(self, i: int, introduced: int, relation: str, shape: Shape, left: Actor | tuple[int, int] | None,
                 frame: Frame) -> bool:  # fmt: skip
        """..., بحسب ما أعلنت الشرطة: the content is the clause before, or after when the formula opens the sentence."""
        named = frame.subject or frame.phrase
        source, _ = self._source(i, shape, left, frame)
        if not named or source is None:
            return False
        last = frame.subject.last if frame.subject else frame.phrase[1] if frame.phrase else i + 1
        relayed = self.r.actor_at.get(last + 1)
        if relayed and self.r.words[last].stem == "عن":
            source, last = (((relayed.start, relayed.end), self.entity(relayed)), "", "s"), relayed.last
        cue = Cue(i, relation, (self.r.stem_start(i), self.r.end(i)), "ar.clause+verb", source[0], source[1], source[2],
                  explicit=True, clause=True, confidence=0.9)  # fmt: skip
        self._place_according(cue, last, introduced)
        if cue.content is None:
            return False
        self.cues.append(cue)
        self.r.memory.note(cue.source[1], cue.gender, cue.number)
        return True

    def _closes(self, frame: Frame) -> bool:
        """Whether the verb's subject ends the sentence, but for an apposition."""
        if not (frame.subject or frame.phrase):
            return False
        last = frame.subject.last if frame.subject else frame.phrase[1] if frame.phrase else self.r.last
        if last < self.r.last and self.r.is_comma(last):
            after = self.r.words[last + 1 : self.r.last]
            return len(after) <= _APPOSITION and not any(w.verbs and not w.nouns for w in after)
        return last >= self.r.last - 1

    def _spoken(self, i: int, relation: str, who: tuple[tuple[Source, str, str] | None, bool],
                content: tuple[int, int], *, quoted: bool) -> bool:  # fmt: skip
        source, explicit = who
        if source is None:
            return False
        rule = "ar.quote+verb" if quoted else "ar.clause+verb"
        cue = Cue(i, relation, (self.r.stem_start(i), self.r.end(i)), rule, source[0], source[1], source[2],
                  content=content, begin=self.r.start(content[0]), quoted=quoted, explicit=explicit)  # fmt: skip
        for inner in self.cues:
            if content[0] <= inner.token < content[1] and inner.source[1] is UNNAMED:  # «لن نقبل»، قال: it is he
                inner.source = inner.source[0], source[0][1]
            if inner.content and content[0] <= inner.content[0] < content[1] < inner.content[1]:
                inner.content = inner.content[0], content[1]
        self.cues.append(cue)
        self.r.memory.note(cue.source[1], cue.gender, cue.number)
        return True

    def _according(self, i: int) -> None:
        """وفقا لـ، بحسب: the source follows; the content is the rest of the sentence, or what stands before."""
        r = self.r
        first = i + 1
        end = r.end(i)
        if first >= r.last or r.words[first].kind == "mark":
            return
        marked = r.words[first].prep or r.words[first].guess
        text = r.words[i].stem == "وفق" and r.words[first].stem in closed()["text"]  # وفق مسودة; not وفق الخطة
        if r.words[i].stem not in ("بحسب", "حسب") and marked != "ل" and not text:
            return
        unknown = not r.words[first].names and not r.words[first].titles and first not in r.actor_at
        if unknown and i > r.first + 1:
            return
        if marked == "ل":
            end = r.start(first) + offset_in(r.words[first].text, 1)
        actor = r.actor_at.get(first)
        if actor is None and r.words[first].stem in ("ما", "تصريحات", "المصدر") and r.words[first].kind != "":
            return
        last = actor.last if actor else self._phrase_end(first)
        source: Source = ((actor.start, actor.end), self.entity(actor)) if actor else self._phrase_source(first, last)
        cue = Cue(i, "says", (r.stem_start(i), end), "ar.according", source, explicit=True, clause=True)
        self._place_according(cue, last)
        if cue.content:
            self.cues.append(cue)
            r.memory.note(source[1], actor.gender if actor else "m", "s")

    def _formula(self, i: int, count: int) -> None:
        """برأي الخبراء، على حد قوله: the source follows, or is the pronoun; the content as of وفقا لـ."""
        r, first = self.r, i + count
        before = self.cues[-1] if self.cues else None
        last_word = r.words[first - 1]
        own = not any(last_word.key.endswith(f[-1]) for f in FORMULAS)
        if own:
            gender, number = "f" if last_word.key.endswith("ها") else "m", "p" if last_word.key.endswith("هم") else "s"
            shape = Shape("p", 3, gender, number)
            at = r.stem_start(i)
            said = before is not None and before.content is not None and i - 1 <= before.content[1] <= i
            source: Source = (at, at), before.source[1] if before and said else self._dropped(i, shape)
            last = first
        elif first < r.last and r.words[first].kind in ("", "number"):
            source = self._named_source(first)
            last = r.tokens.at(source[0][1])
        else:
            return
        if before and before.content and before.token < i < before.content[0]:  # ذكرت الصحيفة نقلا عن مسؤول أن
            before.source, before.joined = source, []
            return
        cue = Cue(i, "says", (r.stem_start(i), r.end(first - 1)), "ar.according", source, explicit=not own, clause=True)
        if own and before and before.content and i - 1 <= before.content[1] <= i:
            cue.content, cue.begin = before.content, before.begin
        else:
            self._place_according(cue, last)
        if cue.content:
            self.cues.append(cue)

    def _place_according(self, cue: Cue, last: int, token: int = -1) -> None:
        r = self.r
        i = cue.token if token < 0 else token
        opens = i == r.first or (i - r.first <= 2 and not any(w.verbs for w in r.words[r.first : i]))
        if opens:
            place = r.actor_at.get(last)
            if place and place.prep in ("ب", "في") and place.last < r.last and r.is_comma(place.last):
                last = place.last  # بحسب النيابة العامة بالرباط،
            if last < r.last and r.words[last].verbs:  # وفق مسودة اطلعت عليها الوكالة، سيطالب
                last = next((k for k in range(last, min(last + _APPOSITION, r.last)) if r.is_comma(k)), last)
            while last < r.last and (r.is_comma(last) or r.words[last].stem in ("فان", "ان", "فانه")):
                last += 1
            cue.content, cue.begin = (last, r.last), r.start(min(last, r.last - 1))
        elif last + 1 < r.last and r.is_comma(last) and r.is_comma(i - 1) and r.words[last + 1].kind == "comp":
            first = last + 2  # أكد كيم، بحسب الوكالة، أن
            cue.content, cue.begin = (first, r.last), r.start(min(first, r.last - 1))
        else:
            around = self._around(i)
            first = around.content[0] if around and around.content else self._past_dateline()
            cue.content, cue.begin = (first, i), r.start(first)
        if cue.content[0] >= cue.content[1]:
            cue.content = None

"""The acts of one sentence, read from left to right: who says or does what, and where what is said ends.

Rules (``Draft.rule``): ``ar.verb+subject`` (قال لافروف إن), ``ar.subject+verb`` (لافروف يؤكد أن), ``ar.verb+dropped``
(وأضاف أن), ``ar.participle`` (مشيرا إلى أن), ``ar.quote+verb``, ``ar.noun`` (اتهامات الغرب لـ), ``ar.noun+between``
(التعاون بين أ وب), ``ar.according`` (وفقا لـ). How the content is marked is added: ``+that``, ``+من`` ...
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.claims import Entity, Modality
from graph.relations import relations
from ingest.extractors.rules.arabic.frames import Frame, FrameReader
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.memory import UNNAMED, agrees
from ingest.extractors.rules.arabic.mentions import Actor
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.orthography import offset_in
from ingest.extractors.rules.arabic.reading import NEGATIONS, Reading
from ingest.extractors.rules.assembly import Draft
from ingest.linking.registry import registry, unregistered

Source = tuple[tuple[int, int], Entity]

_CLAUSE_BREAKS = frozenset(("comp", "clause", "rel", "according", "conj"))
_RETURNING = frozenset(("لكنه", "لكنها", "لكنهم", "فيما", "بينما", "كما", "ثم"))
_PASSIVE_LIKE = frozenset(("اعتبر", "عد"))
_CONFIDENCE = {"that": 0.95, "quote": 0.95, "": 0.8, "obj": 0.75}
_MOODS: dict[str, Modality] = {
    "hopes": "hoped", "urges": "demanded", "demands": "demanded", "requests": "demanded", "orders": "demanded",
    "proposes": "demanded", "intends": "intended", "promises": "intended", "offers": "intended",
    "threatens": "intended", "accuses": "alleged", "alleges": "alleged", "fears": "hypothetical",
}  # fmt: skip


@dataclass(slots=True)
class Cue:
    """An act as it was read; ``content`` are tokens, ``begin`` the content's first code point."""

    token: int
    relation: str
    span: tuple[int, int]
    rule: str
    source: Source
    gender: str = ""
    number: str = "s"
    content: tuple[int, int] | None = None
    begin: int = 0
    quoted: bool = False
    targets: list[Actor] = field(default_factory=list)
    negated: bool = False
    clause: bool = False
    explicit: bool = False
    confidence: float = 0.9


class ClauseReader:
    """Reads one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.cues: list[Cue] = []
        self.used: set[int] = set()
        self.closing = {b: a for a, b in reading.tokens.quotes.items() if reading.first <= a < reading.last}

    def drafts(self) -> Iterator[Draft]:
        """Every claim of the sentence."""
        words = self.r.words
        for i in range(self.r.first, self.r.last):
            word = words[i]
            if not word.active or i in self.used:
                if word.key.startswith("م") and self.cues and self._unlisted_participle(i):
                    self._unlisted(i)
                continue
            if word.kind == "according":
                self._according(i)
            elif (word.participles and not word.article and self._participle(i)) or (
                word.verbs and (not word.kind or word.stem == "بين") and self._verb(i)
            ):
                pass
            elif word.nouns:
                self._noun(i)
        for cue in self.cues:
            yield from self._claims(cue)

    # --- verbs ---------------------------------------------------------------------------------------------

    def _verb(self, i: int) -> bool:
        word = self.r.words[i]
        if word.kind == "prep" and not (i + 1 < self.r.last and self.r.words[i + 1].kind == "comp"):
            return False
        around = self._around(i)
        readings = word.verbs
        if around and around.quoted:
            readings = tuple(sorted(readings, key=lambda reading: reading[1].person != 1))
        for act, shape in readings:
            if act.lemma == "نقل" and self._relayed(i):
                return True
            if (act.relation or act.phrases) and not shape.passive and self._read_verb(i, act, shape):
                return True
        return False

    def _relayed(self, i: int) -> bool:
        """نقلت الوكالة عن مسؤول قوله إن: the official speaks, the agency relays."""
        words = self.r.words
        stop = min(self.r.last, i + 18)
        about = next((k for k in range(i + 1, stop) if words[k].stem == "عن"), -1)
        if about < 0 or about + 1 >= self.r.last:
            return False
        actor = self.r.actor_at.get(about + 1)
        j = actor.last if actor else self._phrase_end(about + 1)
        said = next(
            (k for k in range(max(about + 1, j - 4), min(j + 12, self.r.last)) if words[k].stem in _HIS_WORDS), -1
        )
        token = said if said >= 0 else i
        if actor is None and said >= 0:
            j = min(j, said)
        frame = FrameReader(self.r, token if said >= 0 else j - 1, _SAYING, has_subject=True, gender="").read()
        if frame.content < 0 or j <= about + 1:
            return False
        source: Source = ((actor.start, actor.end), self.entity(actor)) if actor else self._phrase_source(about + 1, j)
        cue = Cue(token, "says", (self.r.stem_start(token), self.r.end(token)), "ar.relayed", source,
                  actor.gender if actor else "m", actor.number if actor else "s", explicit=True)  # fmt: skip
        self.used.add(token)
        return self._finish(cue, frame, _SAYING)

    def _read_verb(self, i: int, act: Act, shape: Shape) -> bool:
        if shape.jussive and (i == self.r.first or self.r.words[i - 1].stem != "لم"):
            return False
        left = self._left(i, shape) if shape.person == 3 else None
        sure = not act.homograph or left is not None or self._verbal_place(i, shape)
        if not sure and (self.r.words[i].prep or self.r.words[i].article or not self._opens(i)):
            return False
        left, frame = self._frame(i, act, shape, left)
        relation = frame.relation or act.relation
        if not relation or (act.phrases and not act.content and not frame.relation):
            return False
        if not sure and (frame.marked != "that" or frame.phrase is None):
            return False
        self._mutual(relation, left, frame)
        if frame.content < 0 and not frame.targets:
            return self._after_quotation(i, relation, shape, left, frame)
        around = self._around(i)
        if shape.person == 1 and not (around and around.quoted) and (frame.marked != "that" or frame.quote >= 0):
            return False
        source, explicit = self._source(i, shape, left, frame)
        if source is None or self._impersonal(i, shape, frame, explicit):
            return False
        bare = frame.marked != "that" or (frame.quote >= 0 and not explicit)
        if act.lemma in _PASSIVE_LIKE and bare and shape.tense != "p" and not frame.subject:
            return False
        rule = "ar.subject+verb" if left else "ar.verb+subject" if explicit else "ar.verb+dropped"
        span = frame.cue or (self.r.stem_start(i), self.r.end(i))
        cue = Cue(i, relation, span, rule, source[0], source[1], source[2], targets=frame.targets or [],
                  negated=self.r.negated(i), explicit=explicit)  # fmt: skip
        return self._finish(cue, frame, act)

    def _frame(self, i: int, act: Act, shape: Shape,
               left: Actor | tuple[int, int] | None) -> tuple[Actor | tuple[int, int] | None, Frame]:  # fmt: skip
        """The frame and the subject before the verb, unless one stands after it."""
        joined = self.r.words[i].conj or (self._negator(i) and self.r.words[i - 1].conj)
        shared = (joined and shape.tense == "i" and self.cues) or shape.person == 1
        frame = FrameReader(self.r, i, act, has_subject=left is not None or bool(shared), gender=shape.gender).read()
        if left is not None and not self._opens_clause(i, left):
            after = FrameReader(self.r, i, act, has_subject=False, gender=shape.gender).read()
            if after.subject or (after.phrase and after.marked == "that"):
                return None, after
        return left, frame

    def _mutual(self, relation: str, left: Actor | tuple[int, int] | None, frame: Frame) -> None:
        """التقى أ وب: of joined subjects of a mutual deed the second is the object."""
        if frame.targets or not relation or relations()[relation].inverse != relation:
            return
        if frame.subject:
            frame.targets = self.r.coordinated(frame.subject)[1:]
        elif isinstance(left, Actor) and left.conj == "و":
            frame.targets = [left]

    def _negator(self, i: int) -> bool:
        return i > self.r.first and self.r.words[i - 1].stem in NEGATIONS

    def _opens_clause(self, i: int, left: Actor | tuple[int, int]) -> bool:
        first = left.first if isinstance(left, Actor) else left[0]
        before = self.r.words[first - 1] if first > self.r.first else None
        relative = i > self.r.first and self.r.words[i - 1].kind == "rel"
        return not relative and (before is None or before.kind in ("comp", "mark", "clause", "neg", "aux"))

    def _finish(self, cue: Cue, frame: Frame, act: Act) -> bool:
        """Bind the content, keep the cue, remember who spoke."""
        if frame.content >= 0:
            self._bind_content(cue, frame)
        statement = relations()[cue.relation].kind == "statement"
        if statement and cue.negated and cue.content and frame.marked != "that" and cue.relation in _PLAIN:
            return False
        if "in" in act.target or "in" in self._phrase_target(act, cue):
            cue.targets = cue.targets or self._inner_targets(cue)
        if cue.negated and cue.relation in _REFUSED and not cue.rule.startswith("ar.noun"):
            cue.relation, cue.negated = "refuses", False
            cue.span = (self.r.stem_start(cue.token - 1), cue.span[1])
        cue.rule += f"+{frame.marked}" if frame.marked else ""
        cue.confidence = _CONFIDENCE.get(frame.marked, 0.85) - (0.0 if cue.explicit else 0.05)
        if cue.source[1] is UNNAMED:
            cue.confidence = 0.6
        if frame.noun >= 0:
            self.used.add(frame.noun)
        self.cues.append(cue)
        if statement and not self._around(cue.token):
            self.r.memory.note(cue.source[1], cue.gender, cue.number)
        return True

    def _phrase_target(self, act: Act, cue: Cue) -> tuple[str, ...]:
        return next((p.target for p in act.phrases if p.relation == cue.relation), ())

    def _verbal_place(self, i: int, shape: Shape) -> bool:
        """Whether a word that may be verb or noun (رفض، طلب) stands where a verb stands."""
        word = self.r.words[i]
        after = self.r.words[i + 1] if i + 1 < self.r.last else None
        if shape.tense != "p" or shape.gender == "f" or shape.number != "s":
            return True
        if word.prep or word.article or after is None:
            return False
        actor = self.r.actor_at.get(i + 1)
        if actor and ((actor.gender == "f" and actor.entity and actor.entity.kind == "country")
                      or (actor.sort == "demonym" and actor.number == "s")):  # fmt: skip
            return False
        return self._opens(i) and (actor is not None or after.kind == "comp")

    def _opens(self, i: int) -> bool:
        before = self.r.words[i - 1] if i > self.r.first else None
        return before is None or before.kind in ("mark", "aux", "rel", "clause", "neg") or bool(self.r.words[i].conj)

    def _impersonal(self, i: int, shape: Shape, frame: Frame, explicit: bool) -> bool:
        """يذكر أن، يعتقد أن: somebody says; كان أعلن without anybody to whom it belongs."""
        if explicit or frame.quote >= 0 or shape.person != 3:
            return False
        j = i - 1 if self._negator(i) else i
        before = self.r.words[j - 1] if j > self.r.first else None
        stem = before.stem if before else ""
        if stem in ("كان", "كانت") and not self._around(i):
            return True
        if before and before.kind == "comp" and stem not in ("ان", "بان"):
            return False
        joined = self.r.words[i].conj or (j < i and self.r.words[j].conj)
        return (shape.tense == "i" and shape.number == "s" and not joined) or stem in ("كما", "الذي", "التي")

    def _after_quotation(self, i: int, relation: str, shape: Shape, left: Actor | tuple[int, int] | None,
                         frame: Frame) -> bool:  # fmt: skip
        """«...»، قال فلان: the quotation stands before its verb."""
        if not relation or relations()[relation].kind != "statement":
            return False
        j = i - 1
        while j > self.r.first and self.r.is_comma(j):
            j -= 1
        opening = self.closing.get(j)
        if opening is None or j - opening < 3 or not (frame.subject or frame.phrase):
            return False
        source, explicit = self._source(i, shape, left, frame)
        if source is None:
            return False
        cue = Cue(i, relation, (self.r.stem_start(i), self.r.end(i)), "ar.quote+verb", source[0], source[1], source[2],
                  content=(opening + 1, j), begin=self.r.start(opening + 1), quoted=True,
                  explicit=explicit)  # fmt: skip
        self.cues.append(cue)
        self.r.memory.note(cue.source[1], cue.gender, cue.number)
        return True

    # --- who -----------------------------------------------------------------------------------------------

    def _left(self, i: int, shape: Shape) -> Actor | tuple[int, int] | None:
        """The subject before its verb: an actor, or a noun phrase that opens the clause."""
        r = self.r
        if r.words[i].conj:
            return None
        j = i
        while j > r.first and (r.words[j - 1].kind == "aux" or r.words[j - 1].stem in NEGATIONS):
            j -= 1
        if j > r.first and r.words[j - 1].kind == "rel":
            j -= 1
        if j == r.first:
            return None
        actor = r.actor_to.get(j)
        if actor:
            return self._left_actor(actor, shape)
        return self._left_phrase(j, shape)

    def _left_actor(self, actor: Actor, shape: Shape) -> Actor | tuple[int, int] | None:
        singular_adjective = actor.sort == "demonym" and actor.number == "s"
        if not actor.prep and not singular_adjective and self._agree(actor, shape):
            taken = any(cue.targets and actor in cue.targets for cue in self.cues)
            return None if taken else actor
        return self._left_phrase(actor.last, shape) if actor.prep or singular_adjective else None

    def _agree(self, actor: Actor, shape: Shape) -> bool:
        if actor.conj:
            return shape.number in ("d", "p") or agrees(actor.gender, actor.number, shape.gender, shape.number)
        if actor.entity and actor.entity.kind != "person" and shape.number == "s":
            return not actor.gender or actor.gender == shape.gender
        return agrees(actor.gender, actor.number, shape.gender, shape.number)

    def _left_phrase(self, j: int, shape: Shape) -> tuple[int, int] | None:
        words, k = self.r.words, j
        while k > self.r.first and j - k < 9:
            word = words[k - 1]
            if (
                word.kind in _CLAUSE_BREAKS
                or word.kind == "mark"
                or (word.verbs and not word.nouns and not word.article)
            ):
                break
            if word.kind in ("adv", "neg", "aux", "dem", "pron"):
                return None
            k -= 1
        opens = k == self.r.first or words[k - 1].kind in ("comp", "mark", "clause")
        if not opens or k == j or words[k].prep or words[k].kind or words[k].stem in ("كل", "من"):
            return None
        feminine = words[k].stem.endswith("ه") or words[k].stem.endswith("ات")
        fits = shape.gender == ("f" if feminine else "m") or words[k].stem in ("احد", "بعض")
        return (k, j) if fits and j - k <= 8 else None

    def _source(self, i: int, shape: Shape, left: Actor | tuple[int, int] | None,
                frame: Frame) -> tuple[tuple[Source, str, str] | None, bool]:  # fmt: skip
        """Who acts, with gender and number; whether words say so."""
        r = self.r
        found = frame.subject or left
        if isinstance(found, Actor):
            first = self._first_of(found) if found is left else found
            span = (first.start, r.coordinated(found)[-1].end if found is frame.subject else found.end)
            return ((span, self.entity(first)), found.gender or shape.gender, shape.number), True
        if isinstance(left, tuple):
            return (self._phrase_source(left[0], left[1]), shape.gender, shape.number), True
        if frame.phrase and (frame.marked != "" or frame.targets) and self._speakable(frame.phrase):
            return (self._phrase_source(*frame.phrase), shape.gender, shape.number), True
        if frame.phrase and frame.marked == "" and not frame.targets:
            return None, False
        at = (r.stem_start(i), r.stem_start(i))
        return ((at, self._dropped(i, shape)), shape.gender, shape.number), False

    def _speakable(self, phrase: tuple[int, int]) -> bool:
        return not self.r.words[phrase[0]].kind

    def _first_of(self, actor: Actor) -> Actor:
        """Of joined subjects (موسكو وبيونج يانج) the first."""
        while actor.conj == "و":
            before = self.r.actor_to.get(actor.first)
            if before is None or before.prep:
                return actor
            actor = before
        return actor

    def _phrase_source(self, first: int, last: int) -> Source:
        r = self.r
        while last > first + 1 and r.words[last - 1].kind == "mark":
            last -= 1
        span = (r.stem_start(first), r.end(last - 1))
        title = next((a for a in r.actors if first < a.first < last and a.office and a.last == last), None)
        name_end = title.first if title else last
        keys = (r.words[first].stem, *(r.words[i].key for i in range(first + 1, name_end)))
        known = r.memory.names.get(keys)
        if known:
            return span, known
        inside = [a for a in r.actors if first <= a.first < last and a.entity]
        country = next((a.entity.country for a in inside if a.entity and a.entity.country), None)
        stem = r.words[first].stem
        group = stem.endswith(("ون", "ات")) or stem in ("بعض", "عدد", "عده", "العديد", "كثير")
        name = r.tokens.text[span[0] : r.end(name_end - 1)]
        entity = unregistered(name, "group" if group else "person", "ar", country=country)
        if not group and len(keys) < 5 and (title or len(keys) > 1):
            r.memory.learn(keys, entity)
        return span, entity

    def _dropped(self, i: int, shape: Shape) -> Entity:
        """Whom a verb without subject means: in speech its subject or the speaker, else who spoke last."""
        around = self._around(i)
        if shape.person == 1:
            return around.source[1] if around else UNNAMED
        if around:
            inner = self._inner_subject(around, i, shape)
            if inner:
                return inner
        for cue in reversed(self.cues):
            if cue is not around and agrees(cue.gender, cue.number, shape.gender, shape.number):
                return cue.source[1]
        return self.r.memory.speaker(shape.gender, shape.number) or UNNAMED

    def _inner_subject(self, around: Cue, i: int, shape: Shape) -> Entity | None:
        """The first actor of the speech that may govern a later verb in it."""
        first = around.content[0] if around.content else i
        for actor in self.r.actors:
            if first <= actor.first < i and not actor.prep and (actor.sort != "demonym" or actor.number == "p"):
                fits = not actor.gender or actor.gender == shape.gender
                if fits:
                    return self.entity(actor)
        return None

    def entity(self, actor: Actor) -> Entity:
        """Whom an actor means; a title that nothing in the text explains is somebody unknown under that title."""
        if actor.sort == "homeland":
            return self._homeland(actor)
        entity = self.r.memory.resolve(actor)
        if entity:
            return entity
        office = actor.office
        kind = {"person": "person", "body": "organization", "group": "group"}[office.sort if office else "person"]
        text = self.r.tokens.text[actor.start : actor.end]
        return unregistered(text, kind, "ar", sector=office.sector if office else None)  # type: ignore[arg-type]

    def _homeland(self, actor: Actor) -> Entity:
        """بلاده: the country of whoever speaks there."""
        around = self._around(actor.first)
        speaker = around.source[1] if around else self.cues[-1].source[1] if self.cues else None
        country = registry().countries.get(speaker.country or "") if speaker else None
        text = self.r.tokens.text[actor.start : actor.end]
        return country or unregistered(text, "country", "ar")

    def _around(self, i: int) -> Cue | None:
        """The innermost cue whose content holds token ``i``."""
        holders = [c for c in self.cues if c.content and c.content[0] <= i < c.content[1] and c.token != i]
        return min(holders, key=lambda c: c.content[1] - c.content[0] if c.content else 0) if holders else None

    # --- what ----------------------------------------------------------------------------------------------

    def _bind_content(self, cue: Cue, frame: Frame) -> None:
        first = frame.content
        begin = self.r.stem_start(first) if frame.attached else self.r.start(first)
        quote = frame.quote if frame.quote >= 0 else self.r.tokens.quotes.get(first, -1)
        cue.clause = frame.marked == "that"
        if quote >= 0 and (quote - first > 4 or quote >= self.r.last - 2):
            inner = first + 1 if self.r.words[first].kind == "mark" else first
            inner += self.r.words[inner].kind == "comp"
            cue.content, cue.begin, cue.quoted = (inner, quote), self.r.start(min(inner, self.r.last - 1)), True
            return
        cue.content = (first, self._content_end(cue, first))
        cue.begin = begin
        if cue.content[1] <= first:
            cue.content = None

    def _content_end(self, cue: Cue, first: int) -> int:
        around = self._around(cue.token)
        limit = around.content[1] if around and around.content else self.r.last
        j = first
        while j < limit:
            close = self.r.tokens.quotes.get(j)
            if close is not None and close < limit:
                j = close + 1
                continue
            if j > first and self._leaves(cue, j):
                return j
            j += 1
        return limit

    def _leaves(self, cue: Cue, j: int) -> bool:
        """Whether the words from ``j`` on are no longer what is said."""
        words = self.r.words
        word, before = words[j], words[j - 1]
        if word.participles and not word.article and not word.conj and self._opens_speech(j):
            return True
        comma = self.r.is_comma(j - 1)
        if self._unlisted_participle(j):
            return True
        if word.kind == "according" and word.stem != "وفق":
            relayed = self.r.actor_at.get(j + 1) or (j + 1 < self.r.last and words[j + 1].stem == "ما")
            return comma or bool(relayed)
        if comma and word.stem in ("في", "من", "دون", "بدون") and j + 1 < self.r.last:
            return words[j + 1].stem in ("اشاره", "دون") or word.stem in ("دون", "بدون")
        if word.verbs and (word.conj or before.stem in _RETURNING):
            return self._returns(cue, j)
        return not cue.clause and self._leaves_phrase(cue, j, comma=comma)

    def _leaves_phrase(self, cue: Cue, j: int, *, comma: bool) -> bool:
        """The end of a content that is a noun phrase: a clause, a new finite verb, an aside after a comma."""
        word, before = self.r.words[j], self.r.words[j - 1]
        if word.kind in ("clause", "comp") and (comma or word.conj):
            return True
        if comma and (not word.conj or cue.rule.startswith("ar.noun")):
            return True
        if word.conj and (word.kind in ("neg", "aux", "comp") or (word.nouns and cue.rule.startswith("ar.noun"))):
            return True
        spoken = any(a.relation and "that" in a.content and s.tense == "p" for a, s in word.verbs)
        return spoken and not word.nouns and before.kind not in ("rel", "comp", "neg", "aux")

    def _unlisted_participle(self, j: int) -> bool:
        """مقتصرا على أن: a participle of no listed verb that brings a clause."""
        words = self.r.words
        word = words[j]
        shaped = word.key.startswith("م") and word.text.endswith(("ا", "ً", "ًا")) and not word.participles
        if not shaped or j + 2 >= self.r.last or word.kind or word.names:
            return False
        return words[j + 1].kind == "comp" or (words[j + 1].kind == "prep" and words[j + 2].kind == "comp")

    def _returns(self, cue: Cue, j: int) -> bool:
        """وأضاف أن، لكنه أكد أن: the outer speaker goes on."""
        word = self.r.words[j]
        for act, shape in word.verbs:
            if not cue.clause and act.relation:
                return True
            if "that" not in act.content or shape.tense != "p" or not self._opens_speech(j):
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

    def _opens_speech(self, j: int) -> bool:
        """Whether a complementizer, colon, quotation or the act's own preposition follows soon."""
        words = self.r.words
        acts = [a for a, _ in (*words[j].participles, *words[j].verbs)]
        marks = {m for a in acts if a.relation for m in a.content}
        if not marks:
            return False
        for k in range(j + 1, min(j + 9, self.r.last)):
            word = words[k]
            if word.kind == "comp" or word.text == ":" or (k in self.r.tokens.quotes and "that" in marks):
                return True
            if k <= j + 4 and (word.stem in marks or word.prep in marks):
                return True
            if word.kind == "mark" and not self.r.is_comma(k):
                return False
        return "obj" in marks and bool(words[j].participles) and self.r.is_comma(j - 1)

    def _inner_targets(self, cue: Cue) -> list[Actor]:
        """The first actor inside what is praised, condemned, supported."""
        if not cue.content:
            return []
        for actor in self.r.actors:
            if cue.content[0] <= actor.first < min(cue.content[1], cue.content[0] + 7):
                return self.r.coordinated(actor)
        return []

    # --- participles, according to -------------------------------------------------------------------------

    def _participle(self, i: int) -> bool:
        word = self.r.words[i]
        bare_feminine = not word.text.endswith(("ا", "ً")) and not (i > self.r.first and self.r.is_comma(i - 1))
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
        if self.r.words[i].stem != "قايلا" or not self.cues:
            return False
        last = self.cues[-1]
        if last.content is None and frame.content >= 0:
            self._bind_content(last, frame)
            return True
        return last.content is not None and last.content[0] > i

    def _participle_source(self, i: int, shape: Shape) -> Source:
        at = (self.r.stem_start(i), self.r.stem_start(i))
        around = self._around(i)
        for cue in reversed(self.cues):
            same_level = self._around(cue.token) is around
            if same_level and agrees(cue.gender, cue.number, shape.gender, shape.number):
                return at, cue.source[1]
        for actor in self.r.actors:
            subject = not actor.prep and (actor.sort != "demonym" or actor.number == "p")
            if actor.first < i and subject and agrees(actor.gender, actor.number, shape.gender, shape.number):
                return at, self.entity(actor)
        return at, self.r.memory.speaker(shape.gender, shape.number) or UNNAMED

    def _according(self, i: int) -> None:
        """وفقا لـ، بحسب: the source follows; the content is the rest of the sentence, or what stands before."""
        r = self.r
        first = i + 1
        end = r.end(i)
        if first >= r.last or r.words[first].kind == "mark":
            return
        marked = r.words[first].prep or r.words[first].guess
        if r.words[i].stem not in ("بحسب", "حسب") and marked != "ل":
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

    def _place_according(self, cue: Cue, last: int) -> None:
        r = self.r
        i = cue.token
        opens = i == r.first or (i - r.first <= 2 and not any(w.verbs for w in r.words[r.first : i]))
        if opens:
            while last < r.last and (r.is_comma(last) or r.words[last].stem in ("فان", "ان", "فانه")):
                last += 1
            cue.content, cue.begin = (last, r.last), r.start(min(last, r.last - 1))
        else:
            around = self._around(i)
            first = around.content[0] if around and around.content else r.tokens.at(r.evidence[0])
            cue.content, cue.begin = (first, i), r.start(first)
        if cue.content[0] >= cue.content[1]:
            cue.content = None

    def _phrase_end(self, first: int) -> int:
        j = first + 1
        while (
            j < self.r.last
            and self.r.words[j].kind in ("", "number")
            and not (self.r.words[j].verbs and not self.r.words[j].article)
        ):
            j += 1
        return j

    # --- verbal nouns --------------------------------------------------------------------------------------

    def _noun(self, i: int) -> None:
        for act in self.r.words[i].nouns:
            if act.relation and (self._between(i, act) or self._noun_frame(i, act)):
                return

    def _between(self, i: int, act: Act) -> bool:
        """التعاون بين موسكو وبيونج يانج."""
        if "بين" not in act.target:
            return False
        for j in range(i + 1, min(i + 5, self.r.last)):
            word = self.r.words[j]
            if word.stem == "بين":
                actor = self.r.actor_at.get(j + 1)
                joined = self.r.coordinated(actor) if actor else []
                if actor is None or len(joined) < 2:
                    return False
                cue = Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+between",
                          ((actor.start, actor.end), self.entity(actor)), targets=joined[1:],
                          confidence=0.85)  # fmt: skip
                self.cues.append(cue)
                return True
            if word.kind:
                return False
        return False

    def _noun_frame(self, i: int, act: Act) -> bool:
        r = self.r
        statement = relations()[act.relation].kind == "statement"
        source, j, explicit = self._noun_source(i)
        if source is None and not (act.relation in _JOINT or "ل" in act.target):
            return False
        frame = FrameReader(r, j, act, has_subject=True, gender="", verbal=False).read()
        if statement:
            adjacent = frame.content >= 0 and frame.content - j <= 3
            if not adjacent and not (frame.targets and frame.targets[0].first - j <= 2):
                return False
            if not adjacent:
                frame.content = -1
            source = source or self._clause_subject(i)
        else:
            if not frame.targets or frame.targets[0].first - j > 4:
                return False
            frame.content = -1
            source = source or self._clause_subject(i)
        if source is None:
            return False
        cue = Cue(i, act.relation, (r.stem_start(i), r.end(i)), "ar.noun", source, targets=frame.targets or [],
                  negated=r.negated(i), explicit=explicit)  # fmt: skip
        self._finish(cue, frame, act)
        cue.confidence = min(cue.confidence, 0.75)
        return True

    def _noun_source(self, i: int) -> tuple[Source | None, int, bool]:
        """Whose act a noun names: its genitive, an adjective of nationality, a pronoun; the token to go on from."""
        r = self.r
        if r.words[i].pronoun:
            return self._clause_subject(i), i, False
        if i + 1 < r.last and r.words[i + 1].conj == "و" and r.words[i + 1].nouns:
            i += 1
        for j in (i + 1, i + 2):
            actor = r.actor_at.get(j)
            if actor and not actor.prep and not actor.conj:
                return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
            if actor or j >= r.last or not r.words[j].article:
                break
        if i + 2 < r.last and r.words[i + 1].stem == "من" and (actor := r.actor_at.get(i + 2)):
            return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
        return None, i, False

    def _clause_subject(self, i: int) -> Source | None:
        """Who governs the clause of token ``i``: whoever is told to act, the clause's first actor, the speaker."""
        around = self._around(i)
        if around and not around.clause and around.targets:
            target = around.targets[0]
            return (target.start, target.end), self.entity(target)
        if around and not around.clause:
            return around.source
        first = around.content[0] if around and around.content else self.r.first
        for actor in self.r.actors:
            if first <= actor.first < i and not actor.prep and not (actor.sort == "demonym" and actor.number == "s"):
                return (actor.start, actor.end), self.entity(actor)
        for cue in reversed(self.cues):
            if self._around(cue.token) is around or cue is around:
                return cue.source
        return None

    # --- claims --------------------------------------------------------------------------------------------

    def _claims(self, cue: Cue) -> Iterator[Draft]:
        content = None
        if cue.content:
            content = self.r.trimmed(cue.begin, self.r.end(cue.content[1] - 1))
            if content[1] <= content[0]:
                content = None
        statement = relations()[cue.relation].kind == "statement"
        targets = [t for t in cue.targets if self._political(t)]
        draft = Draft(self.r.evidence, cue.span, cue.relation, cue.source, cue.rule,
                      content=content if statement else None,
                      quoted=cue.quoted, negated=cue.negated, modality=self._mood(cue),
                      confidence=round(cue.confidence, 2))  # fmt: skip
        for target in targets:
            entity = self.entity(target)
            if entity.id != cue.source[1].id:
                yield replace(draft, object=((target.start, target.end), entity))
        if statement and content and not targets:
            yield draft

    def _political(self, actor: Actor) -> bool:
        entity = actor.entity
        return entity is None or entity.sector != "MED"

    def _mood(self, cue: Cue) -> Modality:
        around = self._around(cue.token)
        return _MOODS.get(around.relation, "asserted") if around else "asserted"


_HIS_WORDS = frozenset(("قوله", "قولها", "قولهم", "قولهما"))
_SAYING = Act("قال", "says", ("that",), ())
_REFUSED = frozenset(("agrees", "hopes", "intends"))
_JOINT = frozenset(("meets", "discusses", "negotiates", "visits", "signs", "cooperates", "trades", "mediates"))
_PLAIN = frozenset(("says", "explains", "announces", "affirms", "reports"))

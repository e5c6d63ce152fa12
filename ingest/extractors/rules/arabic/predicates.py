"""Nominal sentences: إيران مستعدة للتفاوض، الرئيس واثق من فوزه، واشنطن غير راضية عن."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.frames import FrameReader
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.nouns import Nouns
from ingest.extractors.rules.arabic.scene import Cue, Source

_NEAR = 4
_WE = frozenset(("نحن", "انا", "اننا", "انني", "باننا", "بانني"))


class Predicates(Nouns):
    """Reads adjectives and participles that say what somebody is ready for, sure of, worried about."""

    def _predicate(self, i: int) -> bool:
        words = self.r.words
        if words[i].article or words[i].prep:
            return False
        return any(self._stated(i, act, opposite, shape) for act, opposite, shape in words[i].predicates)

    def _stated(self, i: int, act: Act, opposite: str, shape: Shape) -> bool:
        """One reading; ``opposite`` is the relation when غير or ليس stands before."""
        frame = FrameReader(self.r, i, act, has_subject=True, gender=shape.gender).read()
        near = frame.content >= 0 and frame.content - i <= _NEAR
        aimed = bool(frame.targets) and frame.targets is not None and frame.targets[0].first - i <= _NEAR
        deed = relations()[act.relation].kind == "deed"
        source = self._stated_of(i, shape) if (aimed if deed else near) else None
        if source is None:
            return False
        negated = self.r.negated(i)
        first = i - 1 if negated and opposite else i
        cue = Cue(i, opposite if negated and opposite else act.relation, (self.r.stem_start(first), self.r.end(i)),
                  "ar.predicate", source, shape.gender, shape.number, targets=frame.targets or [],
                  negated=negated and not opposite, explicit=True)  # fmt: skip
        self._finish(cue, frame, act)
        cue.confidence = min(cue.confidence, 0.8)
        return True

    def _stated_of(self, i: int, shape: Shape) -> Source | None:
        """The topic before the predicate; for a pronoun the speaker; ``None`` when nobody is named."""
        left = self._left(i, shape)
        if isinstance(left, Actor):
            return (left.start, left.end), self.entity(left)
        if left is not None:
            return self._phrase_source(*left)
        j = i - 1 if self.r.negated(i) else i
        before = self.r.words[j - 1] if j > self.r.first else None
        around = self._around(i)
        at = (self.r.stem_start(i), self.r.stem_start(i))
        itself = before is not None and before.kind == "comp" and before.stem not in ("ان", "بان")
        if around and (itself or (before is not None and before.stem in _WE)):
            return at, around.source[1]
        return None

"""What a modal verb commits to: ``will visit`` intends, ``would blockade`` threatens, ``must withdraw`` is demanded.

CAMEO codes an announced deed as the announcement: 03 for a cooperative one, 13 for a conflictual one, 12 when it is
refused, 10 or 02 when somebody else is told to act.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.relations import relations
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import phrases
from ingest.extractors.rules.english.complements import Range
from ingest.extractors.rules.english.lexicon import ADV, DET, NEG, PREP, PUNCT, reversals, verb_class
from ingest.extractors.rules.english.targets import Actors, Found

CONFIDENCE = 0.6
# How far after the modal an actor may stand, in tokens.
REACH = 16
FUTURE = frozenset(("will", "would", "wo", "'ll", "shall"))
ENDING = verb_class("verb of ending")
DUTY = {"must": "demands", "should": "urges"}


@dataclass(slots=True)
class Commitments:
    """Reads the modal verbs of one sentence (tokens ``lo`` to ``hi``)."""

    actors: Actors
    lo: int
    hi: int
    evidence: tuple[int, int]
    covered: range = range(0)

    def read(self, i: int, speaker: Range | None) -> Iterator[Draft]:
        """The claim of the modal verb at token ``i``; ``speaker`` is who speaks in this sentence, if anybody.

        ``covered`` are then the tokens of the deed it announces, which is no claim of its own.
        """
        word = self.actors.tokens.words[i].lower
        if word in DUTY and speaker:
            yield from self._duty(i, speaker, DUTY[word])
        elif word in FUTURE and (word != "would" or speaker):
            yield from self._future(i)

    def _duty(self, i: int, speaker: Range, relation: str) -> Iterator[Draft]:
        """``X said that Y must ...``: X demands it of Y."""
        subject = phrases.subject_before(self.actors.tokens, i, self.lo)
        if subject is None or subject == speaker:
            return
        targets = [f for f in self.actors.each(subject, i) if self.actors.is_actor(f[1])]
        yield from self._drafts((i, i + 1), relation, speaker, targets)

    def _future(self, i: int) -> Iterator[Draft]:
        t = self.actors.tokens
        subject = phrases.subject_before(t, i, self.lo)
        if subject is None:
            return
        k, negated = i + 1, False
        while k < self.hi and t.bits[k] & (ADV | NEG):
            negated = negated or bool(t.bits[k] & NEG)
            k += 1
        thing = t.words[subject[1] - 1].lower in {"it", "this", "that", "which"}
        if k >= self.hi or not (t.words[k].deeds or t.words[k].verbs or (negated and not thing)):
            return
        self.covered = range(k, k + 5)
        deed = self._deed(k)
        relation = "refuses" if negated else announced(deed) if deed else None
        if relation is None:
            return
        found = phrases.noun_phrase(t, k + 1, self.hi)
        targets = [f for f in self.actors.objects(found) if f[1].country or f[1].sector == "IGO"] if found else []
        yield from self._drafts((i, k + 1), relation, subject, targets or self._beneficiary(k + 1))

    def _beneficiary(self, k: int) -> list[Found]:
        """The first actor after ``to``, ``with``, ``on`` ... in what is announced: ``will cut aid to Mali``."""
        t = self.actors.tokens
        for m in self.actors.scene.matches_in(k, min(self.hi, k + REACH)):
            before = m.start - 1 if not t.bits[m.start - 1] & DET else m.start - 2
            if t.words[before].lower in {"to", "with", "on", "against", "from", "for", "among", "between"}:
                return [(t.span(m.start, m.end), m.entity)]
        return []

    def _deed(self, k: int) -> str | None:
        """The deed of the verb at ``k``, or of the noun it governs or ends: ``will hold talks``, ``may halt aid``."""
        t = self.actors.tokens
        noun = None
        for j in range(k + 1, min(self.hi, k + 5)):
            noun = next((entry.relation for entry in t.words[j].nouns if entry.deed), None)
            if noun or t.bits[j] & (PREP | PUNCT):
                break
        if noun and t.words[k].lower in ENDING:
            return reversals().get(noun)
        return t.words[k].deeds[0].relation if t.words[k].deeds else noun

    def _drafts(self, cue: Range, relation: str, subject: Range, targets: list[Found]) -> Iterator[Draft]:
        t = self.actors.tokens
        for source in self.actors.each(subject, cue[0]):
            if not self.actors.is_actor(source[1]):
                continue
            aimed: list[Found | None] = [*targets] or ([None] if relation == "refuses" else [])
            for target in aimed:
                if target and target[1].id == source[1].id:
                    continue
                yield Draft(
                    evidence=self.evidence, cue=t.span(*cue), relation=relation, subject=source,
                    rule="en.modal+" + relation, object=target, confidence=CONFIDENCE,
                    modality="demanded" if relation in {"demands", "urges"} else "intended",
                )  # fmt: skip


def announced(deed: str) -> str | None:
    """The announcement of a deed: ``intends`` a cooperative one, ``threatens`` a conflictual one."""
    root = int(relations()[deed].cameo[:2])
    return "intends" if 3 <= root <= 8 else "threatens" if root >= 15 else None

"""Speech in the passive: ``X was accused of ... by Y``."""

from ingest.extractors.rules.english import ends, phrases
from ingest.extractors.rules.english.complements import Complement, Range
from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    CAP,
    ING,
    PAST,
    PLURAL,
    PREP,
    REL,
    STOP,
    SUB,
    TO,
    VERB,
    WH,
    S,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import VerbGroup

# Verbs that say something else in the passive: "owned by the state", "directed by Lee".
ACTIVE = word_class("not speech in the passive")
# How far after its verb an agent may stand, in tokens.
REACH = 24


def agent(t: Tokens, last: int, hi: int) -> Range | None:
    """Who speaks: the noun phrase after ``by``; ``last`` is the last token of the cue."""
    for k in range(last + 1, min(hi - 1, last + 1 + REACH)):
        if t.words[k].lower == "by":
            found = phrases.noun_phrase(t, k + 1, hi)
            return found if found and not t.bits[found[0]] & ING else None
        if t.bits[k] & (STOP | REL | AUX) or (t.bits[k] & PAST and t.words[k + 1].lower == "by"):
            return None
    return None


def complement(t: Tokens, group: VerbGroup, last: int, speaker: Range, bounds: Range) -> Complement | None:
    """The content (what follows ``of``, ``to``, ``for``, ``as``; else the patient) and the patient as the target."""
    lo, hi = bounds
    patient = phrases.subject_before(t, group.start, lo)
    if patient is None or (t.bits[patient[0]] & (WH | SUB) and not t.bits[patient[0]] & REL):
        return None
    if _is_object(t, patient, lo):
        return None
    by = t.words[min(last + 1, hi - 1)].lower == "by"
    follows = speaker[1] if by else last + 1
    if follows >= hi or t.words[follows].lower not in {"to", "of", "for", "as"}:
        return Complement("passive", patient, patient)
    if not t.bits[follows] & (TO | PREP | SUB):
        return Complement("passive", patient, patient)
    end = hi if follows >= speaker[1] else speaker[0] - 1
    start = follows if t.bits[follows] & TO else follows + 1
    return Complement("passive", (start, ends.clause_end(t, follows + 1, end, reported=True)), patient)


def _is_object(t: Tokens, patient: Range, lo: int) -> bool:
    """Whether what stands before the passive is an object in its subject: ``the claim that it hit X was``."""
    before = patient[0] - 1
    while before > lo and t.bits[before] & ADV and not t.bits[before] & VERB:
        before -= 1
    return before >= lo and bool(t.bits[before] & (PAST | S)) and not t.bits[before] & (CAP | PLURAL)

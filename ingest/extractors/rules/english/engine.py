"""The English engine: from a document to drafts of claims."""

from collections.abc import Iterator

from ingest.documents import Document
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import mentions
from ingest.extractors.rules.english.attributions import Reader
from ingest.extractors.rules.english.commitments import Commitments
from ingest.extractors.rules.english.deeds import Deeds
from ingest.extractors.rules.english.formulas import VIEW
from ingest.extractors.rules.english.lexicon import DASH, MODAL, NUM
from ingest.extractors.rules.english.targets import Actors
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.registry import Registry


def drafts(document: Document, registry: Registry) -> Iterator[Draft]:
    """The claims of an English document as the rules find them, sentence by sentence."""
    tokens = Tokens(document.article.text)
    actors = Actors(mentions.scene(tokens, registry, document.article.published))
    words = tokens.words
    for lo, hi in tokens.sentences:
        cues = [i for i in range(lo, hi) if words[i].cue or tokens.bits[i] & MODAL or words[i].lower in FORMULAS]
        if cues or tokens.has_colon(lo, hi):
            yield from _sentence(actors, _past_dateline(tokens, lo, hi), hi, cues)


def _past_dateline(tokens: Tokens, lo: int, hi: int) -> int:
    """Where a sentence begins after ``SEOUL -``, ``10:45 GMT -`` or a bullet."""
    if tokens.bits[lo] & DASH or tokens.words[lo].lower in BULLETS:
        return min(lo + 1, hi - 1)
    if tokens.bits[lo] & NUM:
        clock = (k for k in range(lo + 1, min(lo + CLOCK, hi - 1)) if tokens.bits[k] & DASH)
        return next((k + 1 for k in clock if tokens.starts[k] > tokens.ends[k - 1]), lo)
    if not tokens.spelling(lo).isupper() or tokens.ends[lo] - tokens.starts[lo] < 3:
        return lo
    for k in range(lo + 1, min(lo + DATELINE, hi - 1)):
        if tokens.bits[k] & DASH and tokens.starts[k] > tokens.ends[k - 1]:
            return k + 1
    return lo


# The longest time of an entry in a live page, in tokens: "10:45 a.m. (GMT) -".
CLOCK = 8
# The longest dateline, in tokens: "NEW DELHI/ISLAMABAD, May 11 (Wire) -".
DATELINE = 10
SOURCED = frozenset(("according", "per"))
FORMULAS = SOURCED | VIEW
BULLETS = frozenset(("*", "\u2022", "\u25cf", "\u25aa"))


def _sentence(actors: Actors, lo: int, hi: int, cues: list[int]) -> Iterator[Draft]:
    tokens = actors.tokens
    actors.scene.enter(lo, hi)
    reader = Reader(actors, lo, hi, tokens.span(lo, hi))
    deeds = Deeds(reader, lo, hi, tokens.span(lo, hi))
    modals = Commitments(actors, lo, hi, tokens.span(lo, hi))
    yield from reader.headline()
    told: set[tuple[str, str, str]] = set()
    for i in sorted(cues, key=lambda i: tokens.quote_of[i] >= 0):  # who speaks comes before what is said
        word = tokens.words[i]
        if word.lower in SOURCED:
            yield from reader.according(i)
        elif word.lower in VIEW and (seen := list(reader.viewpoint(i))):
            yield from seen
        elif tokens.bits[i] & MODAL:
            announced = list(modals.read(i, reader.speaker))
            deeds.skip.update(modals.covered if announced else ())
            yield from announced
        elif word.cue:
            stated = list(reader.read(i)) if word.speech else []
            done = list(deeds.read(i)) if word.deed else []
            for draft in stated:
                if draft.object:
                    actors.scene.dealt(draft.subject[1], draft.object[1])
            if not any(draft.object for draft in done) or not _all_objects(stated):
                yield from stated
            accused = {draft.object[0] for draft in stated if draft.object and draft.content}
            for draft in done:
                if draft.object and draft.object[0] in accused and not _all_objects(stated):
                    continue  # "charged the guard with murder" is no arrest besides
                key = (draft.relation, draft.subject[1].id, draft.object[1].id if draft.object else "")
                if key not in told:
                    told.add(key)
                    yield draft


def _all_objects(stated: list[Draft]) -> bool:
    """Whether no more than the object of a verb is what was said."""
    return all(draft.rule.endswith("+object") for draft in stated)

"""The English engine: from a document to drafts of claims."""

from collections.abc import Iterator

from ingest.documents import Document
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import mentions
from ingest.extractors.rules.english.attributions import Reader
from ingest.extractors.rules.english.commitments import Commitments
from ingest.extractors.rules.english.deeds import Deeds
from ingest.extractors.rules.english.lexicon import MODAL
from ingest.extractors.rules.english.targets import Actors
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.registry import Registry


def drafts(document: Document, registry: Registry) -> Iterator[Draft]:
    """The claims of an English document as the rules find them, sentence by sentence."""
    tokens = Tokens(document.article.text)
    actors = Actors(mentions.scene(tokens, registry))
    words = tokens.words
    for lo, hi in tokens.sentences:
        cues = [i for i in range(lo, hi) if words[i].cue or tokens.bits[i] & MODAL or words[i].lower == "according"]
        if cues or tokens.has_colon(lo, hi):
            yield from _sentence(actors, lo, hi, cues)


def _sentence(actors: Actors, lo: int, hi: int, cues: list[int]) -> Iterator[Draft]:
    tokens = actors.tokens
    actors.scene.enter(lo, hi)
    reader = Reader(actors, lo, hi, tokens.span(lo, hi))
    deeds = Deeds(reader, lo, hi, tokens.span(lo, hi))
    modals = Commitments(actors, lo, hi, tokens.span(lo, hi))
    yield from reader.headline()
    told: set[tuple[str, str, str]] = set()
    for i in cues:
        word = tokens.words[i]
        if word.lower == "according":
            yield from reader.according(i)
        elif tokens.bits[i] & MODAL:
            announced = list(modals.read(i, reader.speaker))
            deeds.skip.update(modals.covered if announced else ())
            yield from announced
        elif word.cue:
            stated = list(reader.read(i))
            done = list(deeds.read(i))
            if not any(draft.object for draft in done) or not all(d.rule.endswith("+object") for d in stated):
                yield from stated
            for draft in done:
                key = (draft.relation, draft.subject[1].id, draft.object[1].id if draft.object else "")
                if key not in told:
                    told.add(key)
                    yield draft

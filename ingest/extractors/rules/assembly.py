"""From what the rules found to claims: ids, nesting, order.

A language engine yields :class:`Draft` values; this module gives each its id, says in whose content it stands,
drops repetitions and sorts. It knows no language.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.claims import Claim, Content, Entity, Mention, Modality, Span, claim_id
from graph.relations import relations
from ingest.documents import Document

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as a rule found it; offsets are code points of the article's text, end exclusive.

    ``subject`` and ``object`` are (offsets, entity); an empty subject span stands at the cue's start. ``rule`` names
    the rule that made it, for ``qawl extract --explain``.
    """

    evidence: Offsets
    cue: Offsets
    relation: str
    subject: tuple[Offsets, Entity]
    rule: str
    object: tuple[Offsets, Entity] | None = None
    content: Offsets | None = None
    quoted: bool = False
    negated: bool = False
    modality: Modality = "asserted"
    confidence: float = 0.9


def assemble(document: Document, drafts: Iterable[Draft], extractor: str) -> list[tuple[Claim, str]]:
    """The claims of one document, in the order of their cues, each id once, with the rule of each."""
    text, article = document.article.text, document.article
    ordered = sorted(drafts, key=lambda d: (d.cue, d.subject[0], d.object[0] if d.object else (-1, -1), d.relation))
    ids = [_id(article.id, text, draft) for draft in ordered]
    parents = _parents(ordered)
    claims: dict[str, tuple[Claim, str]] = {}
    for draft, key, parent in zip(ordered, ids, parents, strict=True):
        if key not in claims:
            claim = Claim(
                id=key,
                document=document.name,
                language=article.language,
                evidence=Span.of(text, *draft.evidence),
                subject=Mention(Span.of(text, *draft.subject[0]), draft.subject[1]),
                relation=relations()[draft.relation],
                cue=Span.of(text, *draft.cue),
                object=Mention(Span.of(text, *draft.object[0]), draft.object[1]) if draft.object else None,
                content=Content(Span.of(text, *draft.content), draft.quoted) if draft.content else None,
                attributed_to=None if parent is None else ids[parent],
                negated=draft.negated,
                modality=draft.modality,
                confidence=draft.confidence,
                extractor=extractor,
            )
            claims[key] = claim, draft.rule
    return list(claims.values())


def _id(article_id: str, text: str, draft: Draft) -> str:
    def span(offsets: Offsets | None) -> Span | None:
        return Span.of(text, *offsets) if offsets else None

    return claim_id(
        article_id,
        Span.of(text, *draft.cue),
        draft.relation,
        Span.of(text, *draft.subject[0]),
        span(draft.object and draft.object[0]),
        span(draft.content),
        draft.negated,
    )


def _parents(ordered: list[Draft]) -> list[int | None]:
    """For each draft the index of the draft with the smallest content around its cue, its own cue's left out.

    One sweep over the text: ``around`` holds the contents that the present cue may stand in.
    """
    waiting = sorted(((d.content, i) for i, d in enumerate(ordered) if d.content), reverse=True)
    around: list[tuple[Offsets, int]] = []
    parents: list[int | None] = []
    for draft in ordered:
        start, end = draft.cue
        while waiting and waiting[-1][0][0] <= start:
            around.append(waiting.pop())
        around = [(content, i) for content, i in around if content[1] > start]
        holders = [(c[1] - c[0], i) for c, i in around if end <= c[1] and ordered[i].cue != draft.cue]
        parents.append(min(holders)[1] if holders else None)
    return parents

"""From what the rules found to claims: ids, nesting, order.

A language engine yields :class:`Draft` values; this module drops those it is not sure enough of, gives each its id,
says in whose content it stands, drops repetitions and sorts. It knows no language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.claims import Claim, Content, Entity, Mention, Modality, Span, claim_id
from graph.relations import relations
from ingest.documents import Document

Offsets = tuple[int, int]

# The least confidence of a claim that is emitted, in every language.
THRESHOLD = 0.5


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

    def offsets(self) -> set[Offsets]:
        """Of all its spans."""
        ends = {self.evidence, self.cue, self.subject[0]}
        return ends.union(filter(None, (self.object and self.object[0], self.content)))


def assemble(document: Document, drafts: Iterable[Draft], extractor: str) -> list[tuple[Claim, str]]:
    """The claims of one document, in the order of their cues, each id once, with the rule of each.

    A draft below :data:`THRESHOLD` is dropped, and with it what stands in its content: left alone that would pass for
    the article's own word.
    """
    text, article = document.article.text, document.article
    ordered = sorted(drafts, key=lambda d: (d.cue, d.subject[0], d.object[0] if d.object else (-1, -1), d.relation))
    stretches = set().union(*(draft.offsets() for draft in ordered))
    spans = {offsets: Span.of(text, *offsets) for offsets in stretches}
    ids = [_id(article.id, spans, draft) for draft in ordered]
    parents = _parents(ordered)
    dropped = _unsure(ordered, parents)
    claims: dict[str, tuple[Claim, str]] = {}
    for number, (draft, key, parent) in enumerate(zip(ordered, ids, parents, strict=True)):
        if key not in claims and number not in dropped:
            claim = Claim(
                id=key,
                document=document.name,
                language=article.language,
                evidence=spans[draft.evidence],
                subject=Mention(spans[draft.subject[0]], draft.subject[1]),
                relation=relations()[draft.relation],
                cue=spans[draft.cue],
                object=Mention(spans[draft.object[0]], draft.object[1]) if draft.object else None,
                content=Content(spans[draft.content], draft.quoted) if draft.content else None,
                attributed_to=None if parent is None else ids[parent],
                negated=draft.negated,
                modality=draft.modality,
                confidence=draft.confidence,
                extractor=extractor,
            )
            claims[key] = claim, draft.rule
    return list(claims.values())


def _id(article_id: str, spans: Mapping[Offsets, Span], draft: Draft) -> str:
    return claim_id(
        article_id,
        spans[draft.cue],
        draft.relation,
        spans[draft.subject[0]],
        spans[draft.object[0]] if draft.object else None,
        spans[draft.content] if draft.content else None,
        draft.negated,
    )


def _unsure(ordered: list[Draft], parents: list[int | None]) -> set[int]:
    """The drafts that are not sure enough, and all those in their contents."""
    inside: dict[int, list[int]] = {}
    for number, parent in enumerate(parents):
        if parent is not None:
            inside.setdefault(parent, []).append(number)
    dropped: set[int] = set()
    waiting = [number for number, draft in enumerate(ordered) if draft.confidence < THRESHOLD]
    while waiting:
        number = waiting.pop()
        if number not in dropped:
            dropped.add(number)
            waiting += inside.get(number, ())
    return dropped


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

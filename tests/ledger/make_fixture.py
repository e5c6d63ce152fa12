"""Writes the fixture of the current format: ``python -m tests.ledger.make_fixture``, once for each format.

A fixture that was released is never written again.
"""

import json
from pathlib import Path

from graph.articles import Article
from graph.claims import Claim, Content, Mention, Span, claim_id, to_record
from graph.ledger import Decision, Ledger, LedgerView
from graph.ledger.decisions import copy_of
from graph.ledger.schema import FORMAT
from graph.relations import relations
from graph.workspace import Workspace
from tests.making import LAVROV, RUSSIA, article, claim, mention

FIXTURES = Path(__file__).parent / "fixtures"
ARABIC = "أعلن لافروف أن روسيا ترفض أي شروط جديدة."
READ = "2026-01-01T08:00:00Z"


def arabic() -> tuple[Article, list[Claim]]:
    """An Arabic article from a file, with a claim in another's content."""
    made = Article(text=ARABIC, language="ar", published="2026-01-02")
    said, within = Span.of(ARABIC, 15, 39), Span.of(ARABIC, 26, 39)
    announces = _claim(made, "announces", "أعلن", mention(ARABIC, "لافروف", LAVROV), said, None)
    rejects = _claim(made, "rejects", "ترفض", mention(ARABIC, "روسيا", RUSSIA), within, announces.id)
    return made, [announces, rejects]


def _claim(of: Article, relation: str, cue: str, subject: Mention, content: Span, attributed_to: str | None) -> Claim:
    at = of.text.index(cue)
    cue_span = Span.of(of.text, at, at + len(cue))
    key = claim_id(of.id, cue_span, relation, subject.span, None, content, negated=False)
    return Claim(
        id=key,
        document=of.id,
        language=of.language,
        evidence=Span.of(of.text, 0, len(of.text)),
        subject=subject,
        relation=relations()[relation],
        cue=cue_span,
        object=None,
        content=Content(content),
        attributed_to=attributed_to,
        negated=False,
        modality="asserted",
        confidence=0.75,
        extractor="test 1.10",
    )


def fill(ledger: Ledger) -> None:
    """Every kind of row: two versions, an article without claims, a removed one, verdicts, a correction."""
    made, claims = arabic()
    doubtful = claim(article(1), negated=True, modality="alleged", extractor="test 1.10")
    with ledger.batch() as batch:
        batch.add_article(article(0), "test 1.9", [claim(article(0), relation="threatens", extractor="test 1.9")])
        batch.add_article(article(2), "test 1.9", [], retrieved=READ)
    with ledger.batch() as batch:
        batch.add_article(article(0), "test 1.10", [claim(article(0), extractor="test 1.10")], retrieved=READ)
        batch.add_article(article(1), "test 1.10", [doubtful], retrieved=READ)
        batch.add_article(article(3), "test 1.10", [claim(article(3), extractor="test 1.10")], retrieved=READ)
        batch.add_article(made, "test 1.10", claims, retrieved=READ)
    with ledger.batch() as batch:
        batch.decide(Decision("remove", article(3).id, "sent twice", "editor", "2026-01-03T09:00:00Z"))
        batch.decide(Decision("reject", doubtful.id, "misread", "editor", "2026-01-03T10:00:00Z", copy_of(doubtful)))
        batch.decide(Decision("accept", claims[0].id, "checked", "editor", "2026-01-03T11:00:00Z", copy_of(claims[0])))
        change = {"subject": to_record(claims[1])["subject"], "relation": "threatens", "object": None}
        details = json.dumps({"correction": change}, ensure_ascii=False)
        batch.decide(Decision("correct", claim(article(0)).id, "misread", "editor", "2026-01-03T12:00:00Z", details))


def shown(view: LedgerView) -> dict[str, list[dict[str, object]]]:
    """All that the view shows, as JSON."""
    tables = {"articles": view.article_table(), "claims": view.claim_table(), "entities": view.entity_table()}
    rows = {name: table.to_pylist() for name, table in tables.items()}
    names = ("id", "kind", "target", "reason", "who", "when", "details")
    return rows | {"decisions": [{name: getattr(made, name) for name in names} for made in view.decisions()]}


if __name__ == "__main__":
    ledger = Ledger(Workspace.create(FIXTURES / f"v{FORMAT}"))
    fill(ledger)
    expected = json.dumps(shown(ledger.view()), ensure_ascii=False, indent=1)
    (FIXTURES / f"v{FORMAT}.json").write_text(expected + "\n", encoding="utf-8")

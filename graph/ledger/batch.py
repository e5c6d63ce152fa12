"""What one batch adds to the ledger, as rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from graph.articles import Article
from graph.claims import Claim, Entity, Span
from graph.errors import DataError
from graph.ledger.decisions import Decision, utc
from graph.ledger.schema import SCHEMAS

Row = dict[str, Any]


class Batch:
    """Rows gathered for one commit; :meth:`graph.ledger.Ledger.batch` gives one."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {table: [] for table in SCHEMAS}
        self._entities: dict[tuple[Entity, str], None] = {}
        self._tables: dict[str, list[pa.Table]] = {table: [] for table in SCHEMAS}
        self._now = utc(datetime.now(UTC).isoformat())

    def add_article(
        self, article: Article, extractor: str, claims: Sequence[Claim], *, retrieved: str | None = None
    ) -> None:
        """Add an article with what an extractor found in it, which may be nothing.

        ``extractor`` is name and version, ``retrieved`` the ISO 8601 time of reading. The claims' ``document``
        must be the article's id, their ``extractor`` the same.

        Raises:
            DataError: a claim belongs to another document or another extractor, or the article is not Unicode text.
                Nothing of the article is added then.
        """
        for claim in claims:
            if (claim.document, claim.extractor) != (article.id, extractor):
                raise DataError(
                    f"claim {claim.id} is of document {claim.document!r} and extractor {claim.extractor!r}, "
                    f"not of article {article.id} and {extractor!r}"
                )
        row = _article_row(article, retrieved)
        _check_unicode(row)
        self._rows["articles"].append(row)
        self._rows["extractions"].append({"article": article.id, "extractor": extractor, "extracted": self._now})
        self._rows["claims"] += (claim_row(claim) for claim in claims)
        for claim in claims:
            for mention in (claim.subject, claim.object):
                if mention:
                    self._entities[mention.entity, extractor] = None

    def decide(self, decision: Decision) -> None:
        """Add a person's decision."""
        self._rows["decisions"].append({name: getattr(decision, name) for name in SCHEMAS["decisions"].names})

    def add_tables(self, tables: Mapping[str, pa.Table]) -> None:
        """Add what another batch gave as its :meth:`tables`, in this process or another."""
        for name, table in tables.items():
            self._tables[name].append(table)

    def tables(self) -> dict[str, pa.Table]:
        """The rows as Arrow tables, by table name."""
        self._rows["entities"] = [_entity_row(*known) for known in self._entities]
        own = {name: pa.Table.from_pylist(rows, SCHEMAS[name]) for name, rows in self._rows.items()}
        return {name: pa.concat_tables([table, *self._tables[name]]) for name, table in own.items()}


def _article_row(article: Article, retrieved: str | None) -> Row:
    names = ("id", "url", "title", "outlet", "published", "language", "text")
    return {**{name: getattr(article, name) for name in names}, "retrieved": retrieved}


def _entity_row(entity: Entity, extractor: str) -> Row:
    names = ("id", "kind", "label_en", "label_ar", "country", "sector", "office")
    return {**{name: getattr(entity, name) for name in names}, "extractor": extractor}


def _check_unicode(row: Row) -> None:
    """Half a surrogate pair, which JSON can carry, fits no file."""
    for name, value in row.items():
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            raise DataError(
                f"the {name} of an article has half a surrogate pair at character {error.start}: write it as UTF-8"
            ) from None


def claim_row(claim: Claim) -> Row:
    """The claim's row in the ledger; the columns of what it lacks are absent or ``None``."""
    return {
        "id": claim.id,
        "article": claim.document,
        "language": claim.language,
        **_span_row("evidence", claim.evidence),
        "subject": claim.subject.entity.id,
        **_span_row("subject", claim.subject.span),
        "relation": claim.relation.id,
        **_span_row("cue", claim.cue),
        "object": claim.object and claim.object.entity.id,
        **_span_row("object", claim.object.span if claim.object else None),
        **_span_row("content", claim.content.span if claim.content else None),
        "quoted": claim.content and claim.content.quoted,
        "attributed_to": claim.attributed_to,
        "negated": claim.negated,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "extractor": claim.extractor,
    }


def _span_row(name: str, span: Span | None) -> Row:
    if span is None:
        return {}
    return {f"{name}_text": span.text, f"{name}_start": span.start, f"{name}_end": span.end}

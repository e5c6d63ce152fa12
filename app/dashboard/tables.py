"""Claims and edges as tables, to look at and to take along."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from app.dashboard.session import language, words
from app.dashboard.strings import name_of, relation_label
from graph.claims import to_record
from graph.exports.tables import write_rows
from graph.ledger import LedgerClaim

DOWNLOAD = ":material/download:"
_COLUMNS_WIDE = {  # pixels
    "published": 90,
    "subject": 150,
    "relation": 120,
    "object": 150,
    "sentence": 380,
    "outlet": 120,
    "confidence": 80,
    "decision": 90,
}
_COLUMNS = tuple(_COLUMNS_WIDE)


def claims_table(found: Sequence[LedgerClaim], key: str) -> LedgerClaim | None:
    """A table of claims; the one whose row is chosen."""
    rows = pd.DataFrame([_row(one) for one in found], columns=list(_COLUMNS))
    event = st.dataframe(
        rows,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        height=min(38 + 35 * len(found), 560),
        column_config={
            name: st.column_config.Column(words(f"column_{name}"), width=width) for name, width in _COLUMNS_WIDE.items()
        }
        | {"confidence": st.column_config.NumberColumn(words("column_confidence"), format="%.2f", width=80)},
        placeholder="",
    )
    chosen = event.selection.rows
    return found[chosen[0]] if chosen and chosen[0] < len(found) else None


def csv_button(rows: Sequence[Mapping[str, Any]], name: str, label: str) -> None:
    """A button that downloads rows as CSV, safe to open in a spreadsheet."""
    st.download_button(label, _csv(rows), name, "text/csv", on_click="ignore", icon=DOWNLOAD)


def claims_buttons(found: Sequence[LedgerClaim]) -> None:
    """Buttons that download claims: as CSV, and as the records of the claim contract."""
    left, right = st.columns(2)
    with left:
        csv_button([_flat(one) for one in found], "qawl-claims.csv", words("download_csv"))
    lines = "".join(json.dumps(to_record(one.claim), ensure_ascii=False) + "\n" for one in found)
    right.download_button(
        words("download_jsonl"),
        lines.encode(),
        "qawl-claims.jsonl",
        "application/x-ndjson",
        on_click="ignore",
        icon=DOWNLOAD,
    )


def _row(one: LedgerClaim) -> dict[str, Any]:
    claim = one.claim
    shown = relation_label(claim.relation, language())
    return {
        "published": one.article.published,
        "subject": name_of(claim.subject.entity, language()),
        "relation": f"{shown} ({words('negated')})" if claim.negated else shown,
        "object": name_of(claim.object.entity, language()) if claim.object else None,
        "sentence": claim.evidence.text,
        "outlet": one.article.outlet,
        "confidence": claim.confidence,
        "decision": words(one.decision) if one.decision else None,
    }


def _flat(one: LedgerClaim) -> dict[str, Any]:
    """A claim as a flat row: ids beside labels, the mode, the sentence and where it stands."""
    claim, article = one.claim, one.article
    return {
        "id": claim.id,
        "subject": claim.subject.entity.id,
        "subject_label": name_of(claim.subject.entity, "en"),
        "relation": claim.relation.id,
        "object": claim.object.entity.id if claim.object else None,
        "object_label": name_of(claim.object.entity, "en") if claim.object else None,
        "negated": claim.negated,
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "confidence": claim.confidence,
        "evidence": claim.evidence.text,
        "content": claim.content.span.text if claim.content else None,
        "article": article.id,
        "published": article.published,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "decision": one.decision,
    }


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.BytesIO()
    if rows:
        write_rows(out, list(rows[0]), (list(row.values()) for row in rows))
    return out.getvalue()

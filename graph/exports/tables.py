"""The claims as a table: Parquet as the ledger has it, CSV for spreadsheets."""

import csv
import io
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from graph.claims import Entity
from graph.ledger import LedgerView
from graph.rdf import Iris
from graph.relations import relations

_ROWS = 10_000
_ADDED = (
    *("subject_label_en", "subject_label_ar", "object_label_en", "object_label_ar"),
    *("cameo", "plover", "quad_class", "goldstein"),
)
# What makes a spreadsheet take a text for a formula, or a tab for the end of a cell (OWASP, "CSV Injection"); and the
# apostrophe, so that taking away the first one of every cell that begins with it gives all texts back.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write_parquet(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The claim table as it is."""
    pq.write_table(view.claim_table(), out, compression="zstd")


def write_csv(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The claim table, then the labels of both ends and the relation's codes; UTF-8, a header, no carriage returns.

    An absent value is an empty cell, a boolean ``true`` or ``false``. A text that a spreadsheet would take for a
    formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return), or that begins with an apostrophe,
    has an apostrophe before it. To undo this, drop the first character of every cell that begins with ``'``. Numbers
    are never touched.
    """
    table, labels = view.claim_table(), {entity.id: entity for entity in view.entities()}
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*table.column_names, *_ADDED])
    for batch in table.to_batches(max_chunksize=_ROWS):
        for row in batch.to_pylist():
            rows.writerow([safe_cell(value) for value in (*row.values(), *_added(row, labels))])
    text.detach()


def _added(row: dict[str, Any], entities: Mapping[str, Entity]) -> tuple[str | float | None, ...]:
    """The values of :data:`_ADDED` for a row of the claim table."""
    relation, object_ = relations()[row["relation"]], row["object"]
    labels = _labels(entities[row["subject"]]) + (_labels(entities[object_]) if object_ else (None, None))
    return (*labels, relation.cameo, relation.plover, relation.quad_class, relation.goldstein)


def _labels(entity: Entity) -> tuple[str | None, str | None]:
    return entity.label_en, entity.label_ar


def safe_cell(value: str | float | bool | None) -> str | float:
    """A value as a cell of a CSV file, made as :func:`write_csv` says."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value

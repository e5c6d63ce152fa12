"""The claims as a table: Parquet as the ledger has it, JSON Lines as the claim contract has it, CSV and Excel."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from graph.claims import Entity, to_record
from graph.errors import DataError
from graph.exports.bundles import rewindable
from graph.ledger import LedgerView
from graph.ledger.view import CLAIM_SCHEMA
from graph.rdf import Iris
from graph.relations import relations

Cell = str | float | bool | None

EXCEL_ROWS, EXCEL_CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell of Excel hold (Microsoft, "Excel specifications and limits")."""

_ROWS = 50_000
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)
_ADDED = (
    *("subject_label_en", "subject_label_ar", "object_label_en", "object_label_ar"),
    *("cameo", "plover", "quad_class", "goldstein", "article_url", "article_title"),
)
CLAIM_COLUMNS = (*CLAIM_SCHEMA.names, *_ADDED)
"""The names of the columns of :func:`claim_rows`."""
# What makes a spreadsheet take a text for a formula, or a tab for the end of a cell (OWASP, "CSV Injection"); and the
# apostrophe, so that taking away the first one of every cell that begins with it gives all texts back.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write_parquet(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The claim table as it is."""
    with pq.ParquetWriter(out, CLAIM_SCHEMA, compression="zstd") as writer:
        for table in _row_groups(view):
            writer.write_table(table)


def write_jsonl(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The claim contract's record on each line, then ``article`` (without its text) and ``decision``."""
    for reported in view.claims():
        article = reported.article
        about = {name: getattr(article, name) for name in ("id", "url", "title", "outlet", "published", "language")}
        record = to_record(reported.claim) | {"article": about, "decision": reported.decision}
        out.write(f"{json.dumps(record, ensure_ascii=False)}\n".encode())


def write_csv(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The claim table, then both ends' labels, the relation's codes and the article; UTF-8, a header.

    Lines end in a newline. An absent value is an empty cell, a boolean ``true`` or ``false``, and texts are made
    :func:`safe`.
    """
    write_rows(out, CLAIM_COLUMNS, claim_rows(view))


def write_excel(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The rows of the CSV as an Excel workbook of one sheet, ``claims``.

    Raises:
        DataError: there are more claims than a sheet has rows, or a text is longer than a cell holds.
    """
    _refuse_what_excel_cannot_hold(view)
    # Rows go to a temporary file one by one; what looks like a formula, number or link stays text.
    with rewindable(out) as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": _NO_TIME})  # the same claims give the same bytes
        sheet = book.add_worksheet("claims")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(CLAIM_COLUMNS):
            sheet.write_string(0, place, name)
        for number, row in enumerate(claim_rows(view), 1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value)


def write_rows(out: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> None:
    """Rows as delimited text, cells as :func:`write_csv` describes."""
    write_cells(out, chain([columns], ([safe_cell(value) for value in row] for row in rows)), delimiter)


def write_cells(out: BinaryIO, rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> None:
    """Rows of cells as delimited text in UTF-8, as they are; lines end in a newline."""
    both = "\r\n"

    class Lines:
        """Python's writer quotes cells that hold a sign of its line end, and readers break lines at either sign."""

        def write(self, line: str) -> None:
            out.write(f"{line.removesuffix(both)}\n".encode())

    csv.writer(Lines(), lineterminator=both, delimiter=delimiter).writerows(rows)


def claim_rows(view: LedgerView) -> Iterator[list[Cell]]:
    """The claim table's rows, with the labels of both ends, the relation's codes, the article's URL and title."""
    entities = {entity.id: entity for entity in view.entities()}
    for row, article in view.claim_rows():
        yield [*row.values(), *_labels_and_codes(row, entities), article.url, article.title]


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    One that begins with ``=``, ``+``, ``-``, ``@``, a tab, a carriage return or an apostrophe has an apostrophe put
    before it. To undo this, drop the first character of every cell that begins with ``'``. Numbers need none of it.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _labels_and_codes(row: dict[str, Any], entities: Mapping[str, Entity]) -> tuple[Cell, ...]:
    relation, object_ = relations()[row["relation"]], row["object"]
    labels = _labels(entities[row["subject"]]) + (_labels(entities[object_]) if object_ else (None, None))
    return (*labels, relation.cameo, relation.plover, relation.quad_class, relation.goldstein)


def _labels(entity: Entity) -> tuple[str | None, str | None]:
    return entity.label_en, entity.label_ar


def safe_cell(value: Cell) -> str | float:
    """A value as a cell of a CSV file, made as :func:`write_csv` says."""
    if isinstance(value, str):
        return safe(value)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def _write_cell(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, safe(value))


def _refuse_what_excel_cannot_hold(view: LedgerView) -> None:
    count, longest = 0, 0
    for batch in view.claim_batches():
        count += batch.num_rows
        texts = (pc.utf8_length(batch[name]) for name in ("evidence_text", "content_text"))
        longest = max(longest, *(pc.max(lengths).as_py() or 0 for lengths in texts))
    if count >= EXCEL_ROWS:
        raise DataError(
            f"{count:,} claims do not fit into Excel, which holds {EXCEL_ROWS:,} rows with the header: take fewer with "
            "--since and --until, --relation, --actor or --confidence, or write csv or parquet"
        )
    if longest >= EXCEL_CHARACTERS:  # with room for an apostrophe
        raise DataError(
            f"a sentence of {longest:,} characters does not fit into a cell of Excel, which holds "
            f"{EXCEL_CHARACTERS:,}: leave its article out with --outlet, --since or --until, or write csv or parquet"
        )


def _row_groups(view: LedgerView) -> Iterator[pa.Table]:
    """The claim table in groups of the same size, however the batches fall: the same claims give the same bytes."""
    rest = CLAIM_SCHEMA.empty_table()
    for batch in view.claim_batches():
        rest = pa.concat_tables([rest, pa.Table.from_batches([batch])])
        while rest.num_rows >= _ROWS:
            yield rest.slice(0, _ROWS).combine_chunks()
            rest = rest.slice(_ROWS)
    if rest.num_rows:
        yield rest.combine_chunks()

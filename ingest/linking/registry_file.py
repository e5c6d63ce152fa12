"""Files of the actor registry: read with every cell checked, written whole.

``docs/actors.md`` describes the columns. A file needs ``kind`` and one of the labels; other columns may be absent.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from data import resource
from graph.claims import ENTITY_KINDS
from graph.errors import DataError
from ingest.linking.registry import COLUMNS, Row, actor_id, builtin_rows, comparable

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHOWN = 5

Problem = tuple[int, str, str]


def read_actors(path: Path) -> list[Row]:
    """The rows of a registry file, every column filled (``""`` where the file has none).

    Raises:
        DataError: the file cannot be read, or a cell is wrong; the message names row and column, as a
            spreadsheet counts them (the header is row 1).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8 (byte {error.start}): save it as 'CSV UTF-8'") from error
    return parse_actors(text, str(path))


def parse_actors(text: str, name: str) -> list[Row]:
    """The rows of a registry file's text; ``name`` is what messages call it.

    Raises:
        DataError: as :func:`read_actors`.
    """
    try:
        header, *lines = [*csv.reader(io.StringIO(text, newline=""), strict=True)] or [[]]
    except csv.Error as error:
        raise DataError(f"{name}: is no CSV file: {error}") from error
    _check_header(name, header)
    numbered = [(number, cells) for number, cells in enumerate(lines, 2) if any(cells)]
    for number, cells in numbered:
        if len(cells) != len(header):
            _refuse(name, [(number, header[-1], f"the row has {len(cells)} cells and the header {len(header)}")])
    rows = [(number, _row(header, cells)) for number, cells in numbered]
    _refuse(name, [*_problems(rows)])
    return [row for _, row in rows]


def check_actors(rows: Iterable[Row], name: str) -> None:
    """Check rows that come from elsewhere than one file, such as those of two files together.

    Raises:
        DataError: as :func:`read_actors`.
    """
    _refuse(name, [*_problems([*enumerate(rows, 2)])])


def write_actors(path: Path, rows: Iterable[Row]) -> None:
    """Put a registry file in place, whole or not at all.

    Raises:
        DataError: a cell is wrong, or the disk refuses; the file that was there stays.
    """
    rows = [*rows]
    check_actors(rows, str(path))
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DataError(f"{path}: cannot be written: {error.strerror}; nothing was changed") from error


def new_row(**cells: str) -> Row:
    """A row with these cells and the others empty."""
    return dict.fromkeys(COLUMNS, "") | {column: cell.strip() for column, cell in cells.items()}


def _check_header(name: str, header: list[str]) -> None:
    unknown = [column for column in header if column not in COLUMNS]
    twice = [column for column in header if header.count(column) > 1]
    if unknown or twice:
        what = f"column {(unknown or twice)[0]!r} is {'not known' if unknown else 'there twice'}"
        raise DataError(f"{name}, row 1: {what}; the columns are {', '.join(COLUMNS)}")
    if "kind" not in header or not {"label_en", "label_ar"} & {*header}:
        raise DataError(f"{name}, row 1: a registry needs the columns 'kind' and 'label_en' or 'label_ar'")


def _row(header: list[str], cells: list[str]) -> Row:
    return new_row(**dict(zip(header, cells, strict=True)))


def _refuse(name: str, problems: list[Problem]) -> None:
    if problems:
        lines = [f"{name}, row {row}, column {column}: {what}" for row, column, what in problems[:_SHOWN]]
        more = [f"and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        raise DataError("\n".join([*lines, *more, "Nothing was changed."]))


def _problems(rows: list[tuple[int, Row]]) -> Iterator[Problem]:
    countries = _countries() | {row["country"] for _, row in rows if row["kind"] == "country"}
    ids: dict[str, int] = {}
    labels: dict[tuple[str, str], int] = {}
    for number, row in rows:
        for column, what in _wrong_cells(row, countries):
            yield number, column, what
        key = actor_id(row)
        if ids.setdefault(key, number) != number:
            yield number, "id", f"{key!r} is also the id of row {ids[key]}: give one of them another id"
        for column in ("label_en", "label_ar"):
            label = (row["kind"], comparable(row[column]))
            if row[column] and labels.setdefault(label, number) != number:
                yield number, column, f"{row[column]!r} is also the label of row {labels[label]}, of the same kind"


def _wrong_cells(row: Row, countries: set[str]) -> Iterator[tuple[str, str]]:
    if row["kind"] not in ENTITY_KINDS:
        yield "kind", f"{row['kind']!r} is none of {', '.join(ENTITY_KINDS)}"
    if not row["label_en"] and not row["label_ar"]:
        yield "label_en", "the actor has no label: give one in English or Arabic"
    if row["id"] and not _ID.fullmatch(row["id"]):
        yield "id", f"{row['id']!r} may only have letters a-z, digits, '.', '_' and '-'; empty is fine too"
    yield from _wrong_codes(row, countries)
    yield from _wrong_dates(row)


def _wrong_codes(row: Row, countries: set[str]) -> Iterator[tuple[str, str]]:
    country, sector = row["country"], row["sector"]
    if country and row["kind"] == "country" and not re.fullmatch(r"[A-Z]{3}", country):
        yield "country", f"{country!r} is no three-letter code: write one such as 'EGY', or leave it empty"
    elif country and country not in countries:
        yield "country", f"{country!r} is no ISO 3166-1 alpha-3 code of a known country, such as 'EGY'"
    if sector and sector not in _sectors():
        yield "sector", f"{sector!r} is no CAMEO role: use one of {', '.join(_sectors())}"


def _wrong_dates(row: Row) -> Iterator[tuple[str, str]]:
    start, end = row["from"], row["to"]
    for column in ("from", "to"):
        if row[column] and not _is_date(row[column]):
            yield column, f"{row[column]!r} is no date: write 2024, 2024-05 or 2024-05-17"
    if start and end and start[: len(end)] > end[: len(start)]:
        yield "to", f"{end!r} is before {start!r} in column from"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}(-\d\d){0,2}", text) is not None


@cache
def _countries() -> set[str]:
    return {row["country"] for row in builtin_rows() if row["kind"] == "country"}


@cache
def _sectors() -> tuple[str, ...]:
    with resource("sectors.csv").open(encoding="utf-8") as handle:
        return tuple(row["sector"] for row in csv.DictReader(handle))

"""What the command prints: rows on standard output, everything else on standard error."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE = 100_000
# Control characters of C0 and C1: an article must not be able to steer the reader's terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def messages() -> Console:
    """The console for people, on standard error; plain and never wrapped where that is no terminal."""
    return _console(stderr=True)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, format_: str) -> None:
    """Print rows on standard output as ``table``, ``json`` (one array), ``jsonl`` or ``csv``.

    Values are strings, numbers, booleans, dates, ``None``, and lists or dictionaries of these. An array and JSON
    Lines keep the types; CSV has its header first and, like a table, empty cells for ``None``.
    """
    if format_ == "table":
        _console().print(table(columns, rows), soft_wrap=False)
    elif format_ == "csv":
        from graph.exports.tables import write_cells  # noqa: PLC0415  # brings Arrow with it

        write_cells(sys.stdout.buffer, chain([columns], ([_cell(value) for value in row] for row in rows)))
    else:
        print_records((dict(zip(columns, row, strict=True)) for row in rows), format_=format_)


def print_records(records: Iterable[dict[str, Any]], *, format_: str) -> None:
    """Print records on standard output as ``json`` (one array, a record on each line) or ``jsonl``."""
    lines = map(_json, records)
    if format_ == "jsonl":
        for line in lines:
            sys.stdout.write(line + "\n")
        return
    sys.stdout.write("[")
    for number, line in enumerate(lines):
        sys.stdout.write(("," if number else "") + "\n" + line)
    sys.stdout.write("\n]\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A plain table, numbers to the right; no cell is read as markup."""
    rows = list(rows)
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        made.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(_CONTROL.sub(" ", _text(value))) for value in row))
    return made


def _console(*, stderr: bool = False) -> Console:
    """A terminal's console, or one as wide as what is printed: nothing is wrapped or cut for a program."""
    console = Console(stderr=stderr, highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDE
    return console


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | date) else _json(value)


def _cell(value: Any) -> Any:
    """The value for CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, list | dict):
        value = _json(value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


def _json(value: Any) -> str:
    """The value as JSON on one line, dates as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=str)

"""JSON Lines and CSV: one document a record, read record by record at any size.

Fields (JSON) or columns (CSV, named in its first row): ``text`` is required; ``id, url, title, outlet,
published, language`` are optional; others are passed over.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO, TextIO

from ingest.documents import Document, SetAside
from ingest.readers.decoding import open_text
from ingest.readers.documents import MAX_DOCUMENT_BYTES, UnreadableError, document
from ingest.readers.metadata import one_line

_MAX_LINE = 4 * MAX_DOCUMENT_BYTES
"""Characters of one line of JSON, which writes an Arabic letter, of two bytes, in up to six."""

_MAX_ROW = 2 * MAX_DOCUMENT_BYTES
"""Characters of one row of CSV, which doubles quotation marks."""

_PIECE = 1_000_000
_ORDINARY = re.compile(r'[^",;\t\r\n]+')


def read_json_lines(name: str, stream: BinaryIO) -> Iterator[Document | SetAside]:
    """The documents of a JSON Lines file, each named by the record's ``id`` or its line's number (from 1).

    Raises:
        UnreadableError: the file is binary or empty.
        OSError: it cannot be read.
    """
    with open_text(stream, newline="\n") as file:
        for number, line in enumerate(_bounded_lines(file), 1):
            if line is None or line.strip():
                yield _read_line(f"{name}#{number}", name, line)


def _read_line(place: str, name: str, line: str | None) -> Document | SetAside:
    try:
        record = _object(line)
        return read_record(name, record, place)
    except UnreadableError as error:
        return SetAside(place, str(error))


def _object(line: str | None) -> dict[str, object]:
    if line is None:
        raise UnreadableError(f"too long: more than {_MAX_LINE // 1_000_000} million characters in one line")
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableError(f"no JSON: {error}") from None
    except RecursionError:
        raise UnreadableError("JSON nested too deeply") from None
    if not isinstance(record, dict):
        raise UnreadableError(f"no JSON object but a {type(record).__name__}; one object with a text is needed")
    return record


def read_record(name: str, record: Mapping[str, object], place: str) -> Document:
    """The document of a record of the file ``name``, named by its ``id``, else ``place``.

    Raises:
        UnreadableError: it has no text, or as for :func:`ingest.readers.documents.document`.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableError("no text: the field or column 'text' is missing or holds no text")
    identifier = one_line(record.get("id"))
    return document(f"{name}#{identifier}" if identifier else place, text, record)


def _bounded_lines(file: TextIO) -> Iterator[str | None]:
    """The file's lines, with ``None`` for one that is longer than a record may be."""
    while piece := file.readline(_MAX_LINE):
        yield piece if len(piece) < _MAX_LINE or piece.endswith("\n") else None
        while len(piece) == _MAX_LINE and not piece.endswith("\n"):
            piece = file.readline(_MAX_LINE)


def read_csv(name: str, stream: BinaryIO) -> Iterator[Document | SetAside]:
    """The documents of a CSV file, each named by its ``id`` or the number (from 1) of the line it begins on.

    The delimiter is the one of comma, semicolon and tab that the first row has most of.

    Raises:
        UnreadableError: the file is binary, empty, or has no column ``text``.
        OSError: it cannot be read.
    """
    csv.field_size_limit(2 * _MAX_ROW)
    with open_text(stream, newline="") as file:
        head = file.readline(_PIECE)
        lines = _CsvLines(head, file)
        rows = csv.reader(lines, delimiter=max(",;\t", key=head.count))
        columns = [column.strip().lower() for column in _next_row(rows) or []]
        lines.end_record()
        if "text" not in columns:
            found = ", ".join(filter(None, map(one_line, columns))) or "none"
            raise UnreadableError(f"no column 'text' in the first row (columns found: {found[:200]})")
        while (row := _next_row(rows)) is not None:
            number, too_long = lines.end_record()
            if row:
                record = dict(zip(columns, row, strict=False))
                yield _read_row(name, f"{name}#{number}", record, too_long=too_long)


def _next_row(rows: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise UnreadableError(f"no CSV from here on: {error}") from None


def _read_row(name: str, place: str, record: Mapping[str, object], *, too_long: bool) -> Document | SetAside:
    if too_long:
        return SetAside(place, f"too long: more than {_MAX_ROW // 1_000_000} million characters in one record")
    try:
        return read_record(name, record, place)
    except UnreadableError as error:
        return SetAside(place, str(error))


class _CsvLines(Iterator[str]):
    """The lines of a CSV file for :func:`csv.reader`, in constant memory however long a record is.

    Of a record that is longer than one may be, runs of ordinary characters are cut to one. That leaves every
    quotation mark and delimiter in its place, so that the reader still finds the record's end.
    """

    def __init__(self, head: str, file: TextIO) -> None:
        self._pieces = chain([head], iter(lambda: file.readline(_PIECE), ""))
        self._lines = 0
        self._begin = 1
        self._length = 0

    def __next__(self) -> str:
        pieces = []
        for piece in self._pieces:
            self._length += len(piece)
            pieces.append(_ORDINARY.sub("x", piece) if self._length > _MAX_ROW else piece)
            if piece.endswith(("\n", "\r")):
                break
        if not pieces:
            raise StopIteration
        self._lines += 1
        return "".join(pieces)

    def end_record(self) -> tuple[int, bool]:
        """The line on which the record just read began, and whether it is too long."""
        begin, length = self._begin, self._length
        self._begin, self._length = self._lines + 1, 0
        return begin, length > _MAX_ROW

"""Parquet: one document a row, some rows at a time."""

from collections.abc import Iterator
from typing import BinaryIO

from ingest.documents import Document, SetAside
from ingest.readers.documents import UnreadableError
from ingest.readers.records import read_record
from ingest.readers.text import FIELDS

_ROWS_AT_ONCE = 32


def read_parquet(name: str, stream: BinaryIO) -> Iterator[Document | SetAside]:
    """The documents of a Parquet file, each named by its ``id`` or the number (from 1) of its row.

    Columns are those of CSV: ``text``, and ``id, url, title, outlet, published, language`` where they are there.

    Raises:
        UnreadableError: it is damaged, has no column ``text``, or cannot be read from its end.
        OSError: it cannot be read.
    """
    import pyarrow as pa  # noqa: PLC0415  # slow to import
    import pyarrow.parquet as pq  # noqa: PLC0415

    if not stream.seekable():
        raise UnreadableError("a Parquet file is read from its end, which a packed one does not allow: unpack it first")
    try:
        with pq.ParquetFile(stream) as file:
            columns = [column for column in ("id", "text", *FIELDS) if column in file.schema_arrow.names]
            if "text" not in columns:
                found = ", ".join(file.schema_arrow.names) or "none"
                raise UnreadableError(f"no column 'text' (columns found: {found[:200]})")
            rows = (row for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns) for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                yield _read_row(name, f"{name}#{number}", row)
    except pa.ArrowException as error:
        raise UnreadableError(f"damaged: {error}") from None


def _read_row(name: str, place: str, row: dict[str, object]) -> Document | SetAside:
    try:
        return read_record(name, row, place)
    except UnreadableError as error:
        return SetAside(place, str(error))

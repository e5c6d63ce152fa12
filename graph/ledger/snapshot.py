"""Reading the Parquet files of a set of batches."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import WorkspaceError
from graph.ledger.schema import FORMAT, FORMAT_KEY, LATER, SCHEMAS


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of one table, how many rows its manifest says it has, and the digests of the batches it stands for."""

    path: Path
    rows: int
    stands_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The committed batches at one moment: ``version`` is a hash (32 hexadecimal digits) of their manifests.

    A row's number is its place among all rows of its table, in the order of the batches' names, from 0.
    """

    version: str
    files: Mapping[str, tuple[DataFile, ...]]

    @property
    def digests(self) -> frozenset[str]:
        """The digests of the manifests as they were first committed: what the version is a hash of."""
        return frozenset().union(*(file.stands_for for files in self.files.values() for file in files))

    def halves(self, known: frozenset[str]) -> "tuple[Snapshot, Snapshot] | None":
        """The batches with these digests, and the others; ``None`` where the two cannot be told apart.

        That is where a known batch is gone, or was written together with others since.
        """
        if not known <= self.digests:
            return None
        old: dict[str, tuple[DataFile, ...]] = {}
        new: dict[str, tuple[DataFile, ...]] = {}
        for table, files in self.files.items():
            old[table] = tuple(file for file in files if file.stands_for <= known)
            new[table] = tuple(file for file in files if not file.stands_for & known)
            if len(old[table]) + len(new[table]) < len(files):
                return None
        return Snapshot("", old), Snapshot("", new)

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """All rows of one table by number, repetitions included.

        Raises:
            WorkspaceError: a file is missing, damaged or of a later format.
        """
        names = columns or SCHEMAS[table].names
        return _joined(table, names, [_read(table, file, names) for file in self.files[table]])

    def parts(self, table: str, rows: int) -> Iterator[pa.Table]:
        """All rows of one table by number, at most ``rows`` at once."""
        for file in self.files[table]:
            with _opened(file.path) as opened:
                for batch in opened.iter_batches(rows):
                    part = _complete(table, SCHEMAS[table].names, pa.Table.from_batches([batch]))
                    yield part.cast(_bare(table))

    def rows(self, table: str) -> int:
        """How many rows one table has, repetitions included."""
        return sum(file.rows for file in self.files[table])

    def take(self, table: str, numbers: Sequence[int]) -> pa.Table:
        """The rows with these numbers (ascending); only the files that hold them are opened, one at a time."""
        names, parts, start = SCHEMAS[table].names, [], 0
        for file in self.files[table]:
            low, high = bisect_left(numbers, start), bisect_left(numbers, start + file.rows)
            if low < high:
                here = pa.array([number - start for number in numbers[low:high]])
                parts.append(_read(table, file, names).take(here))
            start += file.rows
        return _joined(table, names, parts)

    def bytes_on_disk(self) -> int:
        """How many bytes the files take.

        Raises:
            WorkspaceError: one is missing.
        """
        try:
            return sum(file.path.stat().st_size for files in self.files.values() for file in files)
        except OSError as error:
            raise _damaged(error.filename, error) from error

    def size(self, table: str) -> int:
        """About how many bytes all rows take in memory, repetitions included."""
        total = 0
        for file in self.files[table]:
            with _opened(file.path) as opened:
                groups = range(opened.metadata.num_row_groups)
                total += sum(opened.metadata.row_group(group).total_byte_size for group in groups)
        return total


def check_format(path: Path, found: object) -> None:
    """Let a file of this format or an earlier one pass.

    Raises:
        WorkspaceError: the file is of a later format, or says none.
    """
    if not isinstance(found, int) or found < 1:
        raise WorkspaceError(f"{path}: says no ledger format: it is damaged, or was not written by Qawl")
    if found > FORMAT:
        raise WorkspaceError(
            f"{path}: is of ledger format {found}, and this version of Qawl reads formats up to {FORMAT}: "
            "upgrade with 'pip install --upgrade qawl'"
        )


def _bare(table: str) -> pa.Schema:
    return SCHEMAS[table].remove_metadata()


def _read(table: str, file: DataFile, columns: list[str]) -> pa.Table:
    with _opened(file.path) as opened:
        if opened.metadata.num_rows != file.rows:
            raise pa.ArrowInvalid(f"{opened.metadata.num_rows} rows instead of {file.rows}")
        wanted = pa.schema([SCHEMAS[table].field(name) for name in columns])
        return _complete(table, columns, opened.read(columns)).cast(wanted)


def _complete(table: str, columns: list[str], rows: pa.Table) -> pa.Table:
    """The rows with these columns, empty where a file was written before there was such a column."""
    for name in columns:
        if name not in rows.column_names and (table, name) in LATER:
            rows = rows.append_column(SCHEMAS[table].field(name), pa.nulls(len(rows), SCHEMAS[table].field(name).type))
    return rows.select(columns)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path) as file:
            stamp = (file.metadata.metadata or {}).get(FORMAT_KEY, b"")
            check_format(path, int(stamp) if stamp.isdigit() else None)
            yield file
    except (OSError, KeyError, pa.ArrowException) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path | str, error: Exception) -> WorkspaceError:
    if isinstance(error, FileNotFoundError):
        return WorkspaceError(
            f"{path}: missing; run the command again where the ledger was being compacted, "
            "else restore the file from a copy of the ledger"
        )
    return WorkspaceError(f"{path}: damaged ({error}); restore it from a copy of the ledger")


def _joined(table: str, columns: list[str], parts: list[pa.Table]) -> pa.Table:
    empty = pa.schema([SCHEMAS[table].field(name) for name in columns]).empty_table()
    return pa.concat_tables([empty, *parts])

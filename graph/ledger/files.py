"""The ledger's files: how a batch is put in place, found again and swept.

``data/`` holds the Parquet files, ``manifests/`` one small JSON file for each committed batch. The manifest is
written last, by an atomic rename: it is the commit, and a data file that no manifest names does not exist for a
reader. While a batch is written its process holds a lock on ``data/BATCH.lock``, by which :meth:`LedgerFiles.sweep`
tells a dead batch from a living one.
"""

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import WorkspaceError
from graph.ledger.schema import FORMAT, FORMAT_KEY, SCHEMAS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The committed batches at one moment: ``version`` is a hash of the set of their names."""

    version: str
    files: Mapping[str, tuple[Path, ...]]

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """All rows of one table, in the order of the batches' names, repetitions included.

        Raises:
            WorkspaceError: a file is missing, damaged or of a later format.
        """
        schema = SCHEMAS[table]
        wanted = pa.schema([schema.field(name) for name in columns]) if columns else schema.remove_metadata()
        parts = [_read(path, columns) for path in self.files[table]]
        return pa.concat_tables([wanted.empty_table(), *parts], promote_options="default")


class LedgerFiles:
    """The folder of one ledger; it is made by the first commit."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._manifests = folder / "manifests"

    def commit(self, tables: Mapping[str, pa.Table]) -> None:
        """Write one batch, whole or not at all; tables without rows are left out.

        Raises:
            WorkspaceError: the disk refuses. What was written of the batch is removed.
        """
        filled = {name: table for name, table in tables.items() if table.num_rows}
        if not filled:
            return
        batch = uuid.uuid4().hex
        try:
            for folder in (self._data, self._manifests):
                folder.mkdir(parents=True, exist_ok=True)
            with self._writing(batch):
                files = {name: self._write(batch, name, table) for name, table in filled.items()}
                _sync(self._data)
                manifest = {"format": FORMAT, "batch": batch, "tables": files}
                draft = self._manifests / f".{batch}.draft"
                draft.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
                _sync(draft)
                draft.rename(self._manifests / f"{batch}.json")
                _sync(self._manifests)
        except OSError as error:
            self.sweep()
            raise WorkspaceError(
                f"cannot write to the ledger at {self._data.parent}: {error.strerror or error}; "
                "nothing of this batch was kept, run the command again when this is mended"
            ) from error

    def snapshot(self) -> Snapshot:
        """The batches committed by now."""
        paths = sorted(path for path in self._manifests.glob("*.json") if not path.name.startswith("."))
        manifests = [_manifest(path) for path in paths]
        files = {
            table: tuple(self._data / m["tables"][table]["file"] for m in manifests if table in m["tables"])
            for table in SCHEMAS
        }
        names = "\n".join(path.stem for path in paths)
        return Snapshot(hashlib.sha256(names.encode()).hexdigest()[:32], files)

    def sweep(self) -> int:
        """Delete the files of batches that were never committed and whose writer is gone."""
        dead: set[Path] = set()
        for lock in self._data.glob("*.lock"):
            with _held(lock) as held:
                if held:
                    dead |= self._sweep_batch(lock)
        return len(dead)

    def _sweep_batch(self, lock: Path) -> set[Path]:
        """Remove what a batch with this lock left, the lock last; its data only when it was not committed."""
        batch = lock.stem
        committed = (self._manifests / f"{batch}.json").exists()
        dead = set() if committed else {*self._data.glob(f"{batch}-*"), *self._manifests.glob(f".{batch}.draft")}
        for path in dead:
            path.unlink(missing_ok=True)
        lock.unlink(missing_ok=True)
        return dead

    @contextmanager
    def _writing(self, batch: str) -> Iterator[None]:
        """Hold the lock of a batch that is being written; a sweep may win the race for it once or twice."""
        lock = self._data / f"{batch}.lock"
        while True:
            descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o644)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if lock.exists() and os.path.samestat(os.fstat(descriptor), lock.stat()):
                break
            os.close(descriptor)
        try:
            yield
            lock.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def _write(self, batch: str, name: str, table: pa.Table) -> dict[str, Any]:
        path = self._data / f"{batch}-{name}.parquet"
        pq.write_table(table.cast(SCHEMAS[name]), path, compression="zstd")
        _sync(path)
        return {"file": path.name, "rows": table.num_rows}


def _sync(path: Path) -> None:
    """Force a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _held(lock: Path) -> Iterator[bool]:
    """Whether the lock file could be had at once; it is held inside the block."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(f"{path}: damaged manifest ({error}); restore it from a copy of the ledger") from error
    _check_format(path, found)
    return dict(manifest)


def _read(path: Path, columns: list[str] | None) -> pa.Table:
    try:
        file = pq.ParquetFile(path)
        _check_format(path, int((file.schema_arrow.metadata or {}).get(FORMAT_KEY, b"0")))
        return file.read(columns).replace_schema_metadata(None)
    except (OSError, pa.ArrowException) as error:
        raise WorkspaceError(f"{path}: missing or damaged ({error}); restore it from a copy of the ledger") from error


def _check_format(path: Path, found: int) -> None:
    if found != FORMAT:
        raise WorkspaceError(
            f"{path}: has ledger format {found}, and this version of Qawl reads format {FORMAT}: upgrade Qawl"
        )

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
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import WorkspaceError
from graph.ledger.schema import FORMAT, SCHEMAS
from graph.ledger.snapshot import DataFile, Snapshot, check_format

_BATCH = r"[0-9a-f]{32}"
#: What a batch leaves when it dies. Nothing else in the two folders is ours to delete.
_LEFT = re.compile(rf"\.?({_BATCH})(?:\.lock|\.draft|-(?:{'|'.join(SCHEMAS)})\.parquet)")
_MANIFEST = re.compile(rf"{_BATCH}\.json")


class LedgerFiles:
    """The folder of one ledger; it is made by the first commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
            self._make_folders()
            with self._writing(batch):
                files = {name: self._write(batch, name, table) for name, table in filled.items()}
                _sync(self._data)
                self._publish(batch, {"format": FORMAT, "batch": batch, "tables": files})
        except OSError as error:
            self.sweep()
            raise WorkspaceError(
                f"cannot write to the ledger at {self._folder}: {error.strerror or error}; mend this and run the "
                "command again: a batch is added whole or not at all, and never twice"
            ) from error

    def snapshot(self) -> Snapshot:
        """The batches committed by now.

        Raises:
            WorkspaceError: a manifest is damaged or of a later format.
        """
        version = hashlib.sha256()
        files: dict[str, list[DataFile]] = {table: [] for table in SCHEMAS}
        for path in self._committed():
            content = _bytes(path)
            version.update(hashlib.sha256(content).digest())
            for table, name, rows in _manifest(path, content):
                files[table].append(DataFile(self._data / name, rows))
        return Snapshot(version.hexdigest()[:32], {table: tuple(found) for table, found in files.items()})

    def sweep(self) -> int:
        """Delete the files of batches that were never committed and whose writer is gone; how many there were."""
        left: dict[str, list[Path]] = {}
        for path in [*self._data.glob("*"), *self._manifests.glob(".*")]:
            if match := _LEFT.fullmatch(path.name):
                left.setdefault(match[1], []).append(path)
        committed = {path.stem for path in self._committed()}
        return sum(
            self._sweep_batch(batch, paths)
            for batch, paths in left.items()
            if batch not in committed or self._lock(batch) in paths
        )

    def _sweep_batch(self, batch: str, left: Iterable[Path]) -> int:
        """Remove what a batch left, the lock last. A writer has its lock from before its first file until after its
        manifest, so the manifest is looked for only when the lock is known to be nobody's.
        """
        with _is_free(self._lock(batch)) as dead:
            if not dead:
                return 0
            committed = (self._manifests / f"{batch}.json").exists()
            files = [] if committed else [path for path in left if path.suffix != ".lock"]
            for path in [*files, self._lock(batch)]:
                path.unlink(missing_ok=True)
        return len(files)

    def _committed(self) -> list[Path]:
        return sorted(path for path in self._manifests.glob("*.json") if _MANIFEST.fullmatch(path.name))

    def _lock(self, batch: str) -> Path:
        return self._data / f"{batch}.lock"

    def _make_folders(self) -> None:
        if not (self._data.is_dir() and self._manifests.is_dir()):
            for folder in (self._data, self._manifests):
                folder.mkdir(parents=True, exist_ok=True)
            _sync(self._folder)
            _sync(self._folder.parent)

    @contextmanager
    def _writing(self, batch: str) -> Iterator[None]:
        """Hold the lock of a batch that is being written.

        A sweep may take the file away between its making and its locking: then it is made again.
        """
        lock = self._lock(batch)
        while True:
            descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o644)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if lock.exists():
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

    def _publish(self, batch: str, manifest: Mapping[str, Any]) -> None:
        draft = self._manifests / f".{batch}.draft"
        draft.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        _sync(draft)
        draft.replace(self._manifests / f"{batch}.json")
        _sync(self._manifests)


def _sync(path: Path) -> None:
    """Force a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _is_free(lock: Path) -> Iterator[bool]:
    """Whether no process holds the lock; while the block runs nobody can take it. No file is a free lock."""
    try:
        descriptor = os.open(lock, os.O_RDONLY)
    except OSError as error:
        yield isinstance(error, FileNotFoundError)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read: {error.strerror}") from error


def _manifest(path: Path, content: bytes) -> list[tuple[str, str, int]]:
    """The table, the file's name and the number of rows of each file of a batch."""
    try:
        manifest = json.loads(content)
        check_format(path, manifest["format"])
        files = [(table, str(entry["file"]), int(entry["rows"])) for table, entry in manifest["tables"].items()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(f"{path}: damaged manifest ({error!r}); restore it from a copy of the ledger") from error
    for table, name, _ in files:
        if name != f"{path.stem}-{table}.parquet" or table not in SCHEMAS:
            raise WorkspaceError(f"{path}: damaged manifest (names {name!r}); restore it from a copy of the ledger")
    return files

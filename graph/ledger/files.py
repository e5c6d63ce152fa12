"""The ledger's files: how a batch is put in place, found again and swept.

``data/`` holds the Parquet files, ``manifests/`` one small JSON file for each committed batch. The manifest is
written last, by an atomic rename: it is the commit, and a data file that no manifest names does not exist for a
reader. While a batch is written its process holds a lock on ``data/BATCH.lock``, by which :meth:`LedgerFiles.sweep`
tells a dead batch from a living one. Manifests are removed only when a later one replaces them, under a lock on
their folder that every reader shares while it lists them; the process that compacts holds ``compacting.lock``.
"""

import fcntl
import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import WorkspaceError
from graph.ledger.manifests import BATCH, Manifest, current, read_manifest, version_of
from graph.ledger.schema import FORMAT, SCHEMAS
from graph.ledger.snapshot import DataFile, Snapshot

#: What a batch leaves when it dies. Nothing else in the two folders is ours to delete.
_LEFT = re.compile(rf"\.?({BATCH})(?:\.lock|\.draft|-(?:{'|'.join(SCHEMAS)})\.parquet)")
_MANIFEST = re.compile(rf"{BATCH}\.json")


@dataclass(frozen=True, slots=True)
class Size:
    """How many files, and how many bytes they have."""

    files: int
    bytes: int


class LedgerFiles:
    """The folder of one ledger; it is made by the first commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._manifests = folder / "manifests"

    def commit(
        self,
        tables: Mapping[str, Iterable[pa.Table]],
        *,
        replaces: Iterable[str] = (),
        stands_for: Mapping[str, str] | None = None,
    ) -> None:
        """Write one batch, whole or not at all, each table part by part; tables without rows are left out.

        ``replaces`` and ``stands_for`` are those of :mod:`graph.ledger.manifests`, for a batch made of others.

        Raises:
            WorkspaceError: the disk refuses. What was written of the batch is removed.
        """
        batch = uuid.uuid4().hex
        manifest: dict[str, Any] = {"format": FORMAT, "batch": batch}
        if replaces := sorted(replaces):
            manifest |= {"replaces": replaces, "stands_for": dict(stands_for or {})}
        try:
            self._make_folders()
            with self._writing(batch):
                files = {name: self._write(batch, name, parts) for name, parts in tables.items()}
                manifest["tables"] = {name: entry for name, entry in files.items() if entry["rows"]}
                _sync(self._data)
                self._publish(batch, manifest)
        except BaseException as error:
            self._sweep_batch(batch, [*self._data.glob(f"{batch}-*"), *self._manifests.glob(f".{batch}.*")])
            if not isinstance(error, OSError):
                raise
            raise WorkspaceError(
                f"cannot write to the ledger at {self._folder}: {error.strerror or error}; mend this and run the "
                "command again: a batch is added whole or not at all, and never twice"
            ) from error

    def manifests(self) -> list[Manifest]:
        """Every batch committed by now, replaced ones too.

        Raises:
            WorkspaceError: a manifest is damaged or of a later format.
        """
        with self._listing(fcntl.LOCK_SH):
            return [read_manifest(path) for path in self._committed()]

    def snapshot(self) -> Snapshot:
        """The batches committed by now, without those that others replace.

        Raises:
            WorkspaceError: a manifest is damaged or of a later format.
        """
        return self.snapshot_of(current(self.manifests()))

    def snapshot_of(self, manifests: Sequence[Manifest]) -> Snapshot:
        """These batches alone."""
        files: dict[str, list[DataFile]] = {table: [] for table in SCHEMAS}
        for manifest in manifests:
            for table, (name, rows) in manifest.files.items():
                files[table].append(DataFile(self._data / name, rows, frozenset(manifest.stands_for.values())))
        return Snapshot(version_of(manifests), {table: tuple(found) for table, found in files.items()})

    @contextmanager
    def compacting(self) -> Iterator[None]:
        """Be the one process that compacts while the block runs.

        Raises:
            WorkspaceError: another one is at it, or the folder cannot be written.
        """
        try:
            self._make_folders()
            lock = os.open(self._folder / "compacting.lock", os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise WorkspaceError(f"cannot write to the ledger at {self._folder}: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise WorkspaceError(f"{self._folder} is being compacted by another process: wait for it") from None
        finally:
            os.close(lock)

    def size(self) -> Size:
        """The size of all data, replaced batches among it."""
        return self.size_of(self.manifests())

    def size_of(self, manifests: Sequence[Manifest]) -> Size:
        """The size of these batches' data."""
        snapshot = self.snapshot_of(manifests)
        return Size(sum(map(len, snapshot.files.values())), snapshot.bytes_on_disk())

    def drop_replaced(self) -> int:
        """Delete the batches that others replace; how many files of data they had.

        Raises:
            WorkspaceError: the disk refuses; once more deletes the rest.
        """
        manifests = self.manifests()
        kept = {manifest.batch for manifest in current(manifests)}
        old = [manifest for manifest in manifests if manifest.batch not in kept]
        names = [name for manifest in old for name, _ in manifest.files.values()]
        try:
            with self._listing(fcntl.LOCK_EX):
                for manifest in old:
                    (self._manifests / f"{manifest.batch}.json").unlink(missing_ok=True)
                _sync(self._manifests)
            for name in names:
                (self._data / name).unlink(missing_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"old files of the ledger at {self._folder} cannot be removed: {error.strerror}"
            ) from error
        return len(names)

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

    @contextmanager
    def _listing(self, lock: int) -> Iterator[None]:
        """Hold a lock on the folder of manifests, so that none goes while they are listed."""
        if not self._manifests.is_dir():
            yield
            return
        descriptor = os.open(self._manifests, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, lock)
            yield
        finally:
            os.close(descriptor)

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

    def _write(self, batch: str, name: str, parts: Iterable[pa.Table]) -> dict[str, Any]:
        path, rows = self._data / f"{batch}-{name}.parquet", 0
        with pq.ParquetWriter(path, SCHEMAS[name], compression="zstd") as writer:
            for part in parts:
                writer.write_table(part.cast(SCHEMAS[name]))
                rows += part.num_rows
        if rows:
            _sync(path)
        else:
            path.unlink()
        return {"file": path.name, "rows": rows}

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

"""Compaction: the rows of many small batches written again as a few larger ones.

Small batches are packed into groups, and each group becomes one batch whose manifest replaces theirs: before that
manifest is in place readers see the old files, after it the new one, and batches committed meanwhile stand beside it.
The old files stay until they are dropped. Rows go through memory some thousands at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa

from graph.ledger.files import LedgerFiles
from graph.ledger.manifests import Manifest, current
from graph.ledger.schema import SCHEMAS
from graph.ledger.snapshot import Snapshot

#: How many bytes of files one compacted batch is made of, at most; what has more than half of it is left as it is.
GROUP = 256 * 1024**2
#: How many rows are read at once.
ROWS_AT_ONCE = 2_000
#: How many bytes of rows are gathered into one row group.
_ROW_GROUP = 64 * 1024**2

Tell = Callable[[int, int], None]
"""Is told how many batches are done, of how many."""
Clean = Callable[[str, pa.Table], pa.Table]
"""Gives what is to stay of some rows of a table."""


def compact(files: LedgerFiles, tell: Tell) -> None:
    """Write small batches again as larger ones. The caller holds :meth:`LedgerFiles.compacting`.

    Raises:
        WorkspaceError: a file is damaged, or the disk refuses; the ledger is as before, or part of it is compacted.
    """
    packed = groups(files, current(files.manifests()))
    done, total = 0, sum(map(len, packed))
    for group in packed:
        tell(done, total)
        rewrite(files, group)
        done += len(group)
    tell(done, total)


def groups(files: LedgerFiles, manifests: Iterable[Manifest]) -> list[list[Manifest]]:
    """The small ones among these batches, packed into groups of two or more."""
    packed: list[list[Manifest]] = []
    room = 0
    for manifest in manifests:
        size = files.snapshot_of([manifest]).bytes_on_disk()
        if size > GROUP // 2:
            continue
        if size > room or not packed:
            packed.append([])
            room = GROUP
        packed[-1].append(manifest)
        room -= size
    return [group for group in packed if len(group) > 1]


def rewrite(files: LedgerFiles, group: Sequence[Manifest], clean: Clean | None = None) -> None:
    """Write the rows of a group as one batch that replaces it; with ``clean`` only what this leaves of them.

    What was cleaned stands for nothing but itself.
    """
    old = files.snapshot_of(group)
    tables = {table: _cleaned(old, table, clean) for table in SCHEMAS}
    written = {
        table: _distinct(parts) if table == "entities" else _row_groups(parts) for table, parts in tables.items()
    }
    on_disk = {manifest.batch for manifest in files.manifests()}
    replaced = {name for manifest in group for name in (manifest.batch, *manifest.replaces)} & on_disk
    stands_for = {batch: digest for manifest in group for batch, digest in manifest.stands_for.items()}
    files.commit(written, replaces=replaced, stands_for=None if clean else stands_for)


def _cleaned(snapshot: Snapshot, table: str, clean: Clean | None) -> Iterator[pa.Table]:
    for part in snapshot.parts(table, ROWS_AT_ONCE):
        yield clean(table, part) if clean else part


def _distinct(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Each row once: every batch has the entities of its own claims, mostly the same ones."""
    names = SCHEMAS["entities"].names
    found = SCHEMAS["entities"].remove_metadata().empty_table()
    for rows in _row_groups(parts):
        found = pa.concat_tables([found, rows]).group_by(names, use_threads=False).aggregate([]).select(names)
    yield found


def _row_groups(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in parts that make good row groups."""
    gathered: list[pa.Table] = []
    size = 0
    for part in parts:
        gathered.append(part)
        size += part.nbytes
        if size > _ROW_GROUP:
            yield pa.concat_tables(gathered)
            gathered, size = [], 0
    if gathered:
        yield pa.concat_tables(gathered)

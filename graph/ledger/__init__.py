"""The ledger: every article, extraction, claim and decision, appended and never changed.

The layout, the commit and the versions are described in ``docs/architecture.md``; :mod:`graph.ledger.files` holds
the files, :mod:`graph.ledger.schema` the columns, :mod:`graph.ledger.view` what a reader sees.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import ForbiddenError
from graph.ledger.batch import Batch
from graph.ledger.compaction import Tell, compact, groups
from graph.ledger.decisions import Decision
from graph.ledger.erasing import Erasable, Eraser, erase
from graph.ledger.files import LedgerFiles, Size
from graph.ledger.manifests import current
from graph.ledger.view import ArticleInfo, Counts, LedgerClaim, LedgerView
from graph.workspace import Workspace

__all__ = [
    "ArticleInfo",
    "Batch",
    "Counts",
    "Decision",
    "Erasable",
    "Ledger",
    "LedgerClaim",
    "LedgerView",
    "Size",
    "Tell",
]


class Ledger:
    """The ledger of a workspace. Any number of processes may write and read at once."""

    def __init__(self, workspace: Workspace) -> None:
        self._files = LedgerFiles(workspace.ledger_path)
        self._read_only = workspace.read_only

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """A batch, committed when the block ends and dropped when it raises; an empty one leaves no trace.

        Raises:
            ForbiddenError: the workspace is open to be read only.
            WorkspaceError: the files cannot be written; nothing of the batch is visible then.
        """
        if self._read_only:
            raise ForbiddenError("you may read this workspace and not write to it: ask whoever runs it to let you")
        batch = Batch()
        yield batch
        filled = {name: [table] for name, table in batch.tables().items() if table.num_rows}
        if filled:
            self._files.commit(filled)

    def view(self) -> LedgerView:
        """What the ledger holds at this moment; batches committed later do not change it.

        Raises:
            WorkspaceError: a file is damaged, or written by a later version of Qawl.
        """
        return LedgerView(self._files.snapshot())

    def sweep(self) -> int:
        """Delete the files that dead batches left; how many there were. Batches being written are left alone."""
        return self._files.sweep()

    # --- upkeep: content and version stay what they are ---

    def size(self) -> Size:
        """The files of data, old ones that compaction keeps among them, and their bytes."""
        return self._files.size()

    def old(self) -> Size:
        """The files among them that are kept though compaction replaced them, and their bytes."""
        all_of_it, read = self._files.size(), self._files.size_of(current(self._files.manifests()))
        return Size(all_of_it.files - read.files, all_of_it.bytes - read.bytes)

    def compactable(self) -> int:
        """How many batches :meth:`compact` would write together with others."""
        return sum(map(len, groups(self._files, current(self._files.manifests()))))

    def compact(self, tell: Tell) -> None:
        """Write small batches again as larger ones; the old files stay, unread.

        Raises:
            WorkspaceError: another process compacts, a file is damaged, or the disk refuses.
        """
        with self._files.compacting():
            self._files.sweep()
            compact(self._files, tell)

    def drop_old(self) -> int:
        """Delete the files that compaction replaced; how many there were.

        Raises:
            WorkspaceError: another process compacts, or a file cannot be deleted.
        """
        with self._files.compacting():
            return self._files.drop_replaced()

    def erasable(self) -> Erasable:
        """What of removed articles the ledger's files still hold."""
        return Eraser(self.view(), self._files.snapshot()).erasable()

    def erase_removed(self, tell: Tell) -> None:
        """Take removed articles and their claims out of the files, for ever, and delete the old files.

        That they were read and removed stays. The version changes when something is taken out.

        Raises:
            WorkspaceError: another process compacts, a file is damaged, or the disk refuses. What was erased till
                then is gone; once more erases the rest.
        """
        with self._files.compacting():
            self._files.sweep()
            compact(self._files, tell)
            self._files.drop_replaced()
            erase(self._files, Eraser(self.view(), self._files.snapshot()), tell)
            self._files.drop_replaced()

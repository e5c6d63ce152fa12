"""The ledger: every article, extraction, claim and decision, appended and never changed.

The layout, the commit and the versions are described in ``docs/architecture.md``; :mod:`graph.ledger.files` holds
the files, :mod:`graph.ledger.schema` the columns, :mod:`graph.ledger.view` what a reader sees.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import ForbiddenError
from graph.ledger.batch import Batch
from graph.ledger.decisions import Decision
from graph.ledger.files import LedgerFiles
from graph.ledger.view import ArticleInfo, Counts, LedgerClaim, LedgerView
from graph.workspace import Workspace

__all__ = ["ArticleInfo", "Batch", "Counts", "Decision", "Ledger", "LedgerClaim", "LedgerView"]


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
        self._files.commit(batch.tables())

    def view(self) -> LedgerView:
        """What the ledger holds at this moment; batches committed later do not change it.

        Raises:
            WorkspaceError: a file is damaged, or written by a later version of Qawl.
        """
        return LedgerView(self._files.snapshot())

    def sweep(self) -> int:
        """Delete the files that dead batches left; how many there were. Batches being written are left alone."""
        return self._files.sweep()

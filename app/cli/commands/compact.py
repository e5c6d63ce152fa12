"""``qawl compact``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli.options import workspace_option
from app.cli.output import messages
from graph.errors import QawlError
from graph.generations import Indexes
from graph.ledger import Ledger, Size, Tell
from graph.workspace import Workspace


@click.command(name="compact")
@click.option("--drop-old", is_flag=True, help="Then delete the files that are no longer read.")
@click.option("--erase-removed", is_flag=True, help="Take removed articles out of every file, for ever.")
@click.option("--yes", is_flag=True, help="Do not ask before erasing.")
@workspace_option
def command(workspace: Path, drop_old: bool, erase_removed: bool, yes: bool) -> None:
    """Make few large files of the ledger's many small ones.

    The graph and its version stay what they are, and articles can be ingested meanwhile. The old files stay too,
    unread, until --drop-old deletes them.

    --erase-removed takes the articles that `qawl remove` removed out of the files, with their claims and the actors
    that nothing else names; deletes the old files; and builds the indexes afresh. Ids, reasons and merges that people
    wrote stay. It cannot be undone, and the ledger's version changes. Copies, exports and servers are not reached.

    \b
    Example:
      qawl compact
      qawl compact --drop-old
      qawl compact --erase-removed
    """
    home = Workspace.open(workspace)
    ledger = Ledger(home)
    before = ledger.size()
    if erase_removed:
        _erase(home, ledger, yes=yes)
    else:
        with _progress("compacting") as tell:
            ledger.compact(tell)
        if drop_old:
            ledger.drop_old()
    now, old = ledger.size(), ledger.old()
    kept = f", {_shown(old)} of them old: `qawl compact --drop-old` deletes those" if old.files else ""
    messages().print(f"Before: {_shown(before)}. Now: {_shown(now)}{kept}.")


def _erase(home: Workspace, ledger: Ledger, *, yes: bool) -> None:
    found = ledger.erasable()
    question = f"Erase {found.articles} removed articles and their {found.claims} claims? This cannot be undone."
    if not yes and not _confirmed(question):
        raise QawlError("nothing was erased: it needs the answer y, or --yes")
    with _progress("erasing") as tell:
        ledger.erase_removed(tell)
    indexes = Indexes(home)
    indexes.refresh(force=True)
    messages().print(f"{found.articles} articles and {found.claims} claims erased.")
    if home.servers:
        messages().print("The servers that qawl.toml names follow with `qawl sync`.")
    if left := indexes.leftovers():
        raise QawlError(
            f"{left[0]} is still being read and may hold what was erased: close open dashboards, then run this again"
        )


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # nobody there to answer
        return False


@contextmanager
def _progress(what: str) -> Iterator[Tell]:
    console = messages()
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.completed} of {task.total} batches"))
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _shown(size: Size) -> str:
    return f"{size.files} files, {decimal(size.bytes)}"

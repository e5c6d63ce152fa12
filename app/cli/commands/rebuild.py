"""``qawl rebuild``."""

from pathlib import Path

import click

from app.cli.options import workspace_option
from app.cli.output import messages
from graph.generations import Indexes
from graph.workspace import Workspace


@click.command(name="rebuild")
@workspace_option
def command(workspace: Path) -> None:
    """Build the indexes afresh from the ledger.

    Nothing is lost: the ledger is the truth, and the indexes can be made from it at any time. Open dashboards and
    queries go on reading the old ones until the new ones are in place.

    \b
    Example:
      qawl rebuild
    """
    Indexes(Workspace.open(workspace)).refresh(force=True)
    messages().print("Indexes rebuilt.")

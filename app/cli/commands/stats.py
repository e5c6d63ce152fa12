"""``qawl stats``."""

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.options import format_option, workspace_option
from app.cli.output import print_rows
from graph.ledger import Ledger
from graph.workspace import Workspace


@click.command(name="stats")
@workspace_option
@format_option
def command(workspace: Path, format_: str) -> None:
    """Count what the workspace holds.

    One row: the articles, claims and entities that are current, and the ledger's version, which a paper can cite.

    \b
    Example:
      qawl stats
      qawl stats --format json
    """
    view = Ledger(Workspace.open(workspace)).view()
    row = {**asdict(view.counts()), "version": view.version}
    print_rows(list(row), [list(row.values())], format_=format_)

"""``qawl doctor``."""

from pathlib import Path

import click
from graph.health import examine
from graph.workspace import Workspace

from app.cli.options import format_option, workspace_option
from app.cli.output import print_rows


@click.command(name="doctor")
@workspace_option
@format_option
def command(workspace: Path, format_: str) -> None:
    """Check the workspace and say how to mend it.

    Reads the ledger through and compares the indexes with it: one row for each check, with what is wrong and what
    mends it. Exit status 1 when something is wrong.

    \b
    Example:
      qawl doctor
      qawl doctor --format json
    """
    checks = examine(Workspace.open(workspace))
    rows = [(check.name, "fine" if check.fine else check.problem, check.remedy) for check in checks]
    print_rows(("check", "state", "remedy"), rows, format_=format_)
    click.get_current_context().exit(0 if all(check.fine for check in checks) else 1)

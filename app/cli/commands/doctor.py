"""``qawl doctor``."""

from pathlib import Path

import click

from app.cli.options import format_option, workspace_option
from app.cli.output import print_rows
from graph.health import examine
from graph.workspace import Workspace


@click.command(name="doctor")
@workspace_option
@click.option("--all", "servers", is_flag=True, help="Compare the servers that qawl.toml names, too.")
@format_option
def command(workspace: Path, servers: bool, format_: str) -> None:
    """Check the workspace and say how to mend it.

    Reads the ledger through and compares the indexes with it: one row for each check, with what is wrong and what
    mends it. Exit status 1 when something is wrong. Counts and the checksum of the claims must be equal everywhere.

    \b
    Example:
      qawl doctor
      qawl doctor --all --format json
    """
    findings = examine(Workspace.open(workspace), servers=servers)
    rows = [(finding.check, "fine" if finding.ok else finding.problem, finding.mend) for finding in findings]
    print_rows(("check", "state", "remedy"), rows, format_=format_)
    click.get_current_context().exit(0 if all(finding.ok for finding in findings) else 1)

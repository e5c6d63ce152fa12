"""``qawl sync``."""

import sys
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli.options import workspace_option
from app.cli.output import messages
from graph.ledger import Ledger
from graph.remote import configured, needed, open_target
from graph.servers import Server
from graph.sync import SyncReport, sync
from graph.workspace import Workspace


@click.command(name="sync")
@click.argument("urls", metavar="[URL]...", nargs=-1)
@workspace_option
def command(workspace: Path, urls: tuple[str, ...]) -> None:
    """Bring servers up to date with the ledger.

    Takes Neo4j (bolt://, neo4j+s://) and SPARQL 1.1 endpoints (sparql+http://, sparql+https://); without a URL, those
    that the workspace's qawl.toml names. Only what differs is written, what was removed is removed; stopped at any
    point and run again it goes on. The password is taken from QAWL_PASSWORD, from the workspace's secrets.toml, or
    asked for.

    \b
    Example:
      qawl sync bolt://neo4j@localhost:7687
      qawl sync sparql+http://localhost:3030/claims
    """
    home = Workspace.open(workspace)
    servers = [configured(home, url) for url in urls] or needed(home)
    for server in servers:
        report = _sync(home, server)
        messages().print(
            f"{server.url}: {report.written} articles written, {report.removed} removed, {report.unchanged} unchanged"
        )


def _sync(home: Workspace, server: Server) -> SyncReport:
    console = messages()
    target = open_target(home, server, _prompt if sys.stdin.isatty() else None)
    columns = (TextColumn("syncing"), BarColumn(), TextColumn("{task.completed} of {task.total} articles"))
    try:
        with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("syncing", total=None)
            return sync(
                Ledger(home).view(),
                target,
                home.base_iri,
                lambda done, total: bar.update(task, completed=done, total=total),
            )
    finally:
        target.close()


def _prompt(question: str) -> str:
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer

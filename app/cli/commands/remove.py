"""``qawl remove``."""

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

import click

from app.cli.options import workspace_option
from app.cli.output import messages
from graph.errors import QawlError
from graph.generations import Indexes
from graph.ledger import Decision, Ledger
from graph.workspace import Workspace


@click.command(name="remove")
@click.argument("article")
@click.option("--reason", required=True, help="Why it goes; kept with the decision.")
@workspace_option
def command(workspace: Path, article: str, reason: str) -> None:
    """Take an article and its claims out of the graph.

    ARTICLE is the article's id. It leaves queries, exports and the dashboard; the decision, its reason and the
    article's text stay in the ledger.

    \b
    Example:
      qawl remove 1f0c9f5c1a0e4a55b9b2f8b1f2a3c4d5 --reason 'published in error'
    """
    home = Workspace.open(workspace)
    ledger = Ledger(home)
    if article not in ledger.view().article_info["id"].to_pylist():
        raise QawlError(f"no article {article!r} in {workspace}: `qawl export --format csv` lists articles by id")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with ledger.batch() as batch:
        batch.decide(Decision(kind="remove", target=article, reason=reason, who=getuser(), when=now))
    Indexes(home).refresh()
    messages().print(f"Article {article} removed.")

"""``qawl ingest``."""

from pathlib import Path

import click

from app.cli.ingesting import ingest_with_progress
from app.cli.options import extractor_option, workspace_option
from graph.workspace import Workspace
from ingest.actors import extractor_of


@click.command(name="ingest")
@click.argument("sources", metavar="PATH|URL...", nargs=-1, required=True)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Processes to work with.  [default: one a core]")
@extractor_option
@workspace_option
def command(workspace: Path, sources: tuple[str, ...], jobs: int | None, extractor: str) -> None:
    """Read articles into the workspace.

    Takes text, Markdown, HTML, JSON Lines, CSV, RSS and Atom files, also compressed or in archives; folders of them;
    and URLs. What is already there changes nothing; what cannot be read is set aside with its reason, and the exit
    status is then 1. Ctrl-C ends it with status 130: what was committed stays, and the same command again reads the
    rest.

    \b
    Example:
      qawl ingest article.txt
      qawl ingest articles/ https://example.org/feed.xml --jobs 4
    """
    home = Workspace.create(workspace)
    report = ingest_with_progress(home, sources, extractor=extractor_of(home, extractor), jobs=jobs)
    click.get_current_context().exit(1 if report.aside else 0)

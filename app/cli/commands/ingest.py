"""``qawl ingest``."""

from pathlib import Path

import click

from app.cli.ingesting import ingest_with_progress
from app.cli.options import extractor_option, workspace_option
from graph.workspace import Workspace
from ingest.actors import extractor_of
from ingest.readers import source_of


@click.command(name="ingest")
@click.argument("sources", metavar="PATH|URL...", nargs=-1, required=True)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Processes to work with.  [default: one a core]")
@click.option(
    "--ray", metavar="ADDRESS", help="Work on a Ray cluster: its head, HOST:PORT, or 'auto' on one of its machines."
)
@extractor_option
@workspace_option
def command(workspace: Path, sources: tuple[str, ...], jobs: int | None, ray: str | None, extractor: str) -> None:
    """Read articles into the workspace.

    Takes text, Markdown, HTML, JSON Lines, CSV, Parquet, RSS and Atom files, also compressed or in archives; folders of
    them, also on storage (s3://, gs://, abfs://, hdfs://); and URLs. What is already there changes nothing; what cannot
    be read is set aside with its reason, and the exit status is then 1. Ctrl-C ends it with status 130: what was
    committed stays, and the same command again reads the rest.

    \b
    Example:
      qawl ingest article.txt
      qawl ingest articles/ https://example.org/feed.xml --jobs 4
      qawl ingest s3://news/2024/ --ray auto
    """
    if jobs and ray:
        raise click.UsageError("--jobs is about this machine, --ray about a cluster: give one of them")
    home = Workspace.create(workspace)
    found = [source_of(source) for source in sources]
    report = ingest_with_progress(home, found, extractor=extractor_of(home, extractor), jobs=jobs, ray=ray)
    click.get_current_context().exit(1 if report.aside else 0)

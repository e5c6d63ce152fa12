"""``qawl watch``."""

import datetime as dt
import threading
from contextlib import suppress
from pathlib import Path

import click

from app.cli.ending import told_to_end
from app.cli.ingesting import counts
from app.cli.options import extractor_option, workspace_option
from app.cli.output import messages
from app.cli.refreshing import Refresher
from graph.generations import Indexes
from graph.workspace import Workspace
from ingest.actors import extractor_of
from ingest.pipeline import Report
from ingest.readers import is_url
from ingest.watching import EVERY, Watcher

LOOK = 2.0  # seconds between two looks at folders and at what is due
LEAST = 60  # seconds: more often is impolite to any host


@click.command(name="watch")
@click.argument("sources", metavar="FOLDER|URL...", nargs=-1, required=True)
@click.option(
    "--every",
    metavar="SECONDS",
    type=click.IntRange(min=LEAST),
    default=int(EVERY),
    show_default=True,
    help="Pause between two requests for one URL. Folders are looked at all the time.",
)
@extractor_option
@workspace_option
def command(workspace: Path, sources: tuple[str, ...], every: int, extractor: str) -> None:
    """Keep the graph up to date with folders and feeds, until Ctrl-C.

    Files that come into a folder are read when they are whole; a feed is asked for only what has changed (ETag,
    Last-Modified), and left alone for as long as its server asks. Dashboards may stay open meanwhile. Each index is
    built in the background and gathers what comes while it builds.

    \b
    Example:
      qawl watch incoming/ https://example.org/feed.xml
      qawl watch https://example.org/feed.xml --every 900
    """
    for source in sources:
        if not is_url(source) and not Path(source).exists():
            raise click.BadParameter(f"there is no folder or file {source!r}", param_hint="FOLDER|URL")
    home = Workspace.create(workspace)
    watcher = Watcher(home, sources, extractor=lambda: extractor_of(home, extractor), every=every)
    messages().print(f"watching {len(sources)} sources; Ctrl-C ends it")
    with told_to_end() as told, Refresher(home) as refresher, suppress(KeyboardInterrupt):
        if not all(status.fresh for status in Indexes(home).status()):
            refresher.ask()
        while not told.is_set():
            report = watcher.look(lambda _: _end(told))
            if report:
                _tell(report)
            if report and report.articles:
                refresher.ask()
            for index in refresher.go_on():
                messages().print(f"{_now()} {index} is up to date")
            told.wait(LOOK)


def _end(told: threading.Event) -> None:
    """Leave an ingest between two documents: what was committed stays, the rest is read the next time."""
    if told.is_set():
        raise KeyboardInterrupt


def _tell(report: Report) -> None:
    """Say what came, where something did."""
    for item in report.set_aside:
        messages().print(f"set aside {item.name}: {item.reason}")
    if report.articles:
        messages().print(f"{_now()} {counts(report.articles, report.claims, report.aside)}")


def _now() -> str:
    return dt.datetime.now().astimezone().strftime("%H:%M:%S")

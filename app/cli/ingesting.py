"""Ingest with its progress and its closing lines, for the commands that ingest."""

from collections.abc import Callable, Sequence
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from app.cli.ending import Stopped
from app.cli.output import messages, table
from graph.generations import Indexes
from graph.workspace import Workspace
from ingest.extractors.base import Extractor
from ingest.pipeline import Interrupted, Progress, Report, ingest
from ingest.readers import Source

LISTED = 100  # of what was set aside
LONG = 30.0  # seconds from which on a rate says something: before, it is that of starting


def ingest_with_progress(
    workspace: Workspace,
    sources: Sequence[Source],
    *,
    extractor: Extractor,
    jobs: int | None = None,
    ray: str | None = None,
) -> Report:
    """Ingest the sources, bring the indexes up to date, and say on standard error what became of them.

    ``jobs`` is the number of processes; ``None`` means one for each core. ``ray`` is the address of a cluster that does
    the work in their place. Ctrl-C ends the command with status 130.
    """
    console = messages()
    try:
        with _bar(console) as bar:
            if ray:
                from ingest.distributed import ingest_on_cluster  # noqa: PLC0415  # seldom asked for

                work = partial(ingest_on_cluster, address=ray)
            else:
                work = partial(ingest, jobs=jobs)
            report = work(workspace, sources, extractor=extractor, on_progress=_shown(bar))
        _print_set_aside(console, report)
        Indexes(workspace).refresh()
    except Interrupted as stopped:
        raise Stopped(f": {stopped.articles} articles are kept; the same command again reads the rest") from None
    if report.seconds >= LONG:
        console.print(_rates(report))
    if report.unchanged:
        console.print(f"{report.unchanged} unchanged")
    console.print(counts(report.articles, report.claims, report.aside))
    return report


def counts(articles: int, claims: int, set_aside: int) -> str:
    """What came of an ingest, as one line."""
    return f"{articles} articles, {claims} claims, {set_aside} set aside"


def _rates(report: Report) -> str:
    articles, claims = report.articles / report.seconds, report.claims / report.seconds
    return f"{report.seconds:.0f} s: {articles:.0f} articles and {claims:.0f} claims a second"


def _print_set_aside(console: Console, report: Report) -> None:
    if not report.aside:
        return
    shown = report.set_aside[:LISTED]
    console.print(table(("set aside", "why"), [(item.name, item.reason) for item in shown]))
    if report.aside > len(shown):
        console.print(f"... and {report.aside - len(shown)} more")


def _shown(bar: ProgressBar) -> Callable[[Progress], None]:
    """Shows progress on the bar: counts, bytes done, time left, and how many articles a second there are."""
    task = bar.add_task("reading", total=None)

    def show(progress: Progress) -> None:
        line = counts(progress.articles, progress.claims, progress.set_aside)
        elapsed = bar.tasks[0].elapsed
        rate = f", {(progress.articles + progress.unchanged) / elapsed:.0f} articles/s" if elapsed else ""
        bar.update(task, description=line + rate, completed=progress.bytes, total=progress.bytes_total)

    return show


def _bar(console: Console) -> ProgressBar:
    """A bar with counts and time left; silent where standard error is no terminal, which could not redraw it."""
    return ProgressBar(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )

"""Ingest with its progress and its closing lines, for the commands that ingest."""

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from app.cli.output import messages, table
from graph.generations import Indexes
from graph.workspace import Workspace
from ingest.extractors.base import Extractor
from ingest.pipeline import Progress, Report, ingest


def ingest_with_progress(
    workspace: Workspace, sources: Sequence[str], *, extractor: Extractor, jobs: int | None = None
) -> Report:
    """Ingest the sources, bring the indexes up to date, and say on standard error what became of them.

    ``jobs`` is the number of processes; ``None`` means one for each core.
    """
    console = messages()
    with _bar(console) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: Progress) -> None:
            line = counts(progress.articles, progress.claims, progress.set_aside)
            bar.update(task, description=line, completed=progress.files, total=progress.files_total)

        report = ingest(workspace, sources, extractor=extractor, jobs=jobs, on_progress=show)
    if report.set_aside:
        console.print(table(("set aside", "why"), [(item.name, item.reason) for item in report.set_aside]))
    Indexes(workspace).refresh()
    if report.unchanged:
        console.print(f"{report.unchanged} unchanged")
    console.print(counts(report.articles, report.claims, len(report.set_aside)))
    return report


def counts(articles: int, claims: int, set_aside: int) -> str:
    """What came of an ingest, as one line."""
    return f"{articles} articles, {claims} claims, {set_aside} set aside"


def _bar(console: Console) -> ProgressBar:
    """A bar with counts and time left; silent where standard error is no terminal, which could not redraw it."""
    return ProgressBar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} of {task.total} files"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )

"""Ingest with its progress and its closing lines, for the commands that ingest."""

import os
from collections.abc import Sequence

from graph.generations import Indexes
from ingest.pipeline import Report, ingest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli.output import messages, table
from graph.workspace import Workspace
from ingest.extractors.rules import RulesExtractor


def ingest_with_progress(workspace: Workspace, sources: Sequence[str], *, jobs: int | None = None) -> Report:
    """Ingest the sources, bring the indexes up to date, and say on standard error what became of them.

    ``jobs`` is the number of processes; ``None`` means one for each core.
    """
    console = messages()
    with _progress(console) as progress:
        task = progress.add_task("articles", total=None)
        report = ingest(
            workspace,
            sources,
            extractor=RulesExtractor(),
            jobs=jobs or os.cpu_count() or 1,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if report.set_aside:
        console.print(table(("set aside", "why"), [(item.name, item.reason) for item in report.set_aside]))
    Indexes(workspace).refresh()
    console.print(summary(report))
    return report


def summary(report: Report) -> str:
    """The closing line: ``3 articles, 12 claims, 1 set aside``, and the unchanged where there are some."""
    counts = f"{report.articles} articles, {report.claims} claims, {len(report.set_aside)} set aside"
    return f"{counts} ({report.unchanged} unchanged)" if report.unchanged else counts


def _progress(console: Console) -> Progress:
    """A bar with counts and time left; silent where standard error is no terminal, which could not redraw it."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )

"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.exports.selection import DECISIONS, Selection
from ingest.extractors.loading import DEFAULT as DEFAULT_EXTRACTOR

DEFAULT_WORKSPACE = Path("qawl-workspace")
_HELP = "Folder of the workspace.  [default: $QAWL_WORKSPACE, else ./qawl-workspace]"
_FOLDER = click.Path(file_okay=False, path_type=Path)

F = TypeVar("F", bound=Callable[..., Any])


def workspace_of_group(function: F) -> F:
    """``--workspace`` before the subcommand: ``qawl --workspace DIR ingest ...``."""
    option = click.option(
        "--workspace", metavar="DIR", type=_FOLDER, envvar="QAWL_WORKSPACE", default=DEFAULT_WORKSPACE, help=_HELP
    )
    return option(function)


def workspace_option(function: F) -> F:
    """``--workspace`` after the subcommand; it wins over the one before."""
    option = click.option(
        "--workspace",
        metavar="DIR",
        type=_FOLDER,
        callback=lambda ctx, _param, value: value or ctx.find_root().params["workspace"],
        help=_HELP,
    )
    return option(function)


def selection_options(function: F) -> F:
    """``--actor`` to ``--claim``, given to the command together as ``where``, a :class:`graph.exports.Selection`."""

    @wraps(function)
    def with_selection(**values: Any) -> Any:
        asked = {field.name: values.pop(field.name) for field in fields(Selection) if field.name in values}
        days = {name: asked[name] and asked[name].date() for name in ("since", "until")}
        return function(where=Selection(**asked | days), **values)

    day = click.DateTime(["%Y-%m-%d"])
    for option in (
        click.option("--claim", metavar="ID", help="One claim."),
        click.option("--decision", type=click.Choice(DECISIONS), help="What people decided of the claim."),
        click.option("--confidence", metavar="NUMBER", type=click.FloatRange(0, 1), help="The least confidence."),
        click.option("--outlet", metavar="NAME", help="The article's outlet."),
        click.option("--language", metavar="TAG", help="The article's language, such as ar."),
        click.option("--until", metavar="DATE", type=day, help="Last day of publication, YYYY-MM-DD."),
        click.option("--since", metavar="DATE", type=day, help="First day of publication, YYYY-MM-DD."),
        click.option("--relation", metavar="ID", help="A relation, such as warns."),
        click.option("--actor", metavar="ID", help="An actor's id, such as Q58217: subject or object."),
    ):
        with_selection = option(with_selection)
    return with_selection  # type: ignore[return-value]  # click calls it by name


def format_option(function: F) -> F:
    """``--format``: how rows are printed on standard output."""
    option = click.option(
        "--format",
        "format_",
        type=click.Choice(["table", "json", "jsonl", "csv"]),
        default="table",
        show_default=True,
        help="How to print the result.",
    )
    return option(function)


def extractor_option(function: F) -> F:
    """``--extractor``: which of the installed extractors reads the articles."""
    option = click.option(
        "--extractor",
        metavar="NAME",
        default=DEFAULT_EXTRACTOR,
        show_default=True,
        help="Extractor to read with: Qawl's rules, or one that an installed package registers.",
    )
    return option(function)


def port_option(function: F) -> F:
    """``--port``: where the dashboard listens."""
    option = click.option(
        "--port",
        metavar="PORT",
        type=click.IntRange(1, 65535),
        help="Port of the dashboard.  [default: 8501, or a free one where it is taken]",
    )
    return option(function)

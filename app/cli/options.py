"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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


def is_given(option: str) -> bool:
    """Whether an option stands on the command line, before the subcommand or after it."""
    context = click.get_current_context()
    sources = (context.get_parameter_source(option), context.find_root().get_parameter_source(option))
    return click.core.ParameterSource.COMMANDLINE in sources


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


def host_options(function: F) -> F:
    """``--host`` and ``--login``: who else may use the dashboard."""
    login = click.option(
        "--login",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="OpenID login and the editors' addresses, a TOML file: docs/dashboard.md. Others may only read.",
    )
    host = click.option(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        show_default=True,
        help="Address to listen on; any but the default lets other machines in.",
    )
    return host(login(function))


def port_option(function: F) -> F:
    """``--port``: where the dashboard listens."""
    option = click.option(
        "--port",
        metavar="PORT",
        type=click.IntRange(1, 65535),
        help="Port of the dashboard.  [default: 8501, or a free one where it is taken]",
    )
    return option(function)

"""The command group: subcommands loaded on demand, our errors as one line, a broken pipe in silence."""

import importlib
import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from app.cli.ending import Stopped
from app.cli.options import workspace_of_group
from graph.errors import QawlError, QueryError

# The line of each subcommand in `qawl --help`, in the order of a first visit. The module app.cli.commands.NAME holds
# `command`, whose short help is this line (a test compares them): listing the commands imports none of them.
COMMANDS = {
    "demo": "See Qawl at work on its sample articles, in the dashboard.",
    "ingest": "Read articles into the workspace.",
    "watch": "Keep the graph up to date with folders and feeds, until Ctrl-C.",
    "app": "Open the dashboard on the workspace.",
    "query": "Ask the graph in SPARQL or Cypher.",
    "stats": "Count what the workspace holds.",
    "export": "Write the graph to a file for other tools.",
    "extract": "Print the claims of articles and store nothing.",
    "actors": "Keep the registry of actors, and say who is the same.",
    "correct": "Correct a claim, or take its correction back.",
    "remove": "Take an article and its claims out of the graph.",
    "doctor": "Check the workspace and say how to mend it.",
    "compact": "Make few large files of the ledger's many small ones.",
    "sync": "Bring servers up to date with the ledger.",
    "rebuild": "Build the indexes afresh from the ledger.",
}


class Failure(click.ClickException):
    """One of our errors on its way out: its message on standard error, exit status 1."""

    def show(self, file: Any = None) -> None:
        """Print the message."""
        click.echo(f"qawl: {self.format_message()}", file=file, err=file is None)


class Unreadable(Failure):
    """A query that cannot be parsed, which is wrong usage; one that met a limit is not."""

    exit_code = 2


class LazyGroup(click.Group):
    """A group whose commands are modules, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands' names, in the order of :data:`COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"app.cli.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a :class:`QawlError` becomes its message, a bug passes through with its traceback."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except QawlError as error:
            parsed = not isinstance(error, QueryError) or error.line is None
            raise (Failure if parsed else Unreadable)(str(error)) from error
        except KeyboardInterrupt:
            raise Stopped("") from None
        except BrokenPipeError:
            # The reader (`| head`) has what it wanted. What is still buffered would fail again when Python exits.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


@click.group(cls=LazyGroup, context_settings={"max_content_width": 100})
@click.version_option(package_name="qawl", message="%(prog)s %(version)s")
@workspace_of_group
def cli(workspace: Path) -> None:
    """Read news articles, keep who said or did what to whom, and ask for it.

    Standard output carries only the data asked for; progress, warnings and counts go to standard error.
    Exit status: 0 fine, 1 something was set aside, not found or failed, 2 wrong usage, 130 stopped with Ctrl-C.

    \b
    Example:
      qawl demo
      qawl ingest articles/
      qawl query 'MATCH (a)-[:WARNS]->(b) RETURN a.label_en, b.label_en'
    """

"""The ``qawl`` command.

Each subcommand is a module of :mod:`app.cli.commands` and is imported when it is asked for: ``qawl extract`` does
not wait for the dashboard's or the stores' libraries.
"""

from app.cli.group import cli


def main() -> None:
    """Run the command: the console script's entry point."""
    cli(prog_name="qawl")

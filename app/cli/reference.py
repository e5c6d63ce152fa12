"""The command's reference page, written from the program: ``python -m app.cli.reference > docs/cli.md``."""

import sys

import click

from app.cli.group import COMMANDS, cli

WIDTH = 100
_HEAD = """# The `qawl` command

*Written by `python -m app.cli.reference > docs/cli.md`; do not edit.*

Standard output carries only the data asked for. Progress, warnings and counts go to standard error, without colour
where that is no terminal.

| exit status | meaning |
| --- | --- |
| 0 | fine; also a text without claims, an article that is already there, a query without rows |
| 1 | something was set aside, not found or failed; the reason is on standard error |
| 2 | wrong usage: an unknown command or option, a missing argument, a query that cannot be parsed |
| 130 | stopped with Ctrl-C; what was committed is kept |
"""


def page() -> str:
    """The page as Markdown: the help of the group and of each command, as the program prints it."""
    root = click.Context(cli, info_name="qawl", terminal_width=WIDTH, max_content_width=WIDTH)
    parts = [_HEAD, _block("qawl", cli, root)]
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is None:
            raise LookupError(name)
        context = click.Context(command, root, name, terminal_width=WIDTH, max_content_width=WIDTH)
        parts.append(_block(f"qawl {name}", command, context))
        if isinstance(command, click.Group):
            for sub, one in command.commands.items():
                inner = click.Context(one, context, sub, terminal_width=WIDTH, max_content_width=WIDTH)
                parts.append(_block(f"qawl {name} {sub}", one, inner))
    return "\n".join(parts)


def _block(title: str, command: click.Command, context: click.Context) -> str:
    return f"## `{title}`\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(page())

"""Being told to end, for commands that run until then."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

import click


class Stopped(click.ClickException):
    """A command that Ctrl-C ended before its end: says what became of its work; the status is by the shells' custom."""

    exit_code = 128 + signal.SIGINT

    def show(self, file: Any = None) -> None:
        """Print the message alone: it is no error."""
        click.echo(f"stopped{self.format_message()}", file=file, err=file is None)


@contextlib.contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, SIGTERM or a closed terminal; the former handlers come back at the end."""
    told = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    former = {number: signal.signal(number, lambda *_: told.set()) for number in signals}
    try:
        yield told
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

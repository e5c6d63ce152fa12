"""A served dashboard as a test sees it: started, ready, asked, ended."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.cli.dashboard import END_SECONDS

READY = re.compile(rb"^Qawl is ready: (http://127\.0\.0\.1:(\d+))\r?$", re.MULTILINE)
TOKEN = "QAWL_TEST_TOKEN"
READY_SECONDS = 150


class Served:
    """A started command; every process that comes from it carries the token in its environment."""

    def __init__(self, process: subprocess.Popen[bytes], output: int, token: str) -> None:
        self.process = process
        self.printed = b""
        self._output = output
        self._token = token

    def wait_until_ready(self) -> str:
        """Read standard output up to the line that names the URL, and return the URL."""
        deadline = time.monotonic() + READY_SECONDS
        while not (found := READY.search(self.printed)):
            readable, _, _ = select.select([self._output], [], [], max(0, deadline - time.monotonic()))
            try:
                data = os.read(self._output, 4096) if readable else b""
            except OSError:  # a terminal whose processes have ended
                data = b""
            if not data:
                raise AssertionError(f"not ready; printed {self.printed!r}, status {self.process.poll()}")
            self.printed += data
        return found[1].decode()

    def end(self, number: int, pid: int | None = None) -> int:
        """Send a signal to the command (or ``pid``) and return the command's exit status."""
        os.kill(pid or self.process.pid, number)
        return self.process.wait(30)

    def processes(self) -> Iterator[tuple[int, str]]:
        """Process id and command line of the command and all that comes from it."""
        return processes_with(self._token)

    def press_ctrl_c(self) -> int:
        """Press Ctrl-C in the command's terminal and return the command's exit status."""
        os.write(self._output, b"\x03")
        return self.process.wait(30)

    def left(self) -> list[str]:
        """The command lines of the processes that are still there when all have had the time they may take to end."""
        deadline = time.monotonic() + 4 * END_SECONDS  # machines are busy
        while time.monotonic() < deadline:
            found = [line for pid, line in self.processes() if pid != self.process.pid]
            if not found:
                break
            time.sleep(0.1)
        return found


def processes_with(token: str) -> Iterator[tuple[int, str]]:
    """Process id and command line of every living process with the token in its environment."""
    mark = f"{TOKEN}={token}".encode()
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                yield int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()


@contextlib.contextmanager
def serving(command: Sequence[str], folder: Path, *, terminal: bool = False, **more: str) -> Iterator[Served]:
    """Start the command in ``folder``, with ``terminal`` in a terminal of its own where one can press Ctrl-C.

    Whatever of it is left at the end of the test is killed.
    """
    token = uuid.uuid4().hex
    inherited = {name: value for name, value in os.environ.items() if name != "QAWL_WORKSPACE"}
    environment = {**inherited, "QAWL_NO_BROWSER": "1", TOKEN: token, **more}
    ours, theirs = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=theirs if terminal else subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs if terminal else None,
        start_new_session=True,
        preexec_fn=_take_terminal if terminal else None,  # noqa: PLW1509 - no threads here
    )
    os.close(theirs)
    try:
        yield Served(process, ours, token)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        for pid, _ in processes_with(token):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _take_terminal() -> None:
    """Make standard input the controlling terminal of the new session, as a terminal window does."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def fetch(url: str) -> tuple[int, str]:
    """Status and text of a page on this machine, past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=20) as answer:
        return answer.status, answer.read().decode()

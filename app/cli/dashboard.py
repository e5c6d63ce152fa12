"""Starting, watching and ending the dashboard's process."""

import contextlib
import ctypes
import http.client
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
import webbrowser
from collections.abc import Callable, Iterator
from getpass import getuser
from importlib.resources import as_file, files
from pathlib import Path

import click

from app.cli.ending import told_to_end
from app.cli.output import messages
from graph.errors import QawlError

LOCAL = ("127.0.0.1", "localhost", "::1")
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to ask when every address is listened on
DEFAULT_PORT = 8501
START_SECONDS = 120  # a cold start compiles pandas and pyarrow on a slow disk; a warm one takes about 2 seconds
END_SECONDS = 5  # between asking the dashboard to end and killing it
LINUX_PR_SET_PDEATHSIG = 1


Address = tuple[str, int]


class DashboardError(QawlError):
    """The dashboard could not be started, or ended by itself."""


def serve(workspace: Path, *, port: int | None, host: str = LOCAL[0], login: Path | None = None) -> None:
    """Show the workspace in the dashboard until Ctrl-C or SIGTERM; leave no process behind.

    Prints ``Qawl is ready: URL`` on standard output once the page answers, and opens it in a browser unless
    ``QAWL_NO_BROWSER`` is set. ``port`` ``None`` means 8501, or a free port where that is taken. ``login`` is a file
    of Streamlit's secrets with the OpenID login and the editors.

    Raises:
        DashboardError: the port is taken, or the dashboard's process ended by itself.
    """
    port = port or (DEFAULT_PORT if _is_free(host, DEFAULT_PORT) else _free_port(host))
    if not _is_free(host, port):
        raise DashboardError(f"port {port} is taken; leave --port out to use a free one")
    _check_login(login)
    _warn(host, login)
    with told_to_end() as told, as_file(files("app.dashboard")) as folder:
        process = _start(folder, workspace, (host, port), login)
        try:
            _announce(process, (ANY.get(host, host), port), told)
            while not told.wait(0.2):
                _check_alive(process)
        finally:
            _end(process)


def _check_login(login: Path | None) -> None:
    """Refuse a login that cannot work before anything is started."""
    if login is None:
        return
    try:
        settings = tomllib.loads(login.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DashboardError(f"{login}: cannot be read as TOML: {error}") from error
    missing = [name for name in ("redirect_uri", "cookie_secret") if name not in settings.get("auth", {})]
    if missing or not isinstance(settings.get("editors"), list):
        wanted = ", ".join([*(f"{name} under [auth]" for name in missing), "and a list `editors`"])
        raise DashboardError(f"{login}: a login needs {wanted}: docs/dashboard.md shows a whole file")
    if importlib.util.find_spec("authlib") is None:
        raise DashboardError("a login needs Authlib: pip install 'qawl[login]'")


def _warn(host: str, login: Path | None) -> None:
    """Say what it means to listen for others."""
    if host in LOCAL:
        return
    who = "those who log in may read it, editors write to it" if login else (
        "everybody who can reach it may read, add articles and decide; --login has people log in"
    )  # fmt: skip
    plain = "It speaks plain HTTP: put a proxy with TLS before it."
    messages().print(f"Warning: the dashboard listens on {host}: {who}. {plain}")


def _announce(process: subprocess.Popen[bytes], at: Address, told: threading.Event) -> None:
    """Say that the page is there once it answers; return early when told to end."""
    deadline = time.monotonic() + START_SECONDS
    while not _answers(at):
        _check_alive(process)
        if time.monotonic() > deadline:
            raise DashboardError(f"the dashboard did not answer within {START_SECONDS} seconds")
        if told.wait(0.1):
            return
    url = _url(at)
    click.echo(f"Qawl is ready: {url}")
    sys.stdout.flush()
    messages().print("Press Ctrl-C to end.")
    if not os.environ.get("QAWL_NO_BROWSER") and _has_screen():
        webbrowser.open(url)


def _start(folder: Path, workspace: Path, at: Address, login: Path | None) -> subprocess.Popen[bytes]:
    """Start Streamlit in a session of its own, so that Ctrl-C reaches only us and we end it in order.

    ``-P`` keeps the current folder off the module path: it may hold a ``graph`` or ``data`` of its own.
    """
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(folder / "main.py"), *_settings(folder, at, login)]
    environment = {**os.environ, **_environment(workspace, at[0], login)}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own script
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=2,  # standard output is for the one line
        start_new_session=True,
        preexec_fn=_end_with_parent(),  # noqa: PLW1509 - no thread has been started yet
    )


def _environment(workspace: Path, host: str, login: Path | None) -> dict[str, str]:
    """What the dashboard is told: the workspace, whether there is a login, and who decides where nobody else can."""
    told = {"QAWL_WORKSPACE": str(workspace.absolute()), "QAWL_LOGIN": "1" if login else ""}
    return told | {"QAWL_REVIEWER": getuser() if host in LOCAL and not login else ""}


def _settings(folder: Path, at: Address, login: Path | None) -> Iterator[str]:
    """Streamlit's settings as flags: flags win over any settings file of the user's or of the current folder's."""
    settings = tomllib.loads((folder / "streamlit.toml").read_text("utf-8"))
    settings["server"] |= {"address": at[0], "port": at[1]}
    if login:
        settings["secrets"] = {"files": str(login.absolute())}
    for name, value in _flat(settings):
        yield f"--{name}"
        yield str(value).lower() if isinstance(value, bool) else str(value)


def _flat(settings: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _end_with_parent() -> Callable[[], None] | None:
    """What the new process does first: on Linux, ask for SIGTERM when we die, however that happens."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(LINUX_PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _check_alive(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        raise DashboardError(f"the dashboard ended by itself with status {process.returncode}; see its messages above")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process and its children to end, then kill what is left."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)


def _answers(at: Address) -> bool:
    """Whether the server is healthy and the page is served."""
    return all(_status(at, path) == http.client.OK for path in ("/_stcore/health", "/"))


def _status(at: Address, path: str) -> int | None:
    connection = http.client.HTTPConnection(*at, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _is_free(host: str, port: int) -> bool:
    with socket.socket(_family(host)) as probe:
        # As servers do: a port whose last connections linger in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _free_port(host: str) -> int:
    with socket.socket(_family(host)) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _url(at: Address) -> str:
    host, port = at
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _has_screen() -> bool:
    """Whether a browser could show itself: without a screen `webbrowser` starts one inside the terminal."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))

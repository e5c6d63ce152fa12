"""`qawl app`, `qawl demo` and `make demo` as processes: ready, ended, and nothing left behind."""

import contextlib
import os
import re
import signal
import socket
from pathlib import Path

import pytest

from app.cli.dashboard import DEFAULT_PORT, DashboardError, serve
from tests.cli.conftest import QAWL, write_script
from tests.cli.served import fetch, serving

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_app_serves_the_page_until_it_is_told_to_end(tmp_path: Path, number: int) -> None:
    with serving([*QAWL, "app"], tmp_path) as served:
        url = served.wait_until_ready()
        status, text = fetch(url)

        assert (200, True) == (status, "<title>" in text)
        assert 0 == served.end(number)
        assert [] == served.left()
        assert f"Qawl is ready: {url}\n".encode() == served.printed


def test_nothing_is_left_when_the_command_is_killed(tmp_path: Path) -> None:
    with serving([*QAWL, "app"], tmp_path) as served:
        served.wait_until_ready()

        assert -signal.SIGKILL == served.end(signal.SIGKILL)
        assert [] == served.left()


def test_a_taken_default_port_gives_way_to_a_free_one(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # something else may hold it already: then it is taken all the same
            stack.enter_context(socket.create_server(("127.0.0.1", DEFAULT_PORT)))
        served = stack.enter_context(serving([*QAWL, "app"], tmp_path))
        url = served.wait_until_ready()

        assert not url.endswith(f":{DEFAULT_PORT}")
        assert 200 == fetch(url)[0]
        assert 0 == served.end(signal.SIGTERM)


def test_a_taken_port_that_was_asked_for_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving([*QAWL, "app", "--port", str(port)], tmp_path) as served:
            assert 1 == served.process.wait(60)
            assert [] == served.left()


def test_the_dashboard_listens_on_this_machine_alone(tmp_path: Path) -> None:
    with serving([*QAWL, "app"], tmp_path) as served:
        port = int(served.wait_until_ready().rsplit(":", 1)[1])

        assert {"0100007F"} == _listening_addresses(port)


def test_the_command_says_so_when_the_dashboard_dies(tmp_path: Path) -> None:
    with serving([*QAWL, "app"], tmp_path) as served:
        served.wait_until_ready()
        dashboard = next(pid for pid, line in served.processes() if "streamlit run" in line)

        os.kill(dashboard, signal.SIGKILL)
        assert 1 == served.process.wait(30)
        assert [] == served.left()


def test_demo_reads_the_samples_and_serves_them(tmp_path: Path) -> None:
    with serving([*QAWL, "demo"], tmp_path) as served:
        url = served.wait_until_ready()

        assert 200 == fetch(url)[0]
        assert ["qawl-demo"] == [entry.name for entry in tmp_path.iterdir()]
        assert 0 == served.end(signal.SIGINT)
        assert [] == served.left()


@pytest.fixture
def make_demo(tmp_path: Path) -> list[str]:
    """``make demo`` over an environment that holds this very interpreter's Qawl."""
    binaries = tmp_path / "venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "pip").touch()
    write_script(binaries / "qawl")
    (tmp_path / "venv" / ".installed").touch()
    return ["make", "-f", str(ROOT / "Makefile"), "-C", str(tmp_path), f"VENV={tmp_path / 'venv'}", "demo"]


@pytest.fixture
def makefile_folder(tmp_path: Path) -> Path:
    """Where the Makefile finds the file that its stamps are compared with."""
    (tmp_path / "pyproject.toml").touch()
    os.utime(tmp_path / "pyproject.toml", (0, 0))
    return tmp_path


def test_make_demo_ends_with_0_at_ctrl_c(makefile_folder: Path, make_demo: list[str]) -> None:
    with serving(make_demo, makefile_folder, terminal=True) as served:
        assert 200 == fetch(served.wait_until_ready())[0]

        assert 0 == served.press_ctrl_c()
        assert [] == served.left()


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_make_is_ended(
    makefile_folder: Path, make_demo: list[str], number: int, terminal: bool
) -> None:
    with serving(make_demo, makefile_folder, terminal=terminal) as served:
        served.wait_until_ready()

        served.end(number)
        assert [] == served.left()


def _listening_addresses(port: int) -> set[str]:
    """The local addresses (hexadecimal, as the kernel prints them) that listen on the port."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    local = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {address for address, number in local if int(number, 16) == port}


def test_others_are_let_in_with_a_warning(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serving([*QAWL, "app", "--host", "0.0.0.0"], tmp_path) as served:
        status, _ = fetch(served.wait_until_ready())
        assert 200 == status
        assert 0 == served.end(signal.SIGTERM)
    assert "everybody who can reach it may read, add articles and decide" in " ".join(capfd.readouterr().err.split())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("editors = [", "cannot be read as TOML"),
        ("editors = []", "redirect_uri under [auth], cookie_secret under [auth]"),
        ('[auth]\nredirect_uri = "x"\ncookie_secret = "y"', "a list `editors`"),
    ],
)
def test_a_login_that_cannot_work_is_told_before_anything_starts(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "login.toml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(DashboardError, match=re.escape(told)):
        serve(tmp_path / "workspace", port=None, login=file)

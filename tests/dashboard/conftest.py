"""A workspace with the sample articles, and the dashboard over it in a real browser."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.resources import as_file
from pathlib import Path

import pytest

from app.cli import dashboard as cli_dashboard
from data import resource
from graph.generations import Indexes
from graph.workspace import Workspace
from ingest.extractors.rules import RulesExtractor
from ingest.pipeline import ingest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory) -> Workspace:
    """A workspace with the articles that ship with Qawl; tests do not write to it."""
    workspace = Workspace.create(tmp_path_factory.mktemp("samples") / "workspace")
    with as_file(resource("samples")) as folder:
        ingest(workspace, [str(folder)], extractor=RulesExtractor(), jobs=1)
    Indexes(workspace).refresh()
    return workspace


@pytest.fixture
def copied_workspace(sample_workspace, tmp_path) -> Workspace:
    """A copy of the sample workspace that a test may write to."""
    return Workspace.open(shutil.copytree(sample_workspace.path, tmp_path / "workspace"))


@contextmanager
def dashboards():
    """A function that starts `qawl app` over a workspace and gives its address; all are ended at the end."""
    started = []

    def start(workspace: Workspace, *options: str) -> str:
        command = [sys.executable, "-P", "-c", "from app.cli import main; main()", "--workspace", str(workspace.path)]
        process = subprocess.Popen(
            [*command, "app", *options], stdout=subprocess.PIPE, text=True, env={**os.environ, "QAWL_NO_BROWSER": "1"}
        )
        started.append(process)
        for line in process.stdout:
            if line.startswith("Qawl is ready: "):
                return line.removeprefix("Qawl is ready: ").strip()
        raise RuntimeError(f"qawl app ended with status {process.wait()} and never was ready")

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(30)
        process.stdout.close()


@pytest.fixture
def serve():
    """Start `qawl app` over a workspace, with options, and give its address; it is ended with the test."""
    with dashboards() as start:
        yield start


@pytest.fixture(scope="session")
def sample_address(sample_workspace) -> str:
    """The address of a dashboard over the samples, one for all tests that only read."""
    with dashboards() as start:
        yield start(sample_workspace)


# The dashboard, which may here fetch from this machine, and whose page about Qawl has a mistake.
CHANGED = """
from app.dashboard import shell
from app.dashboard.views import about, add
from ingest.readers import Web


def fail():
    raise ValueError("a secret of the code")


if __name__ == "__main__":
    add.WEB = Web(allowed=frozenset({"127.0.0.1"}))
    shell.GROUPS["nav_work"] = (*shell.GROUPS["nav_work"][:-1], ("about", fail, "info"))
    shell.show()
"""


@pytest.fixture
def changed_address(copied_workspace, tmp_path):
    """The address of a dashboard over a copy of the samples that runs :data:`CHANGED` as its entry script."""
    folder = tmp_path / "entry"
    folder.mkdir()
    home = Path(cli_dashboard.__file__).parents[1] / "dashboard"
    (folder / "streamlit.toml").write_bytes((home / "streamlit.toml").read_bytes())
    (folder / "static").symlink_to(home / "static")
    (folder / "main.py").write_text(CHANGED, encoding="utf-8")
    at = "127.0.0.1", cli_dashboard._free_port("127.0.0.1")
    process = cli_dashboard._start(folder, copied_workspace.path, at, None)
    try:
        while not cli_dashboard._answers(at):
            assert process.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{at[1]}"
    finally:
        cli_dashboard._end(process)


@pytest.fixture
def page(serve):
    """A new page of a real Chromium; the test fails when it meets an error or asks another host for anything.

    It is closed before the dashboards that `serve` started are ended: a page left open would look for them.
    """
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        errors, elsewhere = [], []
        page.on("console", lambda message: message.type == "error" and errors.append(_told(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: _is_elsewhere(request.url) and elsewhere.append(request.url))
        yield page
        browser.close()
        assert [] == [error for error in errors if not _is_streamlits_probe(error)]
        assert [] == elsewhere


def _told(message) -> str:
    return f"{message.text} {message.location.get('url')}"


def _is_streamlits_probe(error: str) -> bool:
    """On a page below the root Streamlit first looks for its server below that page, in vain."""
    return "404" in error and "/_stcore/" in error


def _is_elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


@pytest.fixture
def picture(page, request):
    """Keep a picture of the page as build output: ``picture("name")``."""

    def take(name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return take

"""The dashboard reads the server that the workspace names."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.real_servers import RealServer
from tests.servers.worlds import bring_up


def test_the_overview_shows_what_the_server_holds(
    running: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workspace)
    bring_up(running, Ledger(workspace).view())
    with (workspace.path / "qawl.toml").open("a") as config:
        config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')
    monkeypatch.setenv("QAWL_WORKSPACE", str(workspace.path))
    monkeypatch.setenv("QAWL_PASSWORD", running.password)
    page = AppTest.from_file(str(Path(__file__).parents[2] / "app" / "dashboard" / "main.py"), default_timeout=60).run()

    assert not page.exception
    assert "9" in [metric.value for metric in page.metric]
    assert not workspace.indexes_path.exists()

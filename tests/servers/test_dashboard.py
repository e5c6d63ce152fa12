"""The dashboard reads the server that the workspace names."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.dashboard.test_cross_product import SECONDS, stop_at_the_limit
from tests.dashboard.test_pages import start
from tests.real_servers import RealServer
from tests.servers.worlds import bring_up

__all__ = ["start"]


def test_the_dashboard_asks_the_server_and_stays_usable(
    running: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, start: Callable[..., Any]
) -> None:
    fill(workspace)
    bring_up(running, Ledger(workspace).view())
    with (workspace.path / "qawl.toml").open("a") as config:
        config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')
    monkeypatch.setenv("QAWL_PASSWORD", running.password)
    monkeypatch.setattr("app.dashboard.views.ask.SECONDS", SECONDS)
    stop_at_the_limit(start(workspace, "query"), running.server.language)

    assert "9" in [metric.value for metric in start(workspace).metric]
    assert not workspace.indexes_path.exists()

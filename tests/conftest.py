"""What all tests share."""

import os

import pytest
from hypothesis import settings

from graph.workspace import Workspace
from tests.real_servers import fuseki_server, neo4j_server

__all__ = ["fuseki_server", "neo4j_server"]

# A test says what is right, not how fast a busy machine finds it out.
settings.register_profile("qawl", deadline=None)
settings.load_profile("qawl")


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    """A new, empty workspace."""
    return Workspace.create(tmp_path / "workspace")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under CI a test that would be skipped has failed: what it needs must be there."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
    return report

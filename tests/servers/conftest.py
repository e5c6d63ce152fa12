"""Each server in turn, running, and workspaces that are asked there."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.queries.conftest import listener
from tests.real_servers import RealServer
from tests.servers.worlds import assert_holds, bring_up, open_store

__all__ = ["listener"]


@pytest.fixture(params=["neo4j", "fuseki"])
def running(request: pytest.FixtureRequest) -> RealServer:
    found: RealServer = request.getfixturevalue(f"{request.param}_server")
    return found


@contextmanager
def asking(running: RealServer, workspace: Workspace) -> Iterator[Workspace]:
    """A workspace that names the server, and at the end the check that nothing of it was changed."""
    fill(workspace)
    view = Ledger(workspace).view()
    bring_up(running, view)
    with (workspace.path / "qawl.toml").open("a") as config:
        config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')
        if running.server.language == "sparql":
            config.write('timeout_parameter = "timeout"\n')
    with pytest.MonkeyPatch.context() as patch:
        kind = "NEO4J" if running.server.language == "cypher" else "SPARQL"
        patch.setenv(f"QAWL_{kind}_PASSWORD", running.password)
        yield Workspace.open(workspace.path)
    with open_store(running) as store:
        assert_holds(store, view)


@pytest.fixture(scope="module")
def on_neo4j(neo4j_server: RealServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with asking(neo4j_server, Workspace.create(tmp_path_factory.mktemp("on-neo4j") / "workspace")) as named:
        yield named


@pytest.fixture(scope="module")
def on_fuseki(fuseki_server: RealServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with asking(fuseki_server, Workspace.create(tmp_path_factory.mktemp("on-fuseki") / "workspace")) as named:
        yield named

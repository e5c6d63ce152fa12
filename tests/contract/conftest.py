"""How each store is built and opened; everything else in this folder is the same for all."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.ledger import Ledger, LedgerView
from graph.rdf import Iris
from graph.stores.base import Store
from graph.stores.endpoint_ import EndpointStore
from graph.stores.endpoint_write import EndpointTarget
from graph.stores.ladybug_ import LadybugStore
from graph.stores.ladybug_build import build_ladybug
from graph.stores.neo4j_ import Neo4jStore
from graph.stores.neo4j_write import Neo4jTarget
from graph.stores.oxigraph_ import OxigraphStore
from graph.stores.oxigraph_build import build_oxigraph
from graph.sync import sync
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.real_servers import RealServer

Opener = Callable[[pytest.FixtureRequest, Path, LedgerView], Store]


def open_oxigraph_store(_: pytest.FixtureRequest, path: Path, view: LedgerView) -> Store:
    build_oxigraph(path / "store", view, Iris())
    return OxigraphStore(path / "store", Iris())


def open_ladybug_store(_: pytest.FixtureRequest, path: Path, view: LedgerView) -> Store:
    build_ladybug(path / "graph.lbug", view)
    return LadybugStore(path / "graph.lbug")


def open_neo4j_store(request: pytest.FixtureRequest, _: Path, view: LedgerView) -> Store:
    running: RealServer = request.getfixturevalue("neo4j_server")
    with closing(Neo4jTarget(running.server, running.password)) as target:
        sync(view, target, Iris().base)
    return Neo4jStore(running.server, running.password)


def open_fuseki_store(request: pytest.FixtureRequest, _: Path, view: LedgerView) -> Store:
    running: RealServer = request.getfixturevalue("fuseki_server")
    with closing(EndpointTarget(running.server, Iris(), running.password)) as target:
        sync(view, target, Iris().base)
    return EndpointStore(running.server, Iris(), running.password)


OPENERS: dict[str, Opener] = {
    "oxigraph": open_oxigraph_store,
    "ladybug": open_ladybug_store,
    "neo4j": open_neo4j_store,
    "fuseki": open_fuseki_store,
}


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> LedgerView:
    workspace = Workspace.create(tmp_path_factory.mktemp("world"))
    fill(workspace)
    return Ledger(workspace).view()


@pytest.fixture(scope="session", params=OPENERS)
def store(
    request: pytest.FixtureRequest, view: LedgerView, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with OPENERS[request.param](request, tmp_path_factory.mktemp(request.param), view) as opened:
        yield opened

"""How each store is built and opened; everything else in this folder is the same for all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.ledger import Ledger, LedgerView
from graph.rdf import Iris
from graph.stores.base import Store
from graph.stores.ladybug_ import LadybugStore
from graph.stores.ladybug_build import build_ladybug
from graph.stores.oxigraph_ import OxigraphStore, build_oxigraph
from graph.workspace import Workspace
from tests.claim_world import fill

Opener = Callable[[Path, LedgerView], Store]


def open_oxigraph_store(path: Path, view: LedgerView) -> Store:
    build_oxigraph(path / "store", view, Iris())
    return OxigraphStore(path / "store", Iris())


def open_ladybug_store(path: Path, view: LedgerView) -> Store:
    build_ladybug(path / "graph.lbug", view)
    return LadybugStore(path / "graph.lbug")


OPENERS: dict[str, Opener] = {"oxigraph": open_oxigraph_store, "ladybug": open_ladybug_store}


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> LedgerView:
    workspace = Workspace.create(tmp_path_factory.mktemp("world"))
    fill(workspace)
    return Ledger(workspace).view()


@pytest.fixture(scope="session", params=OPENERS)
def store(
    request: pytest.FixtureRequest, view: LedgerView, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with OPENERS[request.param](tmp_path_factory.mktemp(request.param), view) as opened:
        yield opened

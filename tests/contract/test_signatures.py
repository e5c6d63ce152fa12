"""Every store has the signatures of the base."""

import inspect

import pytest

from graph.stores.base import AnswersCypher, AnswersSparql, Store
from graph.stores.endpoint_ import EndpointStore
from graph.stores.ladybug_ import LadybugStore
from graph.stores.neo4j_ import Neo4jStore
from graph.stores.oxigraph_ import OxigraphStore

STORES = [LadybugStore, OxigraphStore, Neo4jStore, EndpointStore]
READS = sorted(name for name in vars(Store) if not name.startswith("_"))


@pytest.mark.parametrize("kind", STORES)
@pytest.mark.parametrize("name", READS)
def test_override_has_the_signature_of_the_base(kind: type[Store], name: str) -> None:
    assert inspect.signature(getattr(Store, name)) == inspect.signature(getattr(kind, name))


def test_abilities_are_types() -> None:
    assert inspect.signature(AnswersSparql.sparql) == inspect.signature(OxigraphStore.sparql)
    assert inspect.signature(AnswersCypher.cypher) == inspect.signature(LadybugStore.cypher)
    assert not hasattr(OxigraphStore, "cypher")
    assert not hasattr(LadybugStore, "sparql")


@pytest.mark.parametrize("kind", STORES)
def test_no_store_can_write(kind: type[Store]) -> None:
    public = {name for name in dir(kind) if not name.startswith("_")}

    assert {*READS, "sparql", "cypher"} >= public

"""A Neo4j with a plug-in that reads, writes and calls: no query from a person gets to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import QueryError, ServerError
from graph.queries import ask
from graph.stores.neo4j_ import Neo4jStore
from graph.workspace import Workspace
from tests.queries.conftest import Listener
from tests.queries.test_attacks import SECRET, files
from tests.real_servers import neo4j_in, running, with_plugin
from tests.servers.conftest import asking

WORKS = {
    "reading": "CALL apoc.load.json('file://{folder}/secret.json') YIELD value RETURN value.said",
    "writing": "CALL apoc.export.json.all('{folder}/out.json', {{}})",
    "calling": "CALL apoc.load.json('http://127.0.0.1:{port}/x')",
    "asking": "RETURN apoc.cypher.runFirstColumnSingle('MATCH (e:Entity) RETURN count(e)', {{}})",
}
ATTACKS = [
    *WORKS.values(),
    "CALL apoc.cypher.run('CREATE (:New)', {{}})",
    "CALL apoc.cypher.`run`('CREATE (:New)', {{}})",
    "CALL apoc.`\\u0063ypher`.run('CREATE (:New)', {{}})",
    "RETURN COLLECT {{ CALL apoc.load.json('file://{folder}/secret.json') YIELD value RETURN value }}",
    "RETURN [x IN [1] | COLLECT {{ CALL apoc.load.json('file://{folder}/secret.json') YIELD value RETURN value }}]",
    "RETURN apoc.version()",
    "RETURN apoc . /* a comment */ version ()",
    "RETURN a\\u0070oc.version()",
    "RETURN `apoc`.`version`()",
    "RETURN [x IN [1] | apoc.version()]",
    "MATCH (e:Entity) WHERE apoc.version() <> '' RETURN e.id",
    "MATCH (e:Entity) RETURN e.id ORDER BY apoc.version()",
    "MATCH (e:Entity) RETURN e.id SKIP size(apoc.version())",
    "MATCH (e:Entity) RETURN e.id LIMIT size(apoc.version())",
    "MATCH (e:Entity) RETURN COUNT {{ MATCH (f) WHERE apoc.version() = f.id }}",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Neo4jStore, Workspace, Path]]:
    """The store and a workspace that asks it, and a folder with a secret."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "home").mkdir()
    (folder / "secret").mkdir()
    (folder / "secret" / "secret.json").write_text(f'{{"said": "{SECRET}"}}')
    with (
        running(with_plugin(neo4j_in(folder / "home"))) as server,
        asking(server, Workspace.create(folder / "workspace")) as named,
        Neo4jStore(server.server, server.password) as opened,
    ):
        yield opened, named, folder / "secret"


def test_unasked_it_reads_writes_and_calls(store: tuple[Neo4jStore, Workspace, Path], listener: Listener) -> None:
    opened, _, folder = store
    queries = {name: query.format(folder=folder, port=listener.port) for name, query in WORKS.items()}

    assert [[SECRET]] == opened._read(queries["reading"])
    assert [[6]] == opened._read(queries["asking"])
    opened._read(queries["writing"])
    assert (folder / "out.json").read_text()
    (folder / "out.json").unlink()
    with pytest.raises(ServerError):
        opened._read(queries["calling"])
    assert listener.calls


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_query_may_not_call_it(store: tuple[Neo4jStore, Workspace, Path], listener: Listener, attack: str) -> None:
    _, named, folder = store
    before = files(folder)
    with pytest.raises(QueryError, match=r"may not call|no files, no URLs"):
        ask(named, attack.format(folder=folder, port=listener.port), language="cypher", timeout=20)

    assert [] == listener.calls
    assert before == files(folder)
    assert [(6, 18)] == ask(named, "MATCH (e:Entity) WITH count(e) AS e MATCH (n) RETURN e, count(n) - 1").rows

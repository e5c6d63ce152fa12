"""Queries from people on servers: answered like those on the indexes, and harmless."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from graph.errors import QueryError
from graph.ledger import Ledger
from graph.queries import ask
from graph.stores.rows import Rows
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.queries.conftest import Listener, listener
from tests.real_servers import RealServer
from tests.servers.worlds import assert_holds, bring_up, open_store

__all__ = ["listener"]

EDGES = {
    "cypher": "MATCH (a:Entity)-[r:WARNS]->(b:Entity) RETURN a.id, b.id, r.date ORDER BY a.id, b.id",
    "sparql": "SELECT ?a ?b { ?a rel:warns ?b }",
}


@contextmanager
def asking(running: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace that names the server, and the check that nothing of it was changed."""
    fill(workspace)
    view = Ledger(workspace).view()
    bring_up(running, view)
    with (workspace.path / "qawl.toml").open("a") as config:
        config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')
        if running.server.language == "sparql":
            config.write('timeout_parameter = "timeout"\n')
    monkeypatch.setenv("QAWL_PASSWORD", running.password)
    yield Workspace.open(workspace.path)
    with open_store(running) as store:
        assert_holds(store, view)


@pytest.fixture
def on_neo4j(neo4j_server: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    with asking(neo4j_server, workspace, monkeypatch) as named:
        yield named


@pytest.fixture
def on_fuseki(fuseki_server: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    with asking(fuseki_server, workspace, monkeypatch) as named:
        yield named


def embedded(named: Workspace, query: str) -> Rows:
    """The answer of the index, which a workspace without servers asks."""
    return ask(Workspace(named.path, named.base_iri), query)


@pytest.mark.parametrize(
    "query",
    [
        EDGES["cypher"],
        "MATCH (c:Claim) RETURN c.id, c.negated, c.confidence, c.date, c.evidence_start ORDER BY c.id",
        "MATCH (e:Entity) RETURN e.label_ar ORDER BY e.id",
        "UNWIND [1, 2.5, true, null, 'س'] AS x RETURN x",
        "MATCH (n:Nothing) RETURN n",
    ],
)
def test_neo4j_gives_the_rows_that_ladybug_gives(on_neo4j: Workspace, query: str) -> None:
    if "Nothing" in query:  # an unknown label is an error in Ladybug
        assert [] == ask(on_neo4j, query).rows
    elif "UNWIND" in query:  # Ladybug has no lists of mixed types
        assert [(1,), (2.5,), (True,), (None,), ("س",)] == ask(on_neo4j, query).rows
    else:
        expected, found = embedded(on_neo4j, query), ask(on_neo4j, query)
        assert (expected.columns, expected.rows) == (found.columns, found.rows)


def test_neo4j_gives_nodes_edges_and_paths_as_a_picture(on_neo4j: Workspace) -> None:
    found = ask(on_neo4j, "MATCH p = (a:Entity {id: 'Q58217'})-[r:WARNS]->(b:Entity) RETURN a, r, b, p")

    assert ["Q58217", "Q30"] == [node.properties["id"] for node in found.nodes]
    assert ["WARNS"] == [edge.label for edge in found.edges]
    assert "Entity" == found.rows[0][0]["_label"]


@pytest.mark.parametrize(
    "query",
    [
        EDGES["sparql"],
        "SELECT ?c ?n ?x ?d { ?c a schema:Claim ; qawl:negated ?n ; qawl:confidence ?x OPTIONAL { ?c qawl:date ?d } }",
        "SELECT ?l { ?e qawl:label_ar ?l }",
        "ASK { wd:Q58217 rel:warns wd:Q30 }",
        "CONSTRUCT { ?a rel:warns ?b } WHERE { ?a rel:warns ?b }",
        "SELECT ?x { VALUES ?x { 1 2.5 true 'س' } }",
    ],
)
def test_fuseki_gives_the_rows_that_oxigraph_gives(on_fuseki: Workspace, query: str) -> None:
    expected, found = embedded(on_fuseki, query), ask(on_fuseki, query)

    assert (expected.columns, sorted(map(str, expected))) == (found.columns, sorted(map(str, found)))
    assert [node.id for node in expected.nodes] == [node.id for node in found.nodes]


CYPHER_ATTACKS = [
    "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l",
    "RETURN COLLECT {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }}",
    "RETURN [x IN [1] | COLLECT {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }}]",
    "RETURN CASE WHEN true THEN COLLECT {{ LOAD /**/ CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }} END",
    "MATCH (n) WHERE EXISTS {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }} RETURN n",
    "RETURN [x IN [1] | COLLECT {{ CALL db.labels() YIELD label RETURN label }}]",
    "CREATE (:Entity {{id: 'new'}})",
    "MATCH (a) DETACH DELETE a",
    "MATCH (a:Entity) SET a.label_en = 'x' RETURN a",
    "MATCH (a:Entity) CALL (a) {{ SET a.x = 1 }} IN TRANSACTIONS RETURN 1",
    "CALL dbms.listConfig()",
    "CALL db.createLabel('New')",
    "CALL dbms.killConnections(['x'])",
    "SHOW SETTINGS",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CREATE USER someone SET PASSWORD 'longenough'",
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'longenough'",
    "CREATE INDEX FOR (e:Entity) ON (e.kind)",
    "DROP CONSTRAINT qawl_Claim",
    "PROFILE MATCH (a) DETACH DELETE a",
    "RETURN 1; CREATE (:Entity {{id: 'new'}})",
    "USE system SHOW DATABASES",
]


@pytest.mark.parametrize("attack", CYPHER_ATTACKS)
def test_attacks_on_neo4j_are_harmless(on_neo4j: Workspace, listener: Listener, attack: str) -> None:
    with pytest.raises(QueryError) as refused:
        ask(on_neo4j, attack.format(port=listener.port), language="cypher", timeout=5)

    assert "root:" not in str(refused.value)
    assert [] == listener.calls
    assert [(6,)] == ask(on_neo4j, "MATCH (e:Entity) RETURN count(e)").rows


SPARQL_ATTACKS = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ ?s ?p ?o OPTIONAL {{ service <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ BIND(EXISTS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} AS ?x) }}",
    "ASK {{ ?s ?p ?o . SERVICE ?s {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }}",
    "LOAD <http://127.0.0.1:{port}/x>",
    "INSERT DATA {{ <urn:x> <urn:x> <urn:x> }}",
    "DELETE WHERE {{ ?s ?p ?o }}",
    "CLEAR ALL",
    "DROP ALL",
    "SELECT * {{ ?s ?p ?o }} ; CLEAR ALL",
    "PREFIX a: <urn:a> INSERT DATA {{ <urn:x> <urn:x> <urn:x> }}",
]


@pytest.mark.parametrize("attack", SPARQL_ATTACKS)
def test_attacks_on_an_endpoint_are_harmless(on_fuseki: Workspace, listener: Listener, attack: str) -> None:
    with pytest.raises(QueryError):
        ask(on_fuseki, attack.format(port=listener.port), language="sparql", timeout=5)

    assert [] == listener.calls
    assert [(6,)] == ask(on_fuseki, "SELECT (COUNT(*) AS ?n) { ?e a qawl:Entity }").rows


def test_service_may_be_allowed(on_fuseki: Workspace, listener: Listener) -> None:
    config = on_fuseki.path / "qawl.toml"
    config.write_text(config.read_text() + "allow_service = true\n")
    query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{listener.port}/s> {{ ?s ?p ?o }} }}"
    ask(Workspace.open(on_fuseki.path), query, timeout=20)

    assert listener.calls


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("cypher", "UNWIND range(1, 100000000000) AS x RETURN count(x)"),
        ("cypher", "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN max(a.id + h.id)"),
        ("sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"),
    ],
)
def test_a_slow_query_is_an_error_within_two_seconds_of_its_limit(
    request: pytest.FixtureRequest, language: str, query: str
) -> None:
    named = request.getfixturevalue("on_neo4j" if language == "cypher" else "on_fuseki")
    began = time.monotonic()
    with pytest.raises(QueryError, match="no answer within 2 seconds"):
        ask(named, query, timeout=2)

    assert time.monotonic() - began < 4.5  # connecting and planning come before
    assert ask(named, EDGES[language]).rows


@pytest.mark.parametrize("fixture", ["on_neo4j", "on_fuseki"])
def test_rows_stop_at_the_limit(request: pytest.FixtureRequest, fixture: str) -> None:
    named = request.getfixturevalue(fixture)
    query = "MATCH (c:Claim) RETURN c.id" if fixture == "on_neo4j" else "SELECT ?c { ?c a schema:Claim }"

    assert (4, True) == (len(ask(named, query, limit=4)), ask(named, query, limit=4).truncated)
    assert (9, False) == (len(ask(named, query, limit=9)), ask(named, query, limit=9).truncated)


@pytest.mark.parametrize(
    ("fixture", "query", "line", "column"),
    [
        ("on_neo4j", "MATCH (a)\nRETURN a.id b", 2, 13),
        ("on_neo4j", "RETURN nothing", 1, 8),
        ("on_fuseki", "SELECT ?a\n{ ?a ?b }", 2, 3),
        ("on_fuseki", "SELECT ?a { ?a unknown:b ?c }", 1, 16),
    ],
)
def test_an_error_has_its_place(
    request: pytest.FixtureRequest, fixture: str, query: str, line: int, column: int
) -> None:
    with pytest.raises(QueryError) as found:
        ask(request.getfixturevalue(fixture), query, language="cypher" if fixture == "on_neo4j" else "sparql")

    assert line == found.value.line
    assert column == pytest.approx(found.value.column, abs=4)

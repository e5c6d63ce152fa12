"""Queries that try to read, write, call out or eat a server: nothing comes of any, and the next one is answered.

What the same queries do where nothing keeps them is shown beside them: the server would read the file, and call.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import QueryError, ServerError
from graph.queries import ask
from graph.stores.neo4j_ import Neo4jStore
from graph.workspace import Workspace
from tests.queries.conftest import Listener
from tests.queries.test_attacks import SECRET, files
from tests.real_servers import RealServer
from tests.servers.worlds import open_store

CYPHER_REFUSED = [
    "LOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:{port}/x' AS l FIELDTERMINATOR ';' RETURN l",
    "load csv from 'http://127.0.0.1:{port}/x' as l return l",
    "/* a comment */ LOAD /* and */ CSV FROM 'file://{secret}' AS l RETURN l",
    "// a comment\nLOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "L\\u004FAD CSV FROM 'file://{secret}' AS l RETURN l",
    "EXPLAIN LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l",
    "PROFILE LOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "CYPHER runtime=slotted LOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "USE neo4j LOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "RETURN 1 AS l UNION LOAD CSV FROM 'file://{secret}' AS l RETURN l",
    "MATCH (n) WITH n LIMIT 1 CALL {{ LOAD CSV FROM 'file://{secret}' AS l RETURN l }} RETURN l",
    "UNWIND [1] AS x CALL (x) {{ LOAD CSV FROM 'file://{secret}' AS l RETURN l }} IN TRANSACTIONS RETURN l",
    "RETURN COLLECT {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }}",
    "RETURN [x IN [1] | COLLECT {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }}]",
    "RETURN CASE WHEN true THEN COLLECT {{ LOAD /**/ CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }} END",
    "MATCH (n) WHERE EXISTS {{ LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS l RETURN l }} RETURN n",
    "MATCH (n) RETURN COUNT {{ LOAD CSV FROM 'file://{secret}' AS l RETURN l }}",
    "MATCH (n) RETURN n.id ORDER BY COUNT {{ LOAD CSV FROM 'file://{secret}' AS l RETURN l }}",
    "RETURN [x IN [1] | COLLECT {{ CALL db.labels() YIELD label RETURN label }}]",
    "CREATE (:Entity {{id: 'new'}})",
    "MERGE (e:Entity {{id: 'new'}}) RETURN e",
    "MATCH (a) DETACH DELETE a",
    "MATCH (a:Entity) SET a.label_en = 'x' RETURN a",
    "MATCH (a:Entity) REMOVE a.label_en RETURN a",
    "FOREACH (x IN [1] | CREATE (:Entity {{id: 'new'}}))",
    "MATCH (a:Entity) CALL (a) {{ SET a.x = 1 }} IN TRANSACTIONS RETURN 1",
    "UNWIND [1] AS x CALL (x) {{ RETURN 1 AS y }} IN CONCURRENT TRANSACTIONS RETURN y",
    "MATCH (n) WITH n LIMIT 1 CALL {{ WITH n CREATE (:New) }} IN TRANSACTIONS RETURN 1",
    "CALL dbms.listConfig()",
    "CALL dbms.components()",
    "CALL dbms.setConfigValue('server.memory.pagecache.size', '1m')",
    "CALL dbms.killConnections(['x'])",
    "CALL db.createLabel('New')",
    "CALL db.createProperty('new')",
    "CALL db.clearQueryCaches()",
    "CALL db.awaitIndexes(1)",
    "SHOW SETTINGS",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CREATE DATABASE new",
    "STOP DATABASE neo4j",
    "CREATE USER someone SET PASSWORD 'longenough'",
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'longenough'",
    "CREATE INDEX FOR (e:Entity) ON (e.kind)",
    "DROP CONSTRAINT qawl_Claim",
    "PROFILE MATCH (a) DETACH DELETE a",
    "EXPLAIN PROFILE CREATE (:Entity {{id: 'new'}})",
    "CYPHER 5 PROFILE CREATE (:Entity {{id: 'new'}})",
    "RETURN 1; CREATE (:Entity {{id: 'new'}})",
    "RETURN 1;\nRETURN 2",
    "USE system SHOW DATABASES",
]
CYPHER_GREEDY = [
    "UNWIND range(1, 100000000000) AS x RETURN count(x)",
    "UNWIND range(1, 100000000000) AS x RETURN collect(x)",
    "UNWIND range(1, 100000000000) AS x RETURN x ORDER BY x DESC",
    "RETURN range(1, 100000000000)",
    "RETURN reduce(text = 'long', i IN range(1, 60) | text + text)",
    "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN a.id ORDER BY a.id + b.id + c.id + d.id + e.id + f.id + g.id",
    "MATCH (a)-[* 1..40]-(b) RETURN count(*)",
]
SPARQL_REFUSED = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <file:///etc/passwd> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ ?s ?p ?o OPTIONAL {{ service <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ BIND(EXISTS {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }} AS ?x) }}",
    "SELECT * {{ BIND(IRI('http://127.0.0.1:{port}/') AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p ?o . SERVICE ?s {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE SILENT <http://127.0.0.1:{port}/s> {{ ?a ?b ?c }} }} }}",
    # Hidden in a comment or a string that ends elsewhere for the check than for the server.
    'SELECT * {{ ?s ?p ?o # "\n SERVICE <http://127.0.0.1:{port}/s> {{ ?a ?b ?c }} }}',
    "SELECT * {{ ?s ?p ?o #\r SERVICE <http://127.0.0.1:{port}/s> {{ ?a ?b ?c }}\n }}",
    "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/s> {{ ?s ?p ?o }} }}",
    'SELECT * {{ BIND("\\u005C" AS ?x) SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} BIND(" AS ?y) }} #" AS ?z) }}',
    "LOAD <http://127.0.0.1:{port}/x>",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA {{ <urn:x> <urn:x> <urn:x> }}",
    "DELETE WHERE {{ ?s ?p ?o }}",
    "CLEAR ALL",
    "DROP ALL",
    "SELECT * {{ ?s ?p ?o }} ; CLEAR ALL",
    "SELECT * {{ ?s ?p ?o }} SELECT * {{ ?s ?p ?o }}",
    "PREFIX a: <urn:a> INSERT DATA {{ <urn:x> <urn:x> <urn:x> }}",
    "SELECT * " + "{{" * 2000 + " ?s ?p ?o " + "}}" * 2000,
    "SELECT * {{ VALUES ?x {{ " + "'one of very many values' " * 5000 + "}} }}",
]
SPARQL_ANSWERED = [
    "SELECT * FROM <http://127.0.0.1:{port}/x> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <http://127.0.0.1:{port}/x> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "SELECT * {{ GRAPH <http://127.0.0.1:{port}/x> {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH ?g {{ ?s <urn:x> ?o }} }}",
    "SELECT * {{ ?x <java:java.lang.System> ?y }}",
    "SELECT ?x {{ VALUES ?x {{ " + "'a value' " * 5000 + "}} FILTER(?x = 'none of them') }}",
]
SPARQL_GREEDY = [
    "SELECT ?a ?d ?g {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }} ORDER BY ?a ?d ?g ?j",
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}",
    "SELECT (GROUP_CONCAT(?x) AS ?y) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?c), STR(?f)) AS ?x) }}",
    "SELECT (COUNT(*) AS ?n) {{ ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f . ?g (!<urn:x>)* ?h }}",
    "DESCRIBE ?a ?d ?g {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}",
]
HELD = {
    "cypher": ["MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)"],
    "sparql": ["SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"],
}
KEPT_BY_THE_SERVER = ("data", "db", "logs", "run", "output.log")


class Ground:
    """A server with a file beside it that it can read, and all that a query must leave as it is."""

    def __init__(self, named: Workspace, running: RealServer, listener: Listener) -> None:
        self.named, self.running, self.listener = named, running, listener
        self.secret = named.path.parent / "secret.csv"
        self.secret.write_text(f"{SECRET}\n")
        self.before = self._state()

    def query(self, attack: str) -> str:
        return attack.format(secret=self.secret, port=self.listener.port)

    def ask(self, attack: str) -> str:
        """What comes of it: rows or an error, as text."""
        language = self.running.server.language
        try:
            outcome = str(ask(self.named, self.query(attack), language=language, timeout=2, limit=50).rows)
        except QueryError as error:
            outcome = f"refused: {error}"
        assert SECRET not in outcome
        assert "root:" not in outcome
        assert [] == self.listener.calls
        assert self.before == self._state()
        return outcome

    def _state(self) -> object:
        kept = [path for path in self.running.folder.iterdir() if path.name not in KEPT_BY_THE_SERVER]
        held = [ask(self.named, query, timeout=60).rows for query in HELD[self.running.server.language]]
        return sorted(kept), sorted(Path.cwd().iterdir()), files(self.named.path.parent), held


@pytest.fixture
def neo4j_ground(on_neo4j: Workspace, neo4j_server: RealServer, listener: Listener) -> Ground:
    return Ground(on_neo4j, neo4j_server, listener)


@pytest.fixture
def fuseki_ground(on_fuseki: Workspace, fuseki_server: RealServer, listener: Listener) -> Ground:
    return Ground(on_fuseki, fuseki_server, listener)


@pytest.mark.parametrize("attack", CYPHER_REFUSED)
def test_neo4j_is_not_asked_what_is_no_question(neo4j_ground: Ground, attack: str) -> None:
    assert neo4j_ground.ask(attack).startswith("refused: ")


@pytest.mark.parametrize("attack", CYPHER_GREEDY)
def test_neo4j_is_not_eaten(neo4j_ground: Ground, attack: str) -> None:
    outcome = neo4j_ground.ask(attack)

    assert any(told in outcome for told in ("no answer within 2 seconds", "memory", "out of range")), outcome


@pytest.mark.parametrize("attack", SPARQL_REFUSED)
def test_fuseki_is_not_asked_what_is_no_question(fuseki_ground: Ground, attack: str) -> None:
    assert fuseki_ground.ask(attack).startswith("refused: ")


@pytest.mark.parametrize("query", SPARQL_ANSWERED)
def test_fuseki_finds_nothing_where_it_would_have_to_fetch(fuseki_ground: Ground, query: str) -> None:
    assert "[]" == fuseki_ground.ask(query)


@pytest.mark.parametrize("attack", SPARQL_GREEDY)
def test_fuseki_is_not_eaten(fuseki_ground: Ground, attack: str) -> None:
    assert "no answer within 2 seconds" in fuseki_ground.ask(attack)


def test_without_the_plan_neo4j_reads_files_and_calls(neo4j_ground: Ground) -> None:
    with open_store(neo4j_ground.running) as store:
        assert isinstance(store, Neo4jStore)
        assert [[[SECRET]]] == store._read(neo4j_ground.query(CYPHER_REFUSED[0]))
        with pytest.raises(ServerError, match=r"127\.0\.0\.1"):
            store._read(neo4j_ground.query(CYPHER_REFUSED[3]))

    assert neo4j_ground.listener.calls


@pytest.mark.parametrize("hidden", [SPARQL_REFUSED[1], *SPARQL_REFUSED[12:15:2]])
def test_service_may_be_allowed(on_fuseki: Workspace, listener: Listener, hidden: str) -> None:
    """Allowed, each of the ways to hide it sends a request: so the refusals above are no accident."""
    server = replace(on_fuseki.servers[0], allow_service=True)
    with suppress(QueryError, ServerError):  # what the listener says is no answer
        ask(replace(on_fuseki, servers=(server,)), hidden.format(port=listener.port), language="sparql", timeout=20)

    assert listener.calls

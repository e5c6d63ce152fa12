"""Queries that try to read, write, call out or eat the machine: nothing comes of any, and the next one is answered."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.generations import LADYBUG, OXIGRAPH, Indexes
from graph.queries import ask
from graph.workspace import Workspace
from tests.queries.conftest import Listener

HOME = Path(__file__).parents[2]
SECRET = "a secret that no answer may hold"

CYPHER_ATTACKS = [
    "LOAD FROM '{secret}.csv' RETURN *",
    "LOAD FROM '{secret}.csv' (header=false) RETURN *",
    "WITH 1 AS x LOAD FROM '{secret}.csv' RETURN *",
    "LOAD FROM '/etc/passwd' (file_format='csv', delim=':') RETURN *",
    "LOAD FROM 'http://127.0.0.1:{port}/x.csv' RETURN *",
    "COPY (MATCH (a:Entity) RETURN a.id) TO '{out}.csv'",
    "COPY (MATCH (a:Entity) RETURN a.id) TO '{out}.parquet'",
    "COPY Entity FROM '{secret}.csv'",
    "EXPORT DATABASE '{out}'",
    "EXPORT DATABASE '{out}' (format='csv')",
    "IMPORT DATABASE '{out}'",
    "CALL timeout=0",
    "CALL timeout=0; UNWIND range(1, 100000000000) AS x RETURN sum(x)",
    "CALL threads=64",
    "CALL spill_to_disk=true",
    "CALL home_directory='{out}'",
    "CHECKPOINT",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs",
    "INSTALL httpfs FROM 'http://127.0.0.1:{port}/'",
    "UPDATE httpfs",
    "UNINSTALL httpfs",
    "LOAD EXTENSION httpfs",
    "LOAD EXTENSION '{secret}.csv'",
    "ATTACH '{secret}.csv' AS x (dbtype lbug)",
    "ATTACH 'http://127.0.0.1:{port}/x' AS x (dbtype postgres)",
    "CREATE (:Entity {{id: 'new'}})",
    "MATCH (a) DETACH DELETE a",
    "MATCH (a:Entity) SET a.label_en = 'x'",
    "DROP TABLE Entity",
    "CREATE NODE TABLE New(id STRING PRIMARY KEY)",
    "CREATE MACRO f(x) AS x + 1",
    "RETURN 1; CREATE (:Entity {{id: 'new'}})",
    "BEGIN TRANSACTION",
    "UNWIND range(1, 100000000000) AS x RETURN count(x)",
    "UNWIND range(1, 100000000) AS x RETURN x ORDER BY x DESC",
    "UNWIND range(1, 1000000) AS x RETURN collect(repeat('long', 100000))",
    "RETURN repeat(repeat('long', 1000000), 1000000)",
    "MATCH (a)-[* 1..30]-(b) RETURN a, b ORDER BY a.id, b.id",
]
SPARQL_ATTACKS = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o SERVICE <http://localhost:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(IRI('http://127.0.0.1:{port}/') AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <file://{secret}.csv> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <file://{secret}.csv> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "LOAD <http://127.0.0.1:{port}/>",
    "LOAD <file://{secret}.csv>",
    "INSERT DATA {{ <urn:a> <urn:b> <urn:c> }}",
    "DELETE WHERE {{ ?s ?p ?o }}",
    "CLEAR ALL",
    "DROP ALL",
    "SELECT * {{ ?s ?p ?o }} ; DROP ALL",
    "SELECT ?a {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }} ORDER BY ?a ?d ?g ?j",
    "SELECT (GROUP_CONCAT(?x) AS ?y) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?c), STR(?f)) AS ?x) }}",
    "SELECT (REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$') AS ?x) {{}}",
]


def files(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below this one, with the bytes of the files."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


class Ground:
    """A folder with a secret, a home that extensions could be put into, and what both held before."""

    def __init__(self, tmp_path: Path, world: Workspace, listener: Listener) -> None:
        self.secret, self.out = tmp_path / "secret", tmp_path / "out"
        self.secret.with_suffix(".csv").write_text(f"{SECRET}\n{SECRET}\n")
        self.home = tmp_path / "home"
        self.home.mkdir()
        self.world, self.listener, self.tmp_path = world, listener, tmp_path
        self.before = files(tmp_path), files(world.path), sorted(Path.cwd().iterdir())

    def query(self, attack: str) -> str:
        return attack.format(secret=self.secret, out=self.out, port=self.listener.port)

    def is_untouched(self) -> bool:
        return self.before == (files(self.tmp_path), files(self.world.path), sorted(Path.cwd().iterdir()))


@pytest.fixture
def ground(tmp_path: Path, world: Workspace, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Ground:
    found = Ground(tmp_path, world, listener)
    monkeypatch.setenv("HOME", str(found.home))
    return found


def harmless(ground: Ground, attack: str, language: str) -> None:
    try:
        answer = ask(ground.world, ground.query(attack), language=language, timeout=2, limit=100)  # type: ignore[arg-type]
    except QueryError as error:
        assert SECRET not in str(error)
    else:
        assert SECRET not in str(answer)
        assert "root:" not in str(answer)
    assert ground.is_untouched()
    assert [] == ground.listener.calls
    assert [(6,)] == ask(ground.world, "MATCH (e:Entity) RETURN count(e)").rows
    assert [(6,)] == ask(ground.world, "SELECT (COUNT(*) AS ?n) { ?e a qawl:Entity }").rows


@pytest.mark.parametrize("attack", CYPHER_ATTACKS)
def test_cypher_attacks_are_harmless(ground: Ground, attack: str) -> None:
    harmless(ground, attack, "cypher")


@pytest.mark.parametrize("attack", SPARQL_ATTACKS)
def test_sparql_attacks_are_harmless(ground: Ground, attack: str) -> None:
    harmless(ground, attack, "sparql")


# The kindly refusal of statements that ask nothing is left out here, so that every attack reaches the engine.
UNGUARDED = """
import json, sys
from pathlib import Path
from graph.query_child import confine, forbid_writing
from graph.stores.engines import open_ladybug
path, queries = json.load(sys.stdin)
print(forbid_writing())
connection = open_ladybug(Path(path))
confine(1 << 30)
for query in queries:
    try:
        print(connection.execute(query).get_all())
    except Exception as error:
        print(error)
"""


def test_the_confinement_holds_without_the_guard_of_words(ground: Ground) -> None:
    lease = Indexes(ground.world).lease(LADYBUG)
    path = str(lease.folder / LADYBUG.file)
    for attack in CYPHER_ATTACKS[:31]:
        outcome = subprocess.run(
            [sys.executable, "-P", "-c", UNGUARDED],
            input=json.dumps([path, [ground.query(attack)]]).encode(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(HOME)},
            timeout=60,
            check=False,
        )
        can, _, answer = outcome.stdout.decode().partition("\n")
        if can != "True" and sys.platform == "linux":
            pytest.skip("this kernel has no Landlock")
        assert SECRET not in answer
        assert ground.is_untouched(), attack
        assert [] == ground.listener.calls
    lease.release()


CALLING_OUT = """
import json, sys
from pathlib import Path
from graph.query_child import confine, forbid_sockets
from graph.stores.engines import open_oxigraph
path, queries = json.load(sys.stdin)
if sys.argv[1] == "forbid":
    print(forbid_sockets())
store = open_oxigraph(Path(path))
confine(1 << 30, 100)
for query in queries:
    try:
        print(list(store.query(query)))
    except Exception as error:
        print(error)
"""


@pytest.mark.parametrize("forbidden", [True, False])
def test_no_socket_is_made_where_descriptors_are_left_for_a_large_store(ground: Ground, forbidden: bool) -> None:
    lease = Indexes(ground.world).lease(OXIGRAPH)
    path = str(lease.folder / OXIGRAPH.file)
    # Without SILENT, so that a call that fails says why.
    outcome = subprocess.run(
        [sys.executable, "-P", "-c", CALLING_OUT, "forbid" if forbidden else ""],
        input=json.dumps([path, [ground.query(SPARQL_ATTACKS[0])]]).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        timeout=60,
        check=False,
    )
    lease.release()

    if forbidden and outcome.stdout.startswith(b"False"):
        pytest.skip("seccomp is not known for this machine")
    assert forbidden == (b"Permission denied" in outcome.stdout)
    assert forbidden == ([] == ground.listener.calls)
    assert ground.is_untouched()


def test_what_a_query_of_the_child_is_given_away_by_nothing(world: Workspace, tmp_path: Path) -> None:
    """The child runs our own modules, whatever stands in the current folder."""
    for name in ("graph", "data", "json"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('shadowed')")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert [(1,)] == ask(world, "RETURN 1").rows
    finally:
        os.chdir(before)

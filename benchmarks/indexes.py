"""How fast the graph is put into its stores: ``python -m benchmarks.indexes [CLAIMS] [STORE ...]``.

Without names the two embedded stores are measured; ``neo4j`` and ``fuseki`` want Java 17 and Maven, and minutes.

Seconds depend on the machine, so each line has a ratio: our time over that of the engine's own bulk loader for the same
rows, in the same run. The loader is given files (or Arrow tables) that were made before its clock starts; ours starts
from the ledger, and that of a server ends when counts and checksum have been compared.

- Ladybug: ``COPY`` of each table and a checkpoint;
- Oxigraph: ``Store.bulk_load`` of N-Quads, then optimised and flushed as ours is;
- Neo4j: ``LOAD CSV ... IN TRANSACTIONS`` into the running server, with the same constraints and indexes;
- Fuseki: one POST of N-Triples to the running server by the Graph Store Protocol.

What the engines load offline (``neo4j-admin database import``, ``tdb2.tdbloader``), into an empty store that nobody
reads, is printed beside them.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import httpx
import pyarrow as pa
import pyoxigraph

from benchmarks.measuring import processor_seconds, seconds
from graph.exports import export
from graph.ledger import LedgerView
from graph.rdf import Iris
from graph.relations import relations
from graph.stores import ladybug_build
from graph.stores.engines import close_ladybug, open_ladybug
from graph.stores.neo4j_write import SCHEMA, Neo4jTarget
from graph.stores.oxigraph_build import build_oxigraph
from graph.workspace import Workspace
from tests.real_servers import RealServer, fuseki_in, neo4j_admin, neo4j_in, running, tdb_loader
from tests.servers.test_import import documented_command
from tests.servers.worlds import bring_up, fill_many

CLAIMS = 100_000
CLAIMS_EACH = 20  # in each article
ACTORS = 5_000
EMBEDDED = "oxigraph", "ladybug"


def main(claims: int = CLAIMS, stores: tuple[str, ...] = EMBEDDED) -> None:
    """Measure these stores, and print a line for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace.create(folder / "workspace")
        articles = claims // CLAIMS_EACH
        view = fill_many(workspace, articles=articles, claims_each=CLAIMS_EACH, actors=ACTORS, kinds=list(relations()))
        print(
            f"{view.counts().claims:,} claims of {articles:,} articles, {ACTORS:,} actors, {len(relations())} relations"
        )
        measure(view, folder, stores)


def measure(view: LedgerView, folder: Path, stores: tuple[str, ...] = EMBEDDED) -> dict[str, tuple[float, float]]:
    """Print a line for each store; the seconds of ours and of its loader. ``folder`` is where they are made.

    What is returned of the embedded ones is processor time, which a busy machine does not change much.
    """
    found = {}
    print("  store     ours s  loader s  ratio  offline s, or processor s of both")
    for store in stores:
        home = folder / store
        home.mkdir()
        ours, loader, *offline = MEASURES[store](view, home)
        beside = "".join(f"{each:9.1f}" for each in offline)
        print(f"  {store:8}  {ours:6.1f}  {loader:8.1f}  {ours / loader:5.2f}  {beside}", flush=True)
        shutil.rmtree(home)
        found[store] = (offline[0], offline[1]) if store in EMBEDDED else (ours, loader)
    return found


def _ladybug(view: LedgerView, home: Path) -> list[float]:
    tables: list[tuple[str, pa.Table]] = []
    keep, ladybug_build._copy = ladybug_build._copy, lambda _, label, table: tables.append((label, table))
    ladybug_build.build_ladybug(home / "unused.lbug", view)
    ladybug_build._copy = keep
    return _both(
        lambda: ladybug_build.build_ladybug(home / "ours.lbug", view), lambda: _copy_all(home / "loader.lbug", tables)
    )


def _both(ours: Callable[[], object], loader: Callable[[], object]) -> list[float]:
    """Seconds by the clock of both, then processor seconds of both."""
    used: list[float] = []
    times = [seconds(lambda work=work: used.append(processor_seconds(work))) for work in (ours, loader)]
    return times + used


def _copy_all(path: Path, tables: list[tuple[str, pa.Table]]) -> None:
    connection = open_ladybug(path, read_only=False, pool_bytes=ladybug_build.BUILD_POOL_BYTES)
    for statement in ladybug_build._schema():
        connection.execute(statement)
    for label, table in tables:
        connection.execute(f"COPY {label} FROM $rows", {"rows": table})
    connection.execute("CHECKPOINT")
    close_ladybug(connection)


def _oxigraph(view: LedgerView, home: Path) -> list[float]:
    export(view, "urn:qawl:", "nquads", home / "graph.nq")

    def load() -> None:
        store = pyoxigraph.Store(str(home / "loader"))
        store.bulk_load(path=str(home / "graph.nq"))
        store.optimize()
        store.flush()

    return _both(lambda: build_oxigraph(home / "ours", view, Iris()), load)


def _neo4j(view: LedgerView, home: Path) -> list[float]:
    times = []
    for work in (lambda server: bring_up(server, view), _load_csv):
        place = home / str(len(times))
        place.mkdir()
        with running(neo4j_in(place)) as server:
            export(view, "urn:qawl:", "neo4j", place / "import")
            times.append(seconds(partial(work, server)))
    files = place / "import"
    return [*times, seconds(lambda: neo4j_admin(place, [*documented_command(), "--overwrite-destination"], files))]


def _load_csv(server: RealServer) -> None:
    with closing(Neo4jTarget(server.server, server.password)) as target, target._driver.session() as session:
        for statement in [*SCHEMA, *_load_statements(server.folder / "import")]:
            session.run(statement).consume()


def _load_statements(folder: Path) -> Iterator[str]:
    """Nodes, the links between them, and the edges of all relations, ten thousand rows in a transaction."""
    ends = "MATCH (s:{} {{id: row.`:START_ID({})`}}), (e:{} {{id: row.`:END_ID({})`}}) "
    creations = {f"{file}.csv": f"CREATE (:{label} {{@}})" for label, file in NODE_FILES.items()}
    for label, (start, end, _) in ladybug_build.LINKS.items():
        creations[f"{label.lower()}.csv"] = ends.format(start, start, end, end) + f"CREATE (s)-[:{label}]->(e)"
    entity = ends.format(*["Entity"] * 4)
    creations["relations.csv"] = entity + "CREATE (s)-[:$(row.`:TYPE`) {@}]->(e)"
    for file, creation in creations.items():
        with (folder / file).open(encoding="utf-8") as opened:
            columns = [name for name in opened.readline().strip().split(",") if name[0] != ":"]
        properties = ", ".join(map(_property, columns))
        load = f"LOAD CSV WITH HEADERS FROM '{(folder / file).as_uri()}' AS row "
        yield f"{load} CALL (row) {{ {creation.replace('@', properties)} }} IN TRANSACTIONS OF 10000 ROWS"


def _property(column: str) -> str:
    name, _, kind = column.partition(":")
    return f"{name}: {_READ.get(kind, '')}(row.`{column}`)"


def _fuseki(view: LedgerView, home: Path) -> list[float]:
    times = []
    export(view, "urn:qawl:", "nquads", home / "graph.nt")
    for work in (lambda server: bring_up(server, view), partial(_post, home / "graph.nt")):
        place = home / str(len(times))
        place.mkdir()
        with running(fuseki_in(place)) as server:
            times.append(seconds(partial(work, server)))
    return [*times, seconds(lambda: tdb_loader(home / "offline", home / "graph.nt"))]


def _post(file: Path, server: RealServer) -> None:
    with file.open("rb") as content:
        httpx.post(
            f"{server.server.address}?default",
            content=content,
            headers={"Content-Type": "application/n-triples"},
            auth=(server.server.user or "", server.password),
            timeout=3600,
        ).raise_for_status()


NODE_FILES = {"Entity": "entities", "Article": "articles", "Claim": "claims"}
_READ = {"long": "toInteger", "double": "toFloat", "boolean": "toBoolean", "date": "date"}
MEASURES = {"oxigraph": _oxigraph, "ladybug": _ladybug, "neo4j": _neo4j, "fuseki": _fuseki}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS, tuple(sys.argv[2:]) or EMBEDDED)

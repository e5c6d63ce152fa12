"""An index that grew with the ledger holds what one built afresh does, whatever was added on the way.

``QAWL_GROWINGS`` says after how many random operations both are compared, ``QAWL_SEED`` which ones.
"""

import dataclasses
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat
from pyoxigraph import Store as Oxigraph

from graph import generations
from graph.generations import ENGINES, LADYBUG, OXIGRAPH, Engine, Indexes
from graph.health import differences
from graph.ledger import Ledger, LedgerView
from graph.rdf import Iris
from graph.relations import relations
from graph.stores.base import Store
from graph.stores.engines import close_ladybug, open_ladybug
from graph.stores.ladybug_build import EDGE, LINKS, NODES, build_ladybug
from graph.stores.oxigraph_build import build_oxigraph
from graph.workspace import Workspace
from tests.indexes.test_generations import current
from tests.indexes.test_generations import generations as folders
from tests.servers.worlds import article, claims_of, decide, entity

GROWINGS = int(os.environ.get("QAWL_GROWINGS", "40" if os.environ.get("CI") == "true" else "12"))
SEED = int(os.environ.get("QAWL_SEED", "2026"))
SENTENCES = 6


class World:
    """A workspace and what may happen to its ledger."""

    def __init__(self, workspace: Workspace, draw: random.Random) -> None:
        self.workspace, self.draw = workspace, draw
        self.ledger = Ledger(workspace)
        self.articles = self.moment = 0

    def add(self) -> None:
        """New articles, in one batch or two."""
        for _ in range(self.draw.choice((1, 1, 2))):
            first, self.articles = self.articles, self.articles + self.draw.randrange(1, 6)
            self._read(range(first, self.articles), "test 1")

    def read_again(self) -> None:
        self.moment += 1
        self._read([self.draw.randrange(self.articles)], f"test 1.{self.moment}")

    def relabel(self) -> None:
        """A new article, read by a newer extractor that knows an actor by another name."""
        self.moment, self.articles = self.moment + 1, self.articles + 1
        self._read([self.articles - 1], f"test 1.{self.moment}", f"Renamed {self.moment}")

    def judge(self) -> None:
        claims = self.ledger.view().claim_table()["id"].to_pylist()
        self._decide(self.draw.choice(("accept", "reject", "reject")), self.draw.choice(claims))

    def remove(self) -> None:
        self._decide(self.draw.choice(("remove", "restore")), article(self.draw.randrange(self.articles), SENTENCES).id)

    def compact(self) -> None:
        self.ledger.compact(lambda *_: None)

    def drop_old(self) -> None:
        self.ledger.drop_old()

    def _read(self, numbers: "range | list[int]", extractor: str, label: str | None = None) -> None:
        with self.ledger.batch() as batch:
            for number in numbers:
                of = article(number, SENTENCES, day=1 + number % 28)
                chosen = self.draw.sample(range(SENTENCES), self.draw.randrange(SENTENCES))
                found = claims_of(of, self.draw, extractor=extractor, sentences=chosen)
                if label:
                    ends = dataclasses.replace
                    found = [ends(one, subject=ends(one.subject, entity=entity(1, label))) for one in found]
                batch.add_article(of, extractor, found)

    def _decide(self, kind: str, target: str) -> None:
        self.moment += 1
        decide(self.workspace, kind, target, self.moment)  # type: ignore[arg-type]


WEIGHTS = {"add": 8, "read_again": 1, "relabel": 1, "judge": 1, "remove": 1, "compact": 2, "drop_old": 1}


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Engines that grow wherever they can, however small the graph; the names of those that did."""
    grown: list[str] = []

    def eager_one(engine: Engine[Store]) -> Engine[Store]:
        def grow(path: Path, former: Path, added: LedgerView, iris: object) -> None:
            engine.grow(path, former, added, iris)  # type: ignore[arg-type]
            grown.append(engine.name)

        return dataclasses.replace(engine, grow=grow, grows=lambda *_: True)

    monkeypatch.setattr(generations, "ENGINES", tuple(eager_one(engine) for engine in ENGINES))
    return grown


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "workspace")


def quads(store: Path) -> list[bytes]:
    return sorted(Oxigraph.read_only(str(store)).dump(format=RdfFormat.N_QUADS).splitlines())  # type: ignore[union-attr]


def built(view: LedgerView, store: Path) -> list[bytes]:
    """The quads of what is built afresh there."""
    build_oxigraph(store, view, Iris())
    return quads(store)


def rows(path: Path) -> dict[str, list[str]]:
    """All that a Ladybug file holds, by table."""
    connection = open_ladybug(path)
    try:
        asked = {label: f"MATCH (n:{label}) RETURN {_all('n', columns)}" for label, columns in NODES.items()}
        asked |= {label: f"MATCH (a)-[:{label}]->(b) RETURN a.id, b.id" for label in LINKS}
        edges = [relation.edge_label for relation in relations().values()]
        asked |= {label: f"MATCH (a)-[r:{label}]->(b) RETURN a.id, b.id, {_all('r', EDGE)}" for label in edges}
        return {label: sorted(map(str, connection.execute(query).get_all())) for label, query in asked.items()}
    finally:
        close_ladybug(connection)


def _all(variable: str, columns: dict[str, str]) -> str:
    return ", ".join(f"{variable}.{name}" for name in columns)


@pytest.mark.timeout(3600)
def test_what_grew_is_what_is_built_afresh(workspace: Workspace, eager: list[str], tmp_path: Path) -> None:
    print(f"QAWL_GROWINGS={GROWINGS} QAWL_SEED={SEED}")  # shown where it fails
    world = World(workspace, random.Random(SEED))
    done = []
    for number, name in enumerate(["add", *world.draw.choices(list(WEIGHTS), list(WEIGHTS.values()), k=GROWINGS)]):
        getattr(world, name)()
        done.append(name)
        Indexes(workspace).refresh()
        view = world.ledger.view()
        assert built(view, tmp_path / f"fresh-{number}") == quads(current(workspace, OXIGRAPH) / "store"), done
        build_ladybug(tmp_path / f"fresh-{number}.lbug", view)
        assert rows(tmp_path / f"fresh-{number}.lbug") == rows(current(workspace, LADYBUG) / "graph.lbug"), done

    assert eager.count("oxigraph") == eager.count("ladybug")
    assert done.count("add") // 2 < eager.count("oxigraph") < len(done)


def test_readers_keep_the_former_generation(workspace: Workspace, eager: list[str]) -> None:
    world, indexes = World(workspace, random.Random(SEED)), Indexes(workspace)
    world.add()
    indexes.refresh()
    before = world.ledger.view().counts()
    with indexes.sparql() as rdf, indexes.cypher() as graph:
        world.add()
        indexes.refresh()
        after = world.ledger.view().counts()
        with indexes.sparql() as new_rdf, indexes.cypher() as new_graph:
            assert ["oxigraph", "ladybug"] == eager
            assert [after.articles] * 2 == [new_rdf.counts().articles, new_graph.counts().articles]
        assert [before.articles] * 2 == [rdf.counts().articles, graph.counts().articles]
        assert before.claims == len(list(rdf.claim_rows())) == len(list(graph.claim_rows()))
    indexes.refresh(force=True)
    assert [] == indexes.leftovers()
    assert 2 == sum(len(folders(workspace, engine)) for engine in ENGINES)


def test_a_damaged_generation_is_not_grown(workspace: Workspace, eager: list[str], tmp_path: Path) -> None:
    world, indexes = World(workspace, random.Random(SEED)), Indexes(workspace)
    world.add()
    indexes.refresh()
    for path in (current(workspace, OXIGRAPH) / "store").glob("MANIFEST*"):
        path.write_bytes(b"\xff" * path.stat().st_size)
    graph = current(workspace, LADYBUG) / "graph.lbug"
    graph.write_bytes(b"\xff" * graph.stat().st_size)
    world.add()
    indexes.refresh()

    assert [] == eager
    assert built(world.ledger.view(), tmp_path / "fresh") == quads(current(workspace, OXIGRAPH) / "store")
    with indexes.cypher() as store:
        assert world.ledger.view().counts().claims == store.counts().claims


GROW = """
import sys
from graph import generations
from graph.generations import Indexes
from graph.workspace import Workspace
import dataclasses
generations.ENGINES = tuple(dataclasses.replace(one, grows=lambda *_: True) for one in generations.ENGINES)
print("ready", flush=True)
Indexes(Workspace.open(sys.argv[1])).refresh()
"""


@pytest.mark.timeout(3600)
def test_a_killed_growing_costs_nothing(workspace: Workspace, eager: list[str], tmp_path: Path) -> None:
    """Killed at random moments, and run to its end at last."""
    print(f"QAWL_GROWINGS={GROWINGS} QAWL_SEED={SEED}")
    draw = random.Random(SEED)
    world, indexes = World(workspace, draw), Indexes(workspace)
    world.add()
    indexes.refresh()
    for _ in range(GROWINGS):
        world.add()
        command = [sys.executable, "-c", GROW, str(workspace.path)]
        process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, stdout=subprocess.PIPE
        )
        assert process.stdout
        with process.stdout:
            assert b"ready\n" == process.stdout.readline()
            try:
                process.wait(draw.uniform(0, 0.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
        with indexes.sparql() as rdf, indexes.cypher() as graph:
            assert rdf.counts().claims == len(list(rdf.claim_rows()))
            assert graph.counts().claims == len(list(graph.claim_rows()))
    world.add()
    indexes.refresh()

    assert ["oxigraph", "ladybug"] == eager[-2:]
    assert [] == indexes.leftovers()
    assert built(world.ledger.view(), tmp_path / "fresh") == quads(current(workspace, OXIGRAPH) / "store")
    with indexes.cypher() as store:
        assert "" == differences(store, world.ledger.view())

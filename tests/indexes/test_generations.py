"""Generations: built beside the current one, checked, swapped whole, and mended whenever something is wrong."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.generations import ENGINES, LADYBUG, OXIGRAPH, Engine, Indexes
from graph.ledger import Ledger
from graph.stores.base import Counts, Store
from graph.workspace import Workspace
from tests.claim_world import ACCEPTED, ARABIC, UNDATED, decide, fill

WORLD = Counts(articles=3, claims=9, entities=6, edges=6)


@pytest.fixture
def filled(tmp_path: Path) -> Workspace:
    # Letters, blanks and quotes that a path may hold and a statement must not trip over.
    workspace = Workspace.create(tmp_path / "عمل 'x' \"y\" *")
    fill(workspace)
    return workspace


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine[Store]:
    return request.param  # type: ignore[no-any-return]


def opened(indexes: Indexes, engine: Engine[Store]) -> Store:
    return indexes.sparql() if engine.name == OXIGRAPH.name else indexes.cypher()


def generations(workspace: Workspace, engine: Engine[Store]) -> list[str]:
    return sorted(path.name for path in (workspace.indexes_path / engine.name).iterdir() if path.is_dir())


def current(workspace: Workspace, engine: Engine[Store]) -> Path:
    home = workspace.indexes_path / engine.name
    return home / (home / "current").read_text()


def test_refresh_builds_once_and_then_only_after_a_change(filled: Workspace) -> None:
    indexes = Indexes(filled)

    assert ["missing", "missing"] == [status.problem for status in indexes.status()]
    assert ["oxigraph", "ladybug"] == indexes.refresh()
    assert [] == indexes.refresh()
    assert [(True, None), (True, None)] == [(status.fresh, status.problem) for status in indexes.status()]
    decide(filled, "reject", ACCEPTED.id)
    assert ["behind the ledger"] * 2 == [status.problem for status in indexes.status()]
    assert ["oxigraph", "ladybug"] == indexes.refresh()
    assert ["oxigraph", "ladybug"] == indexes.refresh(force=True)


def test_stamp_tells_the_ledger_version(filled: Workspace, engine: Engine[Store]) -> None:
    indexes = Indexes(filled)
    indexes.refresh()
    stamp = json.loads((current(filled, engine) / "stamp.json").read_text())

    assert Ledger(filled).view().version == stamp["ledger"]
    assert filled.base_iri == stamp["base_iri"]


def test_an_empty_ledger_has_empty_indexes(tmp_path: Path, engine: Engine[Store]) -> None:
    with opened(Indexes(Workspace.create(tmp_path / "empty")), engine) as store:
        assert Counts(0, 0, 0, 0) == store.counts()
        assert [] == store.claims()
        assert [] == store.edges()


def test_a_missing_index_is_built_by_the_first_read(filled: Workspace, engine: Engine[Store]) -> None:
    with opened(Indexes(filled), engine) as store:
        assert WORLD == store.counts()


def test_readers_keep_their_generation_and_the_next_read_opens_the_new(
    filled: Workspace, engine: Engine[Store]
) -> None:
    indexes = Indexes(filled)
    with opened(indexes, engine) as before:
        decide(filled, "remove", ARABIC.id)
        indexes.refresh()
        with opened(indexes, engine) as after:
            assert Counts(articles=2, claims=5, entities=4, edges=3) == after.counts()
            assert after.article(ARABIC.id) is None
        assert WORLD == before.counts()
        assert before.article(ARABIC.id) == ARABIC
        assert 2 == len(generations(filled, engine))
    indexes.refresh()
    assert 1 == len(generations(filled, engine))
    assert [] == indexes.leftovers()


def test_a_decision_moves_the_edges(filled: Workspace, engine: Engine[Store]) -> None:
    indexes = Indexes(filled)
    indexes.refresh()
    decide(filled, "reject", ACCEPTED.id)
    indexes.refresh()
    with opened(indexes, engine) as store:
        assert Counts(articles=3, claims=9, entities=6, edges=5) == store.counts()
        assert 1 == max(edge.claims for edge in store.edges())


def truncate(folder: Path) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file() and path.suffix in (".sst", ".lbug")]:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(folder: Path) -> None:
    """Same sizes, other bytes at the head: what only the engine notices."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.suffix == ".lbug" or path.name.startswith(("MANIFEST", "CURRENT")):
            path.write_bytes(b"\xff" * 64 + path.read_bytes()[64:] if path.stat().st_size > 64 else b"\xff" * 8)


def remove_engine_files(folder: Path) -> None:
    for path in (folder / "store", folder / "graph.lbug"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def remove_stamp(folder: Path) -> None:
    (folder / "stamp.json").unlink()


def remove_lock(folder: Path) -> None:
    (folder / "lock").unlink()


def half_a_stamp(folder: Path) -> None:
    (folder / "stamp.json").write_text('{"ledger": "')


def earlier_format(folder: Path) -> None:
    stamp = json.loads((folder / "stamp.json").read_text())
    (folder / "stamp.json").write_text(json.dumps(stamp | {"format": 0}))


def pointer_to_nowhere(folder: Path) -> None:
    (folder.parent / "current").write_text("gone")


def empty_pointer(folder: Path) -> None:
    (folder.parent / "current").write_text("")


def pointer_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "current").write_text("../../ledger")


DAMAGES = [
    shutil.rmtree, truncate, scramble, remove_engine_files, remove_stamp, remove_lock, half_a_stamp, earlier_format,
    pointer_to_nowhere, empty_pointer, pointer_out_of_the_folder,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_generation_is_built_again_on_demand(filled: Workspace, engine: Engine[Store], damage) -> None:  # type: ignore[no-untyped-def]
    indexes = Indexes(filled)
    indexes.refresh()
    damage(current(filled, engine))
    with opened(indexes, engine) as store:
        assert WORLD == store.counts()
        assert 8 == len(store.claims())
    assert [] == indexes.refresh()
    assert 1 == len(generations(filled, engine))


def test_another_base_iri_is_another_index(filled: Workspace) -> None:
    Indexes(filled).refresh()
    other = Workspace(filled.path, "https://example.org/qawl/")
    with Indexes(other).sparql() as store:
        rows = store.sparql("SELECT ?c { ?c a schema:Claim }").rows
    assert 9 == len(rows)
    assert all(iri.startswith("https://example.org/qawl/claim/") for (iri,) in rows)


REFRESH = "import sys; from graph.generations import Indexes; from graph.workspace import Workspace; " \
    "print(Indexes(Workspace.open(sys.argv[1])).refresh(force=True))"  # fmt: skip


def started(workspace: Workspace) -> subprocess.Popen[bytes]:
    home = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", REFRESH, str(workspace.path)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": home}, stdout=subprocess.PIPE)


def test_a_killed_build_costs_nothing(filled: Workspace) -> None:
    indexes = Indexes(filled)
    indexes.refresh()
    before = {engine.name: current(filled, engine) for engine in ENGINES}
    for delay in (0.45, 0.6, 0.75, 0.9, 1.1, 1.4):
        process = started(filled)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with indexes.sparql() as rdf, indexes.cypher() as graph:
            assert (WORLD, WORLD) == (rdf.counts(), graph.counts())
    indexes.refresh(force=True)
    assert [] == indexes.leftovers()
    assert all(current(filled, engine) != before[engine.name] for engine in ENGINES)
    assert all(1 == len(generations(filled, engine)) for engine in ENGINES)


def test_what_a_killed_build_left_is_swept(filled: Workspace, engine: Engine[Store]) -> None:
    indexes = Indexes(filled)
    indexes.refresh()
    home = filled.indexes_path / engine.name
    (home / "building-dead" / "store").mkdir(parents=True)
    (home / "building-dead" / "store" / "half").write_text("x")
    (home / "current-1234").write_text("x")
    (home / "without-lock").mkdir()

    assert 3 == len(indexes.leftovers())
    indexes.refresh()
    assert [] == indexes.leftovers()
    assert 1 == len(generations(filled, engine))


def refresh_and_count(path: Path) -> list[Counts]:
    indexes = Indexes(Workspace.open(path))
    indexes.refresh(force=True)
    found = []
    for _ in range(5):
        with indexes.sparql() as rdf, indexes.cypher() as graph:
            found += [rdf.counts(), graph.counts()]
    return found


def test_processes_that_refresh_and_read_at_once_all_end_right(filled: Workspace) -> None:
    # Fresh processes: a fork would take the engines' locks along without their threads.
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(refresh_and_count, [filled.path] * 4))

    assert [[WORLD] * 10] * 4 == answers
    Indexes(filled).refresh()
    assert [] == Indexes(filled).leftovers()


def test_a_build_that_fails_leaves_the_current_generation(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    indexes = Indexes(filled)
    indexes.refresh()
    before = current(filled, LADYBUG)
    decide(filled, "remove", UNDATED.id)
    monkeypatch.setattr("graph.generations._sizes", lambda folder: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        indexes.rebuild(LADYBUG)
    monkeypatch.undo()

    assert before == current(filled, LADYBUG)
    assert [] == indexes.leftovers()
    with indexes.cypher() as store:
        assert WORLD == store.counts()

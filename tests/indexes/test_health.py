"""What the doctor finds."""

from pathlib import Path

import pytest

from graph.generations import ENGINES, Engine, Indexes
from graph.health import Finding, examine
from graph.stores.base import Store
from graph.workspace import Workspace
from tests.claim_world import UNDATED, decide, fill


@pytest.fixture
def filled(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "workspace")
    fill(workspace)
    return workspace


def wrong(workspace: Workspace) -> list[tuple[str, str]]:
    return [(finding.check, finding.problem) for finding in examine(workspace) if not finding.ok]


def test_a_healthy_workspace(filled: Workspace) -> None:
    Indexes(filled).refresh()

    assert [
        Finding("ledger: 3 articles, 9 claims", ok=True),
        Finding("index oxigraph", ok=True),
        Finding("index ladybug", ok=True),
    ] == examine(filled)


def test_missing_and_stale_indexes_say_how_to_mend_them(filled: Workspace) -> None:
    assert [("index oxigraph", "missing"), ("index ladybug", "missing")] == wrong(filled)
    Indexes(filled).refresh()
    decide(filled, "remove", UNDATED.id)

    assert [("index oxigraph", "behind the ledger"), ("index ladybug", "behind the ledger")] == wrong(filled)
    assert {"run `qawl rebuild`"} == {finding.mend for finding in examine(filled) if not finding.ok}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_index_with_the_claims_of_another_ledger_is_found(
    filled: Workspace, tmp_path: Path, engine: Engine[Store]
) -> None:
    other = Workspace.create(tmp_path / "other")
    fill(other)
    decide(other, "remove", UNDATED.id)
    Indexes(other).refresh()
    Indexes(filled).refresh()
    mine, its = (Indexes(workspace).lease(engine) for workspace in (filled, other))
    (mine.folder / engine.file).rename(mine.folder / "aside")
    for name in (engine.file, "batches"):
        (its.folder / name).rename(mine.folder / name)
    stamp = (its.folder / "stamp.json").read_text().replace(its.stamp.ledger, mine.stamp.ledger)
    (mine.folder / "stamp.json").write_text(stamp)
    mine.release()
    its.release()

    [(check, problem)] = wrong(filled)
    assert f"index {engine.name}" == check
    assert "claims=7" in problem
    assert "claims=9" in problem


def test_leftovers_are_named(filled: Workspace) -> None:
    Indexes(filled).refresh()
    (filled.indexes_path / "ladybug" / "building-1").mkdir()

    assert [("leftover building-1", "of no current index")] == wrong(filled)

"""Compaction: few files, the same content and version, whoever writes or kills meanwhile; and erasing."""

import fcntl
import json
import os
import random
import shutil
import signal
import time

import pytest

from graph.errors import WorkspaceError
from graph.exports import FORMATS, export
from graph.ledger import Ledger, compaction
from graph.workspace import Workspace
from tests.ledger.filling import content, fill
from tests.ledger.make_fixture import FIXTURES, shown
from tests.ledger.test_processes import processes, started
from tests.making import article

KILLS = int(os.environ.get("QAWL_KILLS", "10"))
SEED = int(os.environ.get("QAWL_SEED", "1"))


def no_progress(done, total):
    assert done <= total


def data(workspace):
    return sorted(path.name for path in (workspace.ledger_path / "data").iterdir())


def manifests(workspace):
    return sorted((workspace.ledger_path / "manifests").iterdir())


@pytest.fixture
def full(tmp_path) -> Workspace:
    """A workspace with every kind of row, from the fixture, and twenty batches more."""
    shutil.copytree(FIXTURES / "v1", tmp_path / "full")
    workspace = Workspace.open(tmp_path / "full")
    fill(Ledger(workspace), range(10, 30))
    fill(Ledger(workspace), range(10, 15), retrieved="2026-01-01T08:00:00Z")
    return workspace


def seen(workspace):
    view = Ledger(workspace).view()
    return view.version, view.counts(), shown(view), content(Ledger(workspace))


def test_content_and_version_are_the_same_in_few_files(full):
    before = seen(full)
    assert 28 == Ledger(full).compactable()

    Ledger(full).compact(no_progress)
    assert before == seen(full)
    assert 5 + 28 * 4 - 4 - 3 > Ledger(full).old().files > 5

    Ledger(full).drop_old()
    assert before == seen(full)
    assert 1 == len(manifests(full))
    assert 5 == len(data(full)) == Ledger(full).size().files
    assert 0 == Ledger(full).compactable()


def test_exports_are_the_same_byte_for_byte(full, tmp_path):
    def exported(folder):
        folder.mkdir()
        for name in FORMATS:
            export(Ledger(full).view(), full.base_iri, name, folder / name)
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = exported(tmp_path / "before")
    Ledger(full).compact(no_progress)
    Ledger(full).drop_old()
    after = exported(tmp_path / "after")

    assert list(before) == list(after)
    assert [] == [name for name in before if before[name] != after[name]]


def test_what_was_read_stays_read(full):
    Ledger(full).compact(no_progress)
    Ledger(full).drop_old()
    view = Ledger(full).view()

    assert view.has_extraction(article(0).id, "test 1.9")
    assert view.has_extraction(article(2).id, "test 1.9")
    assert not view.has_extraction(article(2).id, "test 1.10")


def test_the_old_files_alone_are_the_version_that_was_cited(full):
    before = seen(full)
    Ledger(full).compact(no_progress)
    for path in manifests(full):
        if "replaces" in json.loads(path.read_text()):
            path.unlink()

    assert before == seen(full)


def test_batches_added_later_are_compacted_with_the_compacted_and_make_the_version_they_would(full, tmp_path):
    shutil.copytree(full.path, tmp_path / "plain")
    Ledger(full).compact(no_progress)
    known = set(manifests(full))
    fill(Ledger(full), range(40, 45))
    for path in {*manifests(full)} - known:  # the same batches in the ledger that was never compacted
        shutil.copy(path, tmp_path / "plain" / "ledger" / "manifests")
        for one in (full.ledger_path / "data").glob(f"{path.stem}*"):
            shutil.copy(one, tmp_path / "plain" / "ledger" / "data")
    expected = seen(Workspace.open(tmp_path / "plain"))

    assert expected == seen(full)
    Ledger(full).compact(no_progress)
    assert expected == seen(full)
    Ledger(full).drop_old()
    assert expected == seen(full)
    assert 1 == len(manifests(full))


def test_large_batches_are_left_and_small_ones_packed(full, monkeypatch):
    before = seen(full)
    monkeypatch.setattr(compaction, "GROUP", 100_000)
    Ledger(full).compact(no_progress)
    Ledger(full).drop_old()

    assert before == seen(full)
    assert 1 < len(manifests(full)) < 28


def test_compacting_an_empty_ledger_does_nothing(workspace):
    ledger = Ledger(workspace)
    ledger.compact(no_progress)

    assert 0 == ledger.drop_old() == ledger.size().files == ledger.view().counts().articles


def test_two_do_not_compact_at_once(full):
    with (full.ledger_path / "compacting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(WorkspaceError, match="being compacted by another process"):
            Ledger(full).compact(no_progress)
    Ledger(full).compact(no_progress)


def test_a_damaged_file_stops_it_and_nothing_is_lost(full):
    path = next((full.ledger_path / "data").glob("*-claims.parquet"))
    whole, before = path.read_bytes(), seen(full)
    path.write_bytes(whole[:-20])
    names = data(full)
    with pytest.raises(WorkspaceError, match=path.name):
        Ledger(full).compact(no_progress)
    assert names == data(full)
    path.write_bytes(whole)

    assert before == seen(full)


@pytest.mark.parametrize("wrong", [{"replaces": ["../x"]}, {"replaces": 3}, {"stands_for": {"0" * 32: "x"}}])
def test_a_damaged_manifest_is_named(full, wrong):
    Ledger(full).compact(no_progress)
    (path,) = (path for path in manifests(full) if "replaces" in json.loads(path.read_text()))
    path.write_text(json.dumps(json.loads(path.read_text()) | wrong))

    with pytest.raises(WorkspaceError, match=rf"{path.name}.*damaged manifest"):
        Ledger(full).view()


# --- writers and killers ---


def compact_and_drop(path):
    ledger = Ledger(Workspace.open(path))
    ledger.compact(no_progress)
    ledger.drop_old()


def compact_for_ever(path):
    while True:
        compact_and_drop(path)


def undisturbed(target, path, copy) -> float:
    """How many seconds the work takes, done on a copy."""
    shutil.copytree(path, copy)
    start = time.perf_counter()
    target(copy)
    return time.perf_counter() - start


def tell_and_do(tell, target, path):
    tell.send(None)
    target(path)


def killed(target, path, moment: float) -> None:
    """Start the work in a process of its own and kill it so many seconds later."""
    end, tell = processes.Pipe(duplex=False)
    process = started(tell_and_do, tell, target, path)
    end.recv()
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def write(path, numbers):
    fill(Ledger(Workspace.open(path)), numbers)


def test_writers_and_readers_lose_nothing_while_others_compact(workspace):
    compacting = started(compact_for_ever, workspace.path)
    writers = [started(write, workspace.path, range(at, 60, 2)) for at in range(2)]
    seen = 0
    while any(writer.is_alive() for writer in writers):
        count = len(Ledger(workspace)._files.snapshot().files["articles"])
        assert count or not seen
        rows = Ledger(workspace)._files.snapshot().rows("articles")
        assert rows >= seen  # neither is a batch ever missing, nor is one there in vain
        seen = rows
    for writer in writers:
        writer.join()
    compacting.kill()
    compacting.join()
    Ledger(workspace).compact(no_progress)

    assert [0, 0] == [writer.exitcode for writer in writers]
    assert 60 == Ledger(workspace)._files.snapshot().rows("articles") == Ledger(workspace).view().counts().articles


def test_killed_at_any_moment_the_ledger_is_the_old_or_the_new(full, tmp_path, capsys):
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}")
    rng, before = random.Random(SEED), seen(full)
    duration = undisturbed(compact_and_drop, full.path, tmp_path / "copy")
    for _ in range(KILLS):
        killed(compact_and_drop, full.path, rng.uniform(0, duration))
        assert before == seen(full)
        fill(Ledger(full), range(10, 16))  # the same rows in new batches, for the next one to compact
        before = (seen(full)[0], *before[1:])
        assert before == seen(full)
    Ledger(full).compact(no_progress)
    Ledger(full).drop_old()
    Ledger(full).sweep()

    assert before == seen(full)
    assert 5 == len(data(full))

"""Several processes at once, writers killed at any moment, a disk that refuses."""

import multiprocessing
import os
import random
import resource
import signal
import time

from graph.errors import WorkspaceError
from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.ledger.filling import content, fill

KILLS = int(os.environ.get("QAWL_KILLS", "10"))
SEED = int(os.environ.get("QAWL_SEED", "1"))
# Children come from a fresh process: forking this one, with the threads of other tests, could hang.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.ledger.filling"])


def write(path, numbers):
    fill(Ledger(Workspace.open(path)), numbers)


def started(target, *args):
    process = processes.Process(target=target, args=args)
    process.start()
    return process


def test_processes_write_at_once_while_others_read_and_sweep(workspace):
    writers = [started(write, workspace.path, [*range(at, 40, 4), 100, 101]) for at in range(4)]
    ledger, views = Ledger(workspace), []
    while any(writer.is_alive() for writer in writers):
        ledger.sweep()
        view = ledger.view()
        views.append((view, view.counts()))
        time.sleep(0.02)
    for writer in writers:
        writer.join()

    assert [0, 0, 0, 0] == [writer.exitcode for writer in writers]
    assert 42 == ledger.view().counts().articles == ledger.view().counts().claims
    for view, counts in views:
        assert counts.articles == counts.claims == len(list(view.articles())) == len(list(view.claims()))


def write_and_tell(path, numbers, tell):
    ledger = Ledger(Workspace.open(path))
    tell.send(None)
    for number in numbers:
        fill(ledger, [number])
        tell.send(number)


def told(end) -> list[int]:
    """The numbers that a writer, now dead, said it had committed."""
    numbers = []
    while True:
        try:
            numbers.append(end.recv())
        except EOFError:
            return numbers


def kill_one(path, numbers, after: int, moment: float) -> list[int]:
    """Start a writer, kill it ``moment`` seconds after so many batches; what it had committed for certain."""
    end, tell = processes.Pipe(duplex=False)
    writer = started(write_and_tell, path, numbers, tell)
    tell.close()
    seen = [end.recv() for _ in range(1 + after)][1:]
    time.sleep(moment)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    return seen + told(end)


def test_killed_writers_lose_at_most_the_batch_they_were_in(tmp_path, capsys):
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}")
    rng, present, workspace = random.Random(SEED), set(), Workspace.create(tmp_path / "killed")
    ledger = Ledger(workspace)
    for kill in range(KILLS):
        numbers = range(kill * 1000, kill * 1000 + 1000)
        committed = kill_one(workspace.path, numbers, rng.randrange(6), rng.uniform(0, 0.05))
        if rng.random() < 0.5:
            ledger.sweep()
        found = {int(article.url.rpartition("/")[2]) for article in ledger.view().articles()}

        assert present | set(committed) <= found
        assert len(found - present - set(committed)) <= 1
        present = found
    clean = Ledger(Workspace.create(tmp_path / "clean"))
    fill(clean, sorted(present))
    ledger.sweep()
    batches = {path.stem for path in (workspace.ledger_path / "manifests").iterdir()}

    assert content(clean) == content(ledger)
    assert len(batches) == len(present)
    assert batches == {path.name[:32] for path in (workspace.ledger_path / "data").iterdir()}


def write_with_little_room(path, room: int, tell):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        write(path, [1])
    except WorkspaceError as error:
        tell.send(str(error))


def test_a_disk_that_refuses_leaves_the_ledger_as_it_was(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    before, version = content(ledger), ledger.view().version
    files = sorted(workspace.ledger_path.rglob("*"))
    sizes = sorted(path.stat().st_size for path in files if path.suffix == ".parquet")

    for room in (10, sizes[-2] + 1, sizes[-1] - 1):  # not even the first file fits; all but the largest fit
        end, tell = processes.Pipe(duplex=False)
        writer = started(write_with_little_room, workspace.path, room, tell)
        tell.close()
        message = end.recv()
        writer.join()

        assert "cannot write to the ledger" in message
        assert str(workspace.ledger_path) in message
        assert (before, version) == (content(ledger), ledger.view().version)
        assert files == sorted(workspace.ledger_path.rglob("*"))

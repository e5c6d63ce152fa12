"""Many writers at once, and writers killed at any moment."""

import multiprocessing
import os
import random
import signal
import time

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.ledger.test_ledger import content, fill

KILLS = int(os.environ.get("QAWL_KILLS", "10"))
SEED = int(os.environ.get("QAWL_SEED", "1"))
spawn = multiprocessing.get_context("fork")


def write(path, numbers):
    fill(Ledger(Workspace.open(path)), numbers)


def test_processes_write_at_once(workspace):
    writers = [spawn.Process(target=write, args=(workspace.path, range(at, 40, 4))) for at in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        Ledger(workspace).sweep()
        Ledger(workspace).view().counts()
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert Ledger(workspace).view().counts().articles == 40


def test_killed_writers_lose_at_most_the_batch_they_were_in(tmp_path, capsys):
    rng = random.Random(SEED)
    clean = Ledger(Workspace.create(tmp_path / "clean"))
    fill(clean, range(12))
    workspace = Workspace.create(tmp_path / "killed")
    ledger = Ledger(workspace)
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}")
    for _ in range(KILLS):
        writer = spawn.Process(target=write, args=(workspace.path, range(12)))
        writer.start()
        time.sleep(rng.uniform(0, 0.15))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        view = ledger.view()
        assert view.counts().articles == view.counts().claims
    write(workspace.path, range(12))
    ledger.sweep()
    named = {name for files in ledger.view()._snapshot.files.values() for name in files}

    assert content(clean) == content(ledger)
    assert named == set((workspace.ledger_path / "data").iterdir())

"""Extracting processes end with the one that started them, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace

ROOT = Path(__file__).parents[2]
PROGRAM = """
import signal
import sys
from graph.workspace import Workspace
from ingest.pipeline import ingest
from tests.pipeline.extractors import Warnings

if __name__ == "__main__":
    # A shell has what it starts in the background ignore SIGINT, and that is inherited; here it is sent on purpose.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ingest(Workspace.create(sys.argv[1]), [sys.argv[2]], extractor=Warnings(), jobs=2)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def alive_in_group(group):
    """The processes of a group that have not ended, zombies left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("number", "group", "status"),
    [(signal.SIGKILL, False, -signal.SIGKILL), (signal.SIGINT, True, 130), (signal.SIGINT, False, 130)],
)
def test_no_process_is_left_behind(tmp_path, number, group, status):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in range(4):
        (folder / f"{name}.txt").write_text(f"HANG {name}")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    begun = subprocess.Popen(
        [sys.executable, program, tmp_path / "w", folder],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    # the program itself, the tracker of its resources and two extracting processes, which hang in a document
    wait_for(lambda: len(alive_in_group(begun.pid)) >= 4)
    time.sleep(1)
    (os.killpg if group else os.kill)(begun.pid, number)

    _, errors = begun.communicate(timeout=20)
    assert status == begun.returncode
    assert errors == b"" or number == signal.SIGKILL  # after a kill Python's tracker of resources complains
    wait_for(lambda: not alive_in_group(begun.pid))
    assert Ledger(Workspace.open(tmp_path / "w")).view().counts().articles == 0

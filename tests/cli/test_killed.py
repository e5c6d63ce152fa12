"""`qawl ingest`, killed at random moments and run again, gives the graph of one clean run.

``QAWL_KILLS`` says how many moments (50 under CI), ``QAWL_SEED`` which ones.
"""

import io
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from graph.exports import write
from graph.health import examine
from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.cli.conftest import QAWL, Qawl
from tests.cli.served import serving

KILLS = int(os.environ.get("QAWL_KILLS", "50" if os.environ.get("CI") == "true" else "5"))
SEED = int(os.environ.get("QAWL_SEED", "2026"))
ACTORS = ("France", "Germany", "Iran", "Turkey", "Egypt", "China", "Russia", "Japan")
VERBS = ("warned", "condemned", "praised", "accused")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of 60 articles, all different."""
    folder = tmp_path / "many"
    folder.mkdir()
    draw = random.Random(SEED)
    for number in range(60):
        sentences = [
            f"{draw.choice(ACTORS)} {draw.choice(VERBS)} {draw.choice(ACTORS)} in round {n}." for n in range(9)
        ]
        (folder / f"{number}.txt").write_text(f"Report {number}.\n" + "\n".join(sentences), encoding="utf-8")
    return folder


def graph(workspace: Path) -> list[bytes]:
    """The workspace's graph as sorted N-Quads; the indexes must hold the same."""
    home = Workspace.open(workspace)
    assert [] == [finding for finding in examine(home) if not finding.ok]
    written = io.BytesIO()
    write(Ledger(home).view(), home.base_iri, "nquads", written)
    return sorted(written.getvalue().splitlines())


@pytest.mark.timeout(3600)
def test_a_killed_ingest_is_made_whole_by_the_next(qawl: Qawl, many: Path, tmp_path: Path) -> None:
    start = time.monotonic()
    assert 0 == qawl("ingest", many, "--workspace", "clean").returncode
    length = time.monotonic() - start
    expected = graph(tmp_path / "clean")
    moments = [random.Random(SEED).uniform(0, length) for _ in range(KILLS)]
    print(f"{KILLS} kills within {length:.1f} s, seed {SEED}")

    assert len(expected) > 1000
    for number, moment in enumerate(moments):
        workspace, jobs = f"killed-{number}", "1" if number % 3 == 0 else "2"
        with serving([*QAWL, "ingest", str(many), "--workspace", workspace, "--jobs", jobs], tmp_path) as served:
            try:
                served.process.wait(moment)
            except subprocess.TimeoutExpired:
                served.end(signal.SIGKILL)
            assert [] == served.left()
        assert 0 == qawl("ingest", many, "--workspace", workspace).returncode
        assert expected == graph(tmp_path / workspace), f"killed after {moment:.3f} s of {jobs} processes"


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_number_of_processes_changes_nothing(qawl: Qawl, many: Path, tmp_path: Path, jobs: int) -> None:
    assert 0 == qawl("ingest", many, "--workspace", "other", "--jobs", jobs).returncode
    assert 0 == qawl("ingest", many, "--workspace", "one").returncode

    assert graph(tmp_path / "one") == graph(tmp_path / "other")

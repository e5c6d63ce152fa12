"""`qawl ingest`, stopped with Ctrl-C: it ends cleanly, keeps what was committed and says how to go on."""

import json
import os
import re
import signal
import threading
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.cli.conftest import QAWL, Qawl
from tests.cli.served import serving
from tests.cli.test_reading import counts

ARTICLES = 3_500


def records() -> bytes:
    """JSON Lines, long enough for several batches and for every buffer on the way."""
    noise = "x" * 1_000
    return b"".join(
        json.dumps({"text": f"Iran condemned Israel in report {number}.", "noise": noise}).encode() + b"\n"
        for number in range(ARTICLES)
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_was_committed_and_says_how_to_go_on(qawl: Qawl, tmp_path: Path, jobs: str) -> None:
    source, manifests = tmp_path / "endless.jsonl", tmp_path / "qawl-workspace" / "ledger" / "manifests"
    os.mkfifo(source)
    pipe: list[int] = []

    def feed() -> None:
        pipe.append(os.open(source, os.O_WRONLY))
        os.write(pipe[0], records())  # all but the last bytes are taken, and the end never comes

    writer = threading.Thread(target=feed)
    writer.start()
    told = tmp_path / "told"
    command = f"exec {' '.join(QAWL[:2])} -c '{QAWL[3]}' ingest {source} --jobs {jobs} 2> {told}"
    with serving(["bash", "-c", command], tmp_path) as served:
        while not (manifests.is_dir() and any(manifests.glob("*.json"))):
            assert served.process.poll() is None, told.read_text()
        assert 130 == served.end(signal.SIGINT)
        assert [] == served.left()
    writer.join()
    os.close(pipe[0])
    found = re.fullmatch(r"stopped: (\d+) articles are kept; the same command again reads the rest\n", told.read_text())

    assert found, told.read_text()
    kept = int(found[1])
    assert 1_000 <= kept < ARTICLES
    assert kept == Ledger(Workspace.open(tmp_path / "qawl-workspace")).view().counts().articles
    source.unlink()
    source.write_bytes(records())
    articles, _, _, unchanged = counts(qawl("ingest", source).stderr)
    assert (ARTICLES - kept, kept) == (articles, unchanged)

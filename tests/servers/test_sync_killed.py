"""``qawl sync`` as a process that is killed at random moments, while the ledger changes: in the end all is there.

``QAWL_KILLED_SYNCS`` and ``QAWL_KILLED_SEED`` set the number of kills and the chance; there are more under CI.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing

from graph.ledger import Ledger
from graph.sync import Target
from graph.workspace import Workspace
from tests.real_servers import RealServer
from tests.servers.worlds import article, assert_holds, claims_of, decide, open_store, target_of

KILLS = int(os.environ.get("QAWL_KILLED_SYNCS", "5" if os.environ.get("CI") == "true" else "2"))
SEED = int(os.environ.get("QAWL_KILLED_SEED", "1"))
ARTICLES, SENTENCES = 40, 30
# Small batches, so that there are many moments between two of them.
SYNC = "import graph.sync; graph.sync.CLAIMS_AT_ONCE = 100; from app.cli import main; main()"


def start(workspace: Workspace, running: RealServer) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", SYNC, "sync", running.server.url, "--workspace", str(workspace.path)],
        env={**os.environ, "QAWL_PASSWORD": running.password},
        stderr=subprocess.PIPE,
    )


def change(workspace: Workspace, chooser: random.Random, moment: int) -> None:
    """Read every article again with another outcome, take one away or back, decide on a claim."""
    extractor = f"test 1.{moment}"
    with Ledger(workspace).batch() as batch:
        for number in range(ARTICLES):
            of = article(number, SENTENCES)
            chosen = chooser.sample(range(SENTENCES), chooser.randrange(1, SENTENCES))
            batch.add_article(of, extractor, claims_of(of, chooser, extractor=extractor, sentences=chosen))
    gone = article(chooser.randrange(ARTICLES), SENTENCES).id
    decide(workspace, chooser.choice(["remove", "restore"]), gone, 2 * moment)
    claims = [found.claim.id for found in Ledger(workspace).view().claims()]
    decide(workspace, chooser.choice(["reject", "accept"]), chooser.choice(claims), 2 * moment + 1)


def kill_after(process: subprocess.Popen[bytes], target: Target, changed: int, chooser: random.Random) -> bool:
    """Kill it once so many articles have changed on the server, and a moment later; whether it was still at work."""
    before = target.fingerprints().items()
    while process.poll() is None and len(target.fingerprints().items() - before) < changed:
        time.sleep(0.01)
    time.sleep(chooser.random() / 10)
    process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_a_sync_killed_at_random_moments_converges(running: RealServer, workspace: Workspace) -> None:
    print(f"QAWL_KILLED_SYNCS={KILLS} QAWL_KILLED_SEED={SEED}")  # shown where it fails
    chooser, killed = random.Random(SEED), 0
    with closing(target_of(running)) as target:
        for moment in range(KILLS):
            change(workspace, chooser, moment)
            changed = chooser.randrange(ARTICLES)
            killed += kill_after(start(workspace, running), target, changed, chooser)

    assert killed
    with start(workspace, running) as last:
        _, told = last.communicate()
    assert (0, b"") == (last.returncode, told.partition(b"qawl: ")[2])
    with open_store(running) as store:
        assert_holds(store, Ledger(workspace).view())

"""The cluster that the tests of this folder share."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARK = f"QAWL_TEST_CLUSTER={uuid.uuid4().hex}"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # Ray's name for: listen on the loopback address
    **dict([MARK.split("=")]),
}


@dataclass(frozen=True)
class Machines:
    """A running cluster: where it is, and the processes of its two machines."""

    address: str
    raylets: list[int]


@pytest.fixture(scope="module")
def cluster():
    """The cluster; nothing of it is left afterwards."""
    folder = tempfile.mkdtemp(prefix="qawl-ray-")  # short: Ray makes sockets in it, and their paths have a limit
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.cluster.machines", folder],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Machines(**json.loads(program.stdout.readline()))
    finally:
        program.communicate(timeout=120)
        end_leftovers()
        shutil.rmtree(folder, ignore_errors=True)


def end_leftovers():
    """Wait until the processes of our clusters have ended by themselves; kill those that do not."""
    end = time.monotonic() + 60
    while left := marked():
        if time.monotonic() > end:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def marked():
    """The processes that were started with our environment and have not ended."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if MARK.encode() in environ.read_bytes():
                found.append(int(environ.parent.name))
    return found


def start(workspace, running, extractor, characters, *sources, cwd=ROOT):
    """The ingest on a cluster, begun."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.cluster.program",
            workspace,
            running.address,
            extractor,
            str(characters),
            *sources,
        ],
        cwd=cwd,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def report_of(program):
    """What the program says at its end."""
    out, errors = program.communicate(timeout=300)
    assert program.returncode == 0, errors
    return json.loads(out.splitlines()[-1])

"""How fast the dashboard answers over a large graph: ``python -m benchmarks.dashboard [CLAIMS] [WORKSPACE]``.

Starts ``qawl app`` over generated claims (:mod:`benchmarks.worlds`; a workspace that is named is made there once) and
does what a browser does: opens a session on Streamlit's socket, asks for a page and takes all it is sent, until the
page's script has finished. First one person, then ten at once; printed are milliseconds, errors and the memory of the
app. Drawing in the browser comes on top.
"""

import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Subprotocol

from benchmarks.worlds import CLAIMS, SEED, fill
from graph.generations import LADYBUG, Indexes
from graph.workspace import Workspace

PEOPLE, ROUNDS = 10, 12  # of pages that each person opens
ONE = 20  # times that one person opens each page
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
PAGES = {  # address of the page, and what of it is asked
    "first page": ("", "lang=en"),
    "neighbourhood": ("explore", "actor={actor}"),
    "table page": ("claims", "actor={actor}"),
    "whole table": ("claims", "lang=ar"),
    "text search": ("claims", "text=dalfar"),
    "timeline": ("timeline", "actor={actor}"),
    "whole timeline": ("timeline", "lang=en"),
    "actor page": ("actor", "actor={actor}"),
    "path": ("path", "actor={actor}&other={other}"),
    "compare": ("compare", "actor={actor}&other={other}"),
}


def main(claims: str = str(CLAIMS), folder: str | None = None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        workspace = Workspace.create(Path(folder or temporary, f"claims-{claims}"))
        if not workspace.ledger_path.exists():
            fill(workspace, int(claims))
        Indexes(workspace).lease(LADYBUG).release()
        with Indexes(workspace).cypher() as store:
            print(f"{store.counts()}")
            actors = [entity.id for entity, _ in store.top_actors(limit=200)]
        process, port = _serve(workspace)
        try:
            asyncio.run(_measure(port, actors, process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _serve(workspace: Workspace) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-c", "from app.cli import main; main()", "--workspace", str(workspace.path), "app"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QAWL_NO_BROWSER": "1", "PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout
    for line in process.stdout:
        if line.startswith("Qawl is ready: "):
            return process, int(line.rsplit(":", 1)[1])
    raise SystemExit("qawl app did not start")


async def _measure(port: int, actors: list[str], pid: int) -> None:
    draw = random.Random(SEED)
    print("page            one: first     p50     p95 ms   ten at once: p50     p95 ms")
    one, many = defaultdict(list), defaultdict(list)
    for name in PAGES:
        spent = []
        for _ in range(ONE):
            before = _cpu(pid)
            one[name].append(await _ask(port, name, draw.choice(actors), draw.choice(actors)))
            spent.append(1000 * (_cpu(pid) - before))
        print(
            f"  {name}: processor time p50 {statistics.median(spent):,.0f}, p95 {_p95(spent):,.0f} ms", file=sys.stderr
        )
    print(f"  memory of the app after one person: {_memory(pid):,.0f} MB", file=sys.stderr)
    await asyncio.gather(*(_person(port, actors, random.Random(SEED + number), many) for number in range(PEOPLE)))
    errors = 0
    for name in PAGES:
        errors += sum(not ok for _, ok in one[name] + many[name])
        alone, together = ([1000 * seconds for seconds, _ in times] for times in (one[name], many[name]))
        print(
            f"{name:15} {alone[0]:10,.0f} {statistics.median(alone):7,.0f} {_p95(alone):7,.0f}"
            f"{statistics.median(together or [0]):22,.0f} {_p95(together):7,.0f}"
        )
    busy = os.getloadavg()[1] / (os.cpu_count() or 1)
    print(f"errors {errors}; memory of the app {_memory(pid):,.0f} MB, at most; load of the machine {busy:.1f} a core")


async def _person(
    port: int, actors: list[str], draw: random.Random, times: dict[str, list[tuple[float, bool]]]
) -> None:
    for _ in range(ROUNDS):
        name = draw.choice(list(PAGES))
        times[name].append(await _ask(port, name, draw.choice(actors), draw.choice(actors)))


async def _ask(port: int, name: str, actor: str, other: str) -> tuple[float, bool]:
    """Open a page in a new session, as who follows a link does; the seconds, and whether all went well."""
    page, query = PAGES[name]
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query.format(actor=actor, other=other)
    start, fine = time.perf_counter(), True
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        await socket.send(message.SerializeToString())
        async for data in socket:
            told = ForwardMsg.FromString(data)
            fine = fine and not _is_error(told)
            # A page that puts its choices into its address runs again: the first run ends early then.
            if told.WhichOneof("type") == "script_finished" and told.script_finished in FINISHED:
                break
        else:
            fine = False
        return time.perf_counter() - start, fine


def _is_error(told: ForwardMsg) -> bool:
    if told.WhichOneof("type") == "page_not_found":
        return True
    if told.WhichOneof("type") != "delta" or told.delta.WhichOneof("type") != "new_element":
        return False
    element = told.delta.new_element
    return element.WhichOneof("type") == "exception" or (
        element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - (len(values) == 20)] if values else 0.0


def _cpu(pid: int) -> float:
    """The seconds of processor time that the app has used: on a busy machine they say more than the clock."""
    ticks = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """The most megabytes that the app's processes have held, each at its own time."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    peaks = (Path(f"/proc/{child}/status").read_text().split("VmHWM:")[1].split()[0] for child in [str(pid), *children])
    return sum(map(int, peaks)) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])

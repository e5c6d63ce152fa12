"""A password is in no argument, no output, no log and no file of the workspace, whatever goes wrong."""

import logging
import os
import subprocess
from pathlib import Path

import pytest

from graph.errors import QawlError
from graph.ledger import Ledger
from graph.queries import ask
from graph.remote import open_store, open_target
from graph.servers import Server
from graph.sync import sync
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.cli.conftest import QAWL
from tests.real_servers import RealServer

WRONG = "hunter2 is wrong"
QUERIES = {"cypher": ["RETURN 1", "RETURN nothing", "CREATE (:X)"], "sparql": ["ASK {}", "SELECT {", "CLEAR ALL"]}


def words_of_processes() -> str:
    """The arguments of every process, as ``ps`` shows them to everybody on the machine."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((folder / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:  # it has just ended, or is somebody else's
            continue
    return "\n".join(found)


def test_the_process_list_and_what_is_printed_hold_no_password(running: RealServer, workspace: Workspace) -> None:
    fill(workspace)
    shown = []
    for password in (running.password, WRONG):
        with subprocess.Popen(
            [*QAWL, "sync", running.server.url, "--workspace", workspace.path],
            env={**os.environ, "QAWL_PASSWORD": password},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            listed = words_of_processes()
            while running.server.url not in listed and process.poll() is None:
                listed = words_of_processes()
            shown += [listed, process.communicate(timeout=300)[0]]

    assert all(running.server.url in text for text in shown), "the list has the very processes"
    assert "refuses" in shown[-1]
    assert not [text for text in shown if running.password in text or WRONG in text]
    kept = [path.read_bytes() for path in workspace.path.rglob("*") if path.is_file()]
    assert not [content for content in kept if running.password.encode() in content or WRONG.encode() in content]


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_no_log_holds_a_password(
    running: RealServer,
    workspace: Workspace,
    right: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    password = running.password if right else WRONG
    monkeypatch.setenv("QAWL_PASSWORD", password)
    fill(workspace)
    named = Workspace(workspace.path, workspace.base_iri, (running.server, Server(running.server.url)))
    told = []
    with caplog.at_level(logging.DEBUG):
        try:
            target = open_target(named, running.server)
            sync(Ledger(named).view(), target, named.base_iri)
            open_store(named, running.server).close()
            target.close()
        except QawlError as error:
            told.append(str(error))
        for query in QUERIES[running.server.language]:
            try:
                told.append(str(ask(named, query, language=running.server.language).rows))
            except QawlError as error:
                told.append(str(error))

    assert caplog.records, "the drivers log at this level"
    assert right or "refuses" in told[0]
    assert password not in caplog.text
    assert password not in "".join(told)

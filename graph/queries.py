"""Queries from people: answered in a child process that can do nothing but answer, and is killed at its limits."""

import json
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import graph
from graph.errors import QueryError, WorkspaceError
from graph.generations import LADYBUG, OXIGRAPH, Indexes, Lease
from graph.query_language import QueryLanguage, language_of
from graph.rdf import Iris
from graph.remote import ask_server, server_of
from graph.stores.rows import PictureEdge, PictureNode, Rows
from graph.workspace import Workspace

__all__ = ["ask", "language_of"]

MEMORY_BYTES = 1 << 30
"""What a query may take beyond what opening its store does."""

_GRACE_SECONDS = 0.5


def ask(
    workspace: Workspace,
    query: str,
    *,
    language: QueryLanguage | None = None,
    timeout: float = 30.0,
    limit: int = 1000,
) -> Rows:
    """The answer to a query from a person over the current index: at most ``limit`` rows, in ``timeout`` seconds.

    The language is recognised when it is not given. One statement, read-only; no file, no network. A server of that
    language that the workspace names is asked in place of the index.

    Raises:
        QueryError: the query has an error (with its place), or goes past the time or memory limit.
        ServerError: the server cannot be asked.
    """
    language = language or language_of(query)
    server = server_of(workspace, language)
    if server:
        return ask_server(workspace, server, query, language, timeout=timeout, limit=limit)
    engine = LADYBUG if language == "cypher" else OXIGRAPH
    request = {
        "language": language,
        "query": query,
        "limit": limit,
        "timeout": timeout + _GRACE_SECONDS,
        "memory": MEMORY_BYTES,
        "prefixes": Iris(workspace.base_iri).prefixes,
    }
    indexes = Indexes(workspace)
    for attempt in range(2):
        lease = indexes.lease(engine)
        try:
            answer = _run(lease, request | {"path": str(lease.folder / engine.file)}, timeout)
        finally:
            lease.release()
        if "unreadable" not in answer:
            return _rows(answer)
        if attempt == 0:
            indexes.rebuild(engine)
    raise WorkspaceError(f"the {engine.name} index cannot be opened: {answer['unreadable']}; run `qawl doctor`")


def _run(lease: Lease, request: dict[str, Any], timeout: float) -> dict[str, Any]:
    """What the child answers. It holds the generation's lock too, and keeps it should this process die."""
    # The folder that this very package was loaded from, so that the child runs the same code.
    home = str(Path(graph.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(  # our own interpreter and module
        [sys.executable, "-P", "-m", "graph.query_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        pass_fds=(lease.lock.fileno(),),
    ) as child:
        try:
            output, errors = child.communicate(json.dumps(request).encode(), timeout)
        except subprocess.TimeoutExpired:
            raise _too_slow(timeout) from None
        finally:
            child.kill()
    return _outcome(child.returncode, output, errors.decode(errors="replace"), timeout)


def _outcome(status: int, output: bytes, errors: str, timeout: float) -> dict[str, Any]:
    if status == 0:
        answer: dict[str, Any] = json.loads(output, object_hook=_untagged)
        return answer
    if status == -signal.SIGALRM:
        raise _too_slow(timeout)
    # Out of memory, the engines end the process: Rust aborts, C++ may fail in a thread of its own.
    if status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL) or "MemoryError" in errors:
        raise QueryError(
            f"the query was stopped at its memory limit ({MEMORY_BYTES >> 20} MiB) or crashed the engine: "
            "add a LIMIT or narrow its patterns"
        )
    raise QueryError(f"the query process ended with status {status}: {errors.strip()[-2000:]}; please report this")


def _too_slow(timeout: float) -> QueryError:
    return QueryError(f"no answer within {timeout:g} seconds: narrow the query, or give it more time")


def _rows(answer: dict[str, Any]) -> Rows:
    if "error" in answer:
        raise QueryError(answer["error"], line=answer.get("line"), column=answer.get("column"))
    return Rows(
        tuple(answer["columns"]),
        [tuple(row) for row in answer["rows"]],
        answer["truncated"],
        [PictureNode(*node) for node in answer["nodes"]],
        [PictureEdge(*edge) for edge in answer["edges"]],
    )


def _untagged(value: dict[str, Any]) -> Any:
    if value.keys() == {"$date"}:
        return date.fromisoformat(value["$date"])
    if value.keys() == {"$datetime"}:
        return datetime.fromisoformat(value["$datetime"])
    return value

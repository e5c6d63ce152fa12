"""The child process that answers one query: it opens the store, locks itself in, and asks.

Run as ``python -P -m graph.query_child`` with a JSON request on standard input; the answer is JSON on standard output.
Only what is needed to ask is imported: a start costs about 0.1 s. What holds whatever the query says:

- before the store is opened, Landlock (Linux 5.13 and later) forbids to make, write, rename and remove files and,
  from 6.7, to connect: a statement such as ``EXPORT DATABASE`` makes a folder without opening any file;
- before it too, seccomp forbids to make sockets;
- after it is opened, no descriptor is left to open (``RLIMIT_NOFILE`` at the lowest free one): no file, no socket.
  Oxigraph, which opens the tables of a large store as it comes to them and whose queries name no files, keeps one for
  each table, where seccomp forbids sockets;
- the address space may grow by the memory bound and no more, nothing can be written to files, no core is dumped;
- an alarm ends the process at the time limit, also when the parent is gone.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import struct
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.errors import QueryError
from graph.query_language import refuse_unless_reading
from graph.stores.engines import TOO_MUCH_MEMORY, ask_cypher, ask_sparql, open_ladybug, open_oxigraph

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # system calls, the same number on every architecture
_NO_NEW_PRIVILEGES = 38  # prctl
_CREATE_RULESET_VERSION = 1
# Rights by Landlock version, each with those of the versions before: write_file (1), remove_dir to make_sym (4 to
# 12), then refer (13), truncate (14); of network, since version 4, bind and connect. linux/landlock.h.
_WRITING = {1: 0b1_1111_1111_0010, 2: 0b11_1111_1111_0010, 3: 0b111_1111_1111_0010}
_NETWORK = 0b11
_SECCOMP, _FILTER = 22, 2  # prctl
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_OTHER_ABI, _IO_URING_SETUP = 0x40000000, 425  # x32's system calls are above it; io_uring makes sockets of its own
_TABLES_OPENED = 16  # with the store, whatever their number: RocksDB's max_file_opening_threads
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # by machine: audit's number of it, and the call


def main() -> None:
    """Answer the request on standard input and end at once, without taking the engine down in order."""
    request = json.load(sys.stdin)
    signal.setitimer(signal.ITIMER_REAL, request["timeout"])
    try:
        answer = _answer(request)
    except QueryError as error:
        answer = {"error": str(error), "line": error.line, "column": error.column}
    except MemoryError:
        answer = {"error": TOO_MUCH_MEMORY}
    sys.stdout.write(json.dumps(answer, default=_tagged))
    sys.stdout.flush()
    os._exit(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path, query, limit = Path(request["path"]), request["query"], request["limit"]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a large Oxigraph store opens a file for each table
    if request["language"] == "cypher":
        refuse_unless_reading(query)
    forbid_writing()
    without_sockets = forbid_sockets()
    tables = _tables_to_open(path, without_sockets=without_sockets) if request["language"] == "sparql" else 0
    try:
        store = open_ladybug(path) if request["language"] == "cypher" else open_oxigraph(path)
    except (OSError, RuntimeError) as error:
        return {"unreadable": str(error)}
    confine(request["memory"], tables)
    if request["language"] == "cypher":
        rows = ask_cypher(store, query, limit)
    else:
        rows = ask_sparql(store, query, request["prefixes"], limit)
    return {name: getattr(rows, name) for name in ("columns", "rows", "truncated")} | {
        "nodes": [(node.id, node.label, node.properties) for node in rows.nodes],
        "edges": [(edge.source, edge.target, edge.label, edge.properties) for edge in rows.edges],
    }


def _tables_to_open(path: Path, *, without_sockets: bool) -> int:
    """The descriptors that Oxigraph may still need: one for each table where no socket can be made with it, else none.

    Raises:
        QueryError: there are sockets, and more tables than opening the store opens.
    """
    tables = sum(1 for _ in path.glob("*.sst"))
    if without_sockets:
        return tables
    if tables > _TABLES_OPENED:
        raise QueryError(
            "this machine has no seccomp to keep SPARQL queries from the network, and the index is too large to be "
            "asked without: ask in Cypher, or have the workspace name a SPARQL server (docs/servers.md)"
        )
    return 0


def forbid_writing() -> bool:
    """Forbid this process and its threads to come to change any file; whether the kernel can."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not sys.platform.startswith("linux"):
        return False
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    if version < 1:
        return False
    attributes = struct.pack("=QQ", _WRITING[min(version, 3)], _NETWORK if version >= 4 else 0)
    size = ctypes.c_size_t(16 if version >= 4 else 8)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, size, 0)
    if ruleset < 0 or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    restricted = bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return restricted


def forbid_sockets() -> bool:
    """Forbid this thread and those to come to make sockets; whether the kernel can (Linux on x86-64 and ARM64)."""
    if not sys.platform.startswith("linux") or os.uname().machine not in _SOCKET:
        return False
    machine, socket = _SOCKET[os.uname().machine]
    load, equal, at_least, end = 0x20, 0x15, 0x35, 0x06
    steps = [  # code, steps to skip when it holds and when not, operand: linux/filter.h
        (load, 0, 0, 4),
        (equal, 0, 5, machine),
        (load, 0, 0, 0),
        (equal, 3, 0, socket),
        (equal, 2, 0, _IO_URING_SETUP),
        (at_least, 1, 0, _OTHER_ABI),
        (end, 0, 0, _ALLOW),
        (end, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = struct.pack("@HP", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not libc.prctl(_SECCOMP, _FILTER, program, 0, 0)


def confine(memory_bytes: int, descriptors: int = 0) -> None:
    """From here on open only so many descriptors, take ``memory_bytes`` more at most, and let no file grow."""
    lowest_free = os.dup(0)
    os.close(lowest_free)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes),
        (resource.RLIMIT_NOFILE, lowest_free + descriptors),
    ):
        resource.setrlimit(limit, (value, value))


def _tagged(value: Any) -> dict[str, str]:
    """Dates in JSON: an object with one key, which :mod:`graph.queries` reads back."""
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(f"no JSON for {value!r}")


if __name__ == "__main__":
    main()

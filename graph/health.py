"""What ``qawl doctor`` looks at: the ledger against each index and server, and what lies about."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.errors import QawlError, ServerError
from graph.generations import ENGINES, Engine, Indexes, counts_of
from graph.ledger import Ledger, LedgerView
from graph.remote import open_store
from graph.servers import Server
from graph.stores.base import CHECKED, Store
from graph.workspace import Workspace

_REBUILD = "run `qawl rebuild`"
MANY_BATCHES = 500
"""From how many small batches on compaction is mentioned."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it went; ``problem`` is empty when it is ``ok``, and ``mend`` when there is nothing to do."""

    check: str
    ok: bool
    problem: str = ""
    mend: str = ""


def examine(workspace: Workspace, *, servers: bool = False) -> list[Finding]:
    """Every check of a workspace, in a fixed order; nothing is changed.

    With ``servers`` those that the workspace names are compared with the ledger too.
    """
    try:
        view = Ledger(workspace).view()
        counts = view.counts()
    except QawlError as error:
        return [Finding("ledger", ok=False, problem=str(error), mend="restore the ledger from a copy")]
    indexes = Indexes(workspace)
    ledger = Finding(f"ledger: {counts.articles} articles, {counts.claims} claims", ok=True)
    found = [
        ledger,
        *_small_files(workspace),
        *(_index(indexes, engine, view) for engine in ENGINES),
        *_leftovers(indexes),
    ]
    return found + [_server(workspace, server, view) for server in (workspace.servers if servers else ())]


def differences(store: Store, view: LedgerView) -> str:
    """In what a store differs from the ledger, counts first, then claims; empty when in nothing."""
    found, expected = store.counts(), counts_of(view)
    if found != expected:
        return f"holds {found}, the ledger {expected}"
    if checksum(store.claim_rows()) != checksum(_rows(view)):
        return "holds other claims than the ledger, or some of them altered"
    return ""


def checksum(rows: Iterable[tuple[Any, ...]]) -> int:
    """A checksum of claims (:data:`graph.stores.base.CHECKED`): equal wherever the same are, in whatever order."""
    total = 0
    for row in rows:
        digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        total = (total + int.from_bytes(digest)) % (1 << 128)
    return total


def _rows(view: LedgerView) -> Iterator[tuple[Any, ...]]:
    for batch in view.claim_batches():
        yield from zip(*(batch[name].to_pylist() for name in CHECKED), strict=True)


def _index(indexes: Indexes, engine: Engine[Any], view: LedgerView) -> Finding:
    check = f"index {engine.name}"
    status = next(status for status in indexes.status() if status.engine == engine.name)
    if status.problem:
        return Finding(check, ok=False, problem=status.problem, mend=_REBUILD)
    problem = _against(indexes, engine, view)
    return Finding(check, ok=not problem, problem=problem, mend=_REBUILD if problem else "")


def _against(indexes: Indexes, engine: Engine[Any], view: LedgerView) -> str:
    lease = indexes.current(engine)
    if lease is None:
        return "missing"
    try:
        with indexes.open(engine, lease) as store:
            return differences(store, view)
    except (OSError, RuntimeError) as error:
        return f"cannot be opened: {error}"
    finally:
        lease.release()


def _server(workspace: Workspace, server: Server, view: LedgerView) -> Finding:
    check = f"server {server.url}"
    try:
        with open_store(workspace, server) as store:
            problem = differences(store, view)
    except ServerError as error:
        return Finding(check, ok=False, problem=str(error), mend="see to the server")
    return Finding(check, ok=not problem, problem=problem, mend=f"run `qawl sync {server.url}`" if problem else "")


def _small_files(workspace: Workspace) -> list[Finding]:
    batches = Ledger(workspace).compactable()
    if batches < MANY_BATCHES:
        return []
    return [Finding(f"ledger: {batches} small batches", ok=True, mend="run `qawl compact`: reading gets faster")]


def _leftovers(indexes: Indexes) -> list[Finding]:
    return [
        Finding(f"leftover {path.name}", ok=False, problem="of no current index", mend=_REBUILD)
        for path in indexes.leftovers()
    ]

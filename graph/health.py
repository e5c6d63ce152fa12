"""What ``qawl doctor`` looks at: the ledger against each index, and what lies about."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.errors import QawlError
from graph.generations import ENGINES, Engine, Indexes, counts_of
from graph.ledger import Ledger, LedgerView
from graph.workspace import Workspace

_REBUILD = "run `qawl rebuild`"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it went; ``problem`` and ``mend`` are empty when it is ``ok``."""

    check: str
    ok: bool
    problem: str = ""
    mend: str = ""


def examine(workspace: Workspace) -> list[Finding]:
    """Every check of a workspace, in a fixed order; nothing is changed."""
    try:
        view = Ledger(workspace).view()
        counts = view.counts()
    except QawlError as error:
        return [Finding("ledger", ok=False, problem=str(error), mend="restore the ledger from a copy")]
    indexes = Indexes(workspace)
    ledger = Finding(f"ledger: {counts.articles} articles, {counts.claims} claims", ok=True)
    return [ledger, *(_index(indexes, engine, view) for engine in ENGINES), *_leftovers(indexes)]


def checksum(ids: Iterable[str]) -> str:
    """A checksum of sorted claim ids: equal wherever the same claims are."""
    digest = hashlib.sha256()
    for id_ in ids:
        digest.update(f"{id_}\n".encode())
    return digest.hexdigest()


def _index(indexes: Indexes, engine: Engine[Any], view: LedgerView) -> Finding:
    check = f"index {engine.name}"
    status = next(status for status in indexes.status() if status.engine == engine.name)
    if status.problem:
        return Finding(check, ok=False, problem=status.problem, mend=_REBUILD)
    problem = next(_differences(indexes, engine, view), "")
    return Finding(check, ok=not problem, problem=problem, mend=_REBUILD if problem else "")


def _differences(indexes: Indexes, engine: Engine[Any], view: LedgerView) -> Iterator[str]:
    lease = indexes.current(engine)
    if lease is None:
        yield "missing"
        return
    try:
        with indexes.open(engine, lease) as store:
            if store.counts() != counts_of(view):
                yield f"holds {store.counts()}, the ledger {counts_of(view)}"
            if checksum(store.claim_ids()) != checksum(sorted(view.claim_table()["id"].to_pylist())):
                yield "holds other claims than the ledger"
    except (OSError, RuntimeError) as error:
        yield f"cannot be opened: {error}"
    finally:
        lease.release()


def _leftovers(indexes: Indexes) -> list[Finding]:
    return [
        Finding(f"leftover {path.name}", ok=False, problem="of no current index", mend=_REBUILD)
        for path in indexes.leftovers()
    ]

"""Makes an Oxigraph folder from the ledger, through the engine's bulk loader."""

import os
import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.ledger import LedgerView
from graph.rdf import Iris, view_triples

_LOADERS = 2
_LINES = 2_000
_PORTION = 16_000_000


def build_oxigraph(path: Path, view: LedgerView, iris: Iris) -> None:
    """Write the RDF graph of a ledger view to the new folder ``path``."""
    store = Store(str(path))
    _load(store, (f"{triple[0]} {triple[1]} {triple[2]} .\n" for triple in view_triples(view, iris)))
    store.optimize()
    store.flush()


def grow_oxigraph(path: Path, former: Path, added: LedgerView, iris: Iris) -> None:
    """Write to the new folder ``path`` the graph in the folder ``former`` and that of the view, which only adds to it.

    The engine never changes a file of sorted triples, so that both folders can share them.
    """
    path.mkdir()
    for file in former.iterdir():
        if file.suffix == ".sst":
            os.link(file, path / file.name)
        else:
            shutil.copyfile(file, path / file.name)
    store = Store(str(path))
    lines = "".join(f"{triple} .\n" for triple in view_triples(added, iris))
    store.load(lines.encode(), RdfFormat.N_TRIPLES, lenient=True)
    store.flush()


def _load(store: Store, lines: Iterator[str]) -> None:
    """Load lines of N-Triples portion by portion: this thread writes one while the engine loads those before.

    The engine holds what one call gives it, up to gigabytes; so memory is bounded by the portions.
    """
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_LOADERS) as pool:
        for portion in _portions(lines):
            if len(waiting) == _LOADERS:
                waiting.popleft().result()
            # Lenient: the terms were made by us, and are not checked once more.
            waiting.append(pool.submit(store.bulk_load, portion, RdfFormat.N_TRIPLES, lenient=True))
        for loading in waiting:
            loading.result()


def _portions(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines, joined to at least :data:`_PORTION` characters."""
    pieces: list[str] = []
    length = 0
    while piece := "".join(islice(lines, _LINES)):
        pieces.append(piece)
        length += len(piece)
        if length >= _PORTION:
            yield "".join(pieces).encode()
            pieces, length = [], 0
    if pieces:
        yield "".join(pieces).encode()

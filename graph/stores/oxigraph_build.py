"""Makes an Oxigraph folder from the ledger, through the engine's bulk loader."""

import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.ledger import LedgerView
from graph.rdf import Iris, view_triples

_BUFFER = 1 << 20


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


def _load(store: Store, lines: Iterable[str]) -> None:
    """Load lines of N-Triples through a pipe: this thread writes them while the engine, in another, sorts and stores.

    It is the writer that stays here, so that Ctrl-C is heard.
    """
    read, write = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(_load_from, store, read)
        with suppress(BrokenPipeError), os.fdopen(write, "w", _BUFFER, encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
        loading.result()


def _load_from(store: Store, read: int) -> None:
    try:
        # Lenient: the terms were made by us, and are not checked once more.
        store.bulk_load(path=f"/dev/fd/{read}", format=RdfFormat.N_TRIPLES, lenient=True)
    finally:
        os.close(read)  # a writer that waits for room in the pipe is told

"""Oxigraph: the RDF graph in one folder, asked in SPARQL."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from graph.rdf import Iris
from graph.stores.engines import ask_sparql, open_oxigraph
from graph.stores.rows import Rows
from graph.stores.sparql_reads import SparqlReads


class OxigraphStore(SparqlReads):
    """An open Oxigraph folder; safe to use from several threads. ``release`` is called when it is closed."""

    def __init__(self, path: Path, iris: Iris, release: Callable[[], None] = lambda: None) -> None:
        super().__init__(iris)
        self._engine = open_oxigraph(path)
        self._release = release

    def sparql(self, query: str) -> Rows:
        """See :class:`graph.stores.base.AnswersSparql`."""
        return ask_sparql(self._engine, query, self._iris.prefixes)

    def close(self) -> None:
        self.__dict__.pop("_engine", None)  # the engine closes when nobody refers to it
        self._release()

    def _solutions(self, query: str) -> Iterable[Iterable[Any]]:
        solutions: Any = self._engine.query(query, prefixes=self._iris.prefixes)
        return solutions  # type: ignore[no-any-return]

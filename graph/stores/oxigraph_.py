"""Oxigraph: the RDF graph in one folder, asked in SPARQL."""

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from graph.ledger import LedgerView
from graph.rdf import Iris, actor_triples, article_triples, claim_triples, plain_triple
from graph.stores.engines import ask_sparql, open_oxigraph
from graph.stores.rows import Rows
from graph.stores.sparql_reads import SparqlReads


def build_oxigraph(path: Path, view: LedgerView, iris: Iris) -> None:
    """Write the RDF graph of a ledger view to the new folder ``path``."""
    claims = (claim_triples(claim, iris) for claim in view.claims())
    plain = (triple for claim in view.claims() if (triple := plain_triple(claim, iris)))
    entities = (actor_triples(actor, iris) for actor in view.actors())
    articles = (article_triples(article, iris) for article in view.articles())
    triples = chain(chain.from_iterable(chain(entities, articles, claims)), plain)
    store = Engine(str(path))
    store.bulk_extend(Quad(*triple) for triple in triples)
    store.optimize()
    store.flush()


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

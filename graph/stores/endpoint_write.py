"""Writing the RDF graph to a SPARQL endpoint: an update for each batch of articles, with their fingerprints.

What the endpoint remembers stands in a named graph of its own, ``BASE#synced``: the fingerprint of each article, and
the version of the ledger.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.claims import Entity
from graph.ledger import LedgerView
from graph.rdf import Iris, Triple, actor_triples, article_triples, claim_triples, plain_triple
from graph.relations import relations
from graph.servers import Server
from graph.stores.endpoint_ import Endpoint, EndpointStore, prologue
from graph.sync import Reported, Target
from graph.turtle import TurtleWriter

_TRIPLES_AT_ONCE = 20_000
_NODES_AT_ONCE = 2_000


class EndpointTarget(Target):
    """A SPARQL endpoint to write to. Every method raises a :class:`graph.errors.ServerError` when it fails."""

    def __init__(self, server: Server, iris: Iris, password: str | None = None) -> None:
        self._iris = iris
        self._endpoint = Endpoint(server, password)
        self._graph = NamedNode(server.graph) if server.graph else None
        self._memory = NamedNode(f"{server.graph or iris.base}#synced")
        self._fingerprint = iris.term("qawl:fingerprint")
        self._version = iris.term("qawl:version")
        self._prologue = prologue(iris)
        self._turtle = TurtleWriter(iris.prefixes)
        self.store = EndpointStore(server, iris, password)

    def prepare(self) -> None:
        """See :class:`Target`; an endpoint needs nothing."""
        self._update(f"DELETE DATA {{ GRAPH {self._memory} {{ {self._memory} {self._version} '' }} }}")

    def version(self) -> str | None:
        """See :class:`Target`."""
        rows = self._select(f"SELECT ?v {{ GRAPH {self._memory} {{ {self._memory} {self._version} ?v }} }}")
        return next((version.value for (version,) in rows), None)

    def fingerprints(self) -> dict[str, str | None]:
        """See :class:`Target`."""
        either = "{ ?a a schema:NewsArticle } UNION { ?c prov:wasDerivedFrom ?a }"
        there = self._endpoint.select(f"{self._prologue}SELECT DISTINCT ?a {{ {either} }}")
        known = self._select(f"SELECT ?a ?f {{ GRAPH {self._memory} {{ ?a {self._fingerprint} ?f }} }}")
        found: dict[str, str | None] = {self._article_id(article): None for (article,) in there}
        return found | {self._article_id(article): fingerprint.value for article, fingerprint in known}

    def forget(self, *, articles: bool) -> None:
        """See :class:`Target`."""
        terms = [self._version, *([self._fingerprint] if articles else [])]
        for term in terms:
            self._update(f"DELETE WHERE {{ GRAPH {self._memory} {{ ?any {term} ?value }} }}")

    def mend_entities(self, view: LedgerView) -> None:
        """See :class:`Target`."""
        there = self._entities()
        right = {self._iris.entity(a.entity.id): set(actor_triples(a, self._iris)) for a in view.actors()}
        stale = [triple for node in right.keys() & there.keys() for triple in there[node] - right[node]]
        missing = [triple for node, triples in right.items() for triple in triples - there.get(node, set())]
        self._mend(stale, missing)

    def replace(self, articles: Sequence[Reported], there: Sequence[str]) -> None:
        """See :class:`Target`."""
        memory = " ".join(
            f"{self._iris.article(one.article.id)} {self._fingerprint} {Literal(one.fingerprint)} ." for one in articles
        )
        steps = [self._drop_articles(there)] if there else []
        steps += [self._insert(self._triples(articles)), f"INSERT DATA {{ GRAPH {self._memory} {{ {memory} }} }}"]
        self._update(" ;\n".join(steps))

    def remove(self, article_ids: Sequence[str]) -> None:
        """See :class:`Target`."""
        self._update(self._drop_articles(article_ids))

    def finish(self, view: LedgerView, wanted: Mapping[str, Entity]) -> None:
        """See :class:`Target`: the plain triples belong to all claims that state them."""
        right = {triple for found in view.claims() if (triple := plain_triple(found, self._iris))}
        properties = " ".join(str(self._iris.relation(id_)) for id_ in relations())
        rows = self._endpoint.select(f"SELECT ?s ?p ?o {{ VALUES ?p {{ {properties} }} ?s ?p ?o }}")
        there = {Triple(*row) for row in rows}
        self._mend(there - right, right - there)
        gone = sorted(self._entities().keys() - {self._iris.entity(id_) for id_ in wanted}, key=str)
        for nodes in _chunks(gone, _NODES_AT_ONCE):
            self._update(self._drop_nodes(nodes))

    def remember(self, version: str) -> None:
        """See :class:`Target`."""
        self._update(f"INSERT DATA {{ GRAPH {self._memory} {{ {self._memory} {self._version} {Literal(version)} }} }}")

    def close(self) -> None:
        """See :class:`Target`."""
        self.store.close()
        self._endpoint.close()

    # --- what is written --------------------------------------------------------------------------------------

    def _triples(self, articles: Iterable[Reported]) -> Iterator[Triple]:
        for one in articles:
            claims = (claim_triples(found, self._iris) for found in one.claims)
            # Claims of one sentence repeat its triples.
            yield from dict.fromkeys(chain(article_triples(one.article, self._iris), *claims))

    def _mend(self, stale: Iterable[Triple], missing: Iterable[Triple]) -> None:
        for triples in _chunks(sorted(stale, key=str), _TRIPLES_AT_ONCE):
            self._update(f"DELETE DATA {{ {self._within(_text(triples))} }}")
        for triples in _chunks(sorted(missing, key=str), _TRIPLES_AT_ONCE):
            self._update(self._insert(triples))

    def _insert(self, triples: Iterable[Triple]) -> str:
        # Turtle, which repeats no subject: an endpoint reads it in half the time of one line for each triple.
        return f"INSERT DATA {{ {self._within(''.join(self._turtle.blocks(triples)))} }}"

    def _drop_nodes(self, nodes: Iterable[NamedNode]) -> str:
        pattern = f"VALUES ?n {{ {' '.join(map(str, nodes))} }} ?n ?p ?o"
        return f"{self._with()}DELETE {{ ?n ?p ?o }} WHERE {{ {pattern} }}"

    def _drop_articles(self, ids: Iterable[str]) -> str:
        """Take away articles, their claims, the sentences of these, and what is remembered."""
        values = f"VALUES ?a {{ {' '.join(str(self._iris.article(id_)) for id_ in ids)} }}"
        patterns = (
            f"{values} ?c prov:wasDerivedFrom ?a ; oa:hasSelector ?n . ?n ?p ?o",
            f"{values} ?n prov:wasDerivedFrom ?a ; ?p ?o",
            f"{values} ?a ?p ?o BIND(?a AS ?n)",
        )
        drops = [f"{self._with()}DELETE {{ ?n ?p ?o }} WHERE {{ {pattern} }}" for pattern in patterns]
        memory = f"GRAPH {self._memory} {{ ?a {self._fingerprint} ?f }}"
        # The memory first: where an endpoint stops in the middle, the articles count as not written.
        return " ;\n".join([f"DELETE {{ {memory} }} WHERE {{ {values} {memory} }}", *drops])

    def _within(self, triples: str) -> str:
        return f"GRAPH {self._graph} {{ {triples} }}" if self._graph else triples

    def _with(self) -> str:
        return f"WITH {self._graph} " if self._graph else ""

    # --- what is there ----------------------------------------------------------------------------------------

    def _entities(self) -> dict[NamedNode, set[Triple]]:
        found: dict[NamedNode, set[Triple]] = defaultdict(set)
        query = f"{self._prologue}SELECT ?e ?p ?o {{ ?e a qawl:Entity ; ?p ?o }}"
        own = {str(self._iris.relation(id_)) for id_ in relations()}
        for entity, name, value in self._endpoint.select(query):
            triples = found[entity]
            if str(name) not in own:
                triples.add(Triple(entity, name, value))
        return found

    def _article_id(self, node: NamedNode) -> str:
        return node.value.removeprefix(self._iris.prefixes["article"])

    def _select(self, query: str) -> Iterable[Any]:
        return self._endpoint.select(query, everywhere=True)

    def _update(self, update: str) -> None:
        self._endpoint.update(self._prologue + update)


def _text(triples: Iterable[Triple]) -> str:
    return "\n".join(f"{triple} ." for triple in triples)


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))

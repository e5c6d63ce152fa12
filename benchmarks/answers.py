"""How fast the graph answers, beside the raw engines: used by ``python -m benchmarks``.

The questions of ``docs/queries.md`` in both languages, through a store and through the engine's own Python interface,
which gives its own values; and what the dashboard reads of the property graph, beside the same statements sent to the
engine. What the child process costs in which people's queries run is printed apart: it is the same for every query.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.measuring import processor_seconds, seconds
from graph.generations import LADYBUG, OXIGRAPH, Indexes
from graph.queries import ask
from graph.rdf import Iris
from graph.stores.base import ClaimFilter
from graph.stores.engines import close_ladybug, open_ladybug, open_oxigraph
from graph.stores.ladybug_ import LadybugStore
from graph.workspace import Workspace
from tests.queries.cookbook import PAGE, questions

PATIENCE = 20.0  # seconds: a query that took longer is asked once only
_READS: dict[str, Callable[[LadybugStore, str], object]] = {
    "counts": lambda store, _: store.counts(),
    "top actors": lambda store, _: store.top_actors(),
    "relation mix": lambda store, _: store.relation_mix(),
    "timeline": lambda store, _: store.timeline(),
    "neighbourhood": lambda store, actor: store.neighbourhood(actor),
    "claims of an actor": lambda store, actor: store.claims(ClaimFilter(actor=actor)),
    "claims": lambda store, _: store.claims(),
    "search": lambda store, _: store.search_actors("bak"),
}


class _Recording(LadybugStore):
    """A store that keeps the statements that it was asked."""

    statements: list[tuple[str, dict[str, Any]]]

    def _read(self, statement: str, **parameters: Any) -> list[list[Any]]:
        self.statements.append((statement, parameters))
        return super()._read(statement, **parameters)


def measure(workspace: Workspace) -> dict[str, tuple[float, float]]:
    """For each kind of question the processor seconds that all of its kind take with us, and on the raw engine."""
    found = {}
    for language in ("cypher", "sparql"):
        pairs = {
            question.title: _asked(workspace, language, question.queries[language])
            for question in questions(PAGE.read_text("utf-8"))
            if language in question.queries
        }
        found[f"cookbook, {language}"] = _told(f"cookbook, {language}", pairs)
    with _stores(workspace) as (store, raw):
        actor = store.top_actors(limit=1)[0][0].id
        pairs = {name: _read(store, raw, lambda read=read: read(store, actor)) for name, read in _READS.items()}
    found["dashboard"] = _told("dashboard", pairs)
    simple = "MATCH (a:Article) RETURN count(a)"
    print(f"  a child process for a query costs {seconds(lambda: ask(workspace, simple)):.2f} s by the clock")
    return found


def _told(kind: str, pairs: dict[str, tuple[float, float]]) -> tuple[float, float]:
    ours, raw = (sum(column) for column in zip(*pairs.values(), strict=True))
    slowest = max(pairs, key=lambda name: pairs[name][0])
    print(
        f"  {kind:17} {len(pairs):3} queries: {ours:8.3f} s, raw engine {raw:8.3f} s, ratio {ours / raw:5.2f}; "
        f"slowest {pairs[slowest][0]:.2f} s: {slowest}",
        flush=True,
    )
    return ours, raw


def _asked(workspace: Workspace, language: str, query: str) -> tuple[float, float]:
    indexes = Indexes(workspace)
    if language == "cypher":
        with _stores(workspace) as (store, raw):
            return _best(lambda: store.cypher(query)), _best(lambda: raw.execute(query).get_all())
    lease = indexes.lease(OXIGRAPH)
    engine, prefixes = open_oxigraph(lease.folder / OXIGRAPH.file), Iris(workspace.base_iri).prefixes
    try:
        with indexes.sparql() as store:
            return _best(lambda: store.sparql(query)), _best(lambda: _drained(engine.query(query, prefixes=prefixes)))
    finally:
        lease.release()


def _drained(answer: Any) -> object:
    return bool(answer) if type(answer).__name__ == "QueryBoolean" else list(answer)


def _read(store: "_Recording", raw: Any, work: Callable[[], object]) -> tuple[float, float]:
    ours = _best(work)
    store.statements.clear()
    work()
    statements = list(store.statements)
    return ours, _best(lambda: [raw.execute(statement, given).get_all() for statement, given in statements])


@contextmanager
def _stores(workspace: Workspace) -> Iterator[tuple[_Recording, Any]]:
    """A store that records, and a bare connection to the same file."""
    lease = Indexes(workspace).lease(LADYBUG)
    path = lease.folder / LADYBUG.file
    raw = open_ladybug(path)
    try:
        with _Recording(path) as store:
            store.statements = []
            yield store, raw
    finally:
        close_ladybug(raw)
        lease.release()


def _best(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of four runs; of one that takes long there is no other."""
    first = processor_seconds(work)
    return first if first > PATIENCE else min(first, *(processor_seconds(work) for _ in range(3 if first < 1 else 1)))

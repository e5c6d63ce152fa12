"""Writing the property graph to Neo4j: batches by ``UNWIND``, each article in one transaction with its fingerprint.

The graph is that of :mod:`graph.stores.ladybug_build`. What the server remembers stands beside it: the property
``fingerprint`` of ``Article``, and one node ``QawlSync`` with the ``version`` of the ledger.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from graph.articles import day_of
from graph.claims import Entity
from graph.ledger import LedgerClaim, LedgerView
from graph.ledger.batch import claim_row
from graph.relations import relations
from graph.servers import Server
from graph.stores.ladybug_build import ARTICLE, CLAIM, EDGE, ENTITY, LINKS, NODES
from graph.stores.neo4j_ import Neo4jStore, connect, failures
from graph.sync import Reported, Target

if TYPE_CHECKING:
    import neo4j

_ROWS_AT_ONCE = 5000
_EDGES_AT_ONCE = 50_000
_MEMORY = "QawlSync"

SCHEMA = (
    *(f"CREATE CONSTRAINT qawl_{label} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in NODES),
    *(
        f"CREATE INDEX qawl_Claim_{name} IF NOT EXISTS FOR (c:Claim) ON (c.{name})"
        for name in ("article", "subject", "object", "date", "relation")
    ),
    "CALL db.awaitIndexes(600)",
)
PUT_ENTITIES = "UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e = row"
PUT_ARTICLES = "UNWIND $rows AS row MERGE (a:Article {id: row.id}) SET a = row"
PUT_CLAIMS = "UNWIND $rows AS row MERGE (c:Claim {id: row.id}) SET c = row"
PUT_LINKS = {
    label: f"""
UNWIND $rows AS row MATCH (c:{start} {{id: row.id}}), (t:{end} {{id: row.{key}}}) MERGE (c)-[:{label}]->(t)
"""
    for label, (start, end, key) in LINKS.items()
}
_LABELS = sorted(relation.edge_label for relation in relations().values())
_LABEL_GROUPS = [_LABELS[start : start + 10] for start in range(0, len(_LABELS), 10)]
# Neo4j 5.7 takes no label from a parameter, and planning a statement for each label costs more than writing its edges.
PUT_EDGES = {
    label: "UNWIND $rows AS row MATCH (s:Entity {id: row.subject}), (o:Entity {id: row.object})\n"
    + "\n".join(
        f"FOREACH (_ IN CASE row.label WHEN '{one}' THEN [1] ELSE [] END | CREATE (s)-[r:{one}]->(o) SET r = row.edge)"
        for one in group
    )
    for group in _LABEL_GROUPS
    for label in group
}
"""The statement that makes the edges with a label, and those of some others too."""
DROP_EDGES = """
UNWIND $ids AS id MATCH (c:Claim {article: id}) WHERE c.object IS NOT NULL
MATCH (:Entity {id: c.subject})-[r]->(:Entity {id: c.object}) WHERE r.claim = c.id DELETE r
"""
DROP_CLAIMS = "UNWIND $ids AS id MATCH (c:Claim {article: id}) DETACH DELETE c"
DROP_ARTICLES = "UNWIND $ids AS id MATCH (a:Article {id: id}) DETACH DELETE a"
DROP_ENTITIES = "UNWIND $ids AS id MATCH (e:Entity {id: id}) DETACH DELETE e"
ENTITIES = f"MATCH (e:Entity) RETURN {', '.join(f'e.{name} AS {name}' for name in ENTITY)}"
FINGERPRINTS = """
MATCH (a:Article) RETURN a.id AS id, a.fingerprint AS fingerprint
UNION
MATCH (c:Claim) WHERE NOT EXISTS { (:Article {id: c.article}) } RETURN DISTINCT c.article AS id, null AS fingerprint
"""
VERSION = f"MATCH (m:{_MEMORY}) RETURN m.version"
REMEMBER = f"MERGE (m:{_MEMORY}) SET m.version = $version"
FORGET = f"MATCH (m:{_MEMORY}) DELETE m"
FORGET_ARTICLES = "MATCH (a:Article) REMOVE a.fingerprint"
# Edges are made and not merged, which would look at all that stand between two busy actors; so none may be left over.
FORGET_EDGES = "MATCH (:Entity)-[r]->(:Entity) WITH r LIMIT $limit DELETE r RETURN count(r)"


class Neo4jTarget(Target):
    """A Neo4j server to write to.

    Raises:
        ServerError: see :class:`graph.stores.neo4j_.Neo4jStore`; every method raises it too.
    """

    def __init__(self, server: Server, password: str | None = None) -> None:
        self._server = server
        self._driver = connect(server, password)
        self.store = Neo4jStore(server, password)

    def prepare(self) -> None:
        """See :class:`Target`."""
        for statement in SCHEMA:
            self._write(statement)

    def version(self) -> str | None:
        """See :class:`Target`."""
        return next((version for (version,) in self._write(VERSION)), None)

    def fingerprints(self) -> dict[str, str | None]:
        """See :class:`Target`."""
        return {id_: fingerprint for id_, fingerprint in self._write(FINGERPRINTS) if id_ is not None}

    def forget(self, *, articles: bool) -> None:
        """See :class:`Target`."""
        self._write(FORGET)
        if articles:
            self._write(FORGET_ARTICLES)
            while self._write(FORGET_EDGES, limit=_EDGES_AT_ONCE) != [[0]]:
                pass

    def mend_entities(self, view: LedgerView) -> None:
        """See :class:`Target`."""
        there = {row[0]: tuple(row) for row in self._write(ENTITIES)}
        rows = [asdict(entity) for entity in view.entities()]
        wrong = [row for row in rows if there.get(row["id"]) != tuple(row[name] for name in ENTITY)]
        for start in range(0, len(wrong), _ROWS_AT_ONCE):
            self._write(PUT_ENTITIES, rows=wrong[start : start + _ROWS_AT_ONCE])

    def replace(self, articles: Sequence[Reported], there: Sequence[str]) -> None:
        """See :class:`Target`."""
        rows = [_article_row(one) for one in articles]
        claims = [_claim_row(found) for one in articles for found in one.claims]
        edges = _edges(claims)

        def put(transaction: "neo4j.ManagedTransaction") -> None:
            if there:
                _drop(transaction, list(there))
            transaction.run(PUT_ARTICLES, rows=rows).consume()
            transaction.run(PUT_CLAIMS, rows=claims).consume()
            for label, (_, _, key) in LINKS.items():
                transaction.run(PUT_LINKS[label], rows=[_pick(row, "id", key) for row in claims if row[key]]).consume()
            for statement, rows_of in edges.items():
                transaction.run(statement, rows=rows_of).consume()

        with failures(self._server), self._driver.session(database=self._server.database) as session:
            session.execute_write(put)

    def remove(self, article_ids: Sequence[str]) -> None:
        """See :class:`Target`."""
        with failures(self._server), self._driver.session(database=self._server.database) as session:
            session.execute_write(_drop, list(article_ids), articles=True)

    def finish(self, view: LedgerView, wanted: Mapping[str, Entity]) -> None:  # noqa: ARG002  # edges go with claims
        """See :class:`Target`."""
        gone = [row[0] for row in self._write(ENTITIES) if row[0] not in wanted]
        for start in range(0, len(gone), _ROWS_AT_ONCE):
            self._write(DROP_ENTITIES, ids=gone[start : start + _ROWS_AT_ONCE])

    def remember(self, version: str) -> None:
        """See :class:`Target`."""
        self._write(REMEMBER, version=version)

    def close(self) -> None:
        """See :class:`Target`."""
        self.store.close()
        self._driver.close()

    def _write(self, statement: str, **parameters: Any) -> list[list[Any]]:
        """One statement in a transaction of its own, and its rows."""

        def run(transaction: "neo4j.ManagedTransaction") -> list[list[Any]]:
            return [list(record.values()) for record in transaction.run(statement, parameters)]

        with failures(self._server), self._driver.session(database=self._server.database) as session:
            return session.execute_write(run)


def _drop(transaction: "neo4j.ManagedTransaction", ids: list[str], *, articles: bool = False) -> None:
    """Take away what is there of some articles; the articles' own nodes only when asked, they are overwritten else."""
    for statement in (DROP_EDGES, DROP_CLAIMS, *([DROP_ARTICLES] if articles else [])):
        transaction.run(statement, ids=ids).consume()


def _article_row(one: Reported) -> dict[str, Any]:
    return {name: getattr(one.article, name) for name in ARTICLE} | {"fingerprint": one.fingerprint}


def _claim_row(found: LedgerClaim) -> dict[str, Any]:
    article = found.article
    row = claim_row(found.claim) | {"decision": found.decision, "outlet": article.outlet}
    row["date"] = day_of(article.published)
    return {name: row.get(name) for name in CLAIM}


def _edges(claims: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The edges by the statement that makes them: of the claims with both ends that nobody rejected."""
    edges: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in claims:
        if row["object"] and row["decision"] != "rejected":
            label = relations()[row["relation"]].edge_label
            edge = {"claim": row["id"]} | _pick(row, *list(EDGE)[1:])
            edges[PUT_EDGES[label]].append(_pick(row, "subject", "object") | {"label": label, "edge": edge})
    return edges


def _pick(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}

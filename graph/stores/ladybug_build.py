"""Makes a Ladybug file from the ledger: the schema of the property graph and its bulk load.

Nodes ``Entity``, ``Claim`` and ``Article``; edges ``SUBJECT``, ``OBJECT``, ``REPORTED_IN``, ``ATTRIBUTED_TO``, and one
table for each relation of the list, empty or not, since a query on a missing one is an error. ``docs/data-model.md``
describes every property. The file is written once, from Arrow tables, and only read afterwards.
"""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.articles import day_of
from graph.ledger import LedgerView
from graph.relations import relations
from graph.stores.engines import close_ladybug, open_ladybug
from graph.stores.folding import fold

BUILD_POOL_BYTES = 1 << 30
_CLAIMS_FOR_A_TABLE = 3_000

ENTITY = dict.fromkeys(("id", "label_en", "label_ar", "kind", "country", "sector", "office"), "STRING")
ARTICLE = dict.fromkeys(("id", "url", "title", "outlet", "published", "language", "text"), "STRING")
_SPANS = {
    f"{span}_{part}": kind
    for span in ("evidence", "subject", "cue", "object", "content")
    for part, kind in (("text", "STRING"), ("start", "INT64"), ("end", "INT64"))
}
CLAIM = {
    **dict.fromkeys(("id", "article", "language", "outlet", "subject", "relation", "object"), "STRING"),
    "date": "DATE",
    **_SPANS,
    "quoted": "BOOLEAN",
    "attributed_to": "STRING",
    "negated": "BOOLEAN",
    "modality": "STRING",
    "confidence": "DOUBLE",
    "extractor": "STRING",
    "decision": "STRING",
}
NODES = {"Entity": ENTITY, "Article": ARTICLE, "Claim": CLAIM}
FOLDED = "evidence_folded"
"""A property of claims in Ladybug alone: the sentence as a search compares it.

To fold a million sentences at each search takes 4.5 s of processor time; to look through folded ones 0.12 s.
"""
_NODES = NODES | {"Claim": CLAIM | {FOLDED: "STRING"}}
EDGE = {
    "claim": "STRING",
    "date": "DATE",
    "confidence": "DOUBLE",
    "negated": "BOOLEAN",
    "modality": "STRING",
    "attributed_to": "STRING",
}
LINKS = {
    "SUBJECT": ("Claim", "Entity", "subject"),
    "OBJECT": ("Claim", "Entity", "object"),
    "REPORTED_IN": ("Claim", "Article", "article"),
    "ATTRIBUTED_TO": ("Claim", "Claim", "attributed_to"),
}
"""Edges without properties: from, to, and the claim's property that holds the id of the far end."""

MACROS = (
    "type(r) AS label(r)",
    "elementId(x) AS CAST(id(x) AS STRING)",
    "toString(x) AS CAST(x AS STRING)",
    "toInteger(x) AS CAST(x AS INT64)",
    "toFloat(x) AS CAST(x AS DOUBLE)",
    "toBoolean(x) AS CAST(x AS BOOL)",
    "head(list) AS list[1]",
    "last(list) AS list[-1]",
)
"""Functions of Neo4j's Cypher that Ladybug lacks, so that the same query runs on both.

None compares: Ladybug 0.22 cannot open a file again that holds a macro with a comparison.
"""


def build_ladybug(path: Path, view: LedgerView) -> None:
    """Write the property graph of a ledger view to the new file ``path``."""
    connection = open_ladybug(path, read_only=False, pool_bytes=BUILD_POOL_BYTES)
    try:
        for statement in _schema():
            connection.execute(statement)
        _copy_view(connection, view, view.entity_table())
    finally:
        close_ladybug(connection)


def grow_ladybug(path: Path, former: Path, added: LedgerView) -> None:
    """Write to the new file ``path`` the graph in the file ``former`` and that of the view, which only adds to it."""
    shutil.copyfile(former, path)
    connection = open_ladybug(path, read_only=False, pool_bytes=BUILD_POOL_BYTES)
    try:
        entities = added.entity_table()
        known = connection.execute(
            "MATCH (e:Entity) WHERE list_contains($ids, e.id) RETURN e.id", {"ids": entities["id"].to_pylist()}
        ).get_all()
        ids = pa.array([id_ for (id_,) in known], pa.string())
        _copy_view(connection, added, entities.filter(pc.invert(pc.is_in(entities["id"], ids))))
    finally:
        close_ladybug(connection)


def growing_pays(whole: int, added: LedgerView) -> bool:
    """Whether adding to a copy is faster than loading all afresh, a view of ``whole`` claims.

    Measured on two cores: 30 seconds for a million claims afresh, a tenth of one for each table that is added to.
    """
    tables = len(NODES) + len(LINKS) + len(pc.unique(added.claim_table()["relation"]))
    return whole > _CLAIMS_FOR_A_TABLE * tables


def _copy_view(connection: Any, view: LedgerView, entities: pa.Table) -> None:
    """Add a view to the tables, with these of its entities."""
    claims = _with_folded(_with_dates(view.claim_table()))
    tables = {"Entity": entities, "Article": view.article_table(), "Claim": claims}
    for label, columns in _NODES.items():
        _copy(connection, label, tables[label].select(list(columns)))
    for label, (_, _, key) in LINKS.items():
        _copy(connection, label, _links(claims, key))
    for label, edges in _edges(claims):
        _copy(connection, label, edges)
    connection.execute("CHECKPOINT")


def _schema() -> list[str]:
    nodes = [f"CREATE NODE TABLE {label}({_columns(columns)}, PRIMARY KEY (id))" for label, columns in _NODES.items()]
    links = [f"CREATE REL TABLE {label}(FROM {start} TO {end})" for label, (start, end, _) in LINKS.items()]
    edges = [
        f"CREATE REL TABLE {relation.edge_label}(FROM Entity TO Entity, {_columns(EDGE)})"
        for relation in relations().values()
    ]
    return nodes + links + edges + [f"CREATE MACRO {macro}" for macro in MACROS]


def _columns(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _copy(connection: Any, label: str, table: pa.Table) -> None:
    if table.num_rows:
        connection.execute(f"COPY {label} FROM $rows", {"rows": table.combine_chunks()})


def _with_dates(claims: pa.Table) -> pa.Table:
    """The claims with a ``date`` column: the day of publication, null where only a month or year is known."""
    days = {text: day_of(text) for text in pc.unique(claims["published"]).to_pylist()}
    dates = pa.array([days[text] for text in claims["published"].to_pylist()], pa.date32())
    return claims.append_column("date", dates)


def _with_folded(claims: pa.Table) -> pa.Table:
    folded = [fold(text) for text in claims["evidence_text"].to_pylist()]
    return claims.append_column(FOLDED, pa.array(folded, pa.string()))


def _links(claims: pa.Table, key: str) -> pa.Table:
    """From and to of the claims that have this key; a claim that names an absent one has no edge to it."""
    known = claims.filter(pc.is_valid(claims[key]))
    if key == "attributed_to":
        known = known.filter(pc.is_in(known[key], value_set=pc.unique(claims["id"])))
    return pa.table({"from": known["id"], "to": known[key]})


def _edges(claims: pa.Table) -> list[tuple[str, pa.Table]]:
    """The table of each relation that has claims with both ends that nobody rejected."""
    rejected = pc.fill_null(pc.equal(claims["decision"], "rejected"), fill_value=False)
    both = claims.filter(pc.and_(pc.is_valid(claims["object"]), pc.invert(rejected)))
    ends = pa.table({"from": both["subject"], "to": both["object"], "claim": both["id"]})
    for name in list(EDGE)[1:]:
        ends = ends.append_column(name, both[name])
    return [
        (relations()[relation].edge_label, ends.filter(pc.equal(both["relation"], relation)))
        for relation in pc.unique(both["relation"]).to_pylist()
    ]

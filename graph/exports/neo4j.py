"""CSV files for ``neo4j-admin database import``: the property graph of ``docs/data-model.md``, with typed headers.

For that program, not for a spreadsheet: texts are as they are. An empty text and an absent one are the same in it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

import pyarrow as pa

from graph.articles import day_of
from graph.exports.bundles import Part
from graph.exports.selection import Selection
from graph.exports.tables import write_cells
from graph.ledger import LedgerView
from graph.rdf import Iris
from graph.relations import relations
from graph.stores.ladybug_build import EDGE, LINKS, NODES

_TYPES = {"STRING": "string", "INT64": "long", "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date"}

README = """Import these files into a new Neo4j database, from this folder:

neo4j-admin database import full neo4j \\
  --multiline-fields=true \\
  --nodes=Entity=entities.csv --nodes=Article=articles.csv --nodes=Claim=claims.csv \\
  --relationships=SUBJECT=subject.csv --relationships=OBJECT=object.csv \\
  --relationships=REPORTED_IN=reported_in.csv --relationships=ATTRIBUTED_TO=attributed_to.csv \\
  --relationships=relations.csv

Add --overwrite-destination=true where the database exists. Then, for speed, in Cypher:

CREATE CONSTRAINT FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:Claim) REQUIRE n.id IS UNIQUE;
"""


Row = dict[str, Any]


def neo4j_parts(view: LedgerView, _iris: Iris, _where: Selection) -> Iterator[Part]:
    """The files: three of nodes, four of links between them, the edges of all relations, and how to import them."""
    yield Part("README.txt", lambda out: out.write(README.encode()))
    readers: dict[str, Callable[[], Iterator[Row]]] = {
        "Entity": lambda: _rows(view.entity_table().to_batches()),
        "Article": lambda: _rows(view.article_batches()),
        "Claim": lambda: map(_with_date, _rows(view.claim_batches())),
    }
    files = {"Entity": "entities.csv", "Article": "articles.csv", "Claim": "claims.csv"}
    for label, columns in NODES.items():
        header = [f"id:ID({label})", *_typed(columns)[1:]]
        yield Part(files[label], partial(_write, header, partial(_properties, readers[label], columns)))
    for label, (start, end, key) in LINKS.items():
        header = [f":START_ID({start})", f":END_ID({end})"]
        yield Part(f"{label.lower()}.csv", partial(_write, header, partial(_links, view, key)))
    header = [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", *_typed(EDGE)]
    yield Part("relations.csv", partial(_write, header, partial(_edges, readers["Claim"])))


def _typed(columns: dict[str, str]) -> list[str]:
    return [f"{name}:{_TYPES[kind]}" for name, kind in columns.items()]


def _write(header: list[str], rows: Callable[[], Iterable[list[Any]]], out: BinaryIO) -> None:
    cells = ([str(value).lower() if isinstance(value, bool) else value for value in row] for row in rows())
    write_cells(out, chain([header], cells))


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def _with_date(row: Row) -> Row:
    return row | {"date": day_of(row["published"])}


def _properties(rows: Callable[[], Iterable[Row]], columns: dict[str, str]) -> Iterator[list[Any]]:
    for row in rows():
        yield [row[name] for name in columns]


def _links(view: LedgerView, key: str) -> Iterator[list[Any]]:
    """From each claim to what it names there; none to a claim that is not in the files."""
    known = set()
    if key == "attributed_to":
        known = {row["id"] for row in _rows(view.claim_batches())}
    for row in _rows(view.claim_batches()):
        if row[key] is not None and (key != "attributed_to" or row[key] in known):
            yield [row["id"], row[key]]


def _edges(claims: Callable[[], Iterable[Row]]) -> Iterator[list[Any]]:
    """From subject to object, for each claim that has both and that nobody rejected."""
    for row in claims():
        if row["object"] is not None and row["decision"] != "rejected":
            edge = [row["id"], *(row[name] for name in list(EDGE)[1:])]
            yield [row["subject"], row["object"], relations()[row["relation"]].edge_label, *edge]

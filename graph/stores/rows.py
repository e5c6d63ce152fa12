"""The answer to a query: rows of plain values, the same shape for SPARQL and Cypher.

Values are ``None``, ``bool``, ``int``, ``float``, ``str``, ``date``, ``datetime``, ``list`` and ``dict``. A node or
edge of the property graph is a dict of ``_label`` and the properties it has, a path one of ``_nodes`` and ``_edges``;
an IRI is its text. This module imports no engine and nothing heavy: the child process of :mod:`graph.queries`
starts with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A node to draw: ``id`` is unique in the picture, ``properties`` are the node's."""

    id: str
    label: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """An edge to draw, between two nodes of the picture."""

    source: str
    target: str
    label: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer. ``truncated`` when the row limit left rows out; ``nodes`` and ``edges`` when it is a graph."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False
    nodes: list[PictureNode] = field(default_factory=list)
    edges: list[PictureEdge] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


def cypher_value(value: Any) -> Any:
    """A value as Ladybug gives it, as a plain one."""
    if isinstance(value, Mapping):
        if "_NODES" in value:
            return {"_nodes": cypher_value(value["_NODES"]), "_edges": cypher_value(value["_RELS"])}
        if "_LABEL" in value:
            return {"_label": value["_LABEL"], **_properties(value)}
        return {key: cypher_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cypher_value(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str | date):
        return value
    return str(value)


def sparql_value(term: Any) -> Any:
    """An RDF term of pyoxigraph as a plain value; a literal whose text does not fit its type stays text."""
    kind = type(term).__name__
    if kind == "Literal":
        convert = _XSD.get(term.datatype.value)
        try:
            return convert(term.value) if convert else term.value
        except ValueError:
            return term.value
    return term.value if kind == "NamedNode" else None if term is None else str(term)


def cypher_picture(rows: Iterable[tuple[Any, ...]]) -> tuple[list[PictureNode], list[PictureEdge]]:
    """The nodes among engine rows, and the edges both of whose ends are among them."""
    nodes: dict[str, PictureNode] = {}
    edges: dict[str, PictureEdge] = {}
    for item in _graph_items(rows):
        properties = _properties(item)
        if "_SRC" in item:
            ends = (_internal_id(item["_SRC"]), _internal_id(item["_DST"]))
            edges[_internal_id(item["_ID"])] = PictureEdge(*ends, item["_LABEL"], properties)
        else:
            key = _internal_id(item["_ID"])
            nodes[key] = PictureNode(key, item["_LABEL"], properties)
    return list(nodes.values()), [edge for edge in edges.values() if edge.source in nodes and edge.target in nodes]


def triples_picture(rows: Iterable[tuple[Any, ...]]) -> tuple[list[PictureNode], list[PictureEdge]]:
    """The graph of subject, predicate, object rows in pyoxigraph's terms; literals become properties."""
    nodes: dict[str, PictureNode] = {}
    edges: dict[tuple[str, str, str], PictureEdge] = {}
    for subject, predicate, object_ in rows:
        source = _term_node(nodes, subject)
        if type(object_).__name__ == "Literal":
            source.properties.setdefault(predicate.value, sparql_value(object_))
        else:
            target = _term_node(nodes, object_)
            edges[source.id, predicate.value, target.id] = PictureEdge(source.id, target.id, predicate.value, {})
    return list(nodes.values()), list(edges.values())


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _boolean(text: str) -> bool:
    if text not in _BOOLEANS:
        raise ValueError(text)
    return _BOOLEANS[text]


_XSD = {
    f"http://www.w3.org/2001/XMLSchema#{name}": convert
    for names, convert in (
        (("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
        (("decimal", "double", "float"), float),
        (("boolean",), _boolean),
        (("date",), date.fromisoformat),
        (("dateTime",), datetime.fromisoformat),
    )
    for name in names
}


def _properties(item: Mapping[str, Any]) -> dict[str, Any]:
    # A pattern without a label gives every node the properties of all tables, null where they are not its own.
    return {key: cypher_value(value) for key, value in item.items() if value is not None and not key.startswith("_")}


def _internal_id(value: Mapping[str, int]) -> str:
    return f"{value['table']}:{value['offset']}"


def _graph_items(value: Any) -> Iterator[Mapping[str, Any]]:
    """The nodes and edges anywhere in a value: alone, in a list, in a path or in a map."""
    if isinstance(value, Mapping):
        if "_LABEL" in value and "_ID" in value:
            yield value
        else:
            for item in value.values():
                yield from _graph_items(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _graph_items(item)


def _term_node(nodes: dict[str, PictureNode], term: Any) -> PictureNode:
    key = term.value if type(term).__name__ == "NamedNode" else str(term)
    return nodes.setdefault(key, PictureNode(key, key, {}))

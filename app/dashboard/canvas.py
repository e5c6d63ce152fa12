"""The graph canvas: the one module that knows streamlit-cytoscape.

In its terms ``label`` is a *type* that styles select by, never a text of ours; names starting with an underscore
are hidden from its information panel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import streamlit as st
from streamlit_cytoscape import EdgeStyle, Event, NodeStyle, streamlit_cytoscape

from app.dashboard.strings import name_of, relation_label
from graph.claims import ENTITY_KINDS
from graph.relations import QUAD_CLASSES, relations
from graph.stores.base import Edge
from graph.stores.rows import PictureEdge, PictureNode

# Okabe and Ito's palette (2008), which people with every kind of colour vision can tell apart.
COLOURS = dict(zip(QUAD_CLASSES, ("#56b4e9", "#0072b2", "#e69f00", "#d55e00"), strict=True))
KIND_COLOURS = dict(zip(ENTITY_KINDS, ("#009e73", "#7a8fa6", "#a98bc4", "#c98b6b", "#b5b08a"), strict=True))
FOCUS_COLOUR = "#cc79a7"
OWN_LAYOUT_NODES = 300  # beyond it cose stalls the page for seconds, and positions come from here
FONT = "Noto Naskh Arabic, Noto Sans Arabic, Segoe UI, Tahoma, sans-serif"


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: ``action`` is ``node``, ``edge`` or ``expand``; an edge has both ``ids``."""

    action: str
    ids: tuple[str, ...]
    at: int


def draw_neighbourhood(edges: Sequence[Edge], focus: str, *, language: str, key: str) -> Click | None:
    """Draw actors and one edge for all claims of a pair in one direction; the last click, if there was one."""
    entities = {end.id: end for edge in edges for end in (edge.subject, edge.object)}
    nodes = [
        {"id": id_, "label": "focus" if id_ == focus else entity.kind, "caption": name_of(entity, language)}
        for id_, entity in sorted(entities.items())
    ]
    lines = [_line(pair, language) for pair in _pairs(edges)]
    return _draw(nodes, lines, key=key)


def draw_picture(nodes: Iterable[PictureNode], edges: Iterable[PictureEdge], *, key: str) -> None:
    """Draw the graph that a query gave."""
    points = [{"id": node.id, "label": "picture", "caption": node.label, **_plain(node.properties)} for node in nodes]
    lines = [
        {"id": f"e{number}", "source": edge.source, "target": edge.target, "label": "picture", "caption": edge.label}
        for number, edge in enumerate(edges)
    ]
    _draw(points, [{**line, "_width": 2} for line in lines], key=key)


def _pairs(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges by subject and object, each pair's strongest relation first."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((edge.subject.id, edge.object.id), []).append(edge)
    return [sorted(pair, key=lambda e: (-e.claims, e.relation)) for pair in pairs.values()]


def _line(pair: list[Edge], language: str) -> dict[str, Any]:
    strongest = relations()[pair[0].relation]
    claims, asserted = sum(edge.claims for edge in pair), sum(edge.asserted for edge in pair)
    more = f" +{len(pair) - 1}" if len(pair) > 1 else ""
    count = f" ({claims})" if claims > 1 else ""
    return {
        "id": f"{pair[0].subject.id}>{pair[0].object.id}",
        "source": pair[0].subject.id,
        "target": pair[0].object.id,
        "label": f"{strongest.quad_class}{'' if asserted else ', not asserted'}",
        "caption": relation_label(strongest, language) + more + count,
        "claims": claims,
        "_width": min(8, 1.5 + claims**0.5),
    }


def _draw(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], *, key: str) -> Click | None:
    elements: dict[str, Any] = {"nodes": [{"data": n} for n in nodes], "edges": [{"data": e} for e in edges]}
    layout = {"name": "cose", "animate": False, "nodeDimensionsIncludeLabels": True, "padding": 30}
    if len(nodes) > OWN_LAYOUT_NODES:
        layout["name"] = "preset"
        _place(elements)
    dark = st.context.theme.type == "dark"
    value = streamlit_cytoscape(
        elements,
        layout=layout,
        node_styles=_node_styles(dark=dark),
        edge_styles=_edge_styles(dark=dark),
        height=560,
        key=f"{key}-{'dark' if dark else 'light'}",
        node_actions=["expand"],
        events=[Event("node", "tap", "node"), Event("edge", "tap", "edge")],
    )
    return _click(value)


def _click(value: dict[str, Any] | None) -> Click | None:
    if not value or not value.get("data"):
        return None
    data = value["data"]
    if value["action"] == "expand":
        return Click("expand", tuple(data["node_ids"]), value["timestamp"])
    target = str(data["target_id"])
    ids = tuple(target.split(">")) if value["action"] == "edge" else (target,)
    return Click(value["action"], ids, value["timestamp"])


def _place(elements: dict[str, Any]) -> None:
    """Put positions of our own on the nodes: the same graph always gets the same picture."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node["data"]["id"] for node in elements["nodes"])
    graph.add_edges_from((edge["data"]["source"], edge["data"]["target"]) for edge in elements["edges"])
    places = nx.spring_layout(graph, seed=1, scale=120 * len(graph) ** 0.5)
    for node in elements["nodes"]:
        x, y = places[node["data"]["id"]]
        node["position"] = {"x": float(x), "y": float(y)}


def _node_styles(*, dark: bool) -> list[NodeStyle]:
    text = {
        "font-size": 12,
        "min-zoomed-font-size": 0,
        "font-family": FONT,
        "color": "#e8e8e8" if dark else "#222222",
        "text-wrap": "wrap",
        "text-max-width": 130,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "width": 26,
        "height": 26,
    }
    styles = [NodeStyle(kind, colour, "caption", custom_styles=text) for kind, colour in KIND_COLOURS.items()]
    focus = text | {"width": 40, "height": 40, "font-size": 14, "font-weight": "bold"}
    styles.append(NodeStyle("focus", FOCUS_COLOUR, "caption", custom_styles=focus))
    return [*styles, NodeStyle("picture", KIND_COLOURS["country"], "caption", custom_styles=text)]


def _edge_styles(*, dark: bool) -> list[EdgeStyle]:
    text = {
        "font-size": 11,
        "min-zoomed-font-size": 0,
        "font-family": FONT,
        "color": "#dddddd" if dark else "#333333",
        "text-background-opacity": 1,
        "text-background-color": "#0e1117" if dark else "#ffffff",
        "text-rotation": "autorotate",
        "width": "data(_width)",
        "curve-style": "bezier",
    }
    dashed = text | {"line-style": "dashed", "opacity": 0.8}
    styles = [
        EdgeStyle(f"{quad}{suffix}", colour, "caption", directed=True, custom_styles=style)
        for quad, colour in COLOURS.items()
        for suffix, style in (("", text), (", not asserted", dashed))
    ]
    return [*styles, EdgeStyle("picture", "#888888", "caption", directed=True, custom_styles=text)]


def _plain(properties: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in properties.items() if name not in {"id", "label"} and value is not None}

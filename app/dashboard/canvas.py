"""The graph canvas: the one module that knows how graphs are drawn.

Drawn by Cytoscape.js inside a component of our own: ``canvas.html`` and ``canvas.js``. The library is the one that
streamlit-cytoscape carries and Streamlit serves: its own component keeps to an iframe, which our fonts do not reach,
and covers the graph with a panel. What is sent there is data; labels are drawn as text, never as HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import streamlit as st
import streamlit_cytoscape

from app.dashboard.components import component
from app.dashboard.session import language as interface
from app.dashboard.session import words
from app.dashboard.strings import name_of, number, relation_label
from graph.claims import ENTITY_KINDS
from graph.relations import QUAD_CLASSES, relations
from graph.stores.base import Edge
from graph.stores.rows import PictureEdge, PictureNode

# Okabe and Ito's palette (2008), which people with every kind of colour vision can tell apart.
COLOURS = dict(zip(QUAD_CLASSES, ("#56b4e9", "#0072b2", "#e69f00", "#d55e00"), strict=True))
KIND_COLOURS = dict(zip(ENTITY_KINDS, ("#009e73", "#7a8fa6", "#a98bc4", "#c98b6b", "#b5b08a"), strict=True))
FOCUS_COLOUR = "#cc79a7"
OWN_LAYOUT_NODES = 300  # beyond it the browser's layout stalls the page for seconds, and positions come from here
FONT = '"Source Sans", "Qawl Naskh", sans-serif'
ACTIONS = ("in", "out", "fit", "again", "hide", "undo", "png", "svg")


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: ``action`` is ``node``, ``edge`` or ``expand``; an edge has both ``ids``."""

    action: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a node is drawn where it differs: a ``colour`` and a ``size`` in pixels."""

    colour: str
    size: float


def draw_neighbourhood(
    edges: Sequence[Edge],
    focus: Iterable[str],
    *,
    language: str,
    key: str,
    looks: Mapping[str, Look] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Click | None:
    """Draw actors and one edge for all claims of a pair in one direction; what was clicked, if anything just was.

    ``looks`` and ``notes``, a second line under the name, are by the ids of actors.
    """
    entities = {end.id: end for edge in edges for end in (edge.subject, edge.object)}
    centre = frozenset(focus)
    nodes = []
    for id_, entity in sorted(entities.items()):
        default = Look(FOCUS_COLOUR, 40) if id_ in centre else Look(KIND_COLOURS[entity.kind], 26)
        look = (looks or {}).get(id_, default)
        caption = "\n".join(filter(None, (name_of(entity, language), (notes or {}).get(id_))))
        nodes.append({"id": id_, "caption": caption, "colour": look.colour, "size": look.size})
    return _draw(nodes, [_line(pair, language) for pair in _pairs(edges)], key=key)


def draw_picture(nodes: Iterable[PictureNode], edges: Iterable[PictureEdge], *, key: str) -> None:
    """Draw the graph that a query gave; labels are the captions."""
    points = [{"id": node.id, "caption": node.label, "colour": KIND_COLOURS["country"], "size": 26} for node in nodes]
    lines = [
        {"id": f"e{position}", "source": edge.source, "target": edge.target, "caption": edge.label}
        for position, edge in enumerate(edges)
    ]
    _draw(points, [{**line, "width": 2, "colour": "#888888", "dash": "solid"} for line in lines], key=key)


def _pairs(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges by subject and object, each pair's strongest relation first."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((edge.subject.id, edge.object.id), []).append(edge)
    return [sorted(pair, key=lambda e: (-e.claims, e.relation)) for pair in pairs.values()]


def _line(pair: list[Edge], language: str) -> dict[str, Any]:
    strongest = relations()[pair[0].relation]
    claims, asserted = sum(edge.claims for edge in pair), sum(edge.asserted for edge in pair)
    more = f" +{number(len(pair) - 1, language)}" if len(pair) > 1 else ""
    count = f" ({number(claims, language)})" if claims > 1 else ""
    return {
        "id": f"{pair[0].subject.id}>{pair[0].object.id}",
        "source": pair[0].subject.id,
        "target": pair[0].object.id,
        "caption": relation_label(strongest, language) + more + count,
        "colour": COLOURS[strongest.quad_class],
        "dash": "solid" if asserted else "dashed",
        "width": min(8, 1.5 + claims**0.5),
    }


def _draw(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], *, key: str) -> Click | None:
    elements: list[dict[str, Any]] = [{"data": element} for element in (*nodes, *edges)]
    placed = len(nodes) > OWN_LAYOUT_NODES
    if placed:
        _place(elements)
    dark = st.context.theme.type == "dark"
    ink, ground = ("#e6e8e9", "#14181b") if dark else ("#23272b", "#fdfcfa")
    data = {
        "elements": elements,
        "style": _style(ink, ground),
        "placed": placed,
        "library": _library(),
        "font": FONT,
        "colours": {"background": ground},
        "words": {action: words(f"canvas_{action}") for action in ACTIONS},
    }
    value = component("canvas")(key=key, data=data, height="content", on_click_change=lambda: None)
    return Click(value.click["action"], tuple(value.click["ids"])) if value.click else None


@cache
def _library() -> str:
    """The address of Cytoscape.js below the dashboard's, among the files of the package that was just imported."""
    build = Path(streamlit_cytoscape.component.build_dir)
    (script,) = build.glob("cytoscape.*.bundle.js")
    return f"component/streamlit_cytoscape.component.streamlit_cytoscape/{script.name}"


def _place(elements: list[dict[str, Any]]) -> None:
    """Put positions of our own on the nodes: the same graph always gets the same picture."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(e["data"]["id"] for e in elements if "source" not in e["data"])
    graph.add_edges_from((e["data"]["source"], e["data"]["target"]) for e in elements if "source" in e["data"])
    places = nx.spring_layout(graph, seed=1, scale=120 * len(graph) ** 0.5)
    for element in elements:
        if element["data"]["id"] in places:
            x, y = places[element["data"]["id"]]
            element["position"] = {"x": float(x), "y": float(y)}


def _style(ink: str, ground: str) -> list[dict[str, Any]]:
    """Cytoscape's style sheet."""
    larger = 2 if interface() == "ar" else 0  # Naskh is smaller on the same body
    text = {"label": "data(caption)", "font-family": FONT, "color": ink, "min-zoomed-font-size": 0}
    halo = {"text-outline-color": ground, "text-outline-width": 2.5}
    node = {
        "background-color": "data(colour)",
        "width": "data(size)",
        "height": "data(size)",
        "font-size": 13 + larger,
        "text-wrap": "wrap",
        "text-max-width": 130,
        "text-valign": "bottom",
        "text-margin-y": 4,
    }
    edge = {
        "line-color": "data(colour)",
        "target-arrow-color": "data(colour)",
        "target-arrow-shape": "triangle",
        "curve-style": "bezier",
        "line-style": "data(dash)",
        "width": "data(width)",
        "font-size": 11 + larger,
        "text-rotation": "autorotate",
    }
    return [
        {"selector": "node", "style": text | halo | node},
        {"selector": "edge", "style": text | halo | edge},
        {"selector": "node:selected", "style": {"border-width": 3, "border-color": ink}},
        {
            "selector": "edge:selected",
            "style": {"underlay-color": ink, "underlay-opacity": 0.15},
        },
        {"selector": "node.pinned", "style": {"border-width": 2, "border-color": ink, "border-style": "dotted"}},
    ]

"""The structure of a picture of edges: who belongs together, and who stands in the middle."""

from collections.abc import Iterable

import networkx as nx

from graph.stores.base import Edge


def communities(edges: Iterable[Edge]) -> dict[str, int]:
    """The community of each actor, 0 for the largest: those with many claims among themselves.

    Louvain's method with a fixed seed, so that the same edges give the same answer.
    """
    graph = _graph(edges)
    found = nx.community.louvain_communities(graph, weight="claims", seed=1) if graph else []
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {actor: number for number, members in enumerate(ordered) for actor in members}


def centrality(edges: Iterable[Edge]) -> dict[str, float]:
    """How central each actor is, 0 to 1: how often it lies on a shortest way between two others (betweenness),
    as a share of the greatest.
    """
    between = nx.betweenness_centrality(_graph(edges))
    greatest = max(between.values(), default=0) or 1
    return {actor: value / greatest for actor, value in between.items()}


def _graph(edges: Iterable[Edge]) -> "nx.Graph[str]":
    """One undirected edge for each pair, weighted by its claims; in a fixed order, on which the methods depend."""
    graph: nx.Graph[str] = nx.Graph()
    for edge in sorted(edges, key=lambda e: (e.subject.id, e.object.id, e.relation)):
        pair = edge.subject.id, edge.object.id
        before = graph.edges[pair]["claims"] if graph.has_edge(*pair) else 0
        graph.add_edge(*pair, claims=before + edge.claims)
    return graph

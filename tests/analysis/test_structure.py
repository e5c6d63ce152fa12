"""Communities and centrality of edges."""

from graph.claims import Entity
from graph.stores.base import Edge
from graph.structure import centrality, communities


def edge(subject: str, object_: str, claims: int = 1) -> Edge:
    return Edge(Entity(subject, "country"), "meets", Entity(object_, "country"), claims, claims)


TWO_CIRCLES = [
    *(edge(a, b, 5) for a, b in ("ab", "bc", "cd", "da", "ac")),
    *(edge(a, b, 5) for a, b in ("xy", "yz", "zx")),
    edge("a", "x"),
]


def test_two_circles_are_two_communities_the_larger_first():
    assert dict.fromkeys("abcd", 0) | dict.fromkeys("xyz", 1) == communities(TWO_CIRCLES)
    assert communities(TWO_CIRCLES) == communities(TWO_CIRCLES[::-1])


def test_the_hub_is_most_central():
    ranks = centrality([edge("hub", other) for other in "abcd"])

    assert 1.0 == ranks["hub"]
    assert [0.0] * 4 == [ranks[other] for other in "abcd"]


def test_nothing_has_no_structure():
    assert ({}, {}) == (communities([]), centrality([]))

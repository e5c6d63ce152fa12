"""Paths are the same whatever the store."""

import pytest

from graph.paths import shortest_path
from graph.stores.base import ClaimFilter, Store
from tests.claim_world import AHMAD, LAVROV, NORTH_KOREA, RUSSIA, USA


def test_a_path_leads_over_every_step(store: Store) -> None:
    found = shortest_path(store, LAVROV.id, NORTH_KOREA.id)

    assert [(LAVROV, USA), (USA, RUSSIA), (RUSSIA, NORTH_KOREA)] == [(step.start, step.end) for step in found.steps]
    assert ["warns", "warns", "supports"] == [step.edges[0].relation for step in found.steps]
    assert found.complete


def test_the_way_back_is_the_same_way(store: Store) -> None:
    found = shortest_path(store, NORTH_KOREA.id, LAVROV.id)

    assert [(NORTH_KOREA, RUSSIA), (RUSSIA, USA), (USA, LAVROV)] == [(step.start, step.end) for step in found.steps]


@pytest.mark.parametrize(
    ("end", "where", "without"),
    [
        (NORTH_KOREA.id, ClaimFilter(), frozenset({RUSSIA.id})),
        (NORTH_KOREA.id, ClaimFilter(relation="warns"), frozenset()),
        ("nobody", ClaimFilter(), frozenset()),
        (LAVROV.id, ClaimFilter(), frozenset()),
    ],
)
def test_there_may_be_no_path(store: Store, end: str, where: ClaimFilter, without: frozenset[str]) -> None:
    found = shortest_path(store, LAVROV.id, end, where, without=without)

    assert () == found.steps
    assert found.complete


def test_neighbours_are_one_step_apart(store: Store) -> None:
    assert 1 == len(shortest_path(store, AHMAD.id, RUSSIA.id).steps)

"""The path between two actors: the fewest steps of claims that lead from one to the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.claims import Entity
from graph.stores.base import EVERYTHING, ClaimFilter, Edge, Store

STRONGEST = 200  # edges looked at around one actor: beyond, a hub would cost more than it tells
READS = 300  # actors looked around before the search is given up


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: the two actors, and what is claimed between them in either direction."""

    start: Entity
    end: Entity
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: the ``steps``, none when there is no path; ``complete`` unless it was given up."""

    steps: tuple[Step, ...]
    complete: bool


def shortest_path(
    store: Store,
    start: str,
    end: str,
    where: ClaimFilter = EVERYTHING,
    *,
    without: frozenset[str] = frozenset(),
) -> Found:
    """A shortest path between two entities' ids, whatever the direction of its claims.

    Searches from both ends, one level at a time, each time on the side with fewer actors to look around, and of
    each actor its strongest edges. Actors in ``without`` are not passed through.
    """
    near, far = _Side(start), _Side(end)
    reads = 0
    while start != end and near.level and far.level and reads + len(near.level) <= READS:
        reads += len(near.level)
        met = near.advance(store, where, without, far)
        if met:
            actors = [*near.back_from(met)[::-1], *far.back_from(met)[1:]]
            return Found(tuple(_steps(store, actors if actors[0] == start else actors[::-1], where)), complete=True)
        near, far = sorted((near, far), key=lambda side: len(side.level))
    return Found((), complete=start == end or not (near.level and far.level))


class _Side:
    """The search from one end: how each actor was reached, and the actors of the outermost level."""

    def __init__(self, start: str) -> None:
        self.reached_from: dict[str, str | None] = {start: None}
        self.level = [start]

    def advance(self, store: Store, where: ClaimFilter, without: frozenset[str], other: "_Side") -> str | None:
        """Go one level out; the actor where the sides meet with fewest steps, if they do."""
        reached: list[str] = []
        for at in self.level:
            for edge in store.neighbourhood(at, where, STRONGEST):
                next_ = edge.object.id if edge.subject.id == at else edge.subject.id
                if next_ not in self.reached_from and next_ not in without:
                    self.reached_from[next_] = at
                    reached.append(next_)
        self.level = reached
        met = [actor for actor in reached if actor in other.reached_from]
        return min(met, key=lambda actor: len(other.back_from(actor)), default=None)

    def back_from(self, met: str) -> list[str]:
        """The actors from ``met`` back to this end."""
        actors: list[str] = []
        at: str | None = met
        while at is not None:
            actors.append(at)
            at = self.reached_from[at]
        return actors


def _steps(store: Store, actors: list[str], where: ClaimFilter) -> Iterator[Step]:
    for start, end in pairwise(actors):
        edges = store.edges(replace(where, actor=start, other=end))
        ends = {entity.id: entity for edge in edges for entity in (edge.subject, edge.object)}
        yield Step(ends[start], ends[end], tuple(edges))

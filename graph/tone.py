"""Tone over time: how cooperative or hostile claims are, on the Goldstein scale of their relations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.claims import Entity
from graph.relations import relations
from graph.stores.base import Edge


@dataclass(frozen=True, slots=True)
class Week:
    """A week with claims: its Monday, how many, and their mean Goldstein score, -10 (conflict) to 10."""

    start: date
    claims: int
    tone: float

    @property
    def end(self) -> date:
        """The week's Sunday."""
        return self.start + timedelta(days=6)


def weekly_tone(days: Iterable[tuple[str, str, int]]) -> list[Week]:
    """The weeks of :meth:`graph.stores.base.Store.daily_mix`, in order; those without a claim are absent."""
    counts: dict[date, int] = defaultdict(int)
    sums: dict[date, float] = defaultdict(float)
    for day, relation, claims in days:
        when = date.fromisoformat(day)
        monday = when - timedelta(days=when.weekday())
        counts[monday] += claims
        sums[monday] += claims * relations()[relation].goldstein
    return [Week(monday, counts[monday], sums[monday] / counts[monday]) for monday in sorted(counts)]


def leaning(mix: Iterable[tuple[str, int]]) -> float:
    """The mean Goldstein score of relations with the number of their claims; 0 when there is none."""
    pairs = list(mix)
    claims = sum(count for _, count in pairs)
    return sum(relations()[relation].goldstein * count for relation, count in pairs) / claims if claims else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands with another: the claims between them in both directions and their mean Goldstein score."""

    other: Entity
    claims: int
    tone: float


def standings(actor: str, edges: Iterable[Edge]) -> list[Standing]:
    """How an actor stands with each actor that its edges lead to, the friendliest first.

    Each claim counts alike, whoever makes it: the sum is what orders, so that much friendliness comes before little.
    """
    others: dict[str, Entity] = {}
    mixes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for edge in edges:
        other = edge.object if edge.subject.id == actor else edge.subject
        others[other.id] = other
        mixes[other.id].append((edge.relation, edge.claims))
    found = [Standing(other, sum(n for _, n in mixes[id_]), leaning(mixes[id_])) for id_, other in others.items()]
    return sorted(found, key=lambda standing: (-standing.tone * standing.claims, standing.other.id))

"""Tone over time: how cooperative or hostile claims are, on the Goldstein scale of their relations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.relations import relations


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

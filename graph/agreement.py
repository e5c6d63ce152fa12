"""How far reviewers agree: Krippendorff's alpha for nominal data.

Klaus Krippendorff, *Content Analysis: An Introduction to Its Methodology*, 2nd edition, Sage 2004, chapter 11. Unlike
Cohen's kappa it takes any number of reviewers, and claims that only some of them have seen.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from graph.ledger import Decision
from graph.reviewing import OPINIONS


@dataclass(frozen=True, slots=True)
class Agreement:
    """``alpha`` is 1 for full agreement, 0 for what chance gives, ``None`` where nothing can be compared.

    ``claims`` is the number of claims that at least two people judged, ``agreed`` of those on which all say the same,
    ``disputed`` the ids of the others, and ``reviewers`` the people.
    """

    alpha: float | None
    claims: int
    agreed: int
    disputed: tuple[str, ...]
    reviewers: tuple[str, ...]


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """How far people agree about claims, each with the last opinion that he or she has not taken back."""
    opinions = _opinions(decisions)
    shared = {target: said for target, said in opinions.items() if len(said) > 1}
    disputed = tuple(sorted(target for target, said in shared.items() if len(set(said.values())) > 1))
    return Agreement(
        alpha([list(said.values()) for said in shared.values()]),
        len(shared),
        len(shared) - len(disputed),
        disputed,
        tuple(sorted({who for said in opinions.values() for who in said})),
    )


def alpha(units: Iterable[Iterable[Hashable]]) -> float | None:
    """Krippendorff's alpha of the values that each unit was given; ``None`` where fewer than two values occur.

    A unit of which nobody or one person judged says nothing of agreement and is left out.
    """
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for unit in map(list, units):
        for pair in permutations(unit, 2):
            coincidences[pair] += 1 / (len(unit) - 1)
    totals: defaultdict[Hashable, float] = defaultdict(float)
    for (value, _), weight in coincidences.items():
        totals[value] += weight
    pairs = sum(totals.values())
    if len(totals) < 2:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    expected = sum(totals[one] * totals[other] for one, other in permutations(totals, 2)) / (pairs - 1)
    return 1 - observed / expected


def _opinions(decisions: Iterable[Decision]) -> Mapping[str, Mapping[str, str]]:
    """The opinion of each person on each claim, by claim id."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for one in sorted(decisions, key=lambda decision: (decision.when, decision.id)):
        if one.kind in OPINIONS:
            said[one.target][one.who] = one.kind
        else:
            said[one.target].pop(one.who, None)
    return said

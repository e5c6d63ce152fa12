"""Who is who: from people's merges and splits to one id for each actor.

A *merge* says of two actors that they are one, a *split* that they are two; of the decisions about a pair the latest
stands. Standing merges join their pairs into groups, however they are chained, and a group has one id:

1. a Wikidata id before one of our own,
2. one that was not merged into another before one that was,
3. the one that the earliest standing merge names first,
4. the smallest.

Nothing here depends on the order in which decisions were stored, and no chain can be a circle. What was read is never
changed: without its decisions a ledger gives the actors that it gave before.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from graph.claims import Entity
from graph.ledger.decisions import Decision, DecisionKind, standing

Pair = tuple[str, str]

_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Identities:
    """What the standing decisions say.

    ``canonical`` has the id that stands for each merged id, other than itself; ``groups`` all ids of each group, by
    its canonical id; ``apart`` the pairs that people keep apart; ``copies`` the merged actors as they were when
    the decision was made.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    merged: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    copies: tuple[Entity, ...] = ()

    @property
    def members(self) -> list[str]:
        """Every id of every group."""
        return [member for group in self.groups.values() for member in group]

    def of(self, id: str) -> str:
        """The id that stands for this one."""
        return self.canonical.get(id, id)

    def partners(self, id: str) -> list[str]:
        """The actors that a standing merge joins directly with this one, by id."""
        return sorted({one for pair in self.merged if id in pair for one in pair} - {id})


def identities(decisions: Iterable[Decision]) -> Identities:
    """Who is who after these decisions, in whatever order they come."""
    about = [decision for (_, group), decision in standing(decisions).items() if group == "identity"]
    merges = sorted((one for one in about if one.kind == "merge"), key=lambda one: (one.when, one.id))
    preferred = _preference(merges)
    groups = {min(group, key=preferred): tuple(sorted(group)) for group in _groups(merges)}
    return Identities(
        canonical={member: key for key, group in groups.items() for member in group if member != key},
        groups=groups,
        merged=frozenset(_pair(one) for one in merges),
        apart=frozenset(_pair(one) for one in about if one.kind == "split"),
        copies=tuple(Entity(**copy) for one in merges for copy in one.read_details().get("copies", ())),
    )


def about_two(kind: DecisionKind, first: Entity, second: Entity, *, reason: str, who: str, when: str) -> Decision:
    """The decision that two actors are one (``merge``, the first named stands for both) or two (``split``)."""
    details = {"other": first.id, "copies": [asdict(first), asdict(second)]}
    return Decision(kind, second.id, reason, who, when, json.dumps(details, ensure_ascii=False, sort_keys=True))


def _pair(decision: Decision) -> Pair:
    first, second = decision.about
    return first, second


def _groups(merges: Iterable[Decision]) -> list[set[str]]:
    """The ids joined by merges: each merge brings the groups of its two ids together."""
    group_of: dict[str, set[str]] = {}
    for merge in merges:
        one, other = (group_of.get(end, {end}) for end in merge.about)
        joined = one | other
        group_of |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in group_of.values()}.values())


def _preference(merges: list[Decision]) -> Callable[[str], tuple[bool, bool, int, str]]:
    """What the ids of a group are compared by: the smallest stands for all."""
    named_first: dict[str, int] = {}
    for position, merge in enumerate(merges):
        named_first.setdefault(merge.read_details()["other"], position)
    gone = {merge.target for merge in merges}
    return lambda key: (not _WIKIDATA.fullmatch(key), key in gone, named_first.get(key, len(merges)), key)

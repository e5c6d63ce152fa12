"""Decisions: what people say about articles and claims, kept beside what was read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from graph.articles import content_hash
from graph.claims import Claim
from graph.errors import DataError

DecisionKind = Literal["remove", "restore", "accept", "reject", "reconsider"]
#: A decision of one group takes the place of an earlier one of the same group about the same target.
_GROUPS: dict[DecisionKind, str] = {
    "remove": "presence",
    "restore": "presence",
    "accept": "verdict",
    "reject": "verdict",
    "reconsider": "verdict",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about an article (``remove``, ``restore``) or a claim (``accept``, ``reject``, ``reconsider``).

    ``target`` is the id of what it is about, ``when`` an ISO 8601 time with its offset, kept in UTC. ``details`` is a
    JSON object; for a claim it copies relation and spans (:func:`copy_of`), so that the decision can be read without
    the claim.

    Raises:
        DataError: the kind is unknown, or ``when`` is no such time.
    """

    kind: DecisionKind
    target: str
    reason: str
    who: str
    when: str
    details: str = "{}"
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(DecisionKind):
            raise DataError(f"unknown decision {self.kind!r}: use one of {', '.join(_GROUPS)}")
        object.__setattr__(self, "when", utc(self.when))
        parts = (self.kind, self.target, self.reason, self.who, self.when, self.details)
        object.__setattr__(self, "id", content_hash(*parts))


def utc(time: str) -> str:
    """The ISO 8601 time in UTC to the microsecond, so that times sort as strings: ``2026-01-02T03:04:05.000000Z``.

    Raises:
        DataError: it is no ISO 8601 time, or has no offset.
    """
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        found = datetime.min
    if found.tzinfo is None:
        raise DataError(f"{time!r} is no time with an offset: write it like 2026-01-02T03:04:05Z")
    return found.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def copy_of(claim: Claim) -> str:
    """The relation and the spans of a claim, as a decision's ``details``."""
    spans = {
        "evidence": claim.evidence,
        "cue": claim.cue,
        "subject": claim.subject.span,
        "object": claim.object and claim.object.span,
        "content": claim.content and claim.content.span,
    }
    copied: dict[str, Any] = {"article": claim.document, "relation": claim.relation.id, "negated": claim.negated}
    copied |= {name: span and [span.start, span.end, span.text] for name, span in spans.items()}
    return json.dumps(copied, ensure_ascii=False, sort_keys=True)


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision in force for each (target, group): the latest, by time and then by id."""
    latest: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.when, d.id)):
        latest[decision.target, _GROUPS[decision.kind]] = decision
    return latest

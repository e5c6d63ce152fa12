"""Decisions: what people say about articles, claims and actors, kept beside what was read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from graph.articles import content_hash
from graph.claims import Claim
from graph.errors import DataError

DecisionKind = Literal["remove", "restore", "accept", "reject", "reconsider", "correct", "uncorrect", "merge", "split"]
#: A decision of one group takes the place of an earlier one of the same group about the same thing.
_GROUPS: dict[DecisionKind, str] = {
    "remove": "presence",
    "restore": "presence",
    "accept": "verdict",
    "reject": "verdict",
    "reconsider": "verdict",
    "correct": "reading",
    "uncorrect": "reading",
    "merge": "identity",
    "split": "identity",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about an article (``remove``, ``restore``), a claim (``accept``, ``reject``, ``reconsider``;
    ``correct``, ``uncorrect``) or two actors (``merge``, ``split``).

    ``target`` is the id of what it is about, ``when`` an ISO 8601 time with its offset, kept in UTC. ``details`` is a
    JSON object; for a claim it copies relation and spans (:func:`copy_of`), of a correction also what it changes
    (:mod:`graph.ledger.corrections`), for two actors it names the other one and
    copies both (:mod:`graph.ledger.identity`), so that the decision can be read without them.

    Raises:
        DataError: the kind is unknown, ``when`` is no such time, or a merge or split does not name two actors.
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
        if self.kind in ("merge", "split"):
            other = self.read_details().get("other")
            if not isinstance(other, str) or other == self.target:
                raise DataError(f"a {self.kind} is about two actors: it names {self.target!r} and {other!r}")

    @property
    def about(self) -> tuple[str, ...]:
        """The ids it is about: one, or the two actors of a merge or split in an order of their own."""
        if self.kind in ("merge", "split"):
            return tuple(sorted((self.target, self.read_details()["other"])))
        return (self.target,)

    def read_details(self) -> dict[str, Any]:
        """The details as a dictionary.

        Raises:
            DataError: they are no JSON object.
        """
        try:
            read = json.loads(self.details)
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise DataError(f"decision about {self.target!r}: its details are no JSON object")
        return read


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


def standing(decisions: Iterable[Decision]) -> dict[tuple[tuple[str, ...], str], Decision]:
    """The decision in force for each (ids it is about, group): the latest, by time and then by id."""
    latest: dict[tuple[tuple[str, ...], str], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.when, d.id)):
        latest[decision.about, _GROUPS[decision.kind]] = decision
    return latest

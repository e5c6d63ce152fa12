"""Which claims an export holds: one immutable value that every format obeys."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from functools import reduce
from typing import Any, get_args

import pyarrow as pa
import pyarrow.compute as pc

from graph.articles import day_of
from graph.errors import DataError
from graph.ledger import LedgerView
from graph.relations import relations
from graph.stores.base import ClaimFilter, Verdict
from graph.stores.folding import fold

DECISIONS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Selection(ClaimFilter):
    """The claims that an export holds: a claim filter, and ``claim``, the id of one claim.

    All that is asked must hold. Without ``decision`` rejected claims are there too, marked as such. From the filter of
    a page: ``Selection(**asdict(where))``.

    Raises:
        DataError: the relation or decision is unknown, or the confidence is not from 0 to 1.
    """

    claim: str | None = None

    def __post_init__(self) -> None:
        if self.relation is not None and self.relation not in relations():
            near = get_close_matches(self.relation, relations(), 3, 0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "data/relations.csv lists them"
            raise DataError(f"there is no relation {self.relation!r}: {hint}")
        if self.decision is not None and self.decision not in DECISIONS:
            raise DataError(f"unknown decision {self.decision!r}: use one of {', '.join(DECISIONS)}")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise DataError(f"confidence {self.confidence:g}: give a number from 0 to 1")

    def of(self, view: LedgerView) -> LedgerView:
        """The view with only these claims, their articles and their entities."""
        return view if self == EVERYTHING else view.where(self.keeps)

    def words(self) -> dict[str, Any]:
        """What is asked, by field: JSON values."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}

    def keeps(self, rows: pa.RecordBatch) -> pa.Array:
        """Which rows of the claim table are meant."""
        kept = pa.repeat(pa.scalar(value=True), len(rows))
        for mask in self._masks(rows):
            kept = pc.and_(kept, pc.fill_null(mask, fill_value=False))
        return kept

    def _masks(self, rows: pa.RecordBatch) -> Iterator[pa.Array]:
        exact = {"id": self.claim, "language": self.language, "outlet": self.outlet, "article": self.article}
        yield from (pc.equal(rows[column], value) for column, value in exact.items() if value is not None)
        yield from _at_its_end(rows, self)
        known = self.relation_ids()
        if known is not None:
            yield pc.is_in(rows["relation"], pa.array(known, pa.string()))
        if self.confidence is not None:
            yield pc.greater_equal(rows["confidence"], self.confidence)
        if self.since or self.until:
            yield _within(rows["published"], self.since or date.min, self.until or date.max)
        if self.text is not None:
            wanted = fold(self.text)
            yield pa.array([wanted in fold(text) for text in rows["evidence_text"].to_pylist()], pa.bool_())
        if self.addressed is not None:
            yield pc.equal(pc.is_valid(rows["object"]), self.addressed)
        if self.decision == "undecided":
            yield pc.is_null(rows["decision"])
        elif self.decision:
            yield pc.equal(rows["decision"], self.decision)


EVERYTHING = Selection()


def _at_its_end(rows: pa.RecordBatch, where: ClaimFilter) -> Iterator[pa.Array]:
    """The mask of ``actor``, ``role`` and ``other``: the other stands at the end where the actor does not."""
    if where.actor is not None or where.other is not None:
        ways = (("subject", "object"), ("object", "subject"))
        yield reduce(
            pc.or_,
            [
                pc.and_(_is(rows[here], where.actor), _is(rows[there], where.other))
                for here, there in ways
                if where.role in (None, here)
            ],
        )


def _is(ids: pa.Array, wanted: str | None) -> pa.Array:
    """Where the id is the one wanted; everywhere, when none is."""
    if wanted is None:
        return pa.repeat(pa.scalar(value=True), len(ids))
    return pc.fill_null(pc.equal(ids, wanted), fill_value=False)


def _within(published: pa.Array, since: date, until: date) -> pa.Array:
    days = {text: day_of(text) for text in pc.unique(published).to_pylist()}
    return pc.is_in(
        published, pa.array([text for text, day in days.items() if day and since <= day <= until], pa.string())
    )

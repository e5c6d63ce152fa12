"""Corrections: what a claim should have been read as, applied to the rows of the claim table.

A correction is a decision about a claim whose ``details`` hold, beside the copy of what was read, ``correction``: the
fields of the claim record that change (``subject``, ``relation``, ``object``, ``content``) with their new values. The
claim keeps its id, which names the reading that is corrected: decisions about it and claims attributed to it stand.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.claims import Claim, Entity, Mention, mention_of, span_of, to_record
from graph.errors import DataError
from graph.ledger.decisions import Decision
from graph.ledger.picking import ascending
from graph.relations import relations

FIELDS = ("subject", "relation", "object", "content")
ORDER = ["article", "cue_start", "id"]
"""How the claim table is sorted; no correction moves a row."""

Row = dict[str, Any]


def difference(read: Claim, wanted: Claim) -> dict[str, Any]:
    """The fields of the claim record in which ``wanted`` differs from ``read``, with their values in ``wanted``."""
    old, new = to_record(read), to_record(wanted)
    changed = {name: new[name] for name in FIELDS if old[name] != new[name]}
    return changed | ({"relation": wanted.relation.id} if "relation" in changed else {})


def corrections_of(decisions: Iterable[Decision]) -> dict[str, Row]:
    """What each correction in force changes in its claim's row, by claim id; ``decisions`` are those in force.

    Raises:
        DataError: a correction cannot be read.
    """
    return {one.target: _columns(one) for one in decisions if one.kind == "correct"}


def entities_of(decisions: Iterable[Decision]) -> list[Entity]:
    """The actors that corrections in force name, as they were when they were made."""
    changes = [change_of(one) for one in decisions if one.kind == "correct"]
    ends = [change[end] for change in changes for end in ("subject", "object") if change.get(end)]
    return [mention_of(end).entity for end in ends]


def change_of(decision: Decision) -> dict[str, Any]:
    """The changed fields of a correction.

    Raises:
        DataError: the decision's details hold none.
    """
    change = decision.read_details().get("correction")
    if not isinstance(change, dict) or not change or set(change) - set(FIELDS) or not change.get("subject", True):
        raise DataError(f"the correction of claim {decision.target!r} names no field of {', '.join(FIELDS)}")
    return change


def corrected(rows: pa.Table, corrections: Mapping[str, Row]) -> pa.Table:
    """The rows, in their order, with the corrections applied."""
    meant = pc.is_in(rows["id"], pa.array(corrections, pa.string()))
    mended = [row | corrections[row["id"]] for row in rows.filter(meant).to_pylist()]
    if not mended:
        return rows
    new = pa.Table.from_pylist(mended, rows.schema)
    return pa.concat_tables([rows.filter(pc.invert(meant)), new]).sort_by(ascending(ORDER))


def _columns(decision: Decision) -> Row:
    change = change_of(decision)
    columns: Row = {}
    try:
        for end in {"subject", "object"} & change.keys():
            columns |= _end_columns(end, mention_of(change[end]) if change[end] else None)
        if "relation" in change:
            columns["relation"] = relations()[change["relation"]].id
        if "content" in change:
            columns |= _content_columns(change["content"])
    except (KeyError, TypeError) as error:
        raise DataError(f"the correction of claim {decision.target!r} cannot be read: {error}") from None
    return columns


def _end_columns(end: str, mention: Mention | None) -> Row:
    if mention is None:
        return dict.fromkeys((end, f"{end}_text", f"{end}_start", f"{end}_end"))
    span = mention.span
    return {end: mention.entity.id, f"{end}_text": span.text, f"{end}_start": span.start, f"{end}_end": span.end}


def _content_columns(record: Row | None) -> Row:
    if record is None:
        return dict.fromkeys(("content_text", "content_start", "content_end", "quoted"))
    span = span_of(record)
    return {
        "content_text": span.text,
        "content_start": span.start,
        "content_end": span.end,
        "quoted": record["quoted"],
    }

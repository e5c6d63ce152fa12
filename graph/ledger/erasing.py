"""Erasing: taking what was read in removed articles out of the ledger's files.

Gone are the articles with text, title, address and outlet, their claims in every version, the actors that no other
claim names and nobody merged, and the words that decisions copied from their claims. What stays is that these
articles were read, by their ids, and what people decided about them, in people's own words.
"""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import DataError
from graph.ledger.compaction import ROWS_AT_ONCE, Tell, rewrite
from graph.ledger.decisions import Decision
from graph.ledger.files import LedgerFiles
from graph.ledger.manifests import Manifest, current
from graph.ledger.schema import SCHEMAS
from graph.ledger.snapshot import Snapshot
from graph.ledger.view import LedgerView


@dataclass(frozen=True, slots=True)
class Erasable:
    """How many removed articles there are in the files, and how many claims of theirs, in all versions."""

    articles: int
    claims: int


class Eraser:
    """What goes and what stays, by the decisions in force in a view of this snapshot."""

    def __init__(self, view: LedgerView, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._removed = view.removed
        self._merged = pa.array(view.identities.members, pa.string())

    def erasable(self) -> Erasable:
        """How much would go."""
        return Erasable(self._count("articles", "id"), self._count("claims", "article"))

    def clean(self, table: str, rows: pa.Table) -> pa.Table:
        """What stays of some rows of a table."""
        match table:
            case "articles":
                return rows.filter(pc.invert(pc.is_in(rows["id"], self._removed)))
            case "claims":
                return rows.filter(pc.invert(pc.is_in(rows["article"], self._removed)))
            case "entities":
                return rows.filter(pc.is_in(rows["id"], self._named))
            case "decisions":
                kept = [self._without_words(row) for row in rows.to_pylist()]
                return pa.Table.from_pylist(kept, SCHEMAS["decisions"].remove_metadata())
        return rows

    def has_work(self, snapshot: Snapshot) -> bool:
        """Whether anything of these batches goes."""
        return any(
            not self.clean(table, part).equals(part)
            for table in SCHEMAS
            for part in snapshot.parts(table, ROWS_AT_ONCE)
        )

    @cached_property
    def _named(self) -> pa.Array:
        """The actors that stay: those that a claim of another article names, and those that people merged."""
        named = self._merged
        for part in self._snapshot.parts("claims", ROWS_AT_ONCE):
            claims = self.clean("claims", part)
            ends = [claims[end].combine_chunks().drop_null() for end in ("subject", "object")]
            named = pc.unique(pa.concat_arrays([named, *ends]))
        return named

    def _count(self, table: str, column: str) -> int:
        ids = self._snapshot.read(table, ["id"] if column == "id" else ["id", column])
        return len(pc.unique(ids.filter(pc.is_in(ids[column], self._removed))["id"]))

    def _without_words(self, row: dict[str, Any]) -> dict[str, Any]:
        """A decision about a claim of a removed article keeps the places of the spans and loses their words."""
        decision = Decision(**{name: value for name, value in row.items() if name != "id"})
        try:
            details = decision.read_details()
        except DataError:
            return row
        if details.get("article") not in self._removed_ids:
            return row
        details = {name: [*value[:2], ""] if isinstance(value, list) else value for name, value in details.items()}
        decision = replace(decision, details=json.dumps(details, ensure_ascii=False, sort_keys=True))
        return {name: getattr(decision, name) for name in SCHEMAS["decisions"].names}

    @cached_property
    def _removed_ids(self) -> frozenset[str]:
        return frozenset(self._removed.to_pylist())


def erase(files: LedgerFiles, eraser: Eraser, tell: Tell) -> None:
    """Write every batch that holds what goes again without it. The caller holds :meth:`LedgerFiles.compacting`."""
    manifests: list[Manifest] = current(files.manifests())
    for done, manifest in enumerate(manifests):
        tell(done, len(manifests))
        if eraser.has_work(files.snapshot_of([manifest])):
            rewrite(files, [manifest], eraser.clean)
    tell(len(manifests), len(manifests))

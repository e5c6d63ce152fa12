"""What people decide about claims: accepted, rejected with a reason, taken back; all of it in the ledger."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from graph.claims import Claim
from graph.errors import DataError
from graph.ledger import Decision, Ledger
from graph.ledger.decisions import copy_of, standing
from graph.workspace import Workspace

Verdict = Literal["accept", "reject", "reconsider"]
_VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "reconsider")


def decide(workspace: Workspace, claims: Iterable[Claim], verdict: Verdict, *, who: str, reason: str = "") -> None:
    """Write one decision for each claim, all of them or none.

    Raises:
        DataError: nobody is named, or a rejection has no reason.
        WorkspaceError: the ledger cannot be written.
    """
    if not who.strip():
        raise DataError("a decision needs the name of who decides")
    if verdict == "reject" and not reason.strip():
        raise DataError("a rejection needs a reason")
    when = datetime.now(UTC).isoformat(timespec="microseconds")
    with Ledger(workspace).batch() as batch:
        for claim in claims:
            batch.decide(
                Decision(
                    kind=verdict,
                    target=claim.id,
                    reason=reason.strip(),
                    who=who.strip(),
                    when=when,
                    details=copy_of(claim),
                )
            )


def verdicts(workspace: Workspace) -> tuple[list[Decision], dict[str, Decision]]:
    """Every decision about claims, the latest first, and by claim id the one in force."""
    made = [decision for decision in Ledger(workspace).view().decisions() if decision.kind in _VERDICTS]
    in_force = {decision.target: decision for decision in standing(made).values()}
    return sorted(made, key=lambda decision: (decision.when, decision.id), reverse=True), in_force

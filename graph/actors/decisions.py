"""What people decide about actors: that two are one, or that they are two after all."""

from datetime import UTC, datetime

from graph.claims import Entity
from graph.errors import DataError
from graph.ledger import Ledger, LedgerView
from graph.ledger.identity import about_two
from graph.workspace import Workspace


def merge(workspace: Workspace, first: Entity, second: Entity, *, reason: str, who: str) -> str:
    """Decide that two actors are one; the id that stands for both from now on.

    It is ``first``'s, unless only the second has a Wikidata id. Everything that was read stays as it is, so that
    :func:`split` brings back what was.

    Raises:
        DataError: they are one already, or are the same actor.
    """
    ledger = Ledger(workspace)
    view = ledger.view()
    if first.id == second.id or view.identities.of(first.id) == view.identities.of(second.id):
        raise DataError(f"{first.id} and {second.id} are one actor already")
    with ledger.batch() as batch:
        batch.decide(about_two("merge", first, second, reason=reason, who=who, when=_now()))
    return ledger.view().identities.of(first.id)


def split(workspace: Workspace, one: Entity, other: Entity | None = None, *, reason: str, who: str) -> list[str]:
    """Decide that an actor is not the ones it was merged with; their ids.

    Without ``other`` every merge that names ``one`` is undone. With it this pair is kept apart, merged before or not,
    and :func:`graph.actors.duplicates.proposals` no longer proposes it.

    Raises:
        DataError: nothing was merged with the actor, or the two are the same.
    """
    ledger = Ledger(workspace)
    view = ledger.view()
    others = [other] if other else [known(view, partner) for partner in view.identities.partners(one.id)]
    if not others:
        raise DataError(f"nothing was merged with {one.id}: there is nothing to split")
    with ledger.batch() as batch:
        for partner in others:
            batch.decide(about_two("split", one, partner, reason=reason, who=who, when=_now()))
    return [partner.id for partner in others]


def known(view: LedgerView, id: str) -> Entity:
    """The actor of this id as the view has it, also one that was merged into another.

    Raises:
        DataError: the workspace has no such actor.
    """
    for entity in (*view.entities(), *view.identities.copies):
        if entity.id == id:
            return entity
    raise DataError(f"no actor {id!r} in the workspace: `qawl actors list` shows the ids")


def _now() -> str:
    # To the microsecond: a split may follow its merge within the same second and must come after it.
    return datetime.now(UTC).isoformat(timespec="microseconds")

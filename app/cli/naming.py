"""Actors as people name them on the command line: by an id, or by a name that only one bears."""

from graph.claims import Entity
from graph.errors import DataError
from graph.ledger import LedgerView
from ingest.linking.registry import Registry, comparable


def find_actor(text: str, actors: Registry, view: LedgerView | None) -> Entity:
    """The actor of the workspace or the registry with this id, else the only one with this name.

    Raises:
        DataError: nobody bears the name, or several do.
    """
    found = {entity.id: entity for entity in actors.entities.values()}
    found |= {entity.id: entity for entity in (*view.identities.copies, *view.entities())} if view else {}
    if text in found:
        return found[text]
    named = [entity for entity in found.values() if comparable(text) in _labels(entity)]
    named += [actors.entities[key] for key in actors.entities if comparable(text) in names_of(actors, key)]
    bearers = sorted({entity.id for entity in named})
    if len(bearers) != 1:
        which = f"is the name of {', '.join(bearers)}: give the id" if bearers else "is no actor's id or name"
        raise DataError(f"{text!r} {which}; `qawl actors list` shows the registry")
    return found[bearers[0]]


def names_of(actors: Registry, key: str) -> list[str]:
    """The registered names of an actor, as they are compared."""
    row = actors.row(key)
    cells = (row[f"{column}_{language}"].split("|") for column in ("label", "aliases") for language in ("en", "ar"))
    return [comparable(name) for cell in cells for name in cell if name]


def _labels(entity: Entity) -> list[str]:
    return [comparable(label) for label in (entity.label_en, entity.label_ar) if label]

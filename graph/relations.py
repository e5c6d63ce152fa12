"""The closed list of relations: what an actor can say or do, and how the field codes it.

The list is ``data/relations.csv``. CAMEO codes are those of the CAMEO codebook 1.1b3 (Schrodt 2012), PLOVER
types those of the PLOVER manual (Open Event Data Alliance), Goldstein scores the CAMEO-to-Goldstein table that
GDELT publishes. CAMEO roots 01 have no PLOVER type.
"""

import csv
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from data import resource
from graph.errors import DataError

RelationKind = Literal["statement", "deed"]
QUAD_CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the list.

    ``id`` is a stable lower-case word (``warns``). ``cameo`` is a CAMEO code of two to four digits, ``plover`` a
    PLOVER event type or ``""``, ``quad_class`` one of :data:`QUAD_CLASSES`, ``goldstein`` a score from -10
    (conflict) to 10 (cooperation), ``inverse`` the id of the relation seen from the object's side, or ``None``.
    """

    id: str
    kind: RelationKind
    label_en: str
    label_ar: str
    cameo: str
    plover: str
    quad_class: str
    goldstein: float
    inverse: str | None
    definition: str

    @property
    def edge_label(self) -> str:
        """The label of the relation's edges in the property graph, such as ``WARNS``."""
        return self.id.upper()


def quad_class_of(cameo: str) -> str:
    """The quad class of a CAMEO code, from its root: 01-05, 06-08, 09-13, 14-20."""
    root = int(cameo[:2])
    return QUAD_CLASSES[(root > 5) + (root > 8) + (root > 13)]


@cache
def relations() -> MappingProxyType[str, Relation]:
    """Every relation by id, in the order of the file.

    Raises:
        DataError: a row repeats an id, names an unknown inverse or disagrees with its CAMEO code.
    """
    found: dict[str, Relation] = {}
    with resource("relations.csv").open(encoding="utf-8") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            relation = _relation(row)
            if relation.id in found or relation.quad_class != quad_class_of(relation.cameo):
                raise DataError(f"relations.csv:{number}: {relation.id!r} is repeated or has a wrong quad class")
            found[relation.id] = relation
    for relation in found.values():
        if relation.inverse and relation.inverse not in found:
            raise DataError(f"relations.csv: {relation.id!r} has the unknown inverse {relation.inverse!r}")
    return MappingProxyType(found)


def _relation(row: dict[str, str]) -> Relation:
    return Relation(
        id=row["id"],
        kind="statement" if row["kind"] == "statement" else "deed",
        label_en=row["label_en"],
        label_ar=row["label_ar"],
        cameo=row["cameo"],
        plover=row["plover"],
        quad_class=row["quad_class"],
        goldstein=float(row["goldstein"]),
        inverse=row["inverse"] or None,
        definition=row["definition"],
    )

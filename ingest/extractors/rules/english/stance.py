"""What a deed inside a content is worth: denied, intended, demanded, hoped for, alleged, or as the speaker says it."""

from dataclasses import dataclass

from graph.claims import Modality
from ingest.extractors.rules.english.verbgroups import Range

# The modality of a deed in the content of an act.
MODALITY: dict[str, Modality] = {
    "intends": "intended", "promises": "intended", "offers": "intended", "threatens": "intended", "agrees": "intended",
    "demands": "demanded", "urges": "demanded", "orders": "demanded", "requests": "demanded", "proposes": "demanded",
    "hopes": "hoped", "fears": "hypothetical", "expects": "hypothetical", "asks": "hypothetical",
    "accuses": "alleged", "blames": "alleged", "alleges": "alleged", "rejects": "hypothetical",
    "opposes": "hypothetical", "denies": "alleged", "refuses": "intended", "warns": "hypothetical",
}  # fmt: skip
NEGATES = frozenset(("denies", "refuses"))
# Acts that tell of a deed as a fact when they take a clause: "warned that Iran had attacked".
FACTUAL_CLAUSE = frozenset(("warns", "fears", "threatens", "agrees", "rejects", "opposes"))


@dataclass(frozen=True, slots=True)
class Held:
    """A content (token range) with the act it is the content of and whether it is a clause."""

    content: Range
    relation: str
    clause: bool


def stance(contents: list[Held], i: int, negated: bool, modality: Modality) -> tuple[bool, Modality]:
    """Negation and modality of a deed at token ``i``, given its own and the contents it stands in."""
    around = [held for held in contents if held.content[0] <= i < held.content[1]]
    if not around:
        return negated, modality
    held = min(around, key=lambda h: h.content[1] - h.content[0])
    if held.clause and held.relation in FACTUAL_CLAUSE:
        return negated, modality
    if held.relation in NEGATES:
        negated = not negated
    return negated, MODALITY.get(held.relation, modality) if modality != "hypothetical" else modality

"""A mention of an actor as it was found in the text."""

from dataclasses import dataclass

from graph.claims import Entity
from ingest.linking.offices import Office

COMMAS = frozenset("،,")
NAME_PARTS = frozenset(("بن", "ابن", "بنت", "ابو", "ابي", "ام", "عبد", "ال", "دي", "فون", "فان", "دو", "لو", "اون"))
HOMELAND = frozenset(("بلاده", "بلادها", "بلادنا", "بلادهم", "بلده", "بلدها"))
WESTERN = {
    "الغرب": ("group-the-west", "the West", "الغرب"),
    "اوروبا": ("group-europe", "Europe", "أوروبا"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention: tokens ``first`` to ``last`` (exclusive), code points ``start`` to ``end``.

    ``sort``: ``name``, ``capital``, ``demonym``, ``office``, ``body``, ``group`` or ``phrase`` (any other noun
    phrase). ``entity`` is ``None`` for a title alone ("the minister") until somebody in the text answers to it.
    ``prep`` is the preposition before it, attached or not; ``head`` its first word without article,
    ``owner`` the pronoun of whom it belongs to (جيشه).
    """

    first: int
    last: int
    start: int
    end: int
    entity: Entity | None
    sort: str
    gender: str = ""
    number: str = "s"
    prep: str = ""
    conj: str = ""
    office: Office | None = None
    name: tuple[str, ...] = ()
    head: str = ""
    definite: bool = False
    owner: str = ""

    @property
    def oblique(self) -> bool:
        """Whether its ending in ين says that it is no subject."""
        plural = (self.sort in ("office", "group") and self.head != "امين") or (
            self.sort == "demonym" and self.number == "p"
        )
        return self.head.endswith("يين") or (plural and self.head.endswith("ين"))

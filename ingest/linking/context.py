"""What a document as a whole says about its actors: the country it is about, the surnames of those named in full."""

from collections import Counter
from collections.abc import Iterable

from graph.claims import Entity

HOME = 3
# Whose names also stand for what they make: a Twitter account, a Toyota.
MAKERS = frozenset(("BUS", "EDU", "MED"))
# Whose country says nothing of where a story is set: they are quoted, sell and study everywhere.
_ABROAD = MAKERS | {"LAB", "NGO", "PTY"}
FAMILY_NAME_FIRST = frozenset(("CHN", "HKG", "KHM", "KOR", "PRK", "SGP", "TWN", "VNM"))

# Where the first name of a person stands alone as often as the last: Abiy, Anwar, Thaksin.
GIVEN_NAME_STANDS = frozenset(("ERI", "ETH", "IDN", "ISL", "KHM", "LKA", "MNG", "MYS", "THA", "VNM"))


def home(countries: Iterable[str]) -> str | None:
    """The country a document is about: that of at least three, and of most, of the countries it names."""
    named = Counter(countries)
    if not named:
        return None
    country, times = named.most_common(1)[0]
    return country if times >= HOME and times > 0.6 * named.total() else None


def sets_a_scene(entity: Entity) -> bool:
    """Whether naming a country, place or body says something of where the story is set."""
    return entity.kind != "person" and entity.country is not None and entity.sector not in _ABROAD


def family_name_first(entity: Entity) -> bool:
    """Whether the first word of a person's name is the one that later stands alone: Yoon Suk Yeol."""
    return entity.country in FAMILY_NAME_FIRST

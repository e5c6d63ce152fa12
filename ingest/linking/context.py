"""What a document as a whole says about its actors: the country it is about, the surnames of those named in full."""

from collections import Counter
from collections.abc import Iterable

from graph.claims import Entity

HOME = 3
FAMILY_NAME_FIRST = frozenset(("CHN", "HKG", "KHM", "KOR", "PRK", "SGP", "TWN", "VNM"))


def home(countries: Iterable[str]) -> str | None:
    """The country a document is about: that of at least three, and of most, of the countries it names."""
    named = Counter(countries)
    if not named:
        return None
    country, times = named.most_common(1)[0]
    return country if times >= HOME and times > 0.6 * named.total() else None


def family_name_first(entity: Entity) -> bool:
    """Whether the first word of a person's name is the one that later stands alone: Yoon Suk Yeol."""
    return entity.country in FAMILY_NAME_FIRST

"""Finding an actor by a name that may be misspelt, in either script."""

from rapidfuzz import fuzz, process

from graph.actors.names import likeness, words
from graph.claims import Entity
from graph.stores.base import Store

LEAST = 0.72
"""How alike a name must be to what was typed."""
_EVERYBODY = 1_000_000
_LOOKED_AT = 200  # names whose consonants are most like those of the text, and that are compared in full


def find_actors(store: Store, text: str, limit: int) -> list[Entity]:
    """The actors with ``text`` in their names; when there are none, those whose names are most like it."""
    return store.search_actors(text, limit) or _similar(store.search_actors("", _EVERYBODY), text, limit)


def _similar(everybody: list[Entity], text: str, limit: int) -> list[Entity]:
    """The entities with a name, or part of a name, alike to ``text``, the most alike first."""
    named = [(label, place) for place, one in enumerate(everybody) for label in (one.label_en, one.label_ar) if label]
    outlines = [_outline(label) for label, _ in named]
    near = process.extract(_outline(text), outlines, scorer=fuzz.partial_ratio, limit=_LOOKED_AT)
    scores: dict[int, float] = {}
    for *_, at in near:
        label, place = named[at]
        scores[place] = max(scores.get(place, 0), likeness_to_part(text, label))
    best = sorted((-score, place) for place, score in scores.items() if score >= LEAST)
    return [everybody[place] for _, place in best[:limit]]


def likeness_to_part(text: str, label: str) -> float:
    """How alike (0 to 1) the text is to as many words of the label, where they are most alike."""
    parts, length = label.split(), len(text.split())
    starts = range(max(1, len(parts) - length + 1))
    return max(likeness(text, " ".join(parts[start : start + length])) for start in starts)


def _outline(name: str) -> str:
    """The consonants of a name, alike in both scripts."""
    return " ".join(word.skeleton for word in words(name))

"""A store that remembers its answers: an index never changes, and ten people look at the same pages."""

from functools import lru_cache, wraps
from typing import Any, TypeVar

from graph.stores.base import Store

StoreT = TypeVar("StoreT", bound=Store)
READS = (
    "counts",
    "top_actors",
    "relation_mix",
    "timeline",
    "daily_mix",
    "search_actors",
    "entity",
    "edges",
    "claims",
    "claim",
    "article",
    "outlets",
    "languages",
)
ENTRIES = 200
"""Answers of each read that are kept: at a few kilobytes each a few megabytes in all."""


def remembering(store: StoreT) -> StoreT:
    """The store, whose reads now answer the same question from memory; for one whose data cannot change."""
    for name in READS:
        setattr(store, name, _remembered(getattr(store, name)))
    return store


def _remembered(read: Any) -> Any:
    """The read with its last answers kept; a caller gets a list of its own."""
    kept = lru_cache(maxsize=ENTRIES)(read)

    @wraps(read)
    def answer(*args: Any, **kwargs: Any) -> Any:
        found = kept(*args, **kwargs)
        return [*found] if isinstance(found, list) else found

    return answer

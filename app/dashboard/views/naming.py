"""Actors by name, of the graph and of the registry: whom a correction may name."""

import streamlit as st

from app.dashboard.session import store, workspace
from graph.actors.search import find_actors as like
from graph.claims import Entity
from ingest.actors import registry_of
from ingest.linking.registry import comparable

FOUND = 8


def find_actors(text: str) -> list[Entity]:
    """Actors whose name holds ``text``: those of the graph first, then those that only the registry knows."""
    found = {one.id: one for one in store().search_actors(text, FOUND)}
    wanted = comparable(text)
    named = (entity for names, entity in _registered(str(workspace().path)) if any(wanted in name for name in names))
    for entity in named:
        if len(found) == FOUND:
            break
        found.setdefault(entity.id, entity)
    return list(found.values()) or like(store(), text, FOUND)


@st.cache_data(max_entries=1, show_spinner=False)
def _registered(path: str) -> list[tuple[list[str], Entity]]:  # noqa: ARG001 - the key of the cache
    """The registry's actors, each with its labels as they are compared."""
    known = registry_of(workspace()).entities.values()
    return [([comparable(label) for label in (one.label_en, one.label_ar) if label], one) for one in known]

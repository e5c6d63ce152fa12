"""What a page needs of the session: the workspace, the open store, the interface language."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import streamlit as st

from app.dashboard.people import may_write
from app.dashboard.strings import counted, has, say
from graph.claims import Entity
from graph.generations import LADYBUG, Indexes
from graph.remote import configured, open_store
from graph.stores.base import Store
from graph.stores.remembering import remembering
from graph.workspace import Workspace

DEFAULT_WORKSPACE = "qawl-workspace"
SUGGESTED = 200  # actors that a search box offers before anything is typed


def workspace() -> Workspace:
    """The workspace that the dashboard was started for, made where there is none yet; read-only for readers."""
    here = Workspace.create(Path(os.environ.get("QAWL_WORKSPACE", DEFAULT_WORKSPACE)))
    return here if may_write() else replace(here, read_only=True)


def store() -> Store:
    """The server that the workspace names first; else the present generation of the property graph.

    A new generation is opened as soon as it is in place.
    """
    here = workspace()
    if here.servers:
        return _connect(str(here.path), here.servers[0].url)
    st.session_state["drawn"] = _generation(here)
    return _open(str(here.path), st.session_state["drawn"])


def has_news() -> bool:
    """Whether another generation than the one that the page was drawn from is in place."""
    return "drawn" in st.session_state and st.session_state["drawn"] != _generation(workspace())


def shown_as_of() -> datetime | None:
    """When what is shown was made, where more was added or decided since; ``None`` where nothing was."""
    here = workspace()
    if here.servers:
        return None
    status = next(one for one in Indexes(here).status() if one.engine == LADYBUG.name)
    return None if status.fresh else status.made


def suggested_actors() -> list[Entity]:
    """The most active actors."""
    here = workspace()
    if here.servers:
        return [entity for entity, _ in store().top_actors(limit=SUGGESTED)]
    return _suggested(str(here.path), _generation(here))


def language() -> str:
    """The interface language, ``en`` or ``ar``."""
    return str(st.session_state.get("language", "en"))


def words(key: str, **values: object) -> str:
    """The interface's words of ``key`` in its present language."""
    return say(language(), key, **values)


def words_or(key: str, other: str) -> str:
    """The interface's words of ``key`` where it has some, else the ``other``: for what data may bring along."""
    return words(key) if has(key) else other


def count_of(things: str, count: int) -> str:
    """A number of things, such as ``3 articles``, in the interface language."""
    return counted(things, count, language())


def _generation(here: Workspace) -> str:
    lease = Indexes(here).lease(LADYBUG)
    lease.release()
    return lease.folder.name


@st.cache_resource(max_entries=3, show_spinner=False, on_release=lambda opened: opened.close())
def _open(path: str, generation: str) -> Store:  # noqa: ARG001 - the generation is the key of the cache
    return remembering(Indexes(Workspace.open(path)).cypher())


@st.cache_data(max_entries=3, show_spinner=False)
def _suggested(path: str, generation: str) -> list[Entity]:
    return [entity for entity, _ in _open(path, generation).top_actors(limit=SUGGESTED)]


@st.cache_resource(max_entries=3, show_spinner=False, on_release=lambda opened: opened.close())
def _connect(path: str, url: str) -> Store:
    here = Workspace.open(path)
    return open_store(here, configured(here, url))

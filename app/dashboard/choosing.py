"""The widgets by which pages let choose: an actor, and a filter that all pages share."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from app.dashboard.links import link, start_from_link
from app.dashboard.session import language, store, suggested_actors, words, words_or
from app.dashboard.strings import name_of, relation_label
from graph.actors.search import find_actors
from graph.claims import Entity
from graph.relations import QUAD_CLASSES, relations
from graph.stores.base import ClaimFilter

FOUND = 8  # actors of a search that are offered


def choose_actor(
    key: str, label: str, fallback: Entity | None = None, *, hint: str = "find_actor_hint"
) -> Entity | None:
    """A box with the most active actors, which also searches all others in either script.

    ``None`` when nothing is chosen or nobody of the name is there, which is then said.
    """
    opened = store()
    known = {entity.id: entity for entity in suggested_actors()}
    start_from_link(key, str)
    if st.session_state.get(key) is None and fallback:
        st.session_state[key] = fallback.id
    chosen = st.session_state.get(key)
    if chosen and chosen not in known and (entity := opened.entity(chosen)):
        known[chosen] = entity
    typed = st.selectbox(
        label,
        list(known),
        index=None,
        format_func=lambda id_: both_names(known[id_]) if id_ in known else str(id_),
        key=key,
        placeholder=words(hint),
        accept_new_options=True,
        filter_mode="fuzzy",
        persist_state="session",
    )
    entity = _named(key, typed, known) if typed else None
    link(key, entity.id if entity else None)
    return entity


def both_names(entity: Entity) -> str:
    """An actor's name in the interface's language and in the other, to be found by either."""
    first = name_of(entity, language())
    second = name_of(entity, "en" if language() == "ar" else "ar")
    return first if first == second else f"{first} · {second}"


def choose_filter(*, actors: bool = False) -> ClaimFilter:
    """The filters in the sidebar, the same on every page; with the two ``actors`` where a page has no own."""
    opened, known = store(), relations()
    with st.sidebar:
        st.subheader(words("filters"), anchor=False)
        first = choose_actor("actor", words("actor"), hint="any") if actors else None
        other = choose_actor("other", words("other_actor"), hint="any") if actors and first else None
        relation = choose_one("relation", list(known), lambda id_: relation_label(known[id_], language()))
        quad_class = choose_one("quad_class", QUAD_CLASSES, words)
        outlet = choose_one("outlet", opened.outlets(), str)
        article_language = choose_one("article_language", opened.languages(), language_name)
        since, until = _day("since"), _day("until")
    return ClaimFilter(
        actor=first.id if first else None,
        other=other.id if other else None,
        relation=relation,
        quad_class=quad_class,
        outlet=outlet,
        language=article_language,
        since=since,
        until=until,
    )


def choose_one(key: str, options: Sequence[str], shown: Callable[[str], str], **more: Any) -> str | None:
    """A box of options of which none need be chosen."""
    start_from_link(key, lambda told: told if told in options else None)
    if st.session_state.get(key) not in (None, *options):
        st.session_state[key] = None  # an outlet, say, whose last article was removed
    chosen: str | None = st.selectbox(
        words(key),
        options,
        index=None,
        format_func=shown,
        placeholder=words("any"),
        key=key,
        persist_state="session",
        **more,
    )
    link(key, chosen)
    return chosen


def language_name(tag: str) -> str:
    """The name of an articles' language; the tag of one that has none here."""
    return words_or(f"language_{tag}", tag)


def _named(key: str, typed: str, known: dict[str, Entity]) -> Entity | None:
    return known[typed] if typed in known else _search(key, typed)


def _search(key: str, text: str) -> Entity | None:
    found = {entity.id: entity for entity in find_actors(store(), text, FOUND)}
    if not found:
        st.info(words("no_actor"))
        return None
    if len(found) == 1:
        return next(iter(found.values()))
    chosen = st.pills(
        words("actor"),
        list(found),
        default=next(iter(found)),
        format_func=lambda id_: name_of(found[id_], language()),
        key=f"{key}-found-{text}",
        label_visibility="collapsed",
        required=True,
    )
    return found[chosen]


def _day(key: str) -> date | None:
    start_from_link(key, date.fromisoformat)
    day: date | None = st.date_input(words(key), value=None, key=key, persist_state="session")
    link(key, day)
    return day

"""Explore: an actor's neighbourhood on the canvas, and the claims behind what is clicked."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.dashboard.canvas import COLOURS, Click, draw_neighbourhood
from app.dashboard.evidence import show_claims
from app.dashboard.session import language, store, words
from app.dashboard.strings import name_of, relation_label
from app.dashboard.views.add import offer_samples
from graph.claims import Entity
from graph.relations import QUAD_CLASSES, relations
from graph.stores.base import ClaimFilter, Edge, Store

STRONGEST = 40  # edges at first: what a reader can take in at once; "show more" adds as many again
PAGE = 10


def show() -> None:
    """Draw the page."""
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = _filters(opened)
    focus = _choose_actor(opened, where)
    if focus is None:
        st.info(words("no_actor"))
        return
    canvas, reading = st.columns([3, 2], gap="medium")
    with canvas:
        _canvas(opened, focus, where)
    with reading:
        _claims(opened, focus, where)


def _choose_actor(opened: Store, where: ClaimFilter) -> Entity | None:
    """The actor in the address or the search box; the most active one at first."""
    wanted = st.text_input(words("find_actor"), placeholder=words("find_actor_hint"), key="search", on_change=_searched)
    if wanted:
        found = opened.search_actors(wanted, 10)
        if not found:
            return None
        by_id = {entity.id: entity for entity in found}
        chosen = st.pills(
            words("actor"), list(by_id), format_func=lambda id_: name_of(by_id[id_], language()), key="found"
        )
        if "focus" not in st.session_state or chosen:
            _focus_on(chosen or found[0].id)
    id_ = st.session_state.get("focus") or st.query_params.get("actor")
    entity = opened.entity(id_) if id_ else None
    if entity is None:
        entity = next((top for top, _ in opened.top_actors(where, 1)), None)
    if entity:
        st.query_params["actor"] = entity.id
    return entity


def _searched() -> None:
    """A new search begins: what was chosen and clicked before no longer counts."""
    for key in ("focus", "found", "selected", "expanded"):
        st.session_state.pop(key, None)


def _focus_on(id_: str) -> None:
    if st.session_state.get("focus") != id_:
        st.session_state.update(focus=id_, expanded=[], selected=())


def _filters(opened: Store) -> ClaimFilter:
    """What the sidebar leaves."""
    with st.sidebar:
        st.subheader(words("filters"), anchor=False)
        known = relations()
        relation = _choice("relation", list(known), lambda id_: relation_label(known[id_], language()))
        quad_class = _choice("quad_class", list(QUAD_CLASSES), words)
        outlet = _choice("outlet", opened.outlets(), str)
        article_language = _choice("article_language", opened.languages(), str)
        since = st.date_input(words("since"), value=None, key="since")
        until = st.date_input(words("until"), value=None, key="until")
    return ClaimFilter(
        relation=relation,
        quad_class=quad_class,
        outlet=outlet,
        language=article_language,
        since=since,
        until=until,
    )


def _choice(name: str, options: list[str], shown: Callable[[str], str]) -> str | None:
    return st.selectbox(
        words(name), options, index=None, format_func=shown, placeholder=words("any"), key=f"filter-{name}"
    )


def _canvas(opened: Store, focus: Entity, where: ClaimFilter) -> None:
    limit = STRONGEST * st.session_state.setdefault("shown", 1)
    edges = _edges(opened, focus, where, limit)
    if not edges:
        st.info(words("nothing_here"))
        return
    click = draw_neighbourhood(edges, [focus.id], language=language(), key="canvas")
    _legend()
    st.caption(words("canvas_help"))
    if len(edges) >= limit and st.button(words("show_more"), icon=":material/add:"):
        st.session_state["shown"] += 1
        st.rerun()
    _clicked(click)


def _edges(opened: Store, focus: Entity, where: ClaimFilter, limit: int) -> list[Edge]:
    """The strongest edges of the focus and of the actors that were expanded, each once."""
    found: dict[tuple[str, str, str], Edge] = {}
    for id_ in (focus.id, *st.session_state.setdefault("expanded", [])):
        for edge in opened.neighbourhood(id_, where, limit):
            found[edge.subject.id, edge.relation, edge.object.id] = edge
    return list(found.values())


def _clicked(click: Click | None) -> None:
    """Take up a click."""
    if click is None:
        return
    if click.action == "expand":
        st.session_state["expanded"] += [id_ for id_ in click.ids if id_ not in st.session_state["expanded"]]
    else:
        st.session_state.update(selected=click.ids, claims_shown=PAGE)
    st.rerun()


def _legend() -> None:
    parts = [f'<span><i style="border-color: {c}"></i>{words(quad)}</span>' for quad, c in COLOURS.items()]
    parts.append(f'<span><i style="border-top-style: dashed"></i>{words("dashed")}</span>')
    st.html(f'<div class="qawl-legend">{"".join(parts)}</div>')


def _claims(opened: Store, focus: Entity, where: ClaimFilter) -> None:
    """The claims of what was clicked, newest first; of the focus when nothing was."""
    ids: tuple[str, ...] = st.session_state.get("selected") or (focus.id,)
    ends = [entity for id_ in ids if (entity := opened.entity(id_))]
    names = [name_of(entity, language()) for entity in ends]
    title = words("claims_between", first=names[0], second=names[1]) if len(names) > 1 else None
    st.subheader(title or words("claims_about", first=names[0]), anchor=False)
    chosen = replace(where, actor=ids[0], other=ids[1] if len(ids) > 1 else None)
    shown = st.session_state.setdefault("claims_shown", PAGE)
    found = opened.claims(chosen, shown + 1)
    if not found:
        st.info(words("nothing_here"))
    show_claims(opened, found[:shown])
    if len(found) > shown and st.button(words("more_claims")):
        st.session_state["claims_shown"] += PAGE
        st.rerun()

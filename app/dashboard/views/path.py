"""Path: how two actors are connected, with the evidence for every step."""

from dataclasses import replace

import streamlit as st

from app.dashboard.canvas import draw_neighbourhood
from app.dashboard.choosing import choose_actor, choose_filter
from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, language, store, words
from app.dashboard.strings import name_of, number, plain
from app.dashboard.views.add import offer_samples
from graph.claims import Entity
from graph.paths import Step, shortest_path
from graph.stores.base import ClaimFilter, Store

CLAIMS = 5  # of each step, the newest


def show() -> None:
    """Draw the page."""
    st.title(words("path_page"), anchor=False)
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter()
    left, right = st.columns(2)
    with left:
        start = choose_actor("actor", words("path_from"))
    with right:
        end = choose_actor("other", words("path_to"))
    if start is None or end is None or start.id == end.id:
        st.info(words("choose_two"))
        return
    _path(opened, start, end, where)


def _path(opened: Store, start: Entity, end: Entity, where: ClaimFilter) -> None:
    avoided: list[Entity] = st.session_state.get(_avoided_key(start, end), [])
    found = shortest_path(opened, start.id, end.id, where, without=frozenset(one.id for one in avoided))
    if avoided:
        st.caption(words("avoiding", names="، ".join(name_of(one, language()) for one in avoided)))
        st.button(words("avoid_none"), on_click=_avoid_nobody, args=(start, end), icon=":material/undo:")
    if not found.steps:
        st.info(words("no_path" if found.complete else "path_given_up"))
        return
    st.subheader(count_of("steps", len(found.steps)), anchor=False)
    edges = [edge for step in found.steps for edge in step.edges]
    click = draw_neighbourhood(edges, [start.id, end.id], language=language(), key="path")
    between = [step.end for step in found.steps[:-1]]
    if between:
        st.caption(words("another_way"))
        with st.container(horizontal=True):
            for entity in between:
                label = words("not_through", name=name_of(entity, language()))
                st.button(label, key=f"avoid-{entity.id}", on_click=_avoid, args=(start, end, entity))
    chosen = frozenset(click.ids) if click and click.action == "edge" else None
    for position, step in enumerate(found.steps, 1):
        _evidence(opened, position, step, where, opened_first=chosen in (None, frozenset({step.start.id, step.end.id})))


def _evidence(opened: Store, position: int, step: Step, where: ClaimFilter, *, opened_first: bool) -> None:
    names = words("claims_between", first=name_of(step.start, language()), second=name_of(step.end, language()))
    with st.expander(plain(f"{number(position, language())}. {names}"), expanded=opened_first):
        show_claims(opened, opened.claims(replace(where, actor=step.start.id, other=step.end.id), CLAIMS))


def _avoided_key(start: Entity, end: Entity) -> str:
    return f"avoided-{start.id}-{end.id}"


def _avoid(start: Entity, end: Entity, entity: Entity) -> None:
    st.session_state.setdefault(_avoided_key(start, end), []).append(entity)


def _avoid_nobody(start: Entity, end: Entity) -> None:
    st.session_state.pop(_avoided_key(start, end), None)

"""Actors that may be one: proposals to decide about, two chosen by hand, and merges taken back. Part of Review."""

from collections.abc import Callable
from html import escape

import streamlit as st

from app.dashboard.choosing import both_names, choose_actor
from app.dashboard.session import language, words, words_or, workspace
from app.dashboard.strings import number, plain
from graph.actors.decisions import known, merge, split
from graph.actors.duplicates import Proposal, proposals
from graph.claims import Entity
from graph.errors import QawlError
from graph.ledger import Ledger, LedgerView

PROPOSED = 20
Decided = Callable[[], None]


def show_actors(who: str, decided: Decided) -> None:
    """Draw the tab; ``who`` decides, and ``decided`` is called after each decision."""
    view = Ledger(workspace()).view()
    problem = st.session_state.pop("merging_problem", None)
    if problem:
        st.warning(problem)
    st.subheader(words("proposed_pairs"), anchor=False)
    found = _proposals(str(workspace().path), view.version)
    if not found:
        st.caption(words("none_found"))
    for proposal in found:
        _proposal(proposal, who, decided)
    _by_hand(who, decided)
    _merged(view, who, decided)


@st.cache_data(max_entries=2, show_spinner=False)
def _proposals(path: str, version: str) -> list[Proposal]:  # noqa: ARG001 - what the answer depends on
    return proposals(Ledger(workspace()).view(), limit=PROPOSED)


def _proposal(proposal: Proposal, who: str, decided: Decided) -> None:
    first, second = proposal.first, proposal.second
    with st.container(border=True):
        st.html(f"{_named(first)}<br>{_named(second)}")
        likely = words("likeness", share=number(round(proposal.score, 2), language()))
        st.caption(plain(" · ".join((likely, *proposal.evidence))))
        with st.container(horizontal=True):
            key, given = f"{first.id}-{second.id}", (first, second, who, decided)
            st.button(words("are_one"), key=f"one-{key}", on_click=_decide, args=("merge", *given))
            st.button(words("are_two"), key=f"two-{key}", on_click=_decide, args=("split", *given))


def _by_hand(who: str, decided: Decided) -> None:
    st.subheader(words("merge_by_hand"), anchor=False)
    left, right = st.columns(2)
    with left:
        first = choose_actor("merge_first", words("merge_first"))
    with right:
        second = choose_actor("merge_second", words("merge_second"))
    if first and second and first.id != second.id:
        st.button(words("are_one"), key="one-by-hand", on_click=_decide, args=("merge", first, second, who, decided))


def _merged(view: LedgerView, who: str, decided: Decided) -> None:
    groups = view.identities.groups
    if not groups:
        return
    st.subheader(words("merged_actors"), anchor=False)
    for key, members in groups.items():
        with st.container(border=True):
            st.html("<br>".join(_named(known(view, member)) for member in members))
            one = known(view, key)
            st.button(words("take_back"), key=f"split-{key}", on_click=_decide, args=("split", one, None, who, decided))


def _decide(kind: str, first: Entity, second: Entity | None, who: str, decided: Decided) -> None:
    if not who.strip():
        st.session_state["merging_problem"] = words("need_reviewer")
        return
    try:
        if kind == "merge" and second:
            merge(workspace(), first, second, reason=words("are_one"), who=who)
        else:
            split(workspace(), first, second, reason=words("are_two"), who=who)
    except QawlError as error:
        st.session_state["merging_problem"] = str(error)
        return
    decided()


def _named(entity: Entity) -> str:
    """An actor's names, kind, country and id, as HTML."""
    told = [words_or(entity.kind, entity.kind), entity.country, entity.id]
    about = " · ".join(f"<bdi>{escape(part)}</bdi>" for part in told if part)
    return f'<b><bdi>{escape(both_names(entity))}</bdi></b> <span class="qawl-meta">{about}</span>'

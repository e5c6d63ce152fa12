"""Explore: an actor's neighbourhood on the canvas, and the claims behind what is clicked."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from app.dashboard.canvas import COLOURS, KIND_COLOURS, Click, Look, draw_neighbourhood
from app.dashboard.choosing import choose_actor, choose_filter
from app.dashboard.evidence import show_claims
from app.dashboard.links import link, start_from_link
from app.dashboard.session import count_of, language, store, suggested_actors, words
from app.dashboard.strings import name_of
from app.dashboard.tables import csv_button
from app.dashboard.views.add import offer_samples
from graph.claims import Entity
from graph.stores.base import ClaimFilter, Edge, Store
from graph.structure import centrality, communities

STRONGEST = 40  # edges at first: what a reader can take in at once; "show more" adds as many again
PAGE = 10
# Tol's muted palette (2021), which people with every kind of colour vision can tell apart; the rest are grey.
COMMUNITY_COLOURS = ("#332288", "#cc6677", "#117733", "#ddcc77", "#88ccee", "#aa4499", "#44aa99", "#999933")
SMALLEST, LARGEST = 18, 54  # pixels


def show() -> None:
    """Draw the page."""
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter()
    focus = choose_actor("actor", words("find_actor"), next(iter(suggested_actors()), None))
    if focus is None:
        return
    _begin(focus)
    canvas, reading = st.columns([3, 2], gap="medium")
    with canvas:
        _canvas(opened, focus, where)
    with reading:
        _claims(opened, focus, where)


def _begin(focus: Entity) -> None:
    """With another actor, what was expanded and clicked before no longer counts; in a link it does."""
    start_from_link("expanded", lambda told: told.split(","))
    if st.session_state.get("focus") != focus.id:
        kept = st.session_state.get("expanded", []) if "focus" not in st.session_state else []
        st.session_state.update(focus=focus.id, expanded=kept, selected=(), shown=1)
    link("expanded", ",".join(st.session_state["expanded"]) or None)


def _canvas(opened: Store, focus: Entity, where: ClaimFilter) -> None:
    limit = STRONGEST * st.session_state["shown"]
    edges = _edges(opened, focus, where, limit)
    if not edges:
        st.info(words("nothing_here"))
        return
    looks = _looks(edges)
    notes = _notes(opened, (focus.id, *st.session_state["expanded"]), where)
    click = draw_neighbourhood(edges, [focus.id], language=language(), key="canvas", looks=looks, notes=notes)
    _legend()
    _below(edges, more=len(edges) >= limit)
    _clicked(click)


def _edges(opened: Store, focus: Entity, where: ClaimFilter, limit: int) -> list[Edge]:
    """The strongest edges of the focus and of the actors that were expanded, each once."""
    found: dict[tuple[str, str, str], Edge] = {}
    for id_ in (focus.id, *st.session_state["expanded"]):
        for edge in opened.neighbourhood(id_, where, limit):
            found[edge.subject.id, edge.relation, edge.object.id] = edge
    return list(found.values())


def _notes(opened: Store, ids: Iterable[str], where: ClaimFilter) -> dict[str, str]:
    """What the actors in the middle say to nobody in particular: no edge can show it, so it is counted on them."""
    notes = {}
    for id_ in ids:
        said = replace(where, actor=id_, role="subject", addressed=False)
        if alone := sum(count for _, count in opened.relation_mix(said)):
            notes[id_] = words("to_nobody", claims=count_of("claims", alone))
    return notes


def _looks(edges: list[Edge]) -> dict[str, Look] | None:
    """What the switches above the canvas ask: communities as colours, centrality as sizes."""
    switches = st.columns(2)
    by_community = switches[0].toggle(words("by_community"), key="by_community", persist_state="session")
    by_centrality = switches[1].toggle(words("by_centrality"), key="by_centrality", persist_state="session")
    if not by_community and not by_centrality:
        return None
    groups, ranks = communities(edges), centrality(edges)
    looks = {}
    for entity in {end.id: end for edge in edges for end in (edge.subject, edge.object)}.values():
        group = groups[entity.id]
        grouped = COMMUNITY_COLOURS[group] if group < len(COMMUNITY_COLOURS) else "#999999"
        size = SMALLEST + (LARGEST - SMALLEST) * ranks[entity.id] if by_centrality else 26
        looks[entity.id] = Look(grouped if by_community else KIND_COLOURS[entity.kind], size)
    return looks


def _below(edges: list[Edge], *, more: bool) -> None:
    """Under the canvas: how to use it, more of it, and its data."""
    st.caption(words("canvas_help"))
    left, right = st.columns(2)
    if more and left.button(words("show_more"), icon=":material/add:"):
        st.session_state["shown"] += 1
        st.rerun()
    rows = [
        {
            "subject": edge.subject.id,
            "subject_label": name_of(edge.subject, language()),
            "relation": edge.relation,
            "object": edge.object.id,
            "object_label": name_of(edge.object, language()),
            "claims": edge.claims,
            "asserted": edge.asserted,
        }
        for edge in edges
    ]
    with right:
        csv_button(rows, "qawl-graph.csv", words("canvas_data"))


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
    for end in ends:
        st.page_link(
            st.session_state["pages"]["actor"],
            label=words("open_actor", name=name_of(end, language())),
            icon=":material/person:",
            query_params={"actor": end.id, "lang": language()},
        )
    chosen = replace(where, actor=ids[0], other=ids[1] if len(ids) > 1 else None)
    shown = st.session_state.setdefault("claims_shown", PAGE)
    found = opened.claims(chosen, shown + 1)
    if not found:
        st.info(words("nothing_here"))
    show_claims(opened, found[:shown])
    if len(found) > shown and st.button(words("more_claims")):
        st.session_state["claims_shown"] += PAGE
        st.rerun()

"""Claims: a table to filter and search, the evidence of the row that is chosen, and the selection to take along."""

from dataclasses import replace
from math import ceil

import streamlit as st

from app.dashboard.choosing import choose_filter, choose_one
from app.dashboard.evidence import show_claims
from app.dashboard.links import link, start_from_link
from app.dashboard.session import count_of, store, words
from app.dashboard.tables import claims_buttons, claims_table
from app.dashboard.views.add import offer_samples
from graph.stores.base import ClaimFilter, Verdict

PAGE = 50
MOST = 10_000  # claims in one download: more is what the export page is for
VERDICTS: tuple[Verdict, ...] = ("undecided", "accepted", "corrected", "rejected")


def show() -> None:
    """Draw the page."""
    st.title(words("claims_page"), anchor=False)
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = _more_filters(choose_filter(actors=True))
    total = sum(count for _, count in opened.relation_mix(where))
    if not total:
        st.info(words("nothing_here"))
        return
    st.caption(count_of("claims", total))
    page = _page(total)
    chosen = claims_table(opened.claims(where, PAGE, (page - 1) * PAGE), f"claims-{hash(where)}-{page}")
    if chosen:
        show_claims(opened, [chosen])
    else:
        st.caption(words("choose_row"))
    if st.toggle(words("take_along", claims=count_of("claims", min(total, MOST)))):
        claims_buttons(opened.claims(where, MOST))


def _more_filters(where: ClaimFilter) -> ClaimFilter:
    """What the table filters by beside what all pages do."""
    search, state, least = st.columns([3, 1, 1])
    with search:
        start_from_link("text", str)
        text = st.text_input(
            words("search_text"), key="text", placeholder=words("search_text_hint"), persist_state="session"
        )
        link("text", text or None)
    with state:
        decision = choose_one("decision", VERDICTS, words)
    with least:
        start_from_link("confidence", float)
        confidence = st.slider(
            words("least_confidence"), 0.0, 1.0, step=0.05, key="confidence", persist_state="session"
        )
        link("confidence", confidence or None)
    verdict = next((known for known in VERDICTS if known == decision), None)
    return replace(where, text=text or None, decision=verdict, confidence=confidence or None)


def _page(total: int) -> int:
    pages = ceil(total / PAGE)
    if pages < 2:
        return 1
    return int(st.number_input(words("page_of", pages=pages), 1, pages, key=f"page-{pages}", width=160))

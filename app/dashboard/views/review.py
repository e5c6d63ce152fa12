"""Review: claims accepted, rejected or corrected one after the other, each decision with its name and reason."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import streamlit as st

from app.dashboard.choosing import choose_filter
from app.dashboard.evidence import show_claims
from app.dashboard.links import link, start_from_link
from app.dashboard.people import user_name
from app.dashboard.session import count_of, store, words, workspace
from app.dashboard.views.add import offer_samples
from app.dashboard.views.correcting import correction_form
from app.dashboard.views.history import show_agreement, show_history
from app.dashboard.views.merging import show_actors
from graph.errors import QawlError
from graph.generations import Indexes
from graph.ledger import Decision, LedgerClaim
from graph.reviewing import Reviews, Verdict, correct, decide, reviews, take_back
from graph.stores.base import ClaimFilter, Store

AHEAD = 500  # undecided claims looked through for the next one
REASONS = ("wrong_subject", "wrong_relation", "wrong_object", "wrong_span", "not_said", "other_reason")
QUEUES = ("undecided", "second_opinion")


def show() -> None:
    """Draw the page."""
    st.title(words("review_page"), anchor=False)
    st.caption(words("review_intro"))
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter(actors=True)
    made = reviews(workspace())
    with st.container():  # there with nothing in it too: what follows keeps its place and its open tab
        _apply()
    who = _reviewer()
    queue, actors, agreed, history = st.tabs([words(name) for name in ("to_review", "actors", "agreement", "history")])
    with queue:
        _queue(opened, where, made, who)
    with actors:
        show_actors(who, _count)
    with agreed:
        show_agreement(opened, made)
    with history:
        show_history(opened, made, lambda decision: _take_back(decision, who))


def _reviewer() -> str:
    """Who decides: the person who is logged in, else the name that is given."""
    known = user_name()
    if known:
        return known
    if "reviewer" not in st.session_state:
        st.session_state["reviewer"] = os.environ.get("QAWL_REVIEWER", "")
    given = st.text_input(
        words("reviewer"), key="reviewer", persist_state="session", placeholder=words("reviewer_hint")
    )
    return given or ""


def _apply() -> None:
    """Decisions are kept at once; the graph, which takes a moment to build, follows when asked."""
    waiting = st.session_state.get("undrawn", 0)
    if not waiting:
        return
    message, button = st.columns([3, 1], vertical_alignment="center")
    message.info(words("decided_not_drawn", count=waiting))
    if button.button(words("draw_decisions"), icon=":material/refresh:"):
        with st.spinner(words("building")):
            Indexes(workspace()).refresh()
        st.session_state["undrawn"] = 0
        st.rerun()


def _queue(opened: Store, where: ClaimFilter, made: Reviews, who: str) -> None:
    kind = st.segmented_control(
        words("queue"), QUEUES, format_func=words, default=QUEUES[0], key="queue", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    skipped: set[str] = st.session_state.setdefault("skipped", set())
    found = _second(opened, made, who) if kind == "second_opinion" else _undecided(opened, where, made)
    asked = _asked(opened)
    waiting = [one for one in [*asked, *islice(found, AHEAD)] if one.claim.id not in skipped]
    if not waiting:
        st.success(words("all_reviewed"))
        if skipped:
            st.button(words("show_skipped"), on_click=skipped.clear)
        return
    if not asked:
        st.caption(words("left_to_review", claims=count_of("claims", len(waiting))))
    show_claims(opened, waiting[:1])
    _buttons(waiting[0], who, skipped)


def _asked(opened: Store) -> list[LedgerClaim]:
    """The claim that a link names, before all others."""
    start_from_link("claim", str)
    named = st.session_state.get("claim")
    link("claim", named)
    one = opened.claim(named) if named else None
    return [one] if one else []


def _undecided(opened: Store, where: ClaimFilter, made: Reviews) -> Iterator[LedgerClaim]:
    found = opened.claims(replace(where, decision="undecided"), AHEAD)
    return (one for one in found if one.claim.id not in made.decided)


def _second(opened: Store, made: Reviews, who: str) -> Iterator[LedgerClaim]:
    """What others have decided and this person has not looked at; what they said is not shown beside it."""
    ids = sorted(made.decided - made.decided_by(who.strip()))
    return (one for id_ in ids if (one := opened.claim(id_)))


def _buttons(one: LedgerClaim, who: str, skipped: set[str]) -> None:
    claim_id = one.claim.id
    reason = st.pills(words("reason"), REASONS, format_func=words, key=f"reason-{claim_id}")
    detail = st.text_input(words("reason_detail"), key=f"detail-{claim_id}")
    told = ": ".join(part for part in (reason and words(reason), detail.strip()) if part)
    with st.container(horizontal=True):
        st.button(
            words("accept"), icon=":material/check:", type="primary", shortcut="a", on_click=_decide,
            args=(one, "accept", who, told),
        )  # fmt: skip
        st.button(
            words("reject"), icon=":material/close:", shortcut="x", on_click=_decide, args=(one, "reject", who, told)
        )
        st.button(words("correct"), icon=":material/edit:", shortcut="e", on_click=_open_form, args=(claim_id,))
        st.button(words("skip"), icon=":material/skip_next:", shortcut="s", on_click=_skip, args=(claim_id, skipped))
    if st.session_state.get("correcting") == claim_id:
        _form(one, who)
    problem = st.session_state.pop("review_problem", None)
    if problem:
        st.warning(problem)


def _form(one: LedgerClaim, who: str) -> None:
    try:
        sent = correction_form(one)
    except QawlError as error:
        st.warning(str(error))
        return
    if sent and _try(who, lambda: correct(workspace(), one.claim, sent[0], who=who, reason=sent[1])):
        st.rerun()
    elif sent:
        st.warning(st.session_state.pop("review_problem"))


def _decide(one: LedgerClaim, verdict: Verdict, who: str, reason: str) -> None:
    if verdict == "reject" and not reason:
        st.session_state["review_problem"] = words("need_reason")
    else:
        _try(who, lambda: decide(workspace(), [one.claim], verdict, who=who, reason=reason))


def _take_back(decision: Decision, who: str) -> None:
    by = who or decision.who
    _try(by, lambda: take_back(workspace(), decision, who=by, reason=words("taken_back")))


def _try(who: str, write: Callable[[], None]) -> bool:
    """Write a decision and go on to the next claim; what is wrong is kept for the page to say."""
    if not who.strip():
        st.session_state["review_problem"] = words("need_reviewer")
        return False
    try:
        write()
    except QawlError as error:
        st.session_state["review_problem"] = str(error)
        return False
    st.session_state.update(claim=None, correcting=None)
    _count()
    return True


def _open_form(claim_id: str) -> None:
    is_open = st.session_state.get("correcting") == claim_id
    st.session_state["correcting"] = None if is_open else claim_id


def _skip(claim_id: str, skipped: set[str]) -> None:
    skipped.add(claim_id)
    st.session_state["claim"] = None


def _count() -> None:
    st.session_state["undrawn"] = st.session_state.get("undrawn", 0) + 1

"""Review: claims accepted or rejected one after the other, each decision with its name and reason, and taken back."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.dashboard.choosing import choose_filter
from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, store, words, workspace
from app.dashboard.strings import plain
from app.dashboard.views.add import offer_samples
from app.dashboard.views.merging import show_actors
from graph.errors import DataError
from graph.generations import Indexes
from graph.ledger import Decision, LedgerClaim
from graph.reviewing import Verdict, decide, verdicts
from graph.stores.base import ClaimFilter, Store

AHEAD = 500  # undecided claims looked through for the next one
HISTORY = 50
REASONS = ("wrong_subject", "wrong_relation", "wrong_object", "wrong_span", "not_said", "other_reason")


def show() -> None:
    """Draw the page."""
    st.title(words("review_page"), anchor=False)
    st.caption(words("review_intro"))
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter(actors=True)
    made, in_force = verdicts(workspace())
    with st.container():  # there with nothing in it too: what follows keeps its place and its open tab
        _apply()
    who = st.text_input(words("reviewer"), key="reviewer", persist_state="session", placeholder=words("reviewer_hint"))
    queue, actors, history = st.tabs([words("to_review"), words("actors"), words("history")])
    with queue:
        _queue(opened, where, in_force, who)
    with actors:
        show_actors(who, _count)
    with history:
        _history(opened, made, in_force)


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


def _queue(opened: Store, where: ClaimFilter, in_force: dict[str, Decision], who: str) -> None:
    skipped: set[str] = st.session_state.setdefault("skipped", set())
    decided = {target for target, decision in in_force.items() if decision.kind != "reconsider"}
    found = opened.claims(replace(where, decision="undecided"), AHEAD)
    waiting = [one for one in found if one.claim.id not in decided | skipped]
    if not waiting:
        st.success(words("all_reviewed"))
        if skipped:
            st.button(words("show_skipped"), on_click=skipped.clear)
        return
    st.caption(words("left_to_review", claims=count_of("claims", len(waiting))))
    show_claims(opened, waiting[:1])
    _buttons(waiting[0], who, skipped)


def _buttons(one: LedgerClaim, who: str, skipped: set[str]) -> None:
    claim_id = one.claim.id
    reason = st.pills(words("reason"), REASONS, format_func=words, key=f"reason-{claim_id}")
    detail = st.text_input(words("reason_detail"), key=f"detail-{claim_id}")
    told = ": ".join(part for part in (reason and words(reason), detail.strip()) if part)
    with st.container(horizontal=True):
        st.button(
            words("accept"), icon=":material/check:", type="primary", shortcut="a", on_click=_decide,
            args=([one], "accept", who, told),
        )  # fmt: skip
        st.button(
            words("reject"), icon=":material/close:", shortcut="x", on_click=_decide, args=([one], "reject", who, told)
        )
        st.button(words("skip"), icon=":material/skip_next:", shortcut="s", on_click=skipped.add, args=(claim_id,))
    problem = st.session_state.pop("review_problem", None)
    if problem:
        st.warning(problem)


def _decide(found: Sequence[LedgerClaim], verdict: Verdict, who: str, reason: str) -> None:
    if not who.strip():
        st.session_state["review_problem"] = words("need_reviewer")
    elif verdict == "reject" and not reason:
        st.session_state["review_problem"] = words("need_reason")
    else:
        try:
            decide(workspace(), [one.claim for one in found], verdict, who=who, reason=reason)
        except DataError as error:
            st.session_state["review_problem"] = str(error)
            return
        _count()


def _count() -> None:
    st.session_state["undrawn"] = st.session_state.get("undrawn", 0) + 1


def _history(opened: Store, made: Sequence[Decision], in_force: dict[str, Decision]) -> None:
    if not made:
        st.info(words("no_decisions"))
    for decision in made[:HISTORY]:
        one = opened.claim(decision.target)
        with st.container(border=True):
            said = words("decision_line", what=words(f"did_{decision.kind}"), who=decision.who, when=_when(decision))
            st.markdown(plain(f"{said} {decision.reason}"))
            if one is None:
                st.caption(words("claim_gone"))
                continue
            show_claims(opened, [one])
            if decision.kind != "reconsider" and in_force[decision.target] == decision:
                st.button(
                    words("take_back"), icon=":material/undo:", key=f"undo-{decision.id}", on_click=_decide,
                    args=([one], "reconsider", decision.who, words("taken_back")),
                )  # fmt: skip


def _when(decision: Decision) -> str:
    return decision.when[:16].replace("T", " ")

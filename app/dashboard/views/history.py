"""What was decided about claims, by whom, and how far people agree. Part of Review."""

from collections.abc import Callable
from html import escape

import streamlit as st

from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, language, words
from app.dashboard.strings import LEFT_TO_RIGHT, number, plain, relation_label, shown_date
from graph.agreement import agreement
from graph.claims import mention_of
from graph.ledger import Decision
from graph.ledger.corrections import change_of
from graph.relations import relations
from graph.reviewing import OPINIONS, Reviews
from graph.stores.base import Store

HISTORY = 50
TakeBack = Callable[[Decision], None]


def show_history(opened: Store, made: Reviews, take_back: TakeBack) -> None:
    """Draw the tab with the latest decisions; ``take_back`` is called with the one that is to go."""
    if not made.made:
        st.info(words("no_decisions"))
    for decision in made.made[:HISTORY]:
        one = opened.claim(decision.target)
        with st.container(border=True):
            st.markdown(plain(_line(decision)))
            if decision.kind == "correct":
                st.html(_change(decision))
            if one is None:
                st.caption(words("claim_gone"))
                continue
            show_claims(opened, [one])
            if decision in made.in_force:
                label, icon = words("take_back"), ":material/undo:"
                st.button(label, icon=icon, key=f"undo-{decision.id}", on_click=take_back, args=(decision,))


def show_agreement(opened: Store, made: Reviews) -> None:
    """Draw the tab that says how far people agree, and about which claims they do not."""
    found = agreement(made.made)
    st.caption(words("agreement_help"))
    if not found.claims:
        st.info(words("no_agreement"))
        return
    shown = st.columns(3)
    told = number(round(found.alpha, 2), language()) if found.alpha is not None else "–"
    shown[0].metric(words("alpha"), told, border=True, help=words("alpha_help"))
    shown[1].metric(words("judged_twice"), number(found.claims, language()), border=True)
    shown[2].metric(words("agreed"), number(found.agreed, language()), border=True)
    comma = "، " if language() == "ar" else ", "
    st.caption(words("reviewers", names=comma.join(found.reviewers)))
    if found.disputed:
        st.subheader(words("disputed", claims=count_of("claims", len(found.disputed))), anchor=False)
    for target in found.disputed[:HISTORY]:
        with st.container(border=True):
            for decision in (one for one in made.made if one.target == target and one.kind in OPINIONS):
                st.markdown(plain(_line(decision)))
            if one := opened.claim(target):
                show_claims(opened, [one])


def _line(decision: Decision) -> str:
    said = words("decision_line", what=words(f"did_{decision.kind}"), who=decision.who, when=_when(decision))
    return f"{said} {decision.reason}"


def _when(decision: Decision) -> str:
    time = decision.when[11:16]
    return f"{shown_date(decision.when[:10], language())} {LEFT_TO_RIGHT}{time}"


def _change(decision: Decision) -> str:
    """What a correction changed, as HTML: each part as it was read and as it should be."""
    read, rows = decision.read_details(), []
    for name, value in change_of(decision).items():
        if name == "relation":
            old, new = (relations()[id_] for id_ in (read.get("relation", value), value))
            pair = relation_label(old, language()), relation_label(new, language())
        else:
            pair = (read.get(name) or ["", "", ""])[2], _told(name, value)
        label = words({"content": "what_is_said", "relation": "relation"}.get(name, f"column_{name}"))
        rows.append(f"<tr><td>{escape(label)}</td><td><bdi>{escape(pair[0])}</bdi></td>"
                    f"<td><bdi><b>{escape(pair[1])}</b></bdi></td></tr>")  # fmt: skip
    return f'<table class="qawl-list">{"".join(rows)}</table>'


def _told(name: str, value: dict[str, object] | None) -> str:
    if value is None:
        return words("nobody")
    if name == "content":
        return str(value["text"])
    entity = mention_of(value).entity
    first, second = (entity.label_ar, entity.label_en) if language() == "ar" else (entity.label_en, entity.label_ar)
    return first or second or entity.id

"""Actor: who it is, what it says about whom and what is said about it, in which tone, and its claims."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape

import pandas as pd
import streamlit as st

from app.dashboard.charts import bars, localised, tone_chart
from app.dashboard.choosing import choose_actor, choose_filter
from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, language, store, suggested_actors, words, words_or
from app.dashboard.strings import name_of, number, shown_date
from app.dashboard.tables import claims_buttons, claims_table
from app.dashboard.views.add import offer_samples
from graph.claims import Entity
from graph.relations import relations
from graph.stores.base import ClaimFilter, Edge, Role, Store
from graph.tone import Standing, leaning, standings, weekly_tone

PARTNERS = 10
EDGES = 2000  # an actor's strongest edges: what its partners are told from
CLAIMS = 200


def show() -> None:
    """Draw the page."""
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter()
    actor = choose_actor("actor", words("find_actor"), next(iter(suggested_actors()), None))
    if actor is None:
        return
    where = replace(where, actor=actor.id)
    _head(opened, actor, where)
    edges = opened.edges(where, EDGES)
    _partners(actor, edges)
    _tone(opened, where)
    _standings(actor, edges)
    _claims(opened, where)


def _head(opened: Store, actor: Entity, where: ClaimFilter) -> None:
    other = name_of(actor, "en" if language() == "ar" else "ar")
    st.title(name_of(actor, language()), anchor=False)
    known = [
        words(actor.kind),
        actor.country,
        actor.sector and words_or(f"sector_{actor.sector}", actor.sector),
        actor.office,
        actor.id,
    ]
    told = [f"<bdi>{escape(part)}</bdi>" for part in (other, *known) if part]
    st.html(f'<div class="qawl-meta">{" · ".join(dict.fromkeys(told))}</div>')
    mixes = [opened.relation_mix(replace(where, role=role)) for role in ("subject", "object")]
    columns = st.columns(4)
    for position, (name, mix) in enumerate(zip(("claims_by", "claims_at"), mixes, strict=True)):
        columns[position].metric(words(name), number(sum(n for _, n in mix), language()), border=True)
        tone = number(round(leaning(mix), 2), language())
        columns[position + 2].metric(words(f"tone_{name}"), tone, border=True, help=words("tone_help"))


def _partners(actor: Entity, edges: Sequence[Edge]) -> None:
    for column, title, outgoing in zip(st.columns(2), ("says_about", "is_said_by"), (True, False), strict=True):
        with column:
            st.subheader(words(title), anchor=False)
            mine = [edge for edge in edges if (edge.subject if outgoing else edge.object).id == actor.id]
            if mine:
                st.altair_chart(localised(bars(_partner_rows(mine, outgoing=outgoing), by_class=True)))
            else:
                st.caption(words("nothing_here"))


def _partner_rows(edges: Sequence[Edge], *, outgoing: bool) -> pd.DataFrame:
    """The claims of the strongest partners by quad class."""
    ends = [(edge.object if outgoing else edge.subject, edge) for edge in edges]
    totals: Counter[str] = Counter()
    for end, edge in ends:
        totals[end.id] += edge.claims
    strongest = [id_ for id_, _ in totals.most_common(PARTNERS)]
    shown = [pair for pair in ends if pair[0].id in strongest]
    rows = [
        {"name": name_of(end, language()), "class": words(relations()[edge.relation].quad_class), "claims": edge.claims}
        for end, edge in sorted(shown, key=lambda pair: strongest.index(pair[0].id))
    ]
    return pd.DataFrame(rows)


def _tone(opened: Store, where: ClaimFilter) -> None:
    st.subheader(words("tone_over_time"), anchor=False, help=words("tone_help"))
    role: Role = st.segmented_control(
        words("role"),
        ["subject", "object"],
        format_func=lambda value: words("claims_by" if value == "subject" else "claims_at"),
        default="subject",
        key="role",
        required=True,
        label_visibility="collapsed",
    )
    asked = replace(where, role=role)
    weeks = weekly_tone(opened.daily_mix(asked))
    if not weeks:
        st.caption(words("nothing_dated"))
        return
    event = st.altair_chart(localised(tone_chart(weeks)), on_select="rerun", key=f"tone-{where.actor}-{role}")
    chosen = event.selection.get("week")
    if not chosen:
        st.caption(words("click_week"))
        return
    start = _monday(chosen[0]["week"])
    end = start + timedelta(days=6)
    st.caption(words("week_of", start=shown_date(start.isoformat(), language())))
    show_claims(opened, opened.claims(replace(asked, since=start, until=end), 20))


def _monday(value: str | float) -> date:
    """The day that a chart tells, as text or as milliseconds since 1970."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return date(1970, 1, 1) + timedelta(milliseconds=value)


def _standings(actor: Entity, edges: Sequence[Edge]) -> None:
    found = standings(actor.id, edges)
    allies = [standing for standing in found if standing.tone > 0][:PARTNERS]
    adversaries = [standing for standing in reversed(found) if standing.tone < 0][:PARTNERS]
    for column, title, shown in zip(st.columns(2), ("allies", "adversaries"), (allies, adversaries), strict=True):
        with column:
            st.subheader(words(title), anchor=False, help=words("tone_help"))
            _list(shown)


def _list(shown: Sequence[Standing]) -> None:
    if not shown:
        st.caption(words("nobody"))
        return
    rows = "".join(
        f"<tr><td><bdi>{escape(name_of(one.other, language()))}</bdi></td>"
        f"<td>{escape(count_of('claims', one.claims))}</td>"
        f"<td dir='ltr'>{escape(number(round(one.tone, 2), language()))}</td></tr>"
        for one in shown
    )
    st.html(f'<table class="qawl-list">{rows}</table>')


def _claims(opened: Store, where: ClaimFilter) -> None:
    st.subheader(words("claims"), anchor=False)
    found = opened.claims(where, CLAIMS)
    chosen = claims_table(found, f"actor-claims-{where.actor}")
    if chosen:
        show_claims(opened, [chosen])
    else:
        st.caption(words("choose_row"))
    claims_buttons(found)

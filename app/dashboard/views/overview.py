"""Overview: how much there is, who is active, what they do, and when."""

import altair as alt
import pandas as pd
import streamlit as st

from app.dashboard.charts import PLAIN, bars, localised, time_axis
from app.dashboard.session import count_of, language, store, words
from app.dashboard.strings import name_of, number, relation_label
from app.dashboard.views.add import offer_samples
from graph.relations import relations
from graph.stores.base import Store


def show() -> None:
    """Draw the page."""
    st.title(words("app"), anchor=False)
    st.caption(words("tagline"))
    opened = store()
    counts = opened.counts()
    if not counts.claims:
        offer_samples()
        return
    for column, name, count in zip(
        st.columns(4),
        ("articles", "claims", "actors", "edges"),
        (counts.articles, counts.claims, counts.entities, counts.edges),
        strict=True,
    ):
        column.metric(words(name), number(count, language()), border=True)
    left, right = st.columns(2)
    with left:
        _actors(opened)
    with right:
        _relations(opened)
    _timeline(opened, counts.claims)


def _actors(opened: Store) -> None:
    st.subheader(words("top_actors"), anchor=False)
    found = opened.top_actors(limit=12)
    rows = pd.DataFrame({"name": [name_of(e, language()) for e, _ in found], "claims": [n for _, n in found]})
    st.altair_chart(localised(bars(rows)))


def _relations(opened: Store) -> None:
    st.subheader(words("relation_mix"), anchor=False)
    found = opened.relation_mix()[:12]
    rows = pd.DataFrame(
        {
            "name": [relation_label(relations()[id_], language()) for id_, _ in found],
            "claims": [n for _, n in found],
            "class": [words(relations()[id_].quad_class) for id_, _ in found],
        }
    )
    st.altair_chart(localised(bars(rows, by_class=True)))


def _timeline(opened: Store, claims: int) -> None:
    st.subheader(words("timeline"), anchor=False)
    months = opened.timeline(unit="month")
    rows = pd.DataFrame(months, columns=["month", "claims"])
    chart = (
        alt.Chart(rows, height=180)
        .mark_bar(size=18, cornerRadiusEnd=2, color=PLAIN)
        .encode(
            alt.X("yearmonth(month):T", title=None, axis=time_axis()),
            alt.Y("claims:Q", title=None, axis=alt.Axis(tickMinStep=1)),
        )
    )
    st.altair_chart(localised(chart))
    undated = claims - sum(count for _, count in months)
    if undated:
        st.caption(words("undated", claims=count_of("claims", undated)))

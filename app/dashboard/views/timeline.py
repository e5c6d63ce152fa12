"""Timeline: claims over time by class, relation, outlet or language; a period can be chosen for all pages."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from app.dashboard.charts import class_colour, localised, series_colour, time_axis
from app.dashboard.choosing import choose_filter, language_name
from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, language, store, words
from app.dashboard.strings import relation_label, shown_date
from app.dashboard.views.add import offer_samples
from graph.relations import QUAD_CLASSES, relations
from graph.stores.base import ClaimFilter, Store

MOST_SERIES = 8  # the rest is one series of its own
UNITS = ("day", "week", "month")
SPLITS = ("quad_class", "relation", "outlet", "article_language")
CLAIMS = 20


def show() -> None:
    """Draw the page."""
    st.title(words("timeline_page"), anchor=False)
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter(actors=True)
    left, right = st.columns(2)
    with left:
        split = _switch("split", SPLITS)
    with right:
        unit = _switch("unit", UNITS)
    rows = _rows(opened, where, split)
    _undated(opened, where, rows)
    if not rows:
        st.info(words("nothing_dated"))
        return
    event = st.altair_chart(localised(_chart(rows, split, unit)), on_select="rerun", key=f"timeline-{split}-{unit}")
    _period(opened, where, event.selection.get("period"))


def _switch(key: str, options: tuple[str, ...]) -> str:
    return str(
        st.segmented_control(
            words(key), options, format_func=words, default=options[0], key=key, required=True, persist_state="session"
        )
    )


Row = tuple[str, str, int]  # day, series, claims


def _rows(opened: Store, where: ClaimFilter, split: str) -> list[Row]:
    if split == "outlet":
        return _each(opened.outlets(), lambda name: opened.timeline(replace(where, outlet=name), "day"), str)
    if split == "article_language":
        tags = opened.languages()
        return _each(tags, lambda tag: opened.timeline(replace(where, language=tag), "day"), language_name)
    if split == "quad_class" and not where.actor:  # of one actor a single read gives it all
        kinds = [where.quad_class] if where.quad_class else QUAD_CLASSES
        return _each(kinds, lambda quad: opened.timeline(replace(where, quad_class=quad), "day"), words)
    known = relations()
    if split == "quad_class":
        return [(day, words(known[id_].quad_class), claims) for day, id_, claims in opened.daily_mix(where)]
    named = [(day, relation_label(known[id_], language()), claims) for day, id_, claims in opened.daily_mix(where)]
    return _folded(named)


def _each(
    values: Iterable[str], read: Callable[[str], list[tuple[str, int]]], shown: Callable[[str], str]
) -> list[Row]:
    return _folded([(day, shown(value), claims) for value in values for day, claims in read(value)])


def _folded(rows: list[Row]) -> list[Row]:
    """The rows with all series but the largest made one."""
    totals: Counter[str] = Counter()
    for _, series, claims in rows:
        totals[series] += claims
    kept = {series for series, _ in totals.most_common(MOST_SERIES)}
    return [(day, series if series in kept else words("others"), claims) for day, series, claims in rows]


def _undated(opened: Store, where: ClaimFilter, rows: list[Row]) -> None:
    """How many claims have no date: with a period asked for they are in none, and are counted without it."""
    everything = sum(count for _, count in opened.relation_mix(replace(where, since=None, until=None)))
    within = sum(claims for *_, claims in rows)
    is_whole = where.since is None and where.until is None
    whole = replace(where, since=None, until=None)
    dated = within if is_whole else sum(count for _, count in opened.timeline(whole))
    shown = count_of("claims", within)
    undated = everything - dated
    st.caption(f"{shown}. {words('undated', claims=count_of('claims', undated))}" if undated else f"{shown}.")


def _chart(rows: list[Row], split: str, unit: str) -> alt.Chart:
    name = "class" if split == "quad_class" else "series"
    counts: Counter[tuple[str, str]] = Counter()
    for day, series, claims in rows:
        counts[_begin(day, unit), series] += claims
    frame = pd.DataFrame([{"day": day, name: series, "claims": n} for (day, series), n in sorted(counts.items())])
    totals = frame.groupby(name)["claims"].sum().sort_values(ascending=False)
    colour = class_colour() if name == "class" else series_colour(list(totals.index))
    width = {"day": 5, "week": 9, "month": 18}[unit]
    chart: alt.Chart = (
        alt.Chart(frame, height=340)
        .mark_bar(size=width)
        .encode(
            alt.X("day:T", title=None, axis=time_axis()),
            alt.Y("claims:Q", title=None, axis=alt.Axis(tickMinStep=1)),
            colour,
            tooltip=["day:T", name, "claims"],
        )
        .add_params(alt.selection_interval(name="period", encodings=["x"]))
    )
    return chart


def _begin(day: str, unit: str) -> str:
    """The first day of a day's week or month."""
    when = date.fromisoformat(day)
    if unit == "week":
        when -= timedelta(days=when.weekday())
    return (when.replace(day=1) if unit == "month" else when).isoformat()


def _period(opened: Store, where: ClaimFilter, brushed: Any) -> None:
    """The claims of the period that was brushed, and a button that makes all pages follow."""
    if not brushed or not brushed.get("day"):
        st.caption(words("brush_help"))
        return
    since, until = (date(1970, 1, 1) + timedelta(milliseconds=end) for end in brushed["day"])
    told = (shown_date(end.isoformat(), language()) for end in (since, until))
    st.subheader(" – ".join(told), anchor=False)
    st.button(words("follow_period"), icon=":material/date_range:", on_click=_follow, args=(since, until))
    show_claims(opened, opened.claims(replace(where, since=since, until=until), CLAIMS))


def _follow(since: date, until: date) -> None:
    st.session_state.update(since=since, until=until)

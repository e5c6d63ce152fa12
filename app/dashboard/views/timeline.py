"""Timeline: claims over time by class, relation, outlet or language; a period can be chosen for all pages."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

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
PALE = 0.3  # the opacity of what is outside the period


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
    rows = _rows(opened, replace(where, since=None, until=None), split)
    _counted(opened, where, rows)
    if not rows:
        st.info(words("nothing_dated"))
        return
    key = f"timeline-{split}-{unit}-{_brush(where)}"
    st.altair_chart(localised(_chart(rows, where, split, unit)), on_select=lambda: _follow(key), key=key)
    _period(opened, where)


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


def _counted(opened: Store, where: ClaimFilter, rows: list[Row]) -> None:
    """How many claims the period has, and how many have no date: those are in no period."""
    everything = sum(count for _, count in opened.relation_mix(replace(where, since=None, until=None)))
    within = count_of("claims", sum(claims for day, _, claims in rows if _is_within(day, where)))
    undated = everything - sum(claims for *_, claims in rows)
    st.caption(f"{within}. {words('undated', claims=count_of('claims', undated))}" if undated else f"{within}.")


def _is_within(day: str, where: ClaimFilter) -> bool:
    when = date.fromisoformat(day)
    return (where.since is None or when >= where.since) and (where.until is None or when <= where.until)


def _chart(rows: list[Row], where: ClaimFilter, split: str, unit: str) -> alt.Chart:
    """Bars of all time; those outside the period are pale. A change of the period changes the data alone.

    So the browser keeps the chart and what was brushed on it.
    """
    name = "class" if split == "quad_class" else "series"
    counts: Counter[tuple[str, str, float]] = Counter()
    for day, series, claims in rows:
        counts[_begin(day, unit), series, 1.0 if _is_within(day, where) else PALE] += claims
    frame = pd.DataFrame(
        [{"day": day, name: series, "claims": n, "shade": s} for (day, series, s), n in sorted(counts.items())]
    )
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
            opacity=alt.Opacity("shade:Q", scale=None),
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


def _brush(where: ClaimFilter) -> int:
    """The number of the chart: a new one when the period was chosen elsewhere, so that no old brush stands on it."""
    chosen = where.since, where.until
    if st.session_state.get("brushed", (None, None)) != chosen:
        st.session_state.update(brushed=chosen, brush=st.session_state.get("brush", 0) + 1)
    return int(st.session_state.get("brush", 0))


def _follow(key: str) -> None:
    """Take a brushed period for all pages; none when the brush was taken away."""
    brushed = st.session_state[key].selection.get("period", {}).get("day")
    since, until = (date(1970, 1, 1) + timedelta(milliseconds=end) for end in brushed) if brushed else (None, None)
    st.session_state.update(since=since, until=until, brushed=(since, until))


def _period(opened: Store, where: ClaimFilter) -> None:
    """The claims of the period that is chosen."""
    st.caption(words("brush_help"))
    if where.since is None and where.until is None:
        return
    told = (shown_date(end.isoformat(), language()) if end else "…" for end in (where.since, where.until))
    st.subheader(" – ".join(told), anchor=False)
    show_claims(opened, opened.claims(where, CLAIMS))

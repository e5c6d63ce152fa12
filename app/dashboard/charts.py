"""The charts: bars of actors and relations, claims over time, tone."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from app.dashboard.canvas import COLOURS
from app.dashboard.session import language, words
from graph.relations import QUAD_CLASSES
from graph.tone import Week

PLAIN = "#5b9aa3"  # between the two themes' own colours
# Tol's muted palette (2021), which people with every kind of colour vision can tell apart.
SERIES = ("#332288", "#cc6677", "#117733", "#ddcc77", "#88ccee", "#aa4499", "#44aa99", "#999933", "#bbbbbb")


def bars(rows: pd.DataFrame, *, by_class: bool = False) -> alt.Chart:
    """Horizontal bars of ``name`` and ``claims`` in the order of the rows, by ``class`` where there is one."""
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(cornerRadiusEnd=3, color=PLAIN)
        .encode(
            alt.X("sum(claims):Q", title=None, axis=alt.Axis(tickMinStep=1)),
            alt.Y(
                "name:N",
                sort=list(dict.fromkeys(rows["name"])),
                title=None,
                axis=alt.Axis(labelLimit=150, labelOverlap=False),
            ),
            tooltip=[column for column in ("name", "class", "claims") if column in rows],
        )
        .properties(height=alt.Step(26))
    )
    return chart.encode(color=class_colour()) if by_class else chart


def time_axis() -> alt.Axis:
    """An axis of dates, whose digits a chart's locale leaves as they are."""
    if language() != "ar":
        return alt.Axis()
    label = "datum.label"
    for latin, arabic in zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True):
        label = f"replace({label}, /{latin}/g, '{arabic}')"
    return alt.Axis(labelExpr=label)


def localised(chart: alt.Chart) -> alt.Chart:
    """The chart with the months and digits of the interface's language."""
    if language() != "ar":
        return chart
    months, days = words("months").split(), words("days").split()
    time = {"dateTime": "%x %X", "date": "%d/%m/%Y", "time": "%H:%M", "periods": ["ص", "م"]}
    time |= {"days": days, "shortDays": days, "months": months, "shortMonths": months}
    digits = {"decimal": "٫", "thousands": "٬", "grouping": [3], "currency": ["", ""], "numerals": list("٠١٢٣٤٥٦٧٨٩")}
    made: alt.Chart = chart.configure(locale={"time": time, "number": digits})
    return made


def class_colour() -> alt.Color:
    """The colour of a quad class, named in the interface's language in the column ``class``."""
    scale = alt.Scale(domain=[words(quad) for quad in QUAD_CLASSES], range=list(COLOURS.values()))
    return alt.Color("class:N", scale=scale, title=None, legend=alt.Legend(orient="bottom", columns=2))


def series_colour(names: Sequence[str]) -> alt.Color:
    """A colour for each of at most nine series."""
    scale = alt.Scale(domain=list(names), range=list(SERIES[: len(names)]))
    return alt.Color("series:N", scale=scale, title=None, legend=alt.Legend(orient="bottom", columns=4, labelLimit=220))


def tone_chart(weeks: Sequence[Week]) -> alt.Chart:
    """The tone of each week, blue for cooperation and orange for conflict; a week can be chosen (``week``)."""
    rows = pd.DataFrame(
        [{"week": week.start.isoformat(), "tone": round(week.tone, 2), "claims": week.claims} for week in weeks]
    )
    chosen = alt.selection_point(name="week", fields=["week"], on="click")
    chart: alt.Chart = (
        alt.Chart(rows, height=220)
        .mark_circle(opacity=0.9)
        .encode(
            alt.X("week:T", title=None, axis=time_axis()),
            alt.Y("tone:Q", title=None, scale=alt.Scale(domain=[-10, 10])),
            alt.Size("claims:Q", legend=None, scale=alt.Scale(range=[90, 700])),
            color=alt.condition("datum.tone < 0", alt.value(COLOURS["verbal conflict"]), alt.value(PLAIN)),
            opacity=alt.condition(chosen, alt.value(0.95), alt.value(0.35)),
            tooltip=["week:T", "tone", "claims"],
        )
        .add_params(chosen)
    )
    return chart

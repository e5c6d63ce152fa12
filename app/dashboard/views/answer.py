"""The answer to a query: as a table, as a chart where it has numbers, as a picture where it is a graph."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import altair as alt
import pandas as pd
import streamlit as st

from app.dashboard.canvas import draw_picture
from app.dashboard.charts import PLAIN, localised, time_axis
from app.dashboard.session import count_of, language, store, words
from app.dashboard.strings import name_of, relation_label
from app.dashboard.tables import DOWNLOAD, csv_button
from graph.relations import relations
from graph.stores.base import Store
from graph.stores.rows import PictureEdge, PictureNode, Rows

BARS = 40  # in a chart of names; more could not be read


def show_answer(rows: Rows) -> None:
    """Draw the answer in as many ways as it can be seen."""
    if not rows.rows:
        st.success(words("no_rows"))
        return
    st.caption(words("truncated", count=len(rows)) if rows.truncated else count_of("rows", len(rows)))
    axes = chart_axes(rows)
    names = ["table", *(["chart"] if axes else []), *(["picture"] if rows.nodes else [])]
    for name, tab in zip(names, st.tabs([words(name) for name in names]), strict=True):
        with tab:
            if name == "table":
                _table(rows)
            elif name == "chart" and axes:
                st.altair_chart(localised(_chart(rows, *axes)))
            else:
                draw_picture(_named(rows.nodes), [_short(edge) for edge in rows.edges], key="answer-picture")


def chart_axes(rows: Rows) -> tuple[int, int] | None:
    """The positions of the column to chart by, names or dates, and of the numbers; ``None`` when there are none."""
    kinds = [{type(value) for value in column if value is not None} for column in zip(*rows.rows, strict=True)]
    numbers = [place for place, kind in enumerate(kinds) if kind and kind <= {int, float}]
    labels = [place for place, kind in enumerate(kinds) if kind and kind <= {str, date, datetime}]
    return (labels[0], numbers[-1]) if numbers and labels else None


def _table(rows: Rows) -> None:
    shown = pd.DataFrame([[_cell(value) for value in row] for row in rows], columns=list(rows.columns))
    records = [dict(zip(rows.columns, row, strict=True)) for row in rows]
    st.dataframe(shown, hide_index=True)
    with st.container(horizontal=True):
        csv_button(records, "qawl-query.csv", words("download_csv"))
        lines = json.dumps(records, ensure_ascii=False, indent=1, default=str).encode()
        st.download_button(
            words("download_json"), lines, "qawl-query.json", "application/json", on_click="ignore", icon=DOWNLOAD
        )


def _chart(rows: Rows, label: int, value: int) -> alt.Chart:
    """Bars by name in the order of the rows, or over time for dates."""
    dated = all(isinstance(row[label], date | None) for row in rows)
    pairs = [(row[label].isoformat()[:10] if dated and row[label] else row[label], row[value]) for row in rows]
    frame = pd.DataFrame(pairs if dated else pairs[:BARS], columns=["label", "value"])
    title = alt.Y("sum(value):Q", title=rows.columns[value])
    if dated:
        over_time: alt.Chart = alt.Chart(frame).mark_bar(color=PLAIN)
        return over_time.encode(alt.X("label:T", title=None, axis=time_axis()), title)
    names = alt.Y("label:N", sort=list(dict.fromkeys(frame["label"])), title=None, axis=alt.Axis(labelLimit=200))
    bars: alt.Chart = alt.Chart(frame).mark_bar(color=PLAIN, cornerRadiusEnd=3)
    return bars.encode(alt.X("sum(value):Q", title=rows.columns[value]), names, tooltip=["label", "value"])


def _named(nodes: Sequence[PictureNode]) -> list[PictureNode]:
    """The nodes with a caption that people read: an actor's name, a claim's relation, the end of an IRI."""
    opened = store()
    return [replace(node, label=_caption(opened, node)) for node in nodes]


def _caption(opened: Store, node: PictureNode) -> str:
    told = node.properties
    first, second = ("label_ar", "label_en") if language() == "ar" else ("label_en", "label_ar")
    named = told.get(first) or told.get(second) or told.get("relation") or told.get("title")
    if named:
        return str(named)
    entity = opened.entity(_end(node.id)) if ":" in node.id else None
    return name_of(entity, language()) if entity else _end(node.label)


def _short(edge: PictureEdge) -> PictureEdge:
    name = _end(edge.label).lower()
    relation = relations().get(name)
    return replace(edge, label=relation_label(relation, language()) if relation else name)


def _end(iri: str) -> str:
    """What stands after the last separator of an IRI: its local name."""
    return re.split(r"[/#:]", iri)[-1]


def _cell(value: object) -> object:
    """A value as a table shows it: nodes by their names, edges, paths and lists as text."""
    if isinstance(value, dict) and "_label" in value:
        first, second = ("label_ar", "label_en") if language() == "ar" else ("label_en", "label_ar")
        return str(value.get(first) or value.get(second) or value.get("title") or value["_label"])
    return str(value) if isinstance(value, dict | list) else value

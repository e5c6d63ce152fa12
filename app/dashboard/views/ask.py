"""Query: SPARQL and Cypher from people, answered in a child process."""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pandas as pd
import streamlit as st

from app.dashboard.canvas import draw_picture
from app.dashboard.session import count_of, language, store, words, workspace
from app.dashboard.strings import name_of, relation_label
from app.dashboard.tables import DOWNLOAD, csv_button
from graph.queries import ask
from graph.relations import relations
from graph.stores.base import Store
from graph.stores.rows import PictureEdge, PictureNode, Rows

LANGUAGES = {"cypher": "Cypher", "sparql": "SPARQL"}
ROWS = 1000
SECONDS = 30.0


def show() -> None:
    """Draw the page."""
    st.title(words("query"), anchor=False)
    st.caption(words("query_intro"))
    chosen = st.segmented_control(
        words("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, default="cypher", required=True
    )
    titles = {row[f"title_{language()}"]: row["query"] for row in _examples() if row["language"] == chosen}
    example = st.selectbox(words("example"), list(titles), key=f"example-{chosen}")
    query = st.text_area(words("query_text"), titles[example], height=180, key=f"query-{chosen}-{example}")
    if st.button(words("run"), type="primary", icon=":material/play_arrow:"):
        with st.spinner(words("run")):
            # ask() raises a QueryError that says what is wrong and where; the shell shows it.
            st.session_state["answer"] = None
            st.session_state["answer"] = ask(
                workspace(), query, language="sparql" if chosen == "sparql" else "cypher", timeout=SECONDS, limit=ROWS
            )
    if st.session_state.get("answer") is not None:
        _answer(st.session_state["answer"])


def _answer(rows: Rows) -> None:
    if not rows.rows:
        st.success(words("no_rows"))
        return
    st.caption(words("truncated", count=len(rows)) if rows.truncated else count_of("rows", len(rows)))
    shown = pd.DataFrame([[_cell(value) for value in row] for row in rows], columns=list(rows.columns))
    records = [dict(zip(rows.columns, row, strict=True)) for row in rows]
    tabs = st.tabs([words("table"), words("picture")] if rows.nodes else [words("table")])
    tabs[0].dataframe(shown, hide_index=True)
    with tabs[0], st.container(horizontal=True):
        csv_button(records, "qawl-query.csv", words("download_csv"))
        lines = json.dumps(records, ensure_ascii=False, indent=1, default=str).encode()
        st.download_button(
            words("download_json"), lines, "qawl-query.json", "application/json", on_click="ignore", icon=DOWNLOAD
        )
    if rows.nodes:
        with tabs[1]:
            draw_picture(_named(rows.nodes), [_short(edge) for edge in rows.edges], key="answer-picture")


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
    """A value as a table shows it: nodes, edges and lists as text."""
    return str(value) if isinstance(value, dict | list) else value


@cache
def _examples() -> list[dict[str, str]]:
    with files("app.dashboard").joinpath("examples.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))

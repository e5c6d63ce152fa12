"""Query: SPARQL and Cypher from people, answered in a child process."""

import csv
from functools import cache
from importlib.resources import files

import pandas as pd
import streamlit as st

from app.dashboard.canvas import draw_picture
from app.dashboard.session import language, words, workspace
from graph.queries import ask
from graph.stores.rows import Rows

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
    st.caption(words("truncated" if rows.truncated else "rows", count=len(rows)))
    shown = pd.DataFrame([[_cell(value) for value in row] for row in rows], columns=list(rows.columns))
    tabs = st.tabs([words("table"), words("picture")] if rows.nodes else [words("table")])
    tabs[0].dataframe(shown, hide_index=True)
    tabs[0].download_button(
        words("download_csv"), shown.to_csv(index=False).encode(), "qawl-query.csv", "text/csv", on_click="ignore"
    )
    if rows.nodes:
        with tabs[1]:
            draw_picture(rows.nodes, rows.edges, key="answer-picture")


def _cell(value: object) -> object:
    """A value as a table shows it: nodes, edges and lists as text."""
    return str(value) if isinstance(value, dict | list) else value


@cache
def _examples() -> list[dict[str, str]]:
    with files("app.dashboard").joinpath("examples.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))

"""Query: SPARQL and Cypher from people, answered in a child process."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import streamlit as st

from app.dashboard.editor import edit_query
from app.dashboard.session import language, words, workspace
from app.dashboard.views.answer import show_answer
from graph.errors import QueryError
from graph.queries import ask

LANGUAGES = {"cypher": "Cypher", "sparql": "SPARQL"}
ROWS = 1000
SECONDS = 30.0
REMEMBERED = 30  # queries of a session

Asked = tuple[str, str]  # a language and a query


def show() -> None:
    """Draw the page."""
    st.title(words("query"), anchor=False)
    st.caption(words("query_intro"))
    chosen = st.segmented_control(
        words("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, default="cypher", required=True,
        key="query_language",
    )  # fmt: skip
    version, text = _chosen_text(str(chosen))
    failed = st.session_state.get("query_failed")
    query, sent = edit_query(text, str(chosen), version=version, failed=failed)
    pressed = st.button(words("run"), type="primary", icon=":material/play_arrow:", help=words("run_help"))
    if pressed or sent:
        _run(str(chosen), query)
    if st.session_state.get("query_failed"):
        _show_error(st.session_state["query_failed"][1])
    elif st.session_state.get("answer") is not None:
        show_answer(st.session_state["answer"])


def _chosen_text(chosen: str) -> tuple[str, str]:
    """What the editor starts with, an example or a query asked before, and what names it."""
    titles = {row[f"title_{language()}"]: row["query"] for row in _examples() if row["language"] == chosen}
    past: list[Asked] = [one for one in st.session_state.get("query_history", []) if one[0] == chosen]
    left, right = st.columns(2)
    with left:
        example = st.selectbox(
            words("example"), list(titles), key=f"example-{chosen}", on_change=_forget_past, args=(chosen,)
        )
    with right:
        picked = st.selectbox(
            words("query_history"),
            range(len(past)),
            index=None,
            key=f"past-{chosen}",
            disabled=not past,
            format_func=lambda place: " ".join(past[place][1].split())[:90],
            placeholder=words("choose_query" if past else "nothing_asked"),
        )
    if picked is not None and picked < len(past):
        return f"past-{hash(past[picked][1])}", past[picked][1]
    return f"example-{list(titles).index(example)}", titles[example]


def _forget_past(chosen: str) -> None:
    st.session_state[f"past-{chosen}"] = None


def _run(chosen: str, query: str) -> None:
    st.session_state.update(answer=None, query_failed=None)
    _remember((chosen, query))
    try:
        with st.spinner(words("run")):
            st.session_state["answer"] = ask(
                workspace(), query, language="sparql" if chosen == "sparql" else "cypher", timeout=SECONDS, limit=ROWS
            )
    except QueryError as error:
        st.session_state["query_failed"] = query, error
    st.rerun()  # the editor, drawn already, shows the place of an error


def _remember(asked: Asked) -> None:
    """Put a query first in the history; a choice from the history that was there before no longer counts."""
    past: Sequence[Asked] = st.session_state.get("query_history", [])
    st.session_state["query_history"] = [asked, *(one for one in past if one != asked)][:REMEMBERED]


def _show_error(error: QueryError) -> None:
    """What is wrong, and the line with a mark under its place."""
    told, _, place = str(error).partition("\n")
    st.error(told)
    if place:
        st.code(place, language=None)


@cache
def _examples() -> list[dict[str, str]]:
    with files("app.dashboard").joinpath("examples.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))

"""Streamlit's own texts, such as "Upload", in the interface's language: no setting of Streamlit changes them.

``widgets.csv`` has them as Streamlit writes them, ``{}`` for what differs; ``widgets.js`` changes them in the browser.
"""

import csv
from functools import cache
from importlib.resources import files

import streamlit as st

from app.dashboard.components import component
from app.dashboard.session import language


def translate_widgets() -> None:
    """Have the widgets of the page speak the interface's language."""
    if language() != "en":
        with st.container(key="widgets"):
            component("widgets")(data={"texts": _texts(language())})


@cache
def _texts(tag: str) -> list[tuple[str, str]]:
    with files("app.dashboard").joinpath("widgets.csv").open(encoding="utf-8") as handle:
        return [(row["streamlit"], row[tag]) for row in csv.DictReader(handle)]

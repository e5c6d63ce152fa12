"""Components of our own: an HTML and a JavaScript file each, drawn in the page itself."""

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st


@cache
def component(name: str) -> Any:
    """The function that draws the component of ``NAME.js`` and, where it has one, ``NAME.html``."""
    html, js = (files("app.dashboard").joinpath(f"{name}.{suffix}") for suffix in ("html", "js"))
    return st.components.v2.component(
        f"qawl_{name}",
        html=html.read_text("utf-8") if html.is_file() else "<span></span>",
        js=js.read_text("utf-8"),
        isolate_styles=False,
    )

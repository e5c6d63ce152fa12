"""The frame around every page: navigation, language, style, and errors told in words."""

from importlib.resources import files

import streamlit as st

from app.dashboard import session
from app.dashboard.strings import LANGUAGES, direction_of
from app.dashboard.views import add, ask, explore, overview
from graph.errors import QawlError


def show() -> None:
    """Draw the page that the reader chose."""
    st.set_page_config(page_title="Qawl", page_icon="💬", layout="wide")
    st.session_state.setdefault("language", st.query_params.get("lang", "en"))
    pages = {
        "overview": st.Page(overview.show, title=session.words("overview"), icon=":material/insights:", default=True),
        "explore": st.Page(explore.show, title=session.words("explore"), icon=":material/hub:", url_path="explore"),
        "query": st.Page(ask.show, title=session.words("query"), icon=":material/code:", url_path="query"),
        "add": st.Page(add.show, title=session.words("add"), icon=":material/add_notes:", url_path="add"),
    }
    page = st.navigation(list(pages.values()))
    st.session_state["pages"] = pages
    with st.sidebar:
        st.segmented_control(
            session.words("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="language", required=True
        )
    _style()
    try:
        page.run()
    except QawlError as error:
        st.error(str(error))


def _style() -> None:
    """The style sheet, and the interface's direction; right to left, the sidebar stands at the right."""
    css = files("app.dashboard").joinpath("style.css").read_text("utf-8")
    if direction_of(session.language()) == "rtl":
        css += files("app.dashboard").joinpath("rtl.css").read_text("utf-8")
    st.html(f"<style>{css}</style>")

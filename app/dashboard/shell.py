"""The frame around every page: navigation, language, style, and errors told in words."""

from collections.abc import Callable
from importlib.resources import files

import streamlit as st

from app.dashboard import session
from app.dashboard.links import link, note_arrival
from app.dashboard.people import may_write, needs_login, user_name
from app.dashboard.strings import LANGUAGES, direction_of, plain
from app.dashboard.views import (
    about,
    actor,
    add,
    ask,
    claims,
    compare,
    explore,
    exporting,
    overview,
    path,
    review,
    timeline,
)
from app.dashboard.widgets import translate_widgets
from graph.errors import QawlError

# Address, what draws the page, and its icon, in groups; the words of `nav_` and the address are its title.
GROUPS: dict[str, tuple[tuple[str, Callable[[], None], str], ...]] = {
    "nav_look": (
        ("overview", overview.show, "insights"),
        ("explore", explore.show, "hub"),
        ("actor", actor.show, "person"),
        ("claims", claims.show, "format_quote"),
        ("timeline", timeline.show, "timeline"),
        ("path", path.show, "route"),
        ("compare", compare.show, "compare_arrows"),
    ),
    "nav_work": (
        ("query", ask.show, "code"),
        ("add", add.show, "add_notes"),
        ("review", review.show, "rule"),
        ("export", exporting.show, "download"),
        ("about", about.show, "info"),
    ),
}

LOOK = 4.0  # seconds between two looks for new claims
WRITING = ("add", "review")  # pages that readers do not have


def show() -> None:
    """Draw the page that the reader chose."""
    st.set_page_config(page_title="Qawl", page_icon="💬", layout="wide")
    if st.session_state.get("language") not in LANGUAGES:
        asked = st.query_params.get("lang", "en")
        st.session_state["language"] = asked if asked in LANGUAGES else "en"
    if needs_login():
        _login()
        return
    page = st.navigation(groups := _groups())
    st.session_state["pages"] = {one.url_path or "overview": one for pages in groups.values() for one in pages}
    note_arrival(page.url_path)
    with st.sidebar:
        _choose_language()
        _person()
    link("lang", session.language() if session.language() != "en" else None)
    _style()
    translate_widgets()
    try:
        page.run()
    except QawlError as error:
        st.error(str(error))
    _news()


@st.fragment(run_every=LOOK)
def _news() -> None:
    """Offer what came while the page is open; what is being typed or looked at stays as it is until then."""
    with st.container(key="news", horizontal=True, vertical_alignment="center"):
        if session.has_news():
            st.markdown(session.words("has_news"))
            if st.button(session.words("show_news"), icon=":material/refresh:"):
                st.rerun()
        elif since := session.shown_as_of():
            st.caption(session.words("as_of", when=f"{since:%Y-%m-%d %H:%M}"))


def _groups() -> dict[str, list[st.Page]]:
    """The pages that the person may open, by the words of their group."""
    hidden = () if may_write() else WRITING
    return {
        session.words(title): [_page(*about_it) for about_it in pages if about_it[0] not in hidden]
        for title, pages in GROUPS.items()
    }


def _login() -> None:
    """The page of who is not logged in: what this is, a button, and the choice of language."""
    st.title(session.words("app"), anchor=False)
    st.write(session.words("tagline"))
    _choose_language()
    st.button(session.words("log_in"), type="primary", icon=":material/login:", on_click=st.login)
    _style()


def _person() -> None:
    """Who is logged in, as what, and the way out."""
    if name := user_name():
        role = session.words("editor" if may_write() else "reader")
        st.caption(plain(session.words("logged_in", name=name, role=role)))
        st.button(session.words("log_out"), icon=":material/logout:", on_click=st.logout)


def _choose_language() -> None:
    st.segmented_control(
        session.words("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="language", required=True
    )


def _page(address: str, draw: Callable[[], None], icon: str) -> st.Page:
    title, first = session.words(f"nav_{address}"), address == "overview"
    return st.Page(draw, title=title, icon=f":material/{icon}:", url_path="" if first else address, default=first)


def _style() -> None:
    """The style sheet, and the interface's direction; right to left, the sidebar stands at the right."""
    css = files("app.dashboard").joinpath("style.css").read_text("utf-8")
    if direction_of(session.language()) == "rtl":
        css += files("app.dashboard").joinpath("rtl.css").read_text("utf-8")
    st.html(f"<style>{css}</style>")

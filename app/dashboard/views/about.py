"""About: the workspace, the versions, and its health."""

import platform
from importlib.metadata import PackageNotFoundError, version

import streamlit as st

from app.dashboard.session import language, words, workspace
from app.dashboard.strings import LEFT_TO_RIGHT, plain
from graph.health import examine
from graph.ledger import Ledger

PARTS = ("streamlit", "ladybug", "pyoxigraph", "pyarrow")


def show() -> None:
    """Draw the page."""
    st.title(words("about_page"), anchor=False)
    st.write(words("about_text"))
    here = workspace()
    view = Ledger(here).view()
    st.subheader(words("workspace"), anchor=False)
    _table({words("folder"): str(here.path.absolute()), words("ledger_version"): view.version[:16]})
    st.caption(words("cite", version=view.version[:16]))
    st.subheader(words("versions"), anchor=False)
    _table({"Qawl": _own_version(), "Python": platform.python_version(), **{name: version(name) for name in PARTS}})
    st.subheader(words("health"), anchor=False)
    if st.button(words("examine"), icon=":material/stethoscope:"):
        _health()
    st.subheader(words("licences"), anchor=False)
    st.write(words("licences_text"))


def _table(values: dict[str, str]) -> None:
    mark = LEFT_TO_RIGHT if language() == "ar" else ""  # else the slash that begins a path stands at its end
    st.table(
        [{words("about_what"): name, words("about_value"): f"{mark}{plain(value)}"} for name, value in values.items()]
    )


def _own_version() -> str:
    try:
        return version("qawl")
    except PackageNotFoundError:  # run from a checkout
        return words("not_installed")


def _health() -> None:
    with st.spinner(words("examine")):
        findings = examine(workspace())
    if all(finding.ok for finding in findings):
        st.success(words("healthy"))
    st.dataframe(
        [
            {
                words("check"): finding.check,
                words("result"): "✓" if finding.ok else f"✗ {finding.problem}",
                words("mend"): finding.mend,
            }
            for finding in findings
        ],
        hide_index=True,
    )

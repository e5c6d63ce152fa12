"""Export: the whole graph in the formats of other programs, and the ledger's version to cite it by."""

from io import BytesIO

import streamlit as st

from app.dashboard.session import store, words, workspace
from app.dashboard.views.add import offer_samples
from graph.exports import FORMATS, write
from graph.ledger import Ledger

SUFFIXES = {"turtle": "ttl", "nquads": "nq"}  # the other formats' names are their suffixes


def show() -> None:
    """Draw the page."""
    st.title(words("export_page"), anchor=False)
    st.caption(words("export_intro"))
    if not store().counts().claims:
        offer_samples()
        return
    format_ = str(
        st.radio(words("format"), list(FORMATS), format_func=lambda name: f"{name}: {words(f'format_{name}')}")
    )
    st.download_button(
        words("download_graph"),
        lambda: _file(format_),
        f"qawl.{SUFFIXES.get(format_, format_)}",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
    st.caption(words("cite", version=Ledger(workspace()).view().version[:16]))


def _file(format_: str) -> bytes:
    out = BytesIO()
    here = workspace()
    write(Ledger(here).view(), here.base_iri, format_, out)
    return out.getvalue()

"""Export: the graph, or what the filters leave of it, for other programs; the version to cite."""

from dataclasses import asdict
from io import BytesIO

import streamlit as st

from app.dashboard.choosing import choose_filter
from app.dashboard.session import store, words, workspace
from app.dashboard.views.add import offer_samples
from graph.exports import BUNDLES, FORMATS, Selection, write
from graph.ledger import Ledger

SUFFIXES = {  # the other formats' names are their suffixes
    "turtle": "ttl",
    "nquads": "nq",
    "rdfxml": "rdf",
    "nanopubs": "trig",
    "excel": "xlsx",
    "events": "tsv",
} | dict.fromkeys(BUNDLES, "zip")


def show() -> None:
    """Draw the page."""
    st.title(words("export_page"), anchor=False)
    st.caption(words("export_intro"))
    if not store().counts().claims:
        offer_samples()
        return
    chosen = Selection(**asdict(choose_filter(actors=True)))
    format_ = str(
        st.radio(words("format"), list(FORMATS), format_func=lambda name: f"{name}: {words(f'format_{name}')}")
    )
    st.download_button(
        words("download_graph"),
        lambda: _file(format_, chosen),
        f"qawl.{SUFFIXES.get(format_, format_)}",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
    st.caption(words("cite", version=Ledger(workspace()).view().version[:16]))


def _file(format_: str, chosen: Selection) -> bytes:
    out = BytesIO()
    here = workspace()
    write(Ledger(here).view(), here.base_iri, format_, out, where=chosen)
    return out.getvalue()

"""Permanent links: what a page shows stands in its address, and an address shows the same page again."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def note_arrival(page: str) -> None:
    """Tell the links which page is drawn; on arrival at a page its address wins over what was chosen before."""
    st.session_state["arrived"] = st.session_state.get("page") != page
    st.session_state["page"] = page


def start_from_link(key: str, read: Callable[[str], T | None]) -> None:
    """Give the widget ``key`` the value in the address, if it has one there that ``read`` understands."""
    told = st.query_params.get(key)
    if told is None or (key in st.session_state and not st.session_state["arrived"]):
        return
    try:
        value = read(told)
    except ValueError:  # somebody changed the address by hand
        return
    if value is not None:
        st.session_state[key] = value


def link(key: str, value: object | None) -> None:
    """Put a value into the address, or take it out."""
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != str(value):
        st.query_params[key] = str(value)

"""Who is in front of the dashboard: without a login anybody may write, with one those whom its file names as editors.

The login is Streamlit's own (OpenID Connect, ``st.login``); its file, ``qawl app --login FILE``, is what Streamlit
knows as secrets, and names the ``editors`` by their e-mail addresses. ``docs/dashboard.md`` describes it.
"""

import os

import streamlit as st

LOGIN = "QAWL_LOGIN"
"""Set in the dashboard's environment when it was started with a login."""


def needs_login() -> bool:
    """Whether the dashboard has a login and nobody is logged in."""
    return bool(os.environ.get(LOGIN)) and not st.user.is_logged_in


def user_name() -> str | None:
    """The e-mail address of the person who is logged in, ``None`` without a login."""
    if not os.environ.get(LOGIN):
        return None
    return str(st.user.get("email") or st.user.get("sub") or "")


def may_write() -> bool:
    """Whether the person may add articles and decide.

    With a login that is an editor: somebody whose address is among ``editors``, and whose provider does not say that
    it is unverified.
    """
    if not os.environ.get(LOGIN):
        return True
    if not st.user.is_logged_in or st.user.get("email_verified") is False:
        return False
    editors = {str(address).casefold() for address in st.secrets.get("editors", [])}
    return str(st.user.get("email", "")).casefold() in editors

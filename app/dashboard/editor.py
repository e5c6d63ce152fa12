"""The query editor: a component of our own with syntax colouring (``editor.html`` and ``editor.js``)."""

from app.dashboard.components import component
from app.dashboard.session import words
from graph.errors import QueryError


def edit_query(text: str, language: str, *, version: str, failed: tuple[str, QueryError] | None) -> tuple[str, bool]:
    """Draw the editor; the query in it, and whether Ctrl+Enter was just pressed.

    ``version`` names what was put into the editor: with another one it starts anew with ``text``. ``failed`` is the
    query that was answered last and its error, whose place is underlined.
    """
    key = f"editor-{language}-{version}"
    error = (
        {"text": failed[0], "line": failed[1].line, "column": failed[1].column} if failed and failed[1].line else None
    )
    data = {"text": text, "language": language, "version": key, "label": words("query_text"), "error": error}
    value = component("editor")(
        key=key,
        data=data,
        default={"text": text},
        height="content",
        on_text_change=lambda: None,
        on_run_change=lambda: None,
    )
    return (value.run or value.text or ""), bool(value.run)

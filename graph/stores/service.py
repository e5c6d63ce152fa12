"""Queries from people that would send a SPARQL endpoint to another one: found by the grammar, before they are asked."""

from collections.abc import Iterable
from typing import Any

from graph.errors import QueryError
from graph.stores.engines import syntax_error

CHECKED_CHARACTERS = 100_000
"""The longest query that is checked, which takes some two seconds."""
_TOO_MUCH = "the query is too long or too deeply nested to be checked for SERVICE: shorten it"


def refuse_service(query: str) -> None:
    """Read the query by the grammar, and refuse one that would send the endpoint to another.

    Raises:
        QueryError: it holds SERVICE, is no query of SPARQL 1.1, or cannot be checked.
    """
    # Slow to import, and only wanted here.
    from pyparsing.exceptions import ParseException  # noqa: PLC0415
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    try:
        found = _has_service(parseQuery(_as_endpoints_read_it(query)))
    except ParseException as error:
        raise syntax_error(query, error.lineno, error.column, "this is no query of SPARQL 1.1") from None
    except RecursionError:
        raise QueryError(_TOO_MUCH) from None
    if found:
        raise QueryError(
            "SERVICE would send the endpoint to another server, which queries may not do here; "
            "the workspace's qawl.toml can allow it (allow_service = true)"
        )


def _as_endpoints_read_it(query: str) -> str:
    """The query without what the parser takes otherwise than endpoints do: there SERVICE could hide.

    The parser decodes escaped code points before it looks for the ends of strings, endpoints may not; a carriage return
    ends no comment for the parser, but for endpoints.
    """
    if len(query) > CHECKED_CHARACTERS:
        raise QueryError(_TOO_MUCH)
    if "\\u" in query.lower():
        raise QueryError("a query may not hold \\u escapes, in which SERVICE could hide: write the signs themselves")
    return query.replace("\r\n", "\n").replace("\r", "\n")


def _has_service(tree: Any) -> bool:
    """Whether a parse tree, of named dictionaries and of lists, holds the pattern of SERVICE anywhere."""
    if isinstance(tree, dict):
        return getattr(tree, "name", None) == "ServiceGraphPattern" or any(map(_has_service, tree.values()))
    return not isinstance(tree, str) and isinstance(tree, Iterable) and any(map(_has_service, tree))

"""Opening the embedded engines read-only and asking them one statement.

Light on purpose (engines are imported where they are opened): both the stores and the child process of
:mod:`graph.queries` go through here, so a query gives the same rows either way.
"""

import re
import warnings
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import QueryError
from graph.stores.rows import Rows, cypher_picture, cypher_value, sparql_value, triples_picture

if TYPE_CHECKING:
    import pyoxigraph

# Ladybug reserves this much address space for each open database (8 TiB when not told): room for some 40 million
# claims, and dozens of databases in one process. A power of two.
LADYBUG_MAX_BYTES = 1 << 36
LADYBUG_READ_POOL_BYTES = 1 << 28
TOO_MUCH_MEMORY = "the query needs more memory than a query may take: add a LIMIT or narrow its patterns"
# What the system says when a confined process (graph.query_child) reaches for a file or a socket.
_REFUSALS = ("Too many open files", "Permission denied", "Could not establish connection")
TRIPLE_COLUMNS = ("subject", "predicate", "object")

# Ladybug heads the column of `label(r)` with the list of all tables that r may be in.
_LABEL_COLUMN = re.compile(r"LABEL\((\w+)\._ID,\[[^\]]*\]\)")


def open_ladybug(path: Path, *, read_only: bool = True, pool_bytes: int = LADYBUG_READ_POOL_BYTES) -> Any:
    """A connection to the Ladybug database in the file ``path``; ``connection.database`` is the database.

    Raises:
        RuntimeError: the file is missing or damaged.
    """
    import ladybug  # noqa: PLC0415

    database = ladybug.Database(
        path,
        read_only=read_only,
        max_db_size=LADYBUG_MAX_BYTES,
        buffer_pool_size=pool_bytes,
        # One checkpoint at the end of a build in place of one for each table: 2.5 s against 5.1 s at 50,000 claims.
        auto_checkpoint=False,
        backend="pybind",
    )
    return ladybug.Connection(database)


def close_ladybug(connection: Any) -> None:
    """Close a connection of :func:`open_ladybug` and its database."""
    connection.close()
    connection.database.close()


def open_oxigraph(path: Path) -> "pyoxigraph.Store":
    """The Oxigraph store in the folder ``path``, read-only.

    Raises:
        OSError: the folder is missing or damaged.
    """
    import pyoxigraph  # noqa: PLC0415

    return pyoxigraph.Store.read_only(str(path))


def ask_cypher(connection: Any, query: str, limit: int | None = None) -> Rows:
    """The rows of one Cypher statement, at most ``limit``.

    Raises:
        QueryError: the engine refuses the statement or fails at it.
    """
    try:
        with warnings.catch_warnings():
            # Preparing apart is deprecated, but only it refuses a second statement.
            warnings.simplefilter("ignore", DeprecationWarning)
            result = connection.execute(connection.prepare(query))
        raw, truncated = _take(result, limit)
    except RuntimeError as error:
        raise cypher_error(query, str(error)) from None
    nodes, edges = cypher_picture(raw)
    rows = [tuple(cypher_value(value) for value in row) for row in raw]
    columns = tuple(_LABEL_COLUMN.sub(r"label(\1)", name) for name in result.get_column_names())
    return Rows(columns, rows, truncated, nodes, edges)


def ask_sparql(store: "pyoxigraph.Store", query: str, prefixes: Mapping[str, str], limit: int | None = None) -> Rows:
    """The rows of one SPARQL query, at most ``limit``; ``prefixes`` need not be declared in it.

    ASK gives one row with the column ``answer``; CONSTRUCT and DESCRIBE give triples in a fixed order.

    Raises:
        QueryError: the engine refuses the query or fails at it.
    """
    try:
        return sparql_rows(store.query(query, prefixes=dict(prefixes)), limit)
    except SyntaxError as error:
        raise sparql_error(query, str(error)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _failure(str(error)) from None


def sparql_rows(answer: Any, limit: int | None) -> Rows:
    """The rows of an answer of pyoxigraph's: a boolean, solutions or triples."""
    kind = type(answer).__name__
    if kind == "QueryBoolean":
        return Rows(("answer",), [(bool(answer),)])
    raw, truncated = _take(answer, limit)
    if kind != "QuerySolutions":
        raw.sort(key=str)
        nodes, edges = triples_picture(raw)
        return Rows(TRIPLE_COLUMNS, _values(raw), truncated, nodes, edges)
    return Rows(tuple(variable.value for variable in answer.variables), _values(raw), truncated)


def sparql_error(query: str, message: str) -> QueryError:
    """Oxigraph's syntax error (``error at LINE:COLUMN: expected ...``) with the place shown."""
    place = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", message, re.DOTALL)
    if not place:
        return QueryError(f"the query has an error: {message}")
    line, column, expected = int(place[1]), int(place[2]), " ".join(place[3].split())
    if "Prefix not found" in expected:
        expected = "a declared prefix"
    return syntax_error(query, line, column, f"expected {_shortened(expected)}")


def cypher_error(query: str, message: str) -> QueryError:
    """Ladybug's error, with the place shown where the message says it (``(line: 1, offset: 16)``)."""
    place = re.search(r"\(line: (\d+), offset: (\d+)\)", message)
    summary = message.split("\n", 1)[0]
    if "bad_alloc" in message or "Buffer manager exception" in message:
        return QueryError(TOO_MUCH_MEMORY)
    if not place:
        return _failure(summary)
    return syntax_error(query, int(place[1]), int(place[2]) + 1, _shortened(summary[: summary.rindex(" (line:")]))


def syntax_error(query: str, line: int, column: int, message: str) -> QueryError:
    """The error at ``line`` and ``column`` (both from 1), with that line of the query and a caret under it."""
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    caret = "".join("\t" if char == "\t" else " " for char in shown[: column - 1]).ljust(column - 1) + "^"
    return QueryError(f"line {line}, column {column}: {message}\n{shown}\n{caret}", line=line, column=column)


def _failure(message: str) -> QueryError:
    refused = any(sign in message for sign in _REFUSALS)
    hint = " (a query can open no file and no connection)" if refused else ""
    return QueryError(f"the query failed: {message}{hint}")


def _take(result: Iterable[Any], limit: int | None) -> tuple[list[tuple[Any, ...]], bool]:
    """The first ``limit`` rows, and whether there are more."""
    if limit is None:
        return [tuple(row) for row in result], False
    raw = [tuple(row) for row in islice(iter(result), limit + 1)]
    return raw[:limit], len(raw) > limit


def _values(raw: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(sparql_value(term) for term in row) for row in raw]


def _shortened(text: str, length: int = 120) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " ..."

"""Queries from people on Neo4j: read-only by the access mode, bounded by the server, and looked at before they run.

A read-only transaction still obeys ``LOAD CSV``, which reads files and fetches URLs, and procedures, which may do
anything. So the server first plans the query (``EXPLAIN``), and what its plan holds decides. An operator can hide in
an expression (``COLLECT { LOAD CSV ... }`` inside a list comprehension is one string of the plan), so the details of
every operator are looked at as well: what looks like it is refused.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING, Any

from graph.errors import QawlError, QueryError
from graph.servers import Server
from graph.stores.engines import TOO_MUCH_MEMORY, syntax_error
from graph.stores.neo4j_ import failures, reading
from graph.stores.rows import Rows, cypher_picture, cypher_value

if TYPE_CHECKING:
    import neo4j

PROCEDURES = (
    "db.labels",
    "db.propertyKeys",
    "db.relationshipTypes",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
)
"""The procedures that a query may call: they tell the shape of the graph and nothing else."""

_FORBIDDEN = re.compile(r"LoadCSV|Show|Terminate|Transaction(Foreach|Apply)|Administration")
_HIDDEN = re.compile(r"\bLOAD\s+CSV\b|\bResolvedCall\(|\bUnresolvedCall\(", re.IGNORECASE)
_PLACE = re.compile(r"\(line (\d+), column (\d+)")
_GRACE_SECONDS = 1.0


def ask_neo4j(
    driver: "neo4j.Driver", server: Server, query: str, *, timeout: float | None = None, limit: int | None = None
) -> Rows:
    """The rows of one query, at most ``limit``; the server ends it after ``timeout`` seconds.

    Raises:
        QueryError: an error in the query, something that a query may not do, or a limit of time or memory.
        ServerError: the server cannot be asked.
    """
    if timeout is None:
        return _ask(driver, server, query, None, limit)
    outcome: list[Rows | BaseException] = []

    def ask() -> None:
        try:
            outcome.append(_ask(driver, server, query, timeout, limit))
        except (QawlError, RuntimeError) as error:
            outcome.append(error)

    # The server looks for overdue transactions every two seconds only, so we stop waiting on our own.
    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout + _GRACE_SECONDS)
    if not outcome:
        raise too_slow(timeout)
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def too_slow(timeout: float) -> QueryError:
    """What to say of a query without an answer in time."""
    return QueryError(f"no answer within {timeout:g} seconds: narrow the query, or give it more time")


def _ask(driver: "neo4j.Driver", server: Server, query: str, timeout: float | None, limit: int | None) -> Rows:
    from neo4j.exceptions import ClientError, Neo4jError, TransientError  # noqa: PLC0415

    with failures(server), driver.session(**reading(server)) as session:
        try:
            with session.begin_transaction(timeout=timeout) as transaction:
                refuse_unless_harmless(transaction, query, _functions(transaction))
                result = transaction.run(query)
                raw = [tuple(map(_engine_value, record.values())) for record in _some(result, limit)]
                columns = tuple(result.keys())
        except (ClientError, TransientError) as error:
            raise _query_error(query, error, timeout) from None
        except Neo4jError as error:
            if "OutOfMemory" in str(error):
                raise QueryError(TOO_MUCH_MEMORY) from None
            raise
    shown = raw[:limit] if limit is not None else raw
    nodes, edges = cypher_picture(shown)
    return Rows(columns, [tuple(map(cypher_value, row)) for row in shown], len(raw) > len(shown), nodes, edges)


def refuse_unless_harmless(transaction: "neo4j.Transaction", query: str, functions: list[str]) -> None:
    """Have the server plan the query, and look at the plan.

    ``functions`` are the names of those that plug-ins brought, which may do anything too.

    Raises:
        QueryError: it writes, administers, reads files or URLs, or calls a procedure or function outside the list.
    """
    summary = transaction.run("EXPLAIN\n" + query).consume()
    if summary.query_type != "r" or summary.plan is None:
        raise QueryError("not a question: queries only read; start with MATCH, UNWIND, WITH or RETURN")
    for operator, details in _operators(summary.plan):
        name = details.split("(")[0].split(" ::")[0].strip()
        if operator.startswith("ProcedureCall") and name not in PROCEDURES:
            raise QueryError(f"a query may not call {name}: only {', '.join(PROCEDURES)}")
        if _FORBIDDEN.match(operator) or _HIDDEN.search(details):
            raise QueryError(f"no files, no URLs, no administration in a query ({operator.partition('@')[0]})")
        called = next((known for known in functions if f"{known}(" in details.replace("`", "")), None)
        if called:
            raise QueryError(f"a query may not call {called}: functions of plug-ins are not allowed")


def _functions(transaction: "neo4j.Transaction") -> list[str]:
    return [record["name"] for record in transaction.run("SHOW USER DEFINED FUNCTIONS YIELD name")]


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and details of every operator of a plan."""
    yield plan["operatorType"], str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from _operators(child)


def _some(result: "neo4j.Result", limit: int | None) -> Iterator[Any]:
    return islice(result, None if limit is None else limit + 1)


def _engine_value(value: Any) -> Any:
    """A driver's value in the shape that the embedded engine gives, which :mod:`graph.stores.rows` reads."""
    if hasattr(value, "labels"):
        return {"_ID": _id(value), "_LABEL": ":".join(sorted(value.labels)), **_properties(value)}
    if hasattr(value, "relationships"):
        return {
            "_NODES": [_engine_value(node) for node in value.nodes],
            "_RELS": [_engine_value(edge) for edge in value.relationships],
        }
    if hasattr(value, "start_node"):
        ends = {"_SRC": _id(value.start_node), "_DST": _id(value.end_node)}
        return {"_ID": _id(value), "_LABEL": value.type, **ends, **_properties(value)}
    if isinstance(value, list):
        return [_engine_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _engine_value(item) for key, item in value.items()}
    return value.to_native() if hasattr(value, "to_native") else value


def _properties(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _engine_value(item) for name, item in value.items()}


def _id(value: Any) -> dict[str, str]:
    return {"table": "neo4j", "offset": value.element_id}


def _query_error(query: str, error: Any, timeout: float | None) -> Exception:
    """What a person is told; what only the server's keeper can mend goes on as it is."""
    code, message = error.code or "", error.message or ""
    if "TimedOut" in code or "Terminated" in code:
        return too_slow(timeout or 0)
    if "OutOfMemory" in code:
        return QueryError(TOO_MUCH_MEMORY)
    if "AccessMode" in code:
        return QueryError("not a question: queries only read; start with MATCH, UNWIND, WITH or RETURN")
    if "Security" in code or "DatabaseNotFound" in code:
        return error  # type: ignore[no-any-return]
    summary = message.split("\n", 1)[0]
    place = _PLACE.search(message)
    if not place:
        return QueryError(f"the query failed: {summary}")
    line = max(int(place[1]) - 1, 1)  # EXPLAIN stands on a line of its own before the query
    return syntax_error(query, line, int(place[2]), summary[: summary.rfind(" (line")])

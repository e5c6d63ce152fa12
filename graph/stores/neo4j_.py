"""Neo4j: the property graph on a server, asked in Cypher over Bolt. The schema is that of the embedded graph."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from graph.errors import ServerError
from graph.servers import CERTIFICATE, Server
from graph.stores.cypher_reads import CypherReads
from graph.stores.rows import Rows

if TYPE_CHECKING:
    import neo4j

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 5.0
"""How long the driver tries a transaction again that the server gave up for a passing reason."""
OLDEST = (5, 7)


class Neo4jStore(CypherReads):
    """A Neo4j server, read only; safe to use from several threads.

    Raises:
        ServerError: the server cannot be reached, is too old, or refuses the user.
    """

    def __init__(self, server: Server, password: str | None = None) -> None:
        self._server = server
        self._driver = connect(server, password)

    def cypher(self, query: str) -> Rows:
        """See :class:`graph.stores.base.AnswersCypher`."""
        from graph.stores.neo4j_queries import ask_neo4j  # noqa: PLC0415  # only those who ask need it

        return ask_neo4j(self._driver, self._server, query)

    def close(self) -> None:
        self._driver.close()

    def _read(self, statement: str, **parameters: Any) -> list[list[Any]]:
        def read(transaction: "neo4j.ManagedTransaction") -> list[list[Any]]:
            return [[native(value) for value in record.values()] for record in transaction.run(statement, parameters)]

        with failures(self._server), self._driver.session(**reading(self._server)) as session:
            return session.execute_read(read)

    def _stream(self, statement: str) -> Iterator[list[Any]]:
        with failures(self._server), self._driver.session(**reading(self._server)) as session:
            for record in session.run(statement):
                yield record.values()


def connect(server: Server, password: str | None) -> "neo4j.Driver":
    """A driver whose login and version have been checked; close it after use.

    Raises:
        ServerError: see :class:`Neo4jStore`; also when the driver is not installed.
    """
    try:
        import neo4j  # noqa: PLC0415
    except ModuleNotFoundError:
        raise ServerError("the driver for Neo4j is not installed: pip install 'qawl[neo4j]'") from None
    with failures(server):
        driver = neo4j.GraphDatabase.driver(
            server.address,
            auth=(server.user, password or "") if server.user else None,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            user_agent="qawl",
        )
        try:
            _check_version(server, driver.get_server_info().agent)
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return driver


def reading(server: Server) -> dict[str, Any]:
    """The settings of a session that the server lets read only."""
    return {"database": server.database, "default_access_mode": "READ"}


def native(value: Any) -> Any:
    """A driver's value as our reads take it: nodes as mappings, dates as Python's."""
    if hasattr(value, "labels"):
        return _Node(value.items())
    return value.to_native() if hasattr(value, "to_native") else value


class _Node(dict[str, Any]):
    """A node's properties; one that it lacks is ``None``, as in the embedded graph."""

    def __missing__(self, key: str) -> None:
        return None


def _check_version(server: Server, agent: str) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise ServerError(f"{server.url} runs {agent}: Qawl needs Neo4j {OLDEST[0]}.{OLDEST[1]} or later")


@contextmanager
def failures(server: Server) -> Iterator[None]:
    """What the driver raises inside the block, as a :class:`ServerError` that says what to do."""
    from neo4j.exceptions import (  # noqa: PLC0415
        AuthError,
        ConfigurationError,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
    )

    try:
        yield
    except AuthError:
        raise ServerError(
            f"{server.url} refuses user {server.user or '(none)'} with this password: name the user before '@' in the "
            "address, and check QAWL_PASSWORD or secrets.toml"
        ) from None
    except ConfigurationError as error:
        raise ServerError(
            f"{server.url} is too old or no Neo4j: Qawl needs Neo4j {OLDEST[0]}.{OLDEST[1]} or later ({error})"
        ) from None
    except (ServiceUnavailable, SessionExpired, OSError) as error:
        if _chain_holds(error, "CERTIFICATE_VERIFY_FAILED"):
            raise ServerError(f"cannot reach {server.url}: {CERTIFICATE}, or write +ssc for +s") from None
        raise ServerError(
            f"cannot reach {server.url} ({_first_line(error)}): check that Neo4j runs, that host and port of its Bolt "
            "connector are right, and that the address asks for TLS (bolt+s, neo4j+s) if the server does"
        ) from None
    except Neo4jError as error:
        raise ServerError(_refusal(server, error)) from None


# Codes of Neo4j's status, or words of its message, and what to say of them.
_REFUSALS = (
    (
        ("ReadOnly", "Security.Forbidden", "NotALeader", "AccessMode", "WriteOnReadOnlyAccessDbException"),
        "cannot be written by this user: use a user that may write, and a database that is not read-only",
    ),
    (
        ("No space left", "OutOfDisk", "disk space", "TransactionLogError"),
        "is out of disk space, or its disk fails: free some, restart Neo4j, then run `qawl sync` again; it goes on "
        "where it stopped",
    ),
    (
        ("needs to be restarted",),
        "has stopped after a critical error, such as a full disk: see its log, mend that, and restart it; `qawl sync` "
        "goes on where it stopped",
    ),
    (("DatabaseNotFound",), "has no such database: name one that is there after the port, or make it first"),
    (("DatabaseUnavailable",), "has not opened its database yet, or has stopped it: try again in a moment"),
    (("MemoryPoolOutOfMemory", "OutOfMemory"), "is out of memory: raise its heap or dbms.memory.transaction.max"),
)


def _refusal(server: Server, error: Any) -> str:
    told = f"{error.code} {error.message} {error}"
    for signs, meaning in _REFUSALS:
        if any(sign in told for sign in signs):
            return f"{server.url} {meaning} ({_first_line(error.message)})"
    return f"{server.url} failed: {_first_line(error)}; see the server's log"


def _chain_holds(error: BaseException | None, sign: str) -> bool:
    """Whether an error or what it came from holds some words."""
    return error is not None and (sign in str(error) or _chain_holds(error.__cause__ or error.__context__, sign))


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]

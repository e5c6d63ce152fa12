"""Any SPARQL 1.1 endpoint, asked over the SPARQL 1.1 Protocol; the graph is that of :mod:`graph.rdf`."""

import io
import math
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from graph.errors import QueryError, ServerError
from graph.rdf import Iris
from graph.servers import CERTIFICATE, Server
from graph.stores.engines import sparql_rows, syntax_error
from graph.stores.rows import Rows
from graph.stores.service import refuse_service
from graph.stores.sparql_reads import SparqlReads

CONNECT_SECONDS = 10.0
READ_SECONDS = 120.0
"""How long a request of our own may be without an answer."""
ANSWER_BYTES = 1 << 28
"""The longest answer to a query from a person that is read."""

_JSON = "application/sparql-results+json"
_TRIPLES = {"application/n-triples": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}
_PLACE = re.compile(r"line (\d+), column (\d+):?\s*", re.IGNORECASE)


class Endpoint:
    """The two operations of the protocol. Every method raises a :class:`ServerError` when the endpoint fails."""

    def __init__(self, server: Server, password: str | None = None) -> None:
        self.server = server
        self._client = httpx.Client(
            auth=(server.user, password or "") if server.user else None,
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"User-Agent": "qawl"},
        )

    def select(self, query: str, *, everywhere: bool = False) -> Iterable[Iterable[Any]]:
        """The solutions of a SELECT query over the workspace's graph, or over all of the endpoint's."""
        with self.answer(query, everywhere=everywhere) as response:
            solutions: Any = parse_query_results(response.read(), QueryResultsFormat.JSON)
            return solutions  # type: ignore[no-any-return]

    @contextmanager
    def answer(self, query: str, *, everywhere: bool = False, timeout: float | None = None) -> Iterator[httpx.Response]:
        """The answer to a query, its body not yet read; ``timeout`` in seconds is told to the endpoint if it can be."""
        graph = None if everywhere else self.server.graph
        headers = {
            "Content-Type": "application/sparql-query",
            "Accept": f"{_JSON}, application/n-triples;q=0.9, text/turtle;q=0.8",
        }
        parameters = {"default-graph-uri": graph} if graph else {}
        if timeout is not None and self.server.timeout_parameter:
            parameters[self.server.timeout_parameter] = str(math.ceil(timeout))
        with (
            self._failures(),
            self._client.stream(
                "POST",
                self.server.address,
                content=query.encode(),
                params=parameters,
                headers=headers,
                timeout=httpx.Timeout(READ_SECONDS if timeout is None else timeout, connect=CONNECT_SECONDS),
            ) as response,
        ):
            if response.is_error:
                self._refuse(response)
            yield response

    def update(self, update: str) -> None:
        """Do an update: one request, which a transactional endpoint does whole or not at all."""
        with self._failures():
            response = self._client.post(
                self.server.update or self.server.address,
                content=update.encode(),
                headers={"Content-Type": "application/sparql-update"},
            )
            if response.is_error:
                self._refuse(response, writing=True)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except httpx.ConnectError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise ServerError(f"cannot reach {self.server.url}: {CERTIFICATE}") from None
            raise ServerError(
                f"cannot reach {self.server.url} ({error}): check that the server runs, that host and port are right, "
                "and that the address says sparql+https if the server wants TLS"
            ) from None
        except httpx.HTTPError as error:
            name = type(error).__name__
            raise ServerError(
                f"{self.server.url} broke off ({name} {error}): see the server's log; where it wants TLS, the address "
                "says sparql+https"
            ) from None

    def _refuse(self, response: httpx.Response, *, writing: bool = False) -> None:
        """Raise what an answer with an error status means."""
        response.read()
        told = " ".join(response.text.split())[:300]
        raise ServerError(f"{self.server.url} {_meaning(response.status_code, told, writing=writing)}")


class EndpointStore(SparqlReads):
    """A SPARQL endpoint, read only; safe to use from several threads."""

    def __init__(self, server: Server, iris: Iris, password: str | None = None) -> None:
        super().__init__(iris)
        self._endpoint = Endpoint(server, password)
        self._prologue = prologue(iris)

    def sparql(self, query: str) -> Rows:
        """See :class:`graph.stores.base.AnswersSparql`."""
        return ask_endpoint(self._endpoint, self._iris, query)

    def close(self) -> None:
        self._endpoint.close()

    def _solutions(self, query: str) -> Iterable[Iterable[Any]]:
        return self._endpoint.select(self._prologue + query)


def prologue(iris: Iris) -> str:
    """The declarations of the project's prefixes, on one line."""
    return " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in iris.prefixes.items()) + "\n"


def ask_endpoint(
    endpoint: Endpoint, iris: Iris, query: str, *, timeout: float | None = None, limit: int | None = None
) -> Rows:
    """The rows of one query from a person, at most ``limit``, within ``timeout`` seconds.

    Raises:
        QueryError: an error in the query, a SERVICE that is not allowed, or a limit of time or size.
        ServerError: the endpoint cannot be asked.
    """
    if not endpoint.server.allow_service:
        refuse_service(query)
    deadline = None if timeout is None else time.monotonic() + timeout
    try:
        with endpoint.answer(prologue(iris) + query, timeout=timeout) as response:
            body = _Body(response.iter_bytes(), deadline)
            return sparql_rows(_parsed(response, body), limit)
    except ServerError as error:
        raise _query_error(query, error, timeout) from None
    except TimeoutError:
        raise too_slow(timeout) from None
    except (SyntaxError, OSError, ValueError) as error:
        raise QueryError(f"the endpoint broke off its answer ({error}); it may have a limit of its own") from None


def too_slow(timeout: float | None) -> QueryError:
    """What to say of a query without an answer in time."""
    return QueryError(
        f"no answer within {timeout or 0:g} seconds: narrow the query, or give it more time (an endpoint that has no "
        "limit of its own may work on)"
    )


class _Body(io.RawIOBase):
    """An answer's body as a file that ends with an error past its deadline or the longest answer."""

    def __init__(self, chunks: Iterator[bytes], deadline: float | None) -> None:
        self._chunks, self._deadline, self._left, self._rest = chunks, deadline, ANSWER_BYTES, b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
            self._left -= len(self._rest)
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeoutError
        if self._left < 0:
            raise ValueError(f"more than {ANSWER_BYTES >> 20} MiB")
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken


def _parsed(response: httpx.Response, body: Any) -> Any:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if kind in _TRIPLES:
        return ((quad.subject, quad.predicate, quad.object) for quad in parse(body, _TRIPLES[kind]))
    return parse_query_results(body, QueryResultsFormat.JSON)


def _query_error(query: str, error: ServerError, timeout: float | None) -> Exception:
    told = str(error)
    if "ReadTimeout" in told or "took too long" in told:
        return too_slow(timeout)
    place = _PLACE.search(told)
    if place:  # one line of prefixes stands before the query
        return syntax_error(query, max(int(place[1]) - 1, 1), int(place[2]), told[place.end() :][:120])
    return QueryError(told) if "(status 400)" in told else error


def _meaning(status: int, told: str, *, writing: bool) -> str:
    """What an endpoint's refusal means and what to do; ``told`` is what it said."""
    if writing and (any(sign in told for sign in _DISK_FULL) or status == 507):
        return (
            "is out of disk space, or its disk fails: free some, then run `qawl sync` again; it goes on where it "
            f"stopped ({told})"
        )
    if writing and status in (403, 404, 405, 415, 501):
        return (
            f"takes no updates here (status {status}): give the user the right to write, start the server with updates "
            "allowed, or name the URL for updates in qawl.toml (update = ...)"
        )
    return f"{_MEANINGS.get(status, 'failed')} (status {status}): {told}"


# The last two are what Jena says of files that cannot grow, mapped into memory or not.
_DISK_FULL = ("No space left", "disk space", "unsafe memory access", "NodeTableThrift/Write")
_MEANINGS = {
    401: "refuses this user and password: name the user before '@', and check QAWL_PASSWORD or secrets.toml",
    403: "does not let this user ask: give the user the right to read",
    404: "has no SPARQL query service at this address: check the path",
    405: "has no SPARQL query service at this address: check the path",
    408: "took too long",
    503: "took too long or is too busy",
    504: "took too long",
}

"""Where a server is and how to log in: addresses as people write them, passwords from where they may be kept.

An address names the server and, before ``@``, the user; never the password::

    bolt://neo4j@localhost:7687           Neo4j; also neo4j://, and with TLS bolt+s:// and neo4j+s://
    bolt://neo4j@localhost:7687/claims    another database than the server's first
    sparql+http://localhost:3030/claims   any SPARQL 1.1 endpoint; with TLS sparql+https://
"""

import os
import stat
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from graph.errors import ServerError
from graph.query_language import QueryLanguage

SECRETS = "secrets.toml"
_BOLT = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_SPARQL = ("sparql+http", "sparql+https")
_VARIABLES = {"cypher": "QAWL_NEO4J_PASSWORD", "sparql": "QAWL_SPARQL_PASSWORD"}

Prompt = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Server:
    """A server by its address.

    The rest is for SPARQL endpoints: ``update`` is the URL that takes updates where it differs from that of queries,
    ``graph`` the one named graph to use in place of the default graph, ``timeout_parameter`` the name of the request
    parameter that takes a query's time limit in seconds, and ``allow_service`` whether queries from people may send
    the endpoint to other endpoints.

    Raises:
        ServerError: the address cannot be understood, or holds a password.
    """

    url: str
    update: str | None = None
    graph: str | None = None
    timeout_parameter: str | None = None
    allow_service: bool = False

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            password, host, _ = parts.password, parts.hostname, parts.port
        except ValueError:
            raise ServerError(f"a server's address cannot be read: {_FORMS}") from None
        if password is not None:
            raise ServerError(
                "a server's address must not hold a password, which others could read: keep the user alone before '@' "
                "and give the password by QAWL_PASSWORD, at the prompt or in the workspace's secrets.toml"
            )
        if parts.scheme not in (*_BOLT, *_SPARQL) or not host:
            raise ServerError(f"{self.url!r} is no address of a server: {_FORMS}")

    @property
    def language(self) -> QueryLanguage:
        """The language that the server is asked in."""
        return "cypher" if urlsplit(self.url).scheme in _BOLT else "sparql"

    @property
    def user(self) -> str | None:
        """The user's name, ``None`` for no login."""
        name = urlsplit(self.url).username
        return unquote(name) if name else None

    @property
    def address(self) -> str:
        """Where to connect: without the user, and for Neo4j without the database."""
        parts = urlsplit(self.url)
        place = f"{parts.scheme.removeprefix('sparql+')}://{parts.netloc.rpartition('@')[2]}"
        return place if self.language == "cypher" else f"{place}{parts.path}{'?' if parts.query else ''}{parts.query}"

    @property
    def database(self) -> str | None:
        """The name of Neo4j's database, ``None`` for the user's own."""
        return urlsplit(self.url).path.strip("/") or None


CERTIFICATE = (
    "the server's certificate is signed by nobody that this machine knows: have SSL_CERT_FILE name a file with the "
    "certificate of who signed it"
)
"""What to say where TLS fails for the certificate."""

_FORMS = "write bolt://USER@HOST:7687, neo4j+s://USER@HOST or sparql+https://USER@HOST/DATASET"


def servers_of(settings: Any) -> tuple[Server, ...]:
    """The servers of a configuration: a list of tables with the names of :class:`Server`'s fields.

    Raises:
        ServerError: a table has another shape.
    """
    if not isinstance(settings, list) or not all(isinstance(table, dict) for table in settings):
        raise ServerError("servers must be written as [[servers]] tables, each with its url")
    return tuple(_server(table) for table in settings)


def _server(table: dict[str, Any]) -> Server:
    kinds = {"url": str, "update": str, "graph": str, "timeout_parameter": str, "allow_service": bool}
    wrong = [name for name, value in table.items() if name not in kinds or not isinstance(value, kinds[name])]
    if wrong or "url" not in table:
        raise ServerError(f"a server has url and may have {', '.join(list(kinds)[1:])}; wrong: {wrong or 'no url'}")
    return Server(**table)


def first_of(servers: Iterable[Server], language: QueryLanguage) -> Server | None:
    """The first server of a language."""
    return next((server for server in servers if server.language == language), None)


def password_for(server: Server, folder: Path, prompt: Prompt | None = None) -> str | None:
    """The password of the server's user: from the environment, the secrets file in ``folder``, or the prompt.

    ``None`` where the address names no user. The environment's QAWL_NEO4J_PASSWORD or QAWL_SPARQL_PASSWORD comes
    first, then QAWL_PASSWORD.

    Raises:
        ServerError: there is none, or others than its owner can read the secrets file.
    """
    if server.user is None:
        return None
    for name in (_VARIABLES[server.language], "QAWL_PASSWORD"):
        if name in os.environ:
            return os.environ[name]
    kept = _secrets(folder / SECRETS).get(server.url)
    if isinstance(kept, str):
        return kept
    if prompt is not None:
        return prompt(f"Password of {server.user} at {server.address}")
    raise ServerError(
        f"no password for {server.url}: set QAWL_PASSWORD, or write the line\n"
        f'"{server.url}" = "PASSWORD"\ninto {folder / SECRETS}, readable by you alone'
    )


def _secrets(path: Path) -> dict[str, Any]:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ServerError(f"{path} can be read by others: run chmod 600 {path}")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # The parser's message may show a line of the file, and with it a password.
        raise ServerError(f"{path}: cannot be read as TOML ({type(error).__name__})") from None

"""Opening the servers that a workspace names: to read, to ask a person's query, to write.

The engines' modules are imported when one of theirs is opened; Neo4j's driver is an extra.
"""

from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.query_language import QueryLanguage
from graph.rdf import Iris
from graph.servers import Prompt, Server, first_of, password_for
from graph.stores.base import Store
from graph.stores.rows import Rows
from graph.workspace import Workspace

if TYPE_CHECKING:
    from graph.sync import Target


def open_store(workspace: Workspace, server: Server) -> Store:
    """A server to read; close it after use.

    Raises:
        ServerError: it cannot be reached, or there is no password for it.
    """
    password = password_for(server, workspace.path)
    if server.language == "cypher":
        from graph.stores.neo4j_ import Neo4jStore  # noqa: PLC0415

        return Neo4jStore(server, password)
    from graph.stores.endpoint_ import EndpointStore  # noqa: PLC0415

    return EndpointStore(server, Iris(workspace.base_iri), password)


def open_target(workspace: Workspace, server: Server, prompt: Prompt | None = None) -> "Target":
    """A server to write; close it after use. ``prompt`` asks for a password that is kept nowhere.

    Raises:
        ServerError: it cannot be reached, or there is no password for it.
    """
    password = password_for(server, workspace.path, prompt)
    if server.language == "cypher":
        from graph.stores.neo4j_write import Neo4jTarget  # noqa: PLC0415

        return Neo4jTarget(server, password)
    from graph.stores.endpoint_write import EndpointTarget  # noqa: PLC0415

    return EndpointTarget(server, Iris(workspace.base_iri), password)


def ask_server(
    workspace: Workspace, server: Server, query: str, language: QueryLanguage, *, timeout: float, limit: int
) -> Rows:
    """The answer of a server to a query from a person.

    Raises:
        QueryError: the query has an error, may not be asked, or goes past a limit.
        ServerError: the server cannot be asked.
    """
    password = password_for(server, workspace.path)
    if language == "cypher":
        from graph.stores.neo4j_ import connect  # noqa: PLC0415
        from graph.stores.neo4j_queries import ask_neo4j  # noqa: PLC0415

        driver = connect(server, password)
        try:
            return ask_neo4j(driver, server, query, timeout=timeout, limit=limit)
        finally:
            driver.close()
    from graph.stores.endpoint_ import Endpoint, ask_endpoint  # noqa: PLC0415

    endpoint = Endpoint(server, password)
    try:
        return ask_endpoint(endpoint, Iris(workspace.base_iri), query, timeout=timeout, limit=limit)
    finally:
        endpoint.close()


def configured(workspace: Workspace, url: str) -> Server:
    """The server of that address: as the workspace's configuration has it, if it does.

    Raises:
        ServerError: the address cannot be understood.
    """
    return next((server for server in workspace.servers if server.url == url), Server(url))


def server_of(workspace: Workspace, language: QueryLanguage) -> Server | None:
    """The server that is asked in place of the embedded index of this language."""
    return first_of(workspace.servers, language)


def needed(workspace: Workspace) -> tuple[Server, ...]:
    """The servers that the workspace names, of which there must be one.

    Raises:
        ServerError: there is none.
    """
    if not workspace.servers:
        raise ServerError(
            "which server? Give its address, such as bolt://neo4j@localhost:7687, or name it in the workspace's "
            'qawl.toml: [[servers]] and below it url = "bolt://..."'
        )
    return workspace.servers

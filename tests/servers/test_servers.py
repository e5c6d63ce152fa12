"""Addresses, passwords, and what is said when a server cannot be used."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import ServerError, WorkspaceError
from graph.ledger import Ledger
from graph.rdf import Iris
from graph.remote import open_store, open_target
from graph.servers import Server, password_for
from graph.stores.endpoint_write import EndpointTarget
from graph.stores.neo4j_ import Neo4jStore, _check_version
from graph.sync import sync
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.real_servers import RealServer


@pytest.mark.parametrize(
    ("url", "language", "user", "address", "database"),
    [
        ("bolt://neo4j@localhost:7687", "cypher", "neo4j", "bolt://localhost:7687", None),
        ("neo4j+s://a%40b@host.example/claims", "cypher", "a@b", "neo4j+s://host.example", "claims"),
        ("sparql+http://localhost:3030/ds", "sparql", None, "http://localhost:3030/ds", "ds"),
        ("sparql+https://me@host/x?y=1", "sparql", "me", "https://host/x?y=1", "x"),
    ],
)
def test_addresses(url: str, language: str, user: str | None, address: str, database: str | None) -> None:
    server = Server(url)

    assert (language, user, address, database) == (server.language, server.user, server.address, server.database)


@pytest.mark.parametrize(
    "url", ["localhost:7687", "http://localhost/", "bolt://", "bolt://host:port", "sparql+ftp://h/"]
)
def test_what_is_no_address_is_refused_with_the_forms(url: str) -> None:
    with pytest.raises(ServerError, match="bolt://USER@HOST"):
        Server(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ServerError, match="QAWL_PASSWORD") as refused:
        Server("bolt://neo4j:hunter2@localhost")

    assert "hunter2" not in str(refused.value)


def test_passwords_come_from_environment_then_file_then_prompt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server("bolt://neo4j@localhost")
    secrets = tmp_path / "secrets.toml"
    with pytest.raises(ServerError, match="QAWL_PASSWORD"):
        password_for(server, tmp_path)
    assert "asked" == password_for(server, tmp_path, lambda question: "asked")
    secrets.write_text(f'"{server.url}" = "kept"\n')
    secrets.chmod(0o644)
    with pytest.raises(ServerError, match="chmod 600"):
        password_for(server, tmp_path)
    secrets.chmod(0o600)
    assert "kept" == password_for(server, tmp_path, lambda question: "asked")
    monkeypatch.setenv("QAWL_PASSWORD", "general")
    assert "general" == password_for(server, tmp_path)
    monkeypatch.setenv("QAWL_NEO4J_PASSWORD", "special")
    assert "special" == password_for(server, tmp_path)
    assert None is password_for(Server("bolt://localhost"), tmp_path)


@pytest.mark.parametrize(
    "config", ["servers = 1", "[[servers]]\n", '[[servers]]\nurl = "ftp://x"', '[[servers]]\nurl="bolt://h"\nport=1']
)
def test_a_wrong_configuration_names_the_file(workspace: Workspace, config: str) -> None:
    with (workspace.path / "qawl.toml").open("a") as file:
        file.write(f"\n{config}\n")

    with pytest.raises(WorkspaceError, match=r"qawl\.toml.*server"):
        Workspace.open(workspace.path)


@pytest.mark.parametrize("scheme", ["bolt://neo4j", "sparql+http://qawl"])
def test_a_server_that_is_not_there(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("QAWL_PASSWORD", "secret word")
    with socket.socket() as taken:  # bound and not listening: refuses
        taken.bind(("127.0.0.1", 0))
        server = Server(f"{scheme}@127.0.0.1:{taken.getsockname()[1]}/claims")
        with (
            pytest.raises(ServerError, match=r"cannot reach .* check that") as refused,
            closing(open_target(workspace, server)) as target,
        ):
            target.prepare()

    assert "secret word" not in str(refused.value)


def _count(workspace: Workspace, server: Server) -> None:
    with open_store(workspace, server) as store:
        store.counts()


def test_a_wrong_password(
    neo4j_server: RealServer, fuseki_server: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_PASSWORD", "wrong word")
    for running in (neo4j_server, fuseki_server):
        with pytest.raises(ServerError, match=r"refuses .*password.*QAWL_PASSWORD") as refused:
            _count(workspace, running.server)
        assert "wrong word" not in str(refused.value)


def test_a_database_that_is_not_there(neo4j_server: RealServer) -> None:
    server = Server(neo4j_server.server.url + "/nothing")
    with pytest.raises(ServerError, match="no such database"), Neo4jStore(server, neo4j_server.password) as store:
        store.counts()


def test_a_path_without_a_query_service(fuseki_server: RealServer) -> None:
    server = Server(fuseki_server.server.url + "-not")
    with (
        closing(EndpointTarget(server, Iris(), fuseki_server.password)) as target,
        pytest.raises(ServerError, match="check the path"),
    ):
        target.store.counts()


@pytest.fixture
def read_only(neo4j_server: RealServer) -> Iterator[RealServer]:
    """The server started again with its databases read-only, and then as it was."""
    config = neo4j_server.folder / "conf" / "neo4j.conf"
    before = config.read_text()
    neo4j_server.kill()
    config.write_text(before + "server.databases.read_only=neo4j\n")
    neo4j_server.start()
    yield neo4j_server
    neo4j_server.kill()
    config.write_text(before)
    neo4j_server.start()


def test_a_read_only_neo4j(read_only: RealServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_PASSWORD", read_only.password)
    fill(workspace)
    with (
        closing(open_target(workspace, read_only.server)) as target,
        pytest.raises(ServerError, match="cannot be written"),
    ):
        sync(Ledger(workspace).view(), target, workspace.base_iri)


def test_an_endpoint_that_takes_no_updates(fuseki_server: RealServer) -> None:
    # Fuseki's service for queries alone stands beside the dataset's address.
    server = Server(fuseki_server.server.url + "/query")
    with (
        closing(EndpointTarget(server, Iris(), fuseki_server.password)) as target,
        pytest.raises(ServerError, match="takes no updates"),
    ):
        target.prepare()


def test_versions_that_are_too_old() -> None:
    """One that speaks enough of the protocol to say its version; ``test_unusable.py`` has a real one."""
    with pytest.raises(ServerError, match=r"runs Neo4j/4\.4\.1: Qawl needs Neo4j 5\.7 or later"):
        _check_version(Server("bolt://host"), "Neo4j/4.4.1")
    _check_version(Server("bolt://host"), "Neo4j/5.26.0")
    _check_version(Server("bolt://host"), "Neo4j/2025.03.0")

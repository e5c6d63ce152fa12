"""``qawl sync``, ``qawl query`` and ``qawl doctor --all`` against real servers, as processes."""

from pathlib import Path

import pytest

from graph.workspace import Workspace
from tests.claim_world import fill
from tests.cli.conftest import run_qawl
from tests.real_servers import RealServer

QUERY = "MATCH (a:Entity)-[r:WARNS]->(b:Entity {id: 'Q30'}) RETURN a.id ORDER BY a.id"


@pytest.fixture
def home(workspace: Workspace) -> Path:
    fill(workspace)
    return workspace.path


def named(home: Path, *servers: RealServer) -> None:
    with (home / "qawl.toml").open("a") as config:
        for running in servers:
            config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')


def test_sync_takes_an_address_and_never_shows_the_password(home: Path, running: RealServer) -> None:
    url = running.server.url
    first = run_qawl(home, "sync", url, "--workspace", home, QAWL_PASSWORD=running.password)
    again = run_qawl(home, "sync", url, "--workspace", home, QAWL_PASSWORD=running.password)

    assert (0, "") == (first.returncode, first.stdout)
    assert f"{url}: 0 articles written, 0 removed, 3 unchanged\n" == again.stderr
    assert running.password not in first.stderr


def test_sync_without_a_password_says_where_to_put_it(home: Path, running: RealServer) -> None:
    result = run_qawl(home, "sync", running.server.url, "--workspace", home)

    assert (1, "") == (result.returncode, result.stdout)
    assert "QAWL_PASSWORD" in result.stderr
    assert "secrets.toml" in result.stderr


def test_sync_without_any_server_says_how_to_name_one(home: Path) -> None:
    result = run_qawl(home, "sync", "--workspace", home)

    assert 1 == result.returncode
    assert "[[servers]]" in result.stderr


def test_a_named_server_is_synced_asked_and_examined(
    home: Path, neo4j_server: RealServer, fuseki_server: RealServer
) -> None:
    named(home, neo4j_server, fuseki_server)
    secrets = home / "secrets.toml"
    secrets.touch(0o600)
    secrets.write_text(
        "".join(f'"{running.server.url}" = "{running.password}"\n' for running in (neo4j_server, fuseki_server))
    )
    at = ("--workspace", home)

    assert 0 == run_qawl(home, "sync", *at).returncode
    assert "a.id\nQ159\nQ58217\n" == run_qawl(home, "query", QUERY, "--format", "csv", *at).stdout
    asked = run_qawl(home, "query", "SELECT ?a { ?a rel:warns wd:Q30 }", "--format", "csv", *at)
    assert "a\nhttp://www.wikidata.org/entity/Q58217\n" == asked.stdout
    assert [] == sorted((home / "indexes").glob("*")), "no index is built where servers are asked"
    assert 0 == run_qawl(home, "rebuild", *at).returncode
    examined = run_qawl(home, "doctor", "--all", "--format", "csv", *at)
    assert (0, 5) == (examined.returncode, examined.stdout.count(",fine,"))
    assert 2 == run_qawl(home, "query", "MATCH (a RETURN a", *at).returncode

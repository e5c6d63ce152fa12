"""The files for Neo4j, imported by its own ``neo4j-admin`` and compared with the ledger claim by claim."""

import shlex
from pathlib import Path

from graph.exports import export
from graph.exports.neo4j import README
from graph.ledger import Ledger
from graph.queries import ask
from graph.stores.neo4j_ import Neo4jStore
from graph.workspace import Workspace
from tests.claim_world import fill
from tests.real_servers import RealServer, neo4j_admin
from tests.servers.worlds import assert_holds, bring_up, open_store

EDGES = """
MATCH (a:Entity)-[r]->(b:Entity)
RETURN a.id, type(r) AS kind, b.id, r.claim, r.date, r.confidence, r.negated, r.modality, r.attributed_to
ORDER BY r.claim
"""
LINKS = "MATCH (c:Claim)-[r]->(x) RETURN c.id, type(r) AS kind, x.id ORDER BY c.id, kind, x.id"


def documented_command() -> list[str]:
    """The words after ``neo4j-admin`` in the README that goes with the files."""
    written = README.partition("neo4j-admin ")[2].partition("\n\n")[0]
    return shlex.split(written.replace("\\\n", " "))


def test_neo4j_admin_imports_every_claim(neo4j_server: RealServer, workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    view = Ledger(workspace).view()
    export(view, "urn:qawl:", "neo4j", tmp_path / "files")
    neo4j_server.kill()
    command = [*documented_command(), "--overwrite-destination=true"]
    printed = neo4j_admin(neo4j_server.folder, command, tmp_path / "files")
    neo4j_server.start()

    assert "IMPORT DONE" in printed
    with open_store(neo4j_server) as store:
        assert_holds(store, view)
        assert isinstance(store, Neo4jStore)
        for query in (EDGES, LINKS):
            assert ask(workspace, query).rows == store.cypher(query).rows
    # A sync takes the imported graph as one that it has no memory of.
    assert 3 == bring_up(neo4j_server, view).written
    with open_store(neo4j_server) as store:
        assert_holds(store, view)

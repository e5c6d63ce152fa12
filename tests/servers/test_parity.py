"""Ledger, both indexes and both servers hold the same after any operations, in any order, killed or not.

``QAWL_PARITY_OPERATIONS`` and ``QAWL_PARITY_SEED`` set the number and the chance; the number is higher under CI.
"""

import os
import random
from contextlib import suppress

import pytest

from graph.errors import ServerError
from graph.generations import Indexes
from graph.health import Finding, examine
from graph.ledger import Ledger, LedgerView
from graph.ledger.decisions import DecisionKind
from graph.workspace import Workspace
from tests.claim_world import UNDATED, fill
from tests.claim_world import decide as decide_once
from tests.real_servers import RealServer
from tests.servers.worlds import TAMPERINGS, article, assert_holds, bring_up, claims_of, decide, open_store, tamper

OPERATIONS = int(os.environ.get("QAWL_PARITY_OPERATIONS", "200" if os.environ.get("CI") == "true" else "25"))
SEED = int(os.environ.get("QAWL_PARITY_SEED", "1"))
SENTENCES = 6
OPERATION_WEIGHTS = {"ingest": 35, "read_again": 15, "decide": 25, "remove": 10, "sync": 14, "kill": 1}


class World:
    """A workspace, two servers, and what may happen to them."""

    def __init__(self, workspace: Workspace, servers: list[RealServer], chooser: random.Random) -> None:
        self.workspace, self.servers, self.chooser = workspace, servers, chooser
        self.articles = self.moment = 0

    def view(self) -> LedgerView:
        return Ledger(self.workspace).view()

    def ingest(self) -> None:
        self.articles += 1
        self._read(self.articles, "test 1")

    def read_again(self) -> None:
        self.moment += 1
        self._read(self.chooser.randrange(self.articles + 1), f"test 1.{self.moment}")

    def decide(self) -> None:
        kinds: list[DecisionKind] = ["accept", "reject", "reject", "reconsider"]
        self._decide(kinds, [found.claim.id for found in self.view().claims()])

    def remove(self) -> None:
        kinds: list[DecisionKind] = ["remove", "restore"]
        self._decide(kinds, [article(number, SENTENCES).id for number in range(self.articles + 1)])

    def sync(self) -> None:
        bring_up(self.chooser.choice(self.servers), self.view())

    def kill(self) -> None:
        running, at = self.chooser.choice(self.servers), self.chooser.random()
        killed = []

        def kill_once(done: int, total: int) -> None:
            if not killed and done >= at * total:
                running.kill()
                killed.append(done)

        with suppress(ServerError):
            bring_up(running, self.view(), kill_once)
        if killed:
            running.start()

    def _read(self, number: int, extractor: str) -> None:
        of = article(number, SENTENCES)
        chosen = self.chooser.sample(range(SENTENCES), self.chooser.randrange(SENTENCES))
        with Ledger(self.workspace).batch() as batch:
            batch.add_article(of, extractor, claims_of(of, self.chooser, extractor=extractor, sentences=chosen))

    def _decide(self, kinds: list[DecisionKind], targets: list[str]) -> None:
        self.moment += 1
        if targets:
            decide(self.workspace, self.chooser.choice(kinds), self.chooser.choice(targets), self.moment)


def test_all_hold_the_same_after_random_operations(
    neo4j_server: RealServer, fuseki_server: RealServer, workspace: Workspace
) -> None:
    print(f"QAWL_PARITY_OPERATIONS={OPERATIONS} QAWL_PARITY_SEED={SEED}")  # shown where it fails
    world = World(workspace, [neo4j_server, fuseki_server], random.Random(SEED))
    names, weights = list(OPERATION_WEIGHTS), list(OPERATION_WEIGHTS.values())
    for name in ["ingest", *world.chooser.choices(names, weights, k=OPERATIONS)]:
        getattr(world, name)()
    view = world.view()
    for running in world.servers:
        bring_up(running, view)

    for running in world.servers:
        with open_store(running) as store:
            assert_holds(store, view)
    indexes = Indexes(workspace)
    with indexes.sparql() as oxigraph, indexes.cypher() as ladybug:
        assert_holds(oxigraph, view)
        assert_holds(ladybug, view)


@pytest.fixture
def named(
    workspace: Workspace,
    neo4j_server: RealServer,
    fuseki_server: RealServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Workspace:
    """A filled workspace that names both servers; they and the indexes are up to date."""
    fill(workspace)
    with (workspace.path / "qawl.toml").open("a") as config:
        for running in (neo4j_server, fuseki_server):
            config.write(f'\n[[servers]]\nurl = "{running.server.url}"\n')
    monkeypatch.setenv("QAWL_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("QAWL_SPARQL_PASSWORD", fuseki_server.password)
    Indexes(workspace).refresh()
    for running in (neo4j_server, fuseki_server):
        bring_up(running, Ledger(workspace).view())
    return Workspace.open(workspace.path)


def test_the_doctor_compares_all(named: Workspace) -> None:
    assert [
        Finding("ledger: 3 articles, 9 claims", ok=True),
        Finding("index oxigraph", ok=True),
        Finding("index ladybug", ok=True),
        *(Finding(f"server {server.url}", ok=True) for server in named.servers),
    ] == examine(named, servers=True)


@pytest.mark.parametrize("what", TAMPERINGS)
def test_the_doctor_finds_a_claim_that_was_altered_and_sync_mends_it(
    named: Workspace, neo4j_server: RealServer, fuseki_server: RealServer, what: str
) -> None:
    for running in (neo4j_server, fuseki_server):
        tamper(running, what)
    problems = {finding.check: finding for finding in examine(named, servers=True) if not finding.ok}

    assert {f"server {server.url}": f"run `qawl sync {server.url}`" for server in named.servers} == {
        check: finding.mend for check, finding in problems.items()
    }
    assert all("claims" in finding.problem for finding in problems.values())
    for running in (neo4j_server, fuseki_server):
        bring_up(running, Ledger(named).view())
    assert [] == [finding for finding in examine(named, servers=True) if not finding.ok]


def test_the_doctor_finds_servers_that_are_behind_or_away(named: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_once(named, "remove", UNDATED.id)
    Indexes(named).refresh()
    monkeypatch.setenv("QAWL_SPARQL_PASSWORD", "wrong")

    neo4j, fuseki = [finding for finding in examine(named, servers=True) if not finding.ok]
    assert "claims=9" in neo4j.problem
    assert "claims=7" in neo4j.problem
    assert f"run `qawl sync {named.servers[0].url}`" == neo4j.mend
    assert "refuses this user and password" in fuseki.problem

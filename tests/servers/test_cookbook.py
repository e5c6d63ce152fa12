"""Every query of the cookbook gives on servers what it gives on the indexes, whose answers are the page's."""

import pytest

from graph.ledger import Ledger
from graph.queries import ask
from graph.workspace import Workspace
from tests.queries.cookbook import Question, table
from tests.queries.test_cookbook import ANSWERED, PICTURES, make_samples
from tests.real_servers import RealServer
from tests.servers.worlds import bring_up


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_samples(tmp_path_factory.mktemp("cookbook") / "workspace")


@pytest.fixture
def on_servers(
    samples: Workspace, neo4j_server: RealServer, fuseki_server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """The samples on both servers, which their workspace names in place of the indexes."""
    for running in (neo4j_server, fuseki_server):
        bring_up(running, Ledger(samples).view())
    monkeypatch.setenv("QAWL_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("QAWL_SPARQL_PASSWORD", fuseki_server.password)
    return Workspace(samples.path, samples.base_iri, (neo4j_server.server, fuseki_server.server))


def test_the_answers_are_those_of_the_indexes(on_servers: Workspace, samples: Workspace) -> None:
    expected = {(q.title, language): table(ask(samples, q.queries[language])) for q, language in _each(ANSWERED)}
    found = {(q.title, language): table(ask(on_servers, q.queries[language])) for q, language in _each(ANSWERED)}

    assert 40 == len(expected)
    assert expected == found


def test_a_picture_has_nodes_and_edges(on_servers: Workspace) -> None:
    for question, language in _each(PICTURES):
        answer = ask(on_servers, question.queries[language])
        assert answer.nodes, question.title
        assert answer.edges, question.title


def _each(questions: list[Question]) -> list[tuple[Question, str]]:
    return [(question, language) for question in questions for language in question.queries]

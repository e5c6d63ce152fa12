"""Each server in turn, running."""

import pytest

from tests.real_servers import RealServer


@pytest.fixture(params=["neo4j", "fuseki"])
def running(request: pytest.FixtureRequest) -> RealServer:
    found: RealServer = request.getfixturevalue(f"{request.param}_server")
    return found

"""A filled workspace with both indexes, and a server that notes who calls."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from graph.generations import Indexes
from graph.workspace import Workspace
from tests.claim_world import fill


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.create(tmp_path_factory.mktemp("queried") / "workspace")
    fill(workspace)
    Indexes(workspace).refresh()
    return workspace


@dataclass
class Listener:
    """A loopback server; ``calls`` grows with every connection."""

    port: int
    calls: list[object] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:  # closed: the test is over
                    return
                found.calls.append(address)
                connection.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
    thread.join()

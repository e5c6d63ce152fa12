"""TLS where the address asks for it: real handshakes with a certificate that nobody signed."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graph.errors import ServerError
from graph.remote import open_store
from graph.servers import Server
from graph.workspace import Workspace


class Silent(BaseHTTPRequestHandler):
    """Whoever gets through the handshake is told that there is no such page."""

    def do_POST(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server with a certificate of its own making."""
    folder = tmp_path_factory.mktemp("tls")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder))
    with HTTPServer(("127.0.0.1", 0), Silent) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


def failure(workspace: Workspace, url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("QAWL_PASSWORD", "a secret word")
    with pytest.raises(ServerError) as refused, closing(open_store(workspace, Server(url))) as store:
        store.counts()
    assert "a secret word" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("scheme", ["sparql+https", "bolt+s"])
def test_a_certificate_that_nobody_signed_is_refused_and_said_so(
    port: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    told = failure(workspace, f"{scheme}://me@127.0.0.1:{port}/claims", monkeypatch)

    assert "certificate" in told
    assert "SSL_CERT_FILE" in told


def test_an_endpoint_whose_certificate_is_known_is_asked(
    port: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    certificate = next(tmp_path_factory.getbasetemp().glob("tls*/certificate.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    told = failure(workspace, f"sparql+https://me@127.0.0.1:{port}/claims", monkeypatch)

    assert "check the path" in told  # the answer of the server, behind the handshake


@pytest.mark.parametrize("scheme", ["sparql+http", "bolt"])
def test_an_address_without_tls_does_not_get_through(
    port: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    assert "TLS" in failure(workspace, f"{scheme}://me@127.0.0.1:{port}/claims", monkeypatch)

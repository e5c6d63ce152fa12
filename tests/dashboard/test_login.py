"""Logging in with a real OpenID provider on this machine: editors write, readers read, strangers see nothing."""

import re
import socket
from io import BytesIO
from threading import Thread

import pytest
from werkzeug.serving import make_server

from app.dashboard.strings import say
from tests.dashboard.test_browser import WAIT

oidc_provider_mock = pytest.importorskip("oidc_provider_mock")


class Provider:
    """An OpenID provider on this machine, at which ``sub`` is logged in without its form: that asks other hosts."""

    def __init__(self) -> None:
        people = [
            oidc_provider_mock.User(sub=name, claims={"email": f"{name}@example.org", "email_verified": True})
            for name in ("nadia", "omar")
        ]
        self.sub = "nadia"
        self._app = oidc_provider_mock.app(user_claims=people)
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, environ, start_response):
        if environ["PATH_INFO"] == "/oauth2/authorize":
            body = f"sub={self.sub}".encode()
            form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
            environ |= form | {"REQUEST_METHOD": "POST", "wsgi.input": BytesIO(body)}
        return self._app(environ, start_response)


@pytest.fixture(scope="module")
def provider() -> Provider:
    made = Provider()
    Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()


@pytest.fixture
def address(serve, provider, copied_workspace, tmp_path) -> str:
    """A dashboard with that login, in which Nadia is an editor."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    file = tmp_path / "login.toml"
    file.write_text(
        f"""
        editors = ["Nadia@example.org"]

        [auth]
        redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
        cookie_secret = "a long secret of this test's own making"
        client_id = "qawl"
        client_secret = "secret"
        server_metadata_url = "{provider.url}/.well-known/openid-configuration"
        """,
        encoding="utf-8",
    )
    return serve(copied_workspace, "--login", str(file), "--port", str(port))


@pytest.mark.parametrize(("language", "who", "role"), [("en", "nadia", "editor"), ("ar", "omar", "reader")])
def test_people_log_in_as_what_the_file_says(page, address, provider, picture, language, who, role):
    provider.sub = who
    page.goto(f"{address}/?lang={language}")
    page.get_by_role("button", name=say(language, "log_in")).click(timeout=WAIT)

    page.get_by_text(re.compile(f"{who}@example.org.*({say('en', role)}|{say('ar', role)})")).wait_for(timeout=WAIT)
    page.locator("[data-testid='stMetric']").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(1000)
    picture(f"login-{role}")
    links = page.locator("[data-testid='stSidebarNavLink']").all()
    pages = {link.get_attribute("href").split("?")[0].rsplit("/", 1)[1] for link in links}
    assert ({"add", "review"} <= pages) == (role == "editor")

"""URLs, fetched from a server on this machine; and the guard that keeps everybody else from doing so."""

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.documents import Document, SetAside
from ingest.readers import MAX_DOCUMENT_BYTES, Web, read
from ingest.readers.fetching import is_public

TEXT = "The minister said that his country warns Washington against it. He left after that."
PAGE = f"<html><head><title>One</title></head><body><article><p>{TEXT}</p></article></body></html>"
ITEM = f"<item><guid>g</guid><description>{TEXT}</description></item>"
RSS = f"<rss version='2.0'><channel><title>W</title>{ITEM}</channel></rss>"

INSIDE = Web(allowed=frozenset({"127.0.0.1"}), timeout=5)


class Handler(BaseHTTPRequestHandler):
    """Answers by path; ``asked`` keeps the paths that were asked for."""

    def do_GET(self):
        self.server.asked.append(self.path)
        getattr(self, "get_" + self.path.strip("/").partition("?")[0].replace("/", "_"))()

    def answer(self, body, content_type, status=200, **headers):
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.answer(PAGE.encode(), "text/html; charset=utf-8")

    def get_arabic(self):
        page = PAGE.replace(TEXT, "قال الوزير إن بلاده تحذر واشنطن من مواصلة إرسال السلاح إلى المنطقة.")
        self.answer(page.encode("cp1256"), "text/html; charset=windows-1256")

    def get_zipped(self):
        self.answer(gzip.compress(PAGE.encode()), "text/html", Content_Encoding="gzip")

    def get_bomb(self):
        self.answer(gzip.compress(b"x" * 200_000_000), "text/html", Content_Encoding="gzip")

    def get_untyped(self):
        self.answer(PAGE.encode(), None)

    def get_feed(self):
        self.answer(RSS.encode(), "text/html")

    def get_text(self):
        self.answer(("  " + TEXT + "\r\n").encode("utf-16"), "text/plain; charset=utf-16")

    def get_pdf(self):
        self.answer(b"%PDF-1.7", "application/pdf")

    def get_missing(self):
        self.answer(b"", "text/html", 404)

    def get_moved(self):
        self.answer(b"", None, 302, Location="/page?utm_source=x&id=1")

    def get_away(self):
        self.answer(b"", None, 302, Location=self.path.partition("?")[2])

    def get_loop(self):
        self.answer(b"", None, 302, Location="/loop")

    def get_elsewhere(self):
        self.answer(b"", None, 302, Location="file:///etc/passwd")

    def get_endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 100_000)
        except OSError:
            self.server.stopped.set()

    def get_slow(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    served = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    served.daemon_threads = True
    served.asked, served.stopped = [], threading.Event()
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    served.url = f"http://127.0.0.1:{served.server_port}"
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


def only(url, web=INSIDE):
    (item,) = read(url, web=web)
    return item


def reason(url, web=INSIDE):
    item = only(url, web)
    assert isinstance(item, SetAside), item
    assert url == item.name
    return item.reason


@pytest.mark.parametrize("path", ["/page", "/zipped", "/untyped"])
def test_a_page(server, path):
    item = only(server.url + path)

    assert isinstance(item, Document)
    assert (server.url + path, TEXT) == (item.name, item.article.text)
    assert server.url + path == item.article.url


def test_a_page_in_an_older_encoding(server):
    assert "قال الوزير" in only(server.url + "/arabic").article.text


def test_a_feed_under_the_wrong_type(server):
    item = only(server.url + "/feed")

    assert (f"{server.url}/feed#g", TEXT) == (item.name, item.article.text)


def test_plain_text_is_kept_as_it_is(server):
    assert "  " + TEXT + "\r\n" == only(server.url + "/text").article.text


def test_the_url_after_redirects_is_the_articles(server):
    assert server.url + "/page?id=1" == only(server.url + "/moved").article.url


def test_what_cannot_be_read_is_set_aside(server):
    assert "404" in reason(server.url + "/missing")
    assert "application/pdf" in reason(server.url + "/pdf")
    assert "redirects" in reason(server.url + "/loop")
    assert "not file:" in reason(server.url + "/elsewhere")


def test_an_endless_answer_is_stopped(server):
    assert "too long" in reason(server.url + "/endless")
    assert server.stopped.wait(10)


def test_a_packed_answer_is_bounded_by_what_it_unpacks_to(server):
    assert MAX_DOCUMENT_BYTES < 200_000_000
    assert "too long" in reason(server.url + "/bomb")


def test_a_slow_answer_is_stopped(server):
    begin = time.monotonic()

    assert "within 1 seconds" in reason(server.url + "/slow", Web(allowed=frozenset({"127.0.0.1"}), timeout=1))
    assert time.monotonic() - begin < 5


def test_an_unreachable_server_is_set_aside():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "not reachable" in reason(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert "not known" in reason("http://no-such-host.invalid/a")


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://exa mple/", "http://a..b/", "http://x:99999/", "http://\0/"]
)
def test_a_url_that_is_none_is_set_aside(url):
    (item,) = read(url)

    assert isinstance(item, SetAside)


# --- the guard ---


def test_this_machine_is_not_asked_by_default(server):
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::ffff:127.0.0.1]"):
        assert "not a public address" in reason(f"http://{host}:{server.server_port}/page", Web()), host
    assert server.asked == []


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[::1]", "[fe80::1]", "[fd00::1]"],
)
def test_addresses_inside_are_refused_at_once(host):
    begin = time.monotonic()

    assert "not a public address" in reason(f"http://{host}/latest", Web())
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize("host", ["127.0.0.2", "127.2", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"])
def test_a_redirect_inside_is_refused(server, host):
    url = f"{server.url}/away?http://{host}:{server.server_port}/page"

    assert "not a public address" in reason(url)
    assert server.asked == [url.removeprefix(server.url)]


def test_a_redirect_to_a_name_that_leads_inside_is_refused(server):
    here = f"http://127.0.0.2:{server.server_port}/away?http://localhost:{server.server_port}/page"

    assert "localhost leads to" in reason(here, Web(allowed=frozenset({"127.0.0.2"}), timeout=5))
    assert ["/away"] == [path.partition("?")[0] for path in server.asked]


def test_a_proxy_of_the_environment_is_not_asked(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("ALL_PROXY", server.url)

    assert "not a public address" in reason("http://10.0.0.1/page", Web())
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.31.255.255", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert public == is_public(address)

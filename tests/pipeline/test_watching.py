"""Watching a folder and a feed: what comes is read once, whole, and the server is asked politely."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest.extractors.rules import RulesExtractor
from ingest.readers import Web
from ingest.watching import EVERY, LONGEST, Watcher

TEXT = "Iran warned Israel on Sunday against attacking its nuclear sites."


class Feed(BaseHTTPRequestHandler):
    """A feed with as many entries as ``server.entries``; 304 for who has this version; ``server.busy`` asks to wait."""

    def do_GET(self) -> None:
        server = self.server
        server.asked.append(self.headers.get("If-None-Match"))
        etag = f'"{len(server.entries)}"'
        if server.busy:
            self.send_response(503)
            self.send_header("Retry-After", str(server.busy))
            self.end_headers()
        elif self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
        else:
            items = "".join(f"<item><guid>{n}</guid><description>{t}</description></item>" for n, t in server.entries)
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def feed() -> Iterator[ThreadingHTTPServer]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    served.asked, served.entries, served.busy = [], [(1, TEXT)], 0
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


class Clock:
    """Seconds that pass only when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def watcher(tmp_path: Path, clock: Clock, *sources: object) -> Watcher:
    web = Web(allowed=frozenset({"127.0.0.1"}), timeout=5)
    workspace = Workspace.create(tmp_path / "workspace")
    return Watcher(workspace, [*map(str, sources)], extractor=RulesExtractor, web=web, clock=clock)


def articles(tmp_path: Path) -> int:
    return Ledger(Workspace.create(tmp_path / "workspace")).view().counts().articles


def test_a_file_is_read_once_when_it_no_longer_changes(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    watching = watcher(tmp_path, clock, folder)

    assert watching.look() is None
    (folder / "a.txt").write_text(TEXT[:20])
    assert watching.look() is None
    (folder / "a.txt").write_text(TEXT)  # it was still being written
    assert watching.look() is None
    report = watching.look()
    assert report
    assert 1 == report.articles
    assert watching.look() is None
    (folder / "a.txt").write_text(TEXT + " Iraq condemned Iran.")
    assert watching.look() is None
    assert watching.look()
    assert 2 == articles(tmp_path)


def test_a_feed_is_asked_for_changes_at_intervals(tmp_path: Path, clock: Clock, feed: ThreadingHTTPServer) -> None:
    watching = watcher(tmp_path, clock, f"http://127.0.0.1:{feed.server_port}/")

    first = watching.look()
    assert first
    assert 1 == first.articles
    clock.now = EVERY - 1
    assert watching.look() is None
    clock.now = EVERY
    same = watching.look()
    assert same
    assert (0, 0, []) == (same.articles, same.unchanged, same.set_aside)
    feed.entries.append((2, "Iraq condemned Iran on Monday."))
    clock.now = 2 * EVERY
    more = watching.look()
    assert more
    assert (1, 1) == (more.articles, more.unchanged)
    assert [None, '"1"', '"1"'] == feed.asked
    assert 2 == articles(tmp_path)


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(
    tmp_path: Path, clock: Clock, feed: ThreadingHTTPServer
) -> None:
    watching = watcher(tmp_path, clock, f"http://127.0.0.1:{feed.server_port}/")
    feed.busy = 5000
    report = watching.look()
    assert report
    assert "come back later" in report.set_aside[0].reason
    feed.busy = 0
    clock.now = 4999
    assert watching.look() is None
    clock.now = 5000
    assert watching.look()
    assert 1 == articles(tmp_path)


def test_a_server_that_fails_is_asked_less_and_less_often(tmp_path: Path, clock: Clock) -> None:
    watching = watcher(tmp_path, clock, "http://127.0.0.1:9/")  # nobody listens on the port of discard
    asked = []
    for second in range(0, 20_000, 100):
        clock.now = float(second)
        if watching.look():
            asked.append(second)

    pauses = [later - earlier for earlier, later in pairwise(asked)]
    assert [2 * EVERY, 4 * EVERY, 8 * EVERY] == pauses[:3]
    assert LONGEST == max(pauses)

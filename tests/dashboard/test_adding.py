"""Articles added in a browser: files, a folder, a page and a feed; and what came while a dashboard is open."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.dashboard.strings import counted, say
from graph.generations import Indexes
from ingest.extractors.rules import RulesExtractor
from ingest.pipeline import ingest
from tests.dashboard.test_browser import WAIT, settled

LIMIT = 50 * 1024 * 1024  # bytes of an upload
PAGE = """<!doctype html><html lang="en"><head><title>Talks in Oslo</title></head><body><article><h1>Talks in Oslo</h1>
<p>OSLO, July 12 - Norway accused Iceland of blocking the talks. Iceland denied the accusation on Saturday evening.</p>
<p>The two neighbours have argued about the quotas for years, and the talks in the capital went on all week.</p>
</article></body></html>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Daily</title><link>{url}</link>
<description>News</description><item><title>Next</title><link>{url}/next</link>
<description>Norway warned Iceland on Sunday that it would leave the talks.</description></item>
<item><title>Bare</title><link>{url}/bare</link></item></channel></rss>"""


class News(BaseHTTPRequestHandler):
    """A small site with a page and a feed, slow enough for its reading to be seen."""

    def do_GET(self):
        time.sleep(0.7)
        url = f"http://127.0.0.1:{self.server.server_port}"
        told = {"/page": (PAGE, "text/html"), "/feed": (FEED.format(url=url), "application/rss+xml")}.get(self.path)
        self.send_response(200 if told else 404)
        self.send_header("Content-Type", f"{told[1] if told else 'text/html'}; charset=utf-8")
        self.end_headers()
        self.wfile.write((told[0] if told else "").encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    served = ThreadingHTTPServer(("127.0.0.1", 0), News)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    thread.join()
    served.server_close()


def watch_progress(page):
    """Keep what the page says of its progress, however short it stands there."""
    page.evaluate(
        "window.told = new Set(); new MutationObserver(() => document.querySelectorAll('[data-testid=stProgress]')"
        ".forEach(bar => window.told.add(bar.innerText))).observe(document.body,"
        " {subtree: true, childList: true, characterData: true})"
    )


def progress(page) -> list[str]:
    return [text.strip() for text in page.evaluate("[...window.told]") if text.strip()]


def send(page, language):
    page.get_by_role("button", name=say(language, "read_it")).locator("visible=true").click()


def summary(language, articles, aside) -> re.Pattern:
    """What the page says at the end of an ingest, whatever the number of claims."""
    told = say(language, "done", articles=counted("articles", articles, language), claims="CLAIMS", aside=aside)
    return re.compile(f"^{re.escape(told).replace('CLAIMS', '.+')}$")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_files_a_folder_and_addresses_are_read(changed_address, page, site, language, tmp_path, picture):
    page.goto(f"{changed_address}/add?lang={language}")
    page.get_by_role("tab", name=say(language, "files")).click(timeout=WAIT)
    boxes = page.locator("[data-testid='stFileUploaderDropzoneInput']")
    (good := tmp_path / "good.txt").write_text("Norway accused Iceland of blocking the talks.", "utf-8")
    (bad := tmp_path / "bad.jsonl").write_text('{"title": "an article without a text"}\n', "utf-8")
    boxes.first.set_input_files([good, bad])
    page.get_by_text("bad.jsonl").first.wait_for(timeout=WAIT)
    own = page.locator("[data-testid='stFileUploader']").last.get_by_role("button")  # Streamlit's own words
    own.get_by_text({"en": "Upload directories", "ar": "اختر مجلدا"}[language]).wait_for(timeout=WAIT)
    settled(page)
    watch_progress(page)
    send(page, language)
    page.get_by_text(summary(language, 1, 1)).first.wait_for(timeout=WAIT)
    heading = page.get_by_role("heading", name=say(language, "set_aside"))
    heading.wait_for(timeout=WAIT)
    page.get_by_role("cell", name="bad.jsonl").wait_for(timeout=WAIT)
    page.locator(".qawl-sentence").first.wait_for(timeout=WAIT)
    assert progress(page)
    picture(f"add-files-{language}")

    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    for number in range(12):
        text = f"Norway warned Iceland on day {number} of the talks."
        (folder / "inner" / f"{number}.txt").write_text(text, "utf-8")
    boxes.nth(1).set_input_files(folder)
    page.get_by_text("11.txt").or_(page.get_by_text("0.txt")).first.wait_for(timeout=WAIT)
    settled(page)
    send(page, language)
    page.get_by_text(summary(language, 12, 0)).first.wait_for(timeout=WAIT)

    page.get_by_role("tab", name=say(language, "url")).click()
    for path, aside in (("/page", 0), ("/feed", 1)):
        page.get_by_label(say(language, "address")).fill(site + path)
        watch_progress(page)
        send(page, language)
        page.get_by_text(summary(language, 1, aside)).first.wait_for(timeout=WAIT)
        assert progress(page)
    page.get_by_role("cell", name=f"{site}/bare").wait_for(timeout=WAIT)
    picture(f"add-feed-{language}")


def test_a_file_that_is_too_large_is_refused_and_costs_nothing(page, sample_address, tmp_path, picture):
    with (large := tmp_path / "large.txt").open("wb") as handle:
        handle.truncate(LIMIT + 1)
    page.goto(f"{sample_address}/add")
    page.get_by_role("tab", name="Files").click(timeout=WAIT)
    page.locator("[data-testid='stFileUploaderDropzoneInput']").first.set_input_files(large)
    page.get_by_text(re.compile("must be 50.*MB or smaller")).wait_for(timeout=WAIT)
    picture("add-too-large")

    send(page, "en")
    page.get_by_text(say("en", "need_files")).wait_for(timeout=WAIT)


def test_an_address_inside_is_not_fetched(page, sample_address, site):
    page.goto(f"{sample_address}/add")
    page.get_by_role("tab", name=say("en", "url")).click(timeout=WAIT)
    page.get_by_label(say("en", "address")).fill(f"{site}/page")
    send(page, "en")

    page.get_by_role("cell", name=re.compile("127.0.0.1.*not public|leads to")).wait_for(timeout=WAIT)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_came_meanwhile_is_offered_and_nothing_typed_is_lost(
    page, serve, copied_workspace, language, tmp_path, picture
):
    page.goto(f"{serve(copied_workspace)}/add?lang={language}")
    text = page.get_by_label(say(language, "text"), exact=True)
    text.fill("A text that is not sent yet.")
    title = page.get_by_label(say(language, "title"))
    title.fill("Its title")
    (file := tmp_path / "new.txt").write_text("Norway accused Iceland of blocking the talks.", "utf-8")
    ingest(copied_workspace, [str(file)], extractor=RulesExtractor(), jobs=1)
    Indexes(copied_workspace).refresh()

    offer = page.get_by_role("button", name=say(language, "show_news"))
    offer.wait_for(timeout=WAIT)
    picture(f"news-{language}")
    offer.click()
    offer.wait_for(state="detached", timeout=WAIT)
    assert ("A text that is not sent yet.", "Its title") == (text.input_value(), title.input_value())

    page.get_by_role("link", name=say(language, "nav_overview")).click()
    page.get_by_text(re.compile("^(17|١٧)$")).wait_for(timeout=WAIT)


def test_a_mistake_of_ours_shows_no_code(changed_address, page, picture):
    page.goto(f"{changed_address}/about")
    alert = page.locator("[data-testid='stException'], [data-testid='stAlert']").first
    alert.wait_for(timeout=WAIT)
    picture("mistake")

    shown = page.locator("body").inner_text()
    assert not re.search(r"Traceback|ValueError|secret|main\.py|line \d", shown)

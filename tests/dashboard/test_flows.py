"""What people do with the dashboard, in both interface languages: a real Chromium over a running ``qawl app``."""

import csv
import re
from pathlib import Path

import pytest

from app.dashboard.strings import say
from tests.dashboard.test_browser import GRAPH, WAIT, drawn

LAVROV, UNITED_STATES, TRUMP = "Q58217", "Q30", "Q22686"

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture
def words(language):
    return lambda key, **values: say(language, key, **values)


@pytest.fixture
def at(page, sample_address, language):
    def open_page(path: str) -> None:
        page.goto(f"{sample_address}/{path}{'&' if '?' in path else '?'}lang={language}")

    return open_page


def heading(page, text):
    found = page.get_by_role("heading", name=text).first
    found.wait_for(timeout=WAIT)
    return found


def downloaded(page, button) -> Path:
    with page.expect_download(timeout=WAIT) as download:
        button.click()
    return download.value.path()


def test_from_the_canvas_to_an_actors_page(at, page, words, language, picture):
    at(f"explore?actor={LAVROV}")
    drawn(page)
    page.locator("[data-testid='stPageLink'] a").first.click()

    heading(page, {"en": "Sergey Lavrov", "ar": "سيرغي لافروف"}[language])
    heading(page, words("allies"))
    page.locator("[data-testid='stVegaLiteChart']").last.wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    picture(f"actor-{language}")
    assert f"actor={LAVROV}" in page.url


def test_a_week_of_an_actors_tone_leads_to_its_sentences(at, page, words):
    at(f"actor?actor={TRUMP}")
    heading(page, words("tone_over_time"))
    page.wait_for_timeout(1500)
    chart = page.locator("[data-testid='stVegaLiteChart']").last
    chart.scroll_into_view_if_needed()
    chart.locator("path[aria-roledescription='circle'], .mark-symbol path").first.click(timeout=WAIT)

    page.locator(".qawl-sentence").first.wait_for(timeout=WAIT)


def test_the_picture_is_arranged_hidden_and_saved(at, page, words, language):
    at(f"explore?actor={TRUMP}")
    drawn(page)
    nodes = page.evaluate(f"{GRAPH}.nodes(':visible').length")
    page.evaluate(f"{GRAPH}.nodes()[0].select()")
    page.get_by_role("button", name=words("canvas_hide")).click()
    assert nodes - 1 == page.evaluate(f"{GRAPH}.nodes(':visible').length")
    page.get_by_role("button", name=words("canvas_undo")).click()
    assert nodes == page.evaluate(f"{GRAPH}.nodes(':visible').length")

    png = downloaded(page, page.get_by_role("button", name=words("canvas_png")))
    svg = downloaded(page, page.get_by_role("button", name=words("canvas_svg")))
    data = downloaded(page, page.get_by_role("button", name=words("canvas_data")))

    assert png.read_bytes().startswith(b"\x89PNG")
    assert {"en": "Donald Trump", "ar": "دونالد ترامب"}[language] in svg.read_text("utf-8")
    rows = list(csv.DictReader(data.read_text("utf-8").splitlines()))
    assert {TRUMP} <= {row["subject"] for row in rows}


def test_communities_and_centrality_change_colours_and_sizes(at, page, words, picture, language):
    at(f"explore?actor={TRUMP}&expanded=Q801")
    drawn(page)
    looks = f"{GRAPH}.nodes().map(n => n.data('colour') + n.data('size')).join()"
    before = page.evaluate(looks)
    page.get_by_text(words("by_community")).click()
    page.wait_for_function(f"{looks} !== '{before}'", timeout=WAIT)
    coloured = page.evaluate(looks)
    page.get_by_text(words("by_centrality")).click()
    page.wait_for_function(f"{looks} !== '{coloured}'", timeout=WAIT)
    page.wait_for_timeout(800)
    picture(f"communities-{language}")


def test_claims_are_searched_read_and_taken_along(at, page, words, language, picture):
    at("claims")
    search = page.get_by_label(words("search_text"))
    search.wait_for(timeout=WAIT)
    search.fill("الهدنة")
    search.press("Enter")
    page.wait_for_url(re.compile("text="), timeout=WAIT)
    grid = page.locator("[data-testid='stDataFrame']")
    page.wait_for_timeout(2500)
    page.wait_for_function("document.querySelectorAll('[data-testid=stDataFrame]').length === 1", timeout=WAIT)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 52)

    sentence = page.locator(".qawl-sentence").first
    sentence.wait_for(timeout=WAIT)
    assert "الهدنة" in sentence.inner_text()
    picture(f"claims-{language}")
    page.get_by_role("main").get_by_text(re.compile(words("take_along", claims=""))).click()
    table = downloaded(page, page.get_by_role("button", name=words("download_csv")))
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert rows
    assert all("الهدنة" in row["evidence"] for row in rows)


def test_a_brushed_period_is_followed_by_all_pages(at, page, words, language, picture):
    at("timeline")
    heading(page, words("timeline_page"))
    chart = page.locator("[data-testid='stVegaLiteChart']").first
    chart.wait_for(timeout=WAIT)
    page.wait_for_timeout(2000)
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 90, steps=8)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-\d\d.*until="), timeout=WAIT)
    page.locator(".qawl-sentence").first.wait_for(timeout=WAIT)
    picture(f"timeline-{language}")
    since, until = re.search(r"since=([\d-]+).*until=([\d-]+)", page.url).groups()

    page.get_by_role("link", name=words("nav_export")).click()
    page.wait_for_url(re.compile(r"export.*since="), timeout=WAIT)
    page.get_by_text(re.compile("^csv")).click()
    page.wait_for_timeout(1200)
    table = downloaded(page, page.get_by_role("button", name=words("download_graph")))
    days = {row["published"] for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    assert days
    assert all(since <= day <= until for day in days)

    page.get_by_role("link", name=words("nav_timeline")).click()
    heading(page, words("timeline_page"))
    page.wait_for_timeout(2000)
    box = chart.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] * 0.6, box["y"] + 80)


def test_a_path_with_evidence_for_every_step(at, page, words, language, picture):
    at(f"path?actor={LAVROV}&other={TRUMP}")
    drawn(page)
    page.locator(".qawl-sentence").first.wait_for(timeout=WAIT)
    picture(f"path-{language}")
    steps = page.locator("[data-testid='stExpander']").count()
    assert steps == page.evaluate(f"{GRAPH}.nodes().length - 1")

    page.get_by_role("button", name=re.compile(words("not_through", name="").strip())).first.click()
    page.get_by_role("button", name=words("avoid_none")).wait_for(timeout=WAIT)


def test_two_languages_are_compared(at, page, words, language, picture):
    at("compare?actor=Q801")
    heading(page, words("contradicting"))
    heading(page, words("corroborating"))
    page.locator(".qawl-sentence[dir='rtl']").first.wait_for(timeout=WAIT)
    assert page.locator(".qawl-sentence[dir='ltr']").count()
    page.wait_for_timeout(500)
    picture(f"compare-{language}")


def test_a_claim_is_rejected_with_a_reason_and_taken_back(page, serve, copied_workspace, words, language, picture):
    page.goto(f"{serve(copied_workspace)}/review?lang={language}")
    name = page.get_by_label(words("reviewer"))
    name.wait_for(timeout=WAIT)
    name.fill("Nadia")
    name.press("Enter")
    page.get_by_text(words("not_said")).first.click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name=words("reject")).click()
    page.get_by_text(words("decided_not_drawn", count=1)).wait_for(timeout=WAIT)
    page.get_by_role("tab", name=words("history")).click()
    page.get_by_text(re.compile(f"Nadia.*{words('not_said')}")).wait_for(timeout=WAIT)
    picture(f"review-{language}")

    page.get_by_role("button", name=words("draw_decisions")).click()
    page.get_by_text(words("decided_not_drawn", count=1)).wait_for(state="detached", timeout=WAIT)
    page.get_by_role("button", name=words("take_back")).click()
    page.get_by_text(words("decided_not_drawn", count=1)).wait_for(timeout=WAIT)


def test_two_actors_are_merged_and_taken_apart(page, serve, copied_workspace, words, language, picture):
    query = f"merge_first={LAVROV}&merge_second={TRUMP}&lang={language}"
    page.goto(f"{serve(copied_workspace)}/review?{query}")
    name = page.get_by_label(words("reviewer"))
    name.wait_for(timeout=WAIT)
    name.fill("Nadia")
    name.press("Enter")
    page.get_by_role("tab", name=words("actors")).click()
    page.locator(".st-key-one-by-hand button").click(timeout=WAIT)
    heading(page, words("merged_actors"))
    picture(f"merge-{language}")

    page.get_by_role("button", name=words("take_back")).click()
    page.get_by_role("heading", name=words("merged_actors")).wait_for(state="detached", timeout=WAIT)


def test_the_graph_is_exported_and_the_workspace_examined(at, page, words, language, picture):
    at("export")
    heading(page, words("export_page"))
    page.get_by_text(re.compile("^graphml")).click()
    page.wait_for_timeout(1500)
    graph = downloaded(page, page.get_by_role("button", name=words("download_graph")))
    assert "<graphml" in graph.read_text("utf-8")[:500]
    picture(f"export-{language}")

    page.get_by_role("link", name=words("nav_about")).click()
    page.get_by_role("button", name=words("examine")).click(timeout=WAIT)
    page.get_by_text(words("healthy")).wait_for(timeout=WAIT)
    picture(f"about-{language}")

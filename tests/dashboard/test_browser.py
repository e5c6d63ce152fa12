"""The dashboard as a person meets it: a real Chromium over a running ``qawl app``."""

import re

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

WAIT = 30_000  # milliseconds; a cold page compiles for seconds on a slow machine


GRAPH = "document.querySelector('.qawl-canvas')?._cyreg?.cy"


def drawn(page, condition: str = "nodes().length > 0"):
    """Wait until the canvas is drawn and the condition on its graph is met."""
    page.wait_for_function(f"{GRAPH}?.{condition}", timeout=WAIT)
    page.wait_for_timeout(800)


def settled(page):
    """Wait until nothing that was asked of the dashboard is still being answered."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(timeout=WAIT)


def click_on(page, element: str, *, twice: bool = False):
    """Click an element of the canvas, a node or the middle of an edge, where it is drawn."""
    x, y = page.evaluate(
        f"id => {{ const e = {GRAPH}.getElementById(id);"
        " const p = e.isNode() ? e.renderedPosition() : e.renderedMidpoint(); return [p.x, p.y]; }",
        element,
    )
    box = page.locator(".qawl-canvas").bounding_box()
    (page.mouse.dblclick if twice else page.mouse.click)(box["x"] + x, box["y"] + y)


@pytest.fixture
def at(page, sample_address):
    """Open a page of the dashboard over the samples."""

    def open_page(path: str = "/") -> None:
        page.goto(sample_address + path)

    return open_page


def test_overview(at, page, picture):
    at()
    page.get_by_text("Most active actors").wait_for(timeout=WAIT)
    page.locator("[data-testid='stMetric']").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    picture("overview")


def test_an_edge_leads_to_its_sentence_in_arabic(at, page, picture):
    at("/explore")
    page.get_by_label("Find an actor").fill("لافروف")
    page.get_by_label("Find an actor").press("Enter")
    page.get_by_role("heading", name="About Sergey Lavrov").wait_for(timeout=WAIT)
    drawn(page, "getElementById('Q58217>Q30').length")
    picture("explore")

    click_on(page, "Q58217>Q30")

    page.get_by_role("heading", name=re.compile("Between .*Lavrov")).wait_for(timeout=WAIT)
    sentence = page.locator(".qawl-sentence[dir='rtl']").first
    sentence.wait_for(timeout=WAIT)
    assert "حذّر" == sentence.locator("mark.qawl-cue").first.inner_text()
    assert "rtl" == sentence.evaluate("e => getComputedStyle(e).direction")
    page.get_by_text("Read it in the article").first.click()
    page.locator(".qawl-text mark.qawl-evidence").first.wait_for(timeout=WAIT)
    picture("edge")


def test_a_node_leads_to_its_claims_and_expands(at, page):
    at("/explore?actor=Q58217")
    drawn(page)
    before = page.evaluate(f"{GRAPH}.nodes().length")

    click_on(page, "Q30")
    page.get_by_role("heading", name="About United States").wait_for(timeout=WAIT)
    click_on(page, "Q30", twice=True)

    drawn(page, f"nodes().length > {before}")


@pytest.mark.parametrize("language", ["Cypher", "SPARQL"])
def test_a_query_lists_who_warns_whom(at, page, language, picture):
    at("/query")
    page.get_by_text("Ask the graph").wait_for(timeout=WAIT)
    page.get_by_role("radio", name=language).or_(page.get_by_role("button", name=language)).first.click()
    # The page is drawn anew for the other language, which would close a list opened before.
    begins = re.compile(r"^\s*(SELECT|CONSTRUCT)" if language == "SPARQL" else r"^\s*MATCH")
    sync_api.expect(page.get_by_label("Your query")).to_have_value(begins, timeout=WAIT)
    page.get_by_label("Example").click()
    page.get_by_role("option", name="Who warns whom?").click()
    page.get_by_text("warns" if language == "SPARQL" else "WARNS").first.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Run").click()
    page.get_by_text(re.compile(r"^\d+ rows?$")).wait_for(timeout=WAIT)
    picture(f"query-{language.lower()}")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    table = download.value.path().read_text("utf-8")
    assert "Sergey Lavrov,United States" in table


def test_a_wrong_query_is_told_in_words(at, page):
    at("/query")
    page.get_by_label("Your query").wait_for(timeout=WAIT)
    page.get_by_label("Your query").fill("MATCH (a:Entity RETURN a")
    page.get_by_role("button", name="Run").click()

    alert = page.locator("[data-testid='stAlert']")
    alert.wait_for(timeout=WAIT)
    assert "Traceback" not in alert.inner_text()


def test_a_pasted_text_joins_the_graph(page, serve, copied_workspace, picture):
    page.goto(serve(copied_workspace) + "/add")
    page.get_by_label("Text", exact=True).fill("Norway accused Iceland of blocking the talks.")
    page.get_by_role("button", name="Read it").first.click()
    page.get_by_text(re.compile(r"^1 article, [1-9]\d* claims?, 0 set aside$")).first.wait_for(timeout=WAIT)
    picture("add")

    page.get_by_role("link", name="Explore").click()
    page.get_by_label("Find an actor").fill("norway")
    page.get_by_label("Find an actor").press("Enter")
    page.get_by_role("heading", name="About Norway").wait_for(timeout=WAIT)
    drawn(page)  # a page closed while its graph is being laid out complains


def test_dark_arabic_and_narrow(at, page, picture):
    page.emulate_media(color_scheme="dark")
    at("/explore?lang=ar&actor=Q58217")
    page.get_by_role("heading", name=re.compile("لافروف")).wait_for(timeout=WAIT)
    drawn(page)
    picture("explore-arabic-dark")
    page.set_viewport_size({"width": 390, "height": 844})
    at("/?lang=ar")
    page.locator("[data-testid='stMetric']").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    picture("overview-narrow")

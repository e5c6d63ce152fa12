"""The canvas over a graph with hubs: a few edges first and more when asked, arranged by hand, shared by its address."""

import re

import pytest

from app.dashboard.strings import say
from benchmarks.worlds import fill
from graph.generations import Indexes
from graph.workspace import Workspace
from tests.dashboard.conftest import dashboards
from tests.dashboard.test_browser import GRAPH, WAIT, click_on, drawn

STRONGEST = 40  # pairs that are drawn at first, at most

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture(scope="module")
def hub():
    """The id of the most active actor of the generated world."""
    return []


@pytest.fixture(scope="module")
def address(tmp_path_factory, hub):
    """A dashboard over 3,000 generated claims, in which a few actors have very many."""
    workspace = Workspace.create(tmp_path_factory.mktemp("world") / "workspace")
    fill(workspace, 3000)
    Indexes(workspace).refresh()
    with Indexes(workspace).cypher() as store:
        hub += [entity.id for entity, _ in store.top_actors(limit=2)]
    with dashboards() as start:
        yield start(workspace)


def edges(page) -> int:
    return page.evaluate(f"{GRAPH}.edges().length")


def test_a_hub_is_shown_by_its_strongest_edges_and_grows_when_asked(page, address, hub, language, picture):
    page.goto(f"{address}/explore?actor={hub[0]}&lang={language}")
    drawn(page)
    first = edges(page)
    assert 10 < first <= STRONGEST
    picture(f"hub-{language}")

    page.get_by_role("button", name=say(language, "show_more")).first.click()
    drawn(page, f"edges().length > {first}")
    assert edges(page) <= 2 * STRONGEST


def test_a_view_arranged_by_hand_is_shared_by_its_address(page, address, hub, language, picture):
    page.goto(f"{address}/explore?actor={hub[0]}&lang={language}")
    drawn(page, f"getElementById('{hub[1]}').length")
    before = edges(page)
    click_on(page, hub[1], twice=True)
    page.wait_for_url(re.compile(f"expanded={hub[1]}"), timeout=WAIT)
    drawn(page, f"edges().length > {before}")

    at = f"{GRAPH}.getElementById('{hub[1]}')"
    x, y = page.evaluate(f"(() => {{ const p = {at}.renderedPosition(); return [p.x, p.y]; }})()")
    box = page.locator(".qawl-canvas").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60, steps=6)
    page.mouse.up()
    drawn(page, f"getElementById('{hub[1]}').hasClass('pinned')")
    page.get_by_role("button", name=say(language, "canvas_again")).click()
    drawn(page, "nodes('.pinned').length === 0")

    ids = f"{GRAPH}.elements().map(e => e.id()).sort().join()"
    shown = page.evaluate(ids)
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    drawn(page, f"elements().map(e => e.id()).sort().join() === '{shown}'")

"""Five tasks from a cold start, by what stands on the screen: their clicks are those of ``docs/dashboard.md``."""

import json
import re
from pathlib import Path

import pytest

from app.dashboard.strings import relation_label, say
from graph.generations import Indexes
from graph.ledger import Ledger
from graph.relations import relations
from ingest.extractors.rules import RulesExtractor
from ingest.pipeline import ingest
from tests.dashboard.test_browser import WAIT, drawn
from tests.dashboard.test_flows import downloaded, heading

DOCUMENTED = [
    int(row.rstrip("| \n").rsplit("|", 1)[1])
    for row in Path("docs/dashboard.md").read_text("utf-8").split("| task |")[1].splitlines()[2:7]
]
MOST = 8
NAMES = {
    "en": {"lavrov": "Lavrov", "usa": "United States", "rubio": "Rubio"},
    "ar": {"lavrov": "لافروف", "usa": "الولايات المتحدة", "rubio": "روبيو"},
}

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])


class Person:
    """Somebody at the overview, who counts clicks."""

    def __init__(self, page, address, language) -> None:
        self.page, self.language, self.clicks = page, language, 0
        page.goto(f"{address}/?lang={language}")
        page.locator("[data-testid='stMetric']").first.wait_for(timeout=WAIT)

    def words(self, key, **values):
        return say(self.language, key, **values)

    def click(self, found):
        self.clicks += 1
        found.click(timeout=WAIT)
        self.page.wait_for_timeout(300)

    def go(self, address):
        self.click(self.page.get_by_role("link", name=self.words(f"nav_{address}"), exact=True))

    def fill(self, box, text):
        """Click a box, type, press Enter."""
        self.click(box)
        box.fill(text)
        self.page.wait_for_timeout(500)
        box.press("Enter")
        self.page.wait_for_timeout(700)

    def box(self, key):
        return self.page.get_by_role("combobox", name=self.words(key), exact=True).first

    def press(self, key):
        self.click(self.page.get_by_role("button", name=re.compile(f"^.*{re.escape(self.words(key))}")).first)


@pytest.fixture
def person(page, sample_address, language):
    return Person(page, sample_address, language)


def test_who_warned_the_united_states_and_in_what_words(person, page, language, picture):
    person.go("claims")
    person.fill(person.box("actor"), NAMES[language]["usa"])
    person.fill(person.box("relation"), relation_label(relations()["warns"], language))
    page.wait_for_url(re.compile("relation=warns"), timeout=WAIT)
    person.click(page.locator("[data-testid='stDateInput']").first.get_by_role("spinbutton").first)
    page.keyboard.type("20250701", delay=40)
    for _ in range(3):  # out of the field: only then the date counts
        page.keyboard.press("Tab")
    page.wait_for_url(re.compile("since=2025-07-01"), timeout=WAIT)
    page.wait_for_timeout(2500)  # the table is drawn on a canvas, which tells nothing
    grid = page.locator("[data-testid='stDataFrame']").first
    box = grid.bounding_box()
    person.clicks += 1
    page.mouse.click(box["x"] + 16, box["y"] + 52)

    page.locator(".qawl-sentence mark.qawl-cue").first.wait_for(timeout=WAIT)
    picture(f"task-warned-{language}")
    assert "relation=warns" in page.url
    assert DOCUMENTED[0] == person.clicks <= MOST


def test_the_path_between_two_ministers(person, page, language):
    person.go("path")
    person.fill(person.box("path_from"), NAMES[language]["lavrov"])
    person.fill(person.box("path_to"), NAMES[language]["rubio"])

    drawn(page)
    page.locator(".qawl-sentence").first.wait_for(timeout=WAIT)
    assert DOCUMENTED[1] == person.clicks <= MOST


def test_a_wrong_claim_is_corrected_and_taken_back(page, serve, copied_workspace, language, picture):
    person = Person(page, serve(copied_workspace), language)
    person.go("review")
    person.press("correct")
    relation = page.locator("[class*='st-key-correct-relation'] input").first
    person.fill(relation, relation_label(relations()["threatens"], language))
    person.press("save_correction")
    page.get_by_text(person.words("decided_not_drawn", count=1)).wait_for(timeout=WAIT)
    (made,) = Ledger(copied_workspace).view().decisions()
    assert "correct" == made.kind
    person.click(page.get_by_role("tab", name=person.words("history")))
    page.get_by_text(person.words("wrong_relation")).last.wait_for(timeout=WAIT)
    picture(f"task-corrected-{language}")
    person.press("take_back")
    page.get_by_text(person.words("decided_not_drawn", count=2)).wait_for(timeout=WAIT)

    assert ["correct", "uncorrect"] == [one.kind for one in Ledger(copied_workspace).view().decisions()]
    assert DOCUMENTED[2] == person.clicks <= MOST


def test_two_outlets_on_one_event(page, serve, copied_workspace, language, tmp_path, picture):
    told = tmp_path / "other.jsonl"
    article = {"text": "Lavrov praised the United States.", "outlet": "Another Daily", "published": "2025-07-12"}
    told.write_text(json.dumps(article), encoding="utf-8")
    ingest(copied_workspace, [str(told)], extractor=RulesExtractor(), jobs=1)
    Indexes(copied_workspace).refresh()
    person = Person(page, serve(copied_workspace), language)
    person.go("compare")
    person.fill(person.box("actor"), NAMES[language]["lavrov"])
    person.fill(person.box("other_actor_any"), NAMES[language]["usa"])

    heading(page, person.words("contradicting"))
    page.get_by_text("Another Daily").first.wait_for(timeout=WAIT)
    page.locator(".qawl-sentence").nth(1).wait_for(timeout=WAIT)
    picture(f"task-compared-{language}")
    assert DOCUMENTED[3] == person.clicks <= MOST


def test_what_is_seen_goes_to_gephi_and_to_r(person, page):
    person.go("export")
    files = []
    for name in ("graphml", "csv"):
        person.click(page.get_by_text(re.compile(f"^{name}")).first)
        page.wait_for_timeout(1200)
        person.clicks += 1
        files.append(downloaded(page, page.get_by_role("button", name=person.words("download_graph"))))

    assert "<graphml" in files[0].read_text("utf-8")[:500]
    assert "subject" in files[1].read_text("utf-8").splitlines()[0]
    assert DOCUMENTED[4] == person.clicks <= MOST

"""Claims reviewed with the keyboard, and what was decided taken back, in a real Chromium."""

import pytest

from app.dashboard.strings import relation_label, say
from graph.ledger import Ledger
from graph.relations import relations
from tests.dashboard.test_browser import WAIT, settled

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize("language", ["en", "ar"])
def test_claims_are_reviewed_by_keyboard_at_speed(serve, page, copied_workspace, language, picture):
    page.goto(f"{serve(copied_workspace)}/review?lang={language}")
    shown = page.locator(".qawl-claim").first
    page.get_by_role("button", name=say(language, "skip")).wait_for(timeout=WAIT)
    settled(page)

    def press(key):
        """Press a key; wait until the next claim stands there."""
        before = shown.inner_html()
        page.keyboard.press(key)
        page.wait_for_function(
            "before => { const one = document.querySelector('.qawl-claim'); return one && one.innerHTML !== before; }",
            arg=before,
            timeout=WAIT,
        )
        settled(page)

    def decisions():
        return [one.kind for one in Ledger(copied_workspace).view().decisions()]

    press("a")
    press("s")
    press("a")
    assert ["accept", "accept"] == decisions()

    page.keyboard.press("x")
    page.get_by_text(say(language, "need_reason")).wait_for(timeout=WAIT)
    page.get_by_text(say(language, "not_said")).first.click()
    settled(page)
    press("x")
    assert ["accept", "accept", "reject"] == decisions()

    page.keyboard.press("e")
    relation = page.locator("[class*='st-key-correct-relation'] input").first
    relation.click(timeout=WAIT)
    label = relation_label(relations()["threatens"], language)
    relation.fill(label)
    page.get_by_role("option", name=label, exact=True).wait_for(timeout=WAIT)
    relation.press("Enter")
    settled(page)
    picture(f"keyboard-{language}")
    press("Control+Enter")
    assert ["accept", "accept", "reject", "correct"] == decisions()

    page.get_by_role("tab", name=say(language, "history")).click()
    buttons = page.get_by_role("button", name=say(language, "take_back"))
    for left in (3, 2, 1, 0):
        expect(buttons).to_have_count(left + 1, timeout=WAIT)
        buttons.first.click()
    expect(buttons).to_have_count(0, timeout=WAIT)
    assert ["uncorrect", "reconsider", "reconsider", "reconsider"] == decisions()[4:]

"""How the pages look: on a phone and in the dark, in both languages; all of them are drawn and kept as pictures."""

import pytest

from app.dashboard.shell import GROUPS
from app.dashboard.strings import say
from tests.dashboard.test_browser import WAIT

PAGES = [address for group in GROUPS.values() for address, *_ in group]
QUERY = {
    "actor": "actor=Q22686",
    "explore": "actor=Q22686",
    "path": "actor=Q58217&other=Q22686",
    "compare": "actor=Q801",
}
LOOKS = {"phone": (390, 844, "light"), "dark": (1280, 900, "dark")}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_fits_its_window(page, sample_address, picture, look, language):
    width, height, scheme = LOOKS[look]
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    for name in PAGES:
        page.goto(f"{sample_address}/{'' if name == 'overview' else name}?{QUERY.get(name, '')}&lang={language}")
        page.locator(".stMain").get_by_role("heading").first.wait_for(timeout=WAIT)
        page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(timeout=WAIT)
        page.wait_for_timeout(1200)
        picture(f"{look}-{name}-{language}")

        wider = page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.stMain'))")
        assert wider <= 1, name
        direction = page.evaluate("getComputedStyle(document.querySelector('.stApp')).direction")
        assert {"en": "ltr", "ar": "rtl"}[language] == direction
        assert not page.get_by_text(say(language, "no_claims")).count(), name

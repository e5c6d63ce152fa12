"""The evidence card: marks where the spans are, and nothing from an article as HTML."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from app.dashboard.evidence import card, highlighted
from graph.claims import Span
from graph.ledger import ArticleInfo, LedgerClaim
from tests.making import article, claim


def test_overlapping_marks_cut_the_text():
    text = "abcdef"
    marks = [("content", Span.of(text, 1, 4)), ("cue", Span.of(text, 3, 5))]

    content, both, cue = (f'<mark class="qawl-{c}">' for c in ("content", "content qawl-cue", "cue"))

    assert f"a{content}bc</mark>{both}d</mark>{cue}e</mark>f" == highlighted(text, 0, marks)


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_the_text_is_whole_and_escaped_whatever_the_marks(text, ends):
    marks = [("cue", Span(*sorted(pair), "")) for pair in ends]
    html = highlighted(text, 0, marks)

    assert text == unescape(re.sub(r'<mark class="[a-z -]+">|</mark>', "", html))
    assert not re.search(r"<(?!mark class=|/mark>)", html)


def test_a_card_shows_nothing_from_an_article_as_html():
    made = article(text='Lavrov warned the United States that Russia would answer. <script>alert("x")</script>')
    info = ArticleInfo(made.id, "javascript:alert(1)", "<b>title</b>", "<i>outlet</i>", None, "en")
    html = card(LedgerClaim(claim(made), info), "en")

    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "javascript" not in html

"""A claim as a card: who says what to whom, the sentence with its parts marked, and where it stands.

Nothing from an article is ever rendered as HTML or Markdown: every piece of it is escaped here.
"""

from collections.abc import Iterable
from html import escape
from itertools import pairwise

import streamlit as st

from app.dashboard.canvas import COLOURS
from app.dashboard.people import may_write
from app.dashboard.session import language, words
from app.dashboard.strings import direction_of, name_of, relation_label, shown_date
from graph.articles import Article
from graph.claims import Claim, Span
from graph.ledger import LedgerClaim
from graph.stores.base import Store

CONTEXT = 1500  # characters on either side of a sentence: what a reader needs, of an article of any size
Mark = tuple[str, Span]


def show_claims(store: Store, found: Iterable[LedgerClaim]) -> None:
    """One card for each claim, each with its place in the article to open."""
    for one in found:
        st.html(card(one, language(), store.article(one.article.id)))


def card(one: LedgerClaim, interface: str, article: Article | None = None) -> str:
    """The HTML of a claim's card; with its article, the text around the sentence can be opened."""
    claim = one.claim
    marked = highlighted(claim.evidence.text, claim.evidence.start, _marks(claim))
    direction = direction_of(claim.language)
    return (
        f'<div class="qawl-claim"><div class="qawl-triple">{_triple(claim, interface)}{_chips(claim)}</div>'
        f'<div class="qawl-sentence" dir="{direction}" lang="{escape(claim.language)}">{marked}</div>'
        f'<div class="qawl-meta">{_meta(one)}</div>{_context(claim, article) if article else ""}</div>'
    )


def _context(claim: Claim, article: Article) -> str:
    """The text around the claim's sentence, closed at first."""
    start, end = max(0, claim.evidence.start - CONTEXT), claim.evidence.end + CONTEXT
    marked = highlighted(article.text[start:end], start, [("evidence", claim.evidence)])
    text = f"{'… ' if start else ''}{marked}{' …' if end < len(article.text) else ''}"
    return (
        f"<details><summary>{escape(words('in_article'))}</summary>"
        f'<div class="qawl-text" dir="{direction_of(article.language)}">{text}</div></details>'
    )


def highlighted(text: str, offset: int, marks: Iterable[Mark]) -> str:
    """``text``, which starts at ``offset`` of its article, as HTML with each mark's span in ``<mark>``.

    Marks may nest and overlap: the text is cut at every end, and a piece carries the classes of all its marks.
    """
    inside = [(kind, max(0, span.start - offset), min(len(text), span.end - offset)) for kind, span in marks]
    cuts = sorted({0, len(text), *(end for _, *ends in inside for end in ends if 0 <= end <= len(text))})
    return "".join(_piece(text[start:end], start, end, inside) for start, end in pairwise(cuts))


def _piece(text: str, start: int, end: int, marks: list[tuple[str, int, int]]) -> str:
    classes = " ".join(f"qawl-{kind}" for kind, left, right in marks if left <= start and end <= right)
    return f'<mark class="{classes}">{escape(text)}</mark>' if classes else escape(text)


def _marks(claim: Claim) -> list[Mark]:
    parts = {
        "content": claim.content and claim.content.span,
        "subject": claim.subject.span,
        "object": claim.object and claim.object.span,
        "cue": claim.cue,
    }
    return [(kind, span) for kind, span in parts.items() if span and span.end > span.start]


def _triple(claim: Claim, interface: str) -> str:
    relation = escape(relation_label(claim.relation, interface))
    colour = COLOURS[claim.relation.quad_class]
    target = f" <bdi>{escape(name_of(claim.object.entity, interface))}</bdi>" if claim.object else ""
    subject = escape(name_of(claim.subject.entity, interface))
    return f'<bdi>{subject}</bdi> <span class="qawl-relation" style="--qawl-class: {colour}">{relation}</span>{target}'


def _chips(claim: Claim) -> str:
    chips = [words("negated")] if claim.negated else []
    chips += [words(claim.modality)] if claim.modality != "asserted" else []
    chips += [words("reported")] if claim.attributed_to else []
    chips += [words("quoted")] if claim.content and claim.content.quoted else []
    return "".join(f'<span class="qawl-chip">{escape(chip)}</span>' for chip in chips)


def _meta(one: LedgerClaim) -> str:
    parts = [one.article.outlet, _when(one), one.article.title]
    shown = [f"<bdi>{escape(part)}</bdi>" for part in parts if part]
    shown.append(escape(words("confidence", value=one.claim.confidence)))
    url = one.article.url or ""
    if url.startswith(("https://", "http://")):
        link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words("open_source"))}</a>'
        shown.append(link)
    if may_write():
        address = f"review?claim={escape(one.claim.id)}&amp;lang={language()}"
        shown.append(f'<a href="{address}" target="_self">{escape(words("check_it"))}</a>')
    return " · ".join(shown)


def _when(one: LedgerClaim) -> str:
    return shown_date(one.article.published, language()) if one.article.published else words("no_date")

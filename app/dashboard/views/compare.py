"""Compare: how two outlets or two languages tell the same two actors; what contradicts, what corroborates."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.dashboard.choosing import choose_actor, choose_filter, language_name
from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, language, store, words
from app.dashboard.strings import name_of, number, plain, relation_label
from app.dashboard.views.add import offer_samples
from graph.claims import Entity
from graph.comparison import Contradiction, Telling, contradictions, copies, tellings
from graph.ledger import LedgerClaim
from graph.stores.base import ClaimFilter, Store
from graph.tone import leaning

MOST = 400  # claims of a pair, newest first, that are compared
SHOWN = 12


def show() -> None:
    """Draw the page."""
    st.title(words("compare_page"), anchor=False)
    st.caption(words("compare_intro"))
    opened = store()
    if not opened.counts().claims:
        offer_samples()
        return
    where = choose_filter()
    left, right = st.columns(2)
    with left:
        first = choose_actor("actor", words("actor"))
    with right:
        second = choose_actor("other", words("other_actor_any"))
    if first is None:
        st.info(words("choose_pair"))
        return
    where = replace(where, actor=first.id, other=second.id if second and second.id != first.id else None)
    _sides(opened, where)
    found = opened.claims(where, MOST)
    if len(found) == MOST:
        st.caption(words("newest_only", count=MOST))
    same = _copies(opened, found)
    _contradictions(opened, contradictions(found))
    _corroborated(opened, [telling for telling in tellings(found, same) if len(telling.claims) > 1])


def _sides(opened: Store, where: ClaimFilter) -> None:
    """Two columns: an outlet or a language each, with its own claims."""
    kinds = {"outlet": opened.outlets(), "article_language": opened.languages()}
    kinds = {kind: values for kind, values in kinds.items() if len(values) > 1}
    if not kinds:
        st.info(words("nothing_to_compare"))
        return
    kind = st.segmented_control(words("compare_by"), list(kinds), format_func=words, default=next(iter(kinds)))
    values = kinds[kind or next(iter(kinds))]
    for position, column in enumerate(st.columns(2, gap="medium")):
        with column:
            shown = language_name if kind == "article_language" else str
            label = words("side", count=position + 1)
            value = st.selectbox(label, values, position, format_func=shown, key=f"side-{kind}-{position}")
            side = replace(where, outlet=value) if kind == "outlet" else replace(where, language=value)
            _side(opened, side)


def _side(opened: Store, where: ClaimFilter) -> None:
    mix = opened.relation_mix(where)
    claims = count_of("claims", sum(count for _, count in mix))
    st.caption(words("side_tone", claims=claims, tone=number(round(leaning(mix), 2), language())))
    told = tellings(opened.claims(where, SHOWN), {})
    if not told:
        st.info(words("nothing_here"))
    for telling in told:
        show_claims(opened, telling.claims[:1])


def _copies(opened: Store, found: Sequence[LedgerClaim]) -> dict[str, str]:
    ids = dict.fromkeys(one.article.id for one in found)
    return copies(article for id_ in ids if (article := opened.article(id_)))


def _contradictions(opened: Store, found: Sequence[Contradiction]) -> None:
    st.subheader(words("contradicting"), anchor=False, help=words("contradicting_help"))
    if not found:
        st.caption(words("none_found"))
    for position, pair in enumerate(found[:SHOWN], 1):
        with st.container(border=True):
            st.caption(f"{number(position, language())}. {words('denied_by' if pair.denied else 'opposed')}")
            for column, one in zip(st.columns(2), (pair.first, pair.second), strict=True):
                with column:
                    show_claims(opened, [one])


def _corroborated(opened: Store, found: Sequence[Telling]) -> None:
    st.subheader(words("corroborating"), anchor=False, help=words("corroborating_help"))
    if not found:
        st.caption(words("none_found"))
    for telling in found[:SHOWN]:
        with st.expander(_told(telling)):
            show_claims(opened, telling.claims)


def _told(telling: Telling) -> str:
    ends: list[Entity | None] = [telling.subject, telling.object]
    first, second = (name_of(end, language()) if end else "" for end in ends)
    relation = relation_label(telling.relation, language()) + (f" ({words('negated')})" if telling.negated else "")
    parts = [
        " ".join((first, relation, second)),
        words("independent", articles=count_of("articles", telling.independent)),
    ]
    if telling.copies:
        parts.append(count_of("copies", telling.copies))
    return plain(" · ".join(parts))

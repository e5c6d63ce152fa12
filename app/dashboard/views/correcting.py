"""The form that corrects a claim: its subject, relation, object and the words of its content. Part of Review."""

import streamlit as st

from app.dashboard.choosing import both_names
from app.dashboard.session import language, suggested_actors, words
from app.dashboard.strings import relation_label
from app.dashboard.views.naming import find_actors
from graph.claims import Claim, Entity, Mention, Span
from graph.errors import DataError
from graph.ledger import LedgerClaim
from graph.relations import relations
from graph.reviewing import Part, reading


def correction_form(one: LedgerClaim) -> tuple[Claim, str] | None:
    """Draw the form; what the claim should read as and the reason, once it is sent.

    Raises:
        DataError: words were given that the sentence does not have.
    """
    claim = one.claim
    with st.container(border=True):
        subject = _actor("subject", claim.subject.entity, claim.id)
        relation = _relation(claim)
        object_ = _actor("object", claim.object.entity if claim.object else None, claim.id)
        content = _content(claim)
        with st.expander(words("which_words")):
            subject_words = _words("subject", claim.subject.span, claim.id)
            object_words = _words("object", claim.object.span if claim.object else None, claim.id)
        detail = st.text_input(words("reason_detail"), key=f"why-{claim.id}")
        if not st.button(words("save_correction"), type="primary", icon=":material/check:", shortcut="Ctrl+Enter"):
            return None
    if subject is None:
        raise DataError(words("need_subject"))
    target = Part(object_, object_words) if object_ else None
    wanted = reading(claim, Part(subject, subject_words), relations()[relation], target, content)
    return wanted, _reason(claim, wanted, detail)


def _actor(end: str, entity: Entity | None, claim_id: str) -> Entity | None:
    """A box with the most active actors, in which any other of the graph or the registry can be named."""
    known = {one.id: one for one in suggested_actors()}
    if entity:
        known = {entity.id: entity} | known
    key = f"correct-{end}-{claim_id}"
    typed = st.selectbox(
        words(f"column_{end}"),
        list(known),
        index=0 if entity else None,
        format_func=lambda id_: both_names(known[id_]) if id_ in known else str(id_),
        placeholder=words("nobody"),
        key=key,
        accept_new_options=True,
        filter_mode="fuzzy",
    )
    if typed is None or typed in known:
        return known[typed] if typed else None
    found = {one.id: one for one in find_actors(typed)}
    if not found:
        st.warning(words("no_such_actor"))
        return entity
    chosen = st.pills(
        words("actor"), list(found), default=next(iter(found)), format_func=lambda id_: both_names(found[id_]),
        key=f"{key}-{typed}", label_visibility="collapsed", required=True,
    )  # fmt: skip
    return found[chosen]


def _relation(claim: Claim) -> str:
    known = relations()
    ids = sorted(known, key=lambda id_: relation_label(known[id_], language()))
    chosen: str = st.selectbox(
        words("relation"),
        ids,
        index=ids.index(claim.relation.id),
        format_func=lambda id_: relation_label(known[id_], language()),
        key=f"correct-relation-{claim.id}",
        filter_mode="fuzzy",
    )
    return chosen


def _content(claim: Claim) -> str:
    return st.text_area(
        words("what_is_said"),
        claim.content.span.text if claim.content else "",
        key=f"correct-content-{claim.id}",
        help=words("words_help"),
        height=80,
    )


def _words(end: str, span: Span | None, claim_id: str) -> str:
    return st.text_input(words(f"column_{end}"), span.text if span else "", key=f"correct-words-{end}-{claim_id}")


def _reason(claim: Claim, wanted: Claim, detail: str) -> str:
    """Which parts were wrong, in words, and what the reviewer adds."""
    ends = [(old and old.entity, new and new.entity) for old, new in _ends(claim, wanted)]
    spans = [(old and old.span, new and new.span) for old, new in _ends(claim, wanted)]
    wrong = {
        "wrong_subject": ends[0][0] != ends[0][1],
        "wrong_relation": claim.relation != wanted.relation,
        "wrong_object": ends[1][0] != ends[1][1],
        "wrong_span": claim.content != wanted.content or any(old != new for old, new in spans),
    }
    told = "; ".join(words(name) for name, is_wrong in wrong.items() if is_wrong)
    return ": ".join(part for part in (told, detail.strip()) if part)


def _ends(claim: Claim, wanted: Claim) -> list[tuple[Mention | None, Mention | None]]:
    return [(claim.subject, wanted.subject), (claim.object, wanted.object)]

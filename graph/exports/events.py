"""Event rows for those who work with GDELT and ICEWS: tab-separated, GDELT's column names in GDELT's order.

An event is a day, a source, a target and a relation, however many articles tell it. Only what articles themselves
assert is one: a claim that is negated, hoped, attributed to somebody or rejected is none, since the layout has no
column that would say so (the rule of the plain triples, but the target may be missing).
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from graph.articles import content_hash
from graph.claims import Entity
from graph.exports.rdf import sorted_lines
from graph.exports.tables import Cell, write_rows
from graph.ledger import LedgerClaim, LedgerView
from graph.rdf import Iris
from graph.relations import QUAD_CLASSES, relations

EVENT_COLUMNS = (
    *("EventID", "Day", "MonthYear", "Year"),
    *(f"Actor{n}{part}" for n in (1, 2) for part in ("Code", "Name", "CountryCode", "Type1Code", "ID")),
    *("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "Relation", "Sentence", "SOURCEURL", "Claims"),
)
"""The columns; ``docs/exports.md`` describes them."""

_KEY = 4


def write_events(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """The events by day, source, target and relation; sorts in runs on disk, so memory is bounded."""
    entities = {entity.id: entity for entity in view.entities()}
    told = (reported for reported in view.claims() if is_event(reported))
    lines = sorted_lines(f"{json.dumps(_mention(reported))}\n".encode() for reported in told)
    runs = groupby(map(json.loads, lines), key=lambda mention: mention[:_KEY])
    write_rows(out, EVENT_COLUMNS, (_row(key, list(run), entities) for key, run in runs), delimiter="\t")


def is_event(reported: LedgerClaim) -> bool:
    """Whether an article itself asserts the claim, un-negated, and nobody rejected it."""
    claim = reported.claim
    asserted = claim.modality == "asserted" and not claim.negated and claim.attributed_to is None
    return asserted and reported.decision != "rejected"


def _mention(reported: LedgerClaim) -> list[Any]:
    """What is kept of a claim: the event's key, then what tells it, in the order of the articles."""
    claim, article = reported.claim, reported.article
    target = claim.object.entity.id if claim.object else ""
    key = [article.published or "", claim.subject.entity.id, target, claim.relation.id]
    at = [article.id, f"{claim.cue.start:09}", claim.id]
    return [*key, *at, article.outlet, article.url, claim.evidence.text]


def _row(key: list[str], mentions: list[list[Any]], entities: dict[str, Entity]) -> list[Cell]:
    published, source, target, relation_id = key
    relation = relations()[relation_id]
    code = relation.cameo
    url, sentence = mentions[0][8:]
    return [
        content_hash(*key),
        *_dates(published),
        *_actor(entities[source]),
        *_actor(entities.get(target)),
        *(code, code[:3], code[:2], QUAD_CLASSES.index(relation.quad_class) + 1, relation.goldstein),
        len(mentions),
        len({mention[7] or mention[4] for mention in mentions}),
        len({mention[4] for mention in mentions}),
        relation_id,
        " ".join(sentence.split()),
        url,
        " ".join(mention[6] for mention in mentions),
    ]


def _dates(published: str) -> Iterable[str]:
    """Day, month and year as GDELT writes them, empty where they are not known: ``20250712``, ``202507``, ``2025``."""
    digits = published[:10].replace("-", "")
    return (digits[:size] if len(digits) >= size else "" for size in (8, 6, 4))


def _actor(entity: Entity | None) -> Iterator[Cell]:
    """Code (country and role together, as ``RUSGOV``), name, country, role and id."""
    if entity is None:
        yield from [None] * 5
        return
    name = entity.label_en or entity.label_ar or entity.id
    yield from ((entity.country or "") + (entity.sector or ""), name, entity.country, entity.sector, entity.id)

"""GraphML and GEXF: entities as nodes, an edge for every claim that has both ends.

Edges keep ``negated``, ``modality``, ``attributed_to`` and ``decision``: filter on them for what articles themselves
assert. Both are written as they are made, so memory does not grow with the number of claims.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from graph.claims import Entity
from graph.exports.xml import DECLARATION, xml_attributes, xml_text
from graph.ledger import LedgerClaim, LedgerView
from graph.rdf import Iris

Attributes = dict[str, str | float | bool | None]

NODE = dict.fromkeys(("label_en", "label_ar", "kind", "country", "sector", "office"), "string")
"""The attributes of a node and their types, named as in Cypher."""
EDGE = {
    **dict.fromkeys(("relation", "cameo", "quad_class"), "string"),
    "goldstein": "double",
    "date": "string",
    "confidence": "double",
    "negated": "boolean",
    **dict.fromkeys(("modality", "attributed_to", "decision", "evidence", "article", "outlet"), "string"),
}
"""The attributes of an edge and their types."""

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"


def write_graphml(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """GraphML with typed attributes, named as in Cypher; an edge's id is its claim's."""
    out.writelines(f"{line}\n".encode() for line in _graphml(view))


def write_gexf(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """GEXF 1.2 for Gephi; an edge with a full date starts and ends on that day, for its timeline."""
    out.writelines(f"{line}\n".encode() for line in _gexf(view))


def node_attributes(entity: Entity) -> Attributes:
    """What :data:`NODE` names, of an entity."""
    return {name: getattr(entity, name) for name in NODE}


def edge_attributes(reported: LedgerClaim) -> Attributes:
    """What :data:`EDGE` names, of a claim."""
    claim, article = reported.claim, reported.article
    return {
        "relation": claim.relation.id,
        "cameo": claim.relation.cameo,
        "quad_class": claim.relation.quad_class,
        "goldstein": claim.relation.goldstein,
        "date": article.published,
        "confidence": claim.confidence,
        "negated": claim.negated,
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "decision": reported.decision,
        "evidence": claim.evidence.text,
        "article": article.id,
        "outlet": article.outlet,
    }


def _edges(view: LedgerView) -> Iterator[tuple[LedgerClaim, str, str]]:
    for reported in view.claims():
        claim = reported.claim
        if claim.object:
            yield reported, claim.subject.entity.id, claim.object.entity.id


# --- GraphML -----------------------------------------------------------------------------------------------


def _graphml(view: LedgerView) -> Iterator[str]:
    yield f"{DECLARATION}<graphml{xml_attributes(xmlns=_GRAPHML)}>"
    for owner, types in (("node", NODE), ("edge", EDGE)):
        for name, kind in types.items():
            names = {"id": name, "for": owner, "attr.name": name, "attr.type": kind}
            yield f"  <key{xml_attributes(**names)}/>"
    yield '  <graph edgedefault="directed">'
    for entity in view.entities():
        yield f"    <node{xml_attributes(id=entity.id)}>{_data(node_attributes(entity))}</node>"
    for reported, source, target in _edges(view):
        ends = xml_attributes(id=reported.claim.id, source=source, target=target)
        yield f"    <edge{ends}>{_data(edge_attributes(reported))}</edge>"
    yield "  </graph>\n</graphml>"


def _data(attributes: Attributes) -> str:
    return "".join(
        f"<data{xml_attributes(key=name)}>{xml_text(_lexical(value))}</data>"
        for name, value in attributes.items()
        if value is not None
    )


# --- GEXF --------------------------------------------------------------------------------------------------


def _gexf(view: LedgerView) -> Iterator[str]:
    yield f"{DECLARATION}<gexf{xml_attributes(xmlns=_GEXF, version='1.2')}>"
    yield "  <meta><creator>Qawl</creator></meta>"
    yield '  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">'
    yield from _declared("node", NODE)
    yield from _declared("edge", EDGE)
    yield "    <nodes>"
    for entity in view.entities():
        label = entity.label_en or entity.label_ar or entity.id
        named = xml_attributes(id=entity.id, label=label)
        yield f"      <node{named}>{_values('node', node_attributes(entity))}</node>"
    yield "    </nodes>\n    <edges>"
    for reported, source, target in _edges(view):
        yield f"      <edge{_ends(reported, source, target)}>{_values('edge', edge_attributes(reported))}</edge>"
    yield "    </edges>\n  </graph>\n</gexf>"


def _declared(owner: str, types: dict[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">'
    for name, kind in types.items():
        yield f"      <attribute{xml_attributes(id=f'{owner}_{name}', title=name, type=kind)}/>"
    yield "    </attributes>"


def _ends(reported: LedgerClaim, source: str, target: str) -> str:
    claim, date = reported.claim, reported.article.published or ""
    days = {"start": date, "end": date} if _FULL_DATE.fullmatch(date) else {}
    # Gephi merges parallel edges of one kind, so that each relation is a kind of its own.
    names = {"id": claim.id, "source": source, "target": target, "label": claim.relation.id}
    return xml_attributes(**names, kind=claim.relation.id, **days)


def _values(owner: str, attributes: Attributes) -> str:
    values = "".join(
        f"<attvalue{xml_attributes(**{'for': f'{owner}_{name}', 'value': _lexical(value)})}/>"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<attvalues>{values}</attvalues>"


def _lexical(value: str | float | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

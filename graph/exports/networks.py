"""GraphML and GEXF: entities as nodes, an edge for every claim that has both ends.

Edges keep ``negated``, ``modality``, ``attributed_to`` and ``decision``: filter on them for what articles themselves
assert. The graph is built in memory by networkx, about 2 kB a claim.
"""

import re
from typing import Any, BinaryIO

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from graph.claims import Entity
from graph.ledger import LedgerClaim, LedgerView
from graph.rdf import Iris

Attributes = dict[str, str | float | bool]

# Characters that XML 1.0 cannot hold, escaped or not; the replacement character stands for them.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_graphml(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """GraphML with typed attributes, named as in Cypher; an edge's id is its claim's."""
    writer = GraphMLWriter(network(view), named_key_ids=True)
    booleans = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for data in writer.xml.iter("data"):
        if data.get("key") in booleans:
            data.text = data.text.lower()  # networkx writes Python's True, other readers know XML Schema's true
    writer.dump(out)


def write_gexf(view: LedgerView, _iris: Iris, out: BinaryIO) -> None:
    """GEXF 1.2 for Gephi; an edge with a full date starts and ends on that day, for its timeline."""
    graph = network(view)
    for node, attributes in graph.nodes(data=True):
        attributes["label"] = attributes.get("label_en") or attributes.get("label_ar") or node
    for _, _, claim, attributes in graph.edges(keys=True, data=True):
        date = str(attributes.get("date", ""))
        days = {"start": date, "end": date} if _FULL_DATE.fullmatch(date) else {}
        attributes.update(id=claim, label=attributes["relation"], **days)
    writer = GEXFWriter(graph)
    writer.xml.find("meta").attrib.pop("lastmodifieddate")  # the same articles give the same bytes, on any day
    writer.write(out)


def network(view: LedgerView) -> "nx.MultiDiGraph[str]":
    """The entities by id and an edge for each claim with an object, keyed by the claim's id."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in view.entities():
        graph.add_node(entity.id, **_node(entity))
    for reported in view.claims():
        claim = reported.claim
        if claim.object:
            graph.add_edge(claim.subject.entity.id, claim.object.entity.id, key=claim.id, **_edge(reported))
    return graph


def _node(entity: Entity) -> Attributes:
    return _present(
        label_en=entity.label_en,
        label_ar=entity.label_ar,
        kind=entity.kind,
        country=entity.country,
        sector=entity.sector,
    )


def _edge(reported: LedgerClaim) -> Attributes:
    claim, article = reported.claim, reported.article
    return _present(
        relation=claim.relation.id,
        cameo=claim.relation.cameo,
        quad_class=claim.relation.quad_class,
        goldstein=claim.relation.goldstein,
        date=article.published,
        confidence=claim.confidence,
        negated=claim.negated,
        modality=claim.modality,
        attributed_to=claim.attributed_to,
        decision=reported.decision,
        evidence=claim.evidence.text,
        article=article.id,
        outlet=article.outlet,
    )


def _present(**attributes: Any) -> Attributes:
    """The attributes that have a value, their text such that XML can hold it."""
    return {
        name: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }

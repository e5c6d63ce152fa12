"""JSON-LD 1.1 that reads as plain JSON: short keys, labels by language, prefixed names for nodes.

One node a line, written as it is made. The context is the first thing in the file, so that nothing has to be
fetched to read it.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode

from graph.exports.rdf import graph_triples
from graph.ledger import LedgerView
from graph.rdf import Iris, Triple

_NODES = {
    "subject": "rdf:subject",
    "relation": "rdf:predicate",
    "object": "rdf:object",
    "attributed_to": "qawl:attributed_to",
    "reported_in": "prov:wasDerivedFrom",  # not "article", which is a prefix
    "evidence": "oa:hasSelector",
    "cue_span": "qawl:cue_span",
    "subject_span": "qawl:subject_span",
    "object_span": "qawl:object_span",
    "content_span": "qawl:content_span",
}
_BY_LANGUAGE = {
    "label": "rdfs:label",
    "pref_label": "skos:prefLabel",
    "title": "schema:headline",
    "text": "schema:articleBody",
    "content_text": "qawl:content_text",
    "exact": "oa:exact",
}
_ALIASES = {"alt_label": "skos:altLabel"}  # the only property with several texts of one language
_TYPED = {
    "confidence": ("qawl:confidence", "xsd:decimal"),
    "date": ("qawl:date", "xsd:date"),
    "published": ("schema:datePublished", "xsd:date"),
    "url": ("schema:url", "xsd:anyURI"),
}
_PLAIN = {
    "id": "qawl:id",
    "label_en": "qawl:label_en",
    "label_ar": "qawl:label_ar",
    "kind": "qawl:kind",
    "country": "qawl:country",
    "sector": "qawl:sector",
    "office": "qawl:office",
    "negated": "qawl:negated",
    "modality": "qawl:modality",
    "decision": "qawl:decision",
    "extractor": "qawl:extractor",
    "quoted": "qawl:quoted",
    "outlet": "schema:publisher",
    "language": "schema:inLanguage",
    "start": "oa:start",
    "end": "oa:end",
}
_RDF_TYPE = "rdf:type"


def write_jsonld(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """A document of ``@context`` and ``@graph``."""
    out.write(f'{{"@context": {_dump(context(iris))},\n"@graph": ['.encode())
    separator = "\n"
    for node in _nodes(graph_triples(view, iris), iris):
        out.write(f"{separator}{_dump(node)}".encode())
        separator = ",\n"
    out.write(b"\n]}\n")


def context(iris: Iris) -> dict[str, Any]:
    """The JSON-LD context: prefixes, and what each key stands for."""
    return {
        "@version": 1.1,
        **iris.prefixes,
        **{key: {"@id": name, "@type": "@id"} for key, name in _NODES.items()},
        **{key: {"@id": name, "@container": "@language"} for key, name in (_BY_LANGUAGE | _ALIASES).items()},
        **{key: {"@id": name, "@type": datatype} for key, (name, datatype) in _TYPED.items()},
        **_PLAIN,
    }


def _nodes(triples: Iterable[Triple], iris: Iris) -> Iterator[dict[str, Any]]:
    names = _Names(iris)
    for subject, run in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"@id": names.compact(subject)}
        for triple in run:
            _add(node, triple, names)
        yield node


class _Names:
    """Prefixed names and keys of IRIs."""

    def __init__(self, iris: Iris) -> None:
        # The longest namespace first: one may begin with another.
        self._namespaces = sorted(iris.prefixes.items(), key=lambda pair: -len(pair[1]))
        typed = {name: key for key, (name, _) in _TYPED.items()}
        groups = (_NODES, _BY_LANGUAGE, _ALIASES, _PLAIN)
        self._known: dict[NamedNode, str] = {}
        self.keys = typed | {name: key for group in groups for key, name in group.items()}

    def known(self, node: NamedNode) -> str:
        """The prefixed name of a predicate or datatype; there are few, and each is looked up once."""
        if node not in self._known:
            self._known[node] = self.compact(node)
        return self._known[node]

    def compact(self, node: object) -> str:
        """The prefixed name of a node."""
        if not isinstance(node, NamedNode):
            raise TypeError(f"{node!r}: our graphs have named nodes only")
        for prefix, namespace in self._namespaces:
            if node.value.startswith(namespace):
                return f"{prefix}:{node.value[len(namespace) :]}"
        return node.value


def _add(node: dict[str, Any], triple: Triple, names: _Names) -> None:
    name, value = names.known(triple.predicate), triple.object
    if name == _RDF_TYPE:
        node.setdefault("@type", []).append(names.compact(value))
    elif isinstance(value, NamedNode):
        target = names.compact(value)
        if name in names.keys:
            node[names.keys[name]] = target
        else:
            node.setdefault(name, []).append({"@id": target})
    elif isinstance(value, Literal) and value.language and name in _ALIASES.values():
        node.setdefault(names.keys[name], {}).setdefault(value.language, []).append(value.value)
    elif isinstance(value, Literal) and value.language:
        node.setdefault(names.keys[name], {})[value.language] = value.value
    elif isinstance(value, Literal):
        node[names.keys[name]] = _native(names.keys[name], value, names)


def _native(key: str, value: Literal, names: _Names) -> Any:
    """A literal as JSON writes it: with its type only where the context does not say it."""
    datatype = names.known(value.datatype)
    if datatype in ("xsd:boolean", "xsd:integer"):
        return json.loads(value.value)
    expected = _TYPED[key][1] if key in _TYPED else "xsd:string"
    return value.value if datatype == expected else {"@value": value.value, "@type": datatype}


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

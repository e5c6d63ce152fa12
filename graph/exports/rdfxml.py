"""RDF/XML: one element for each node, written as it is made.

XML has no way to write most control characters: the replacement character U+FFFD stands for them. The other RDF
formats keep them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode

from graph.exports.rdf import graph_triples
from graph.exports.xml import DECLARATION, xml_attributes, xml_text
from graph.ledger import LedgerView
from graph.rdf import Iris, Triple

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SPLIT = re.compile(r"(.*[:/#])([^:/#]+)", re.DOTALL)


def write_rdfxml(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """RDF/XML with the project's prefixes."""
    namespaces = {f"xmlns:{prefix}": namespace for prefix, namespace in iris.prefixes.items()}
    out.write(f"{DECLARATION}<rdf:RDF{xml_attributes(**namespaces)}>\n".encode())
    out.writelines(element.encode() for element in _elements(graph_triples(view, iris), iris))
    out.write(b"</rdf:RDF>\n")


def _elements(triples: Iterable[Triple], iris: Iris) -> Iterator[str]:
    names = {namespace: prefix for prefix, namespace in iris.prefixes.items()}
    for subject, run in groupby(triples, key=lambda triple: triple.subject):
        properties = "".join(f"    {_property(triple, names)}\n" for triple in run)
        yield f"  <rdf:Description{xml_attributes(**{'rdf:about': subject.value})}>\n{properties}  </rdf:Description>\n"


def _property(triple: Triple, names: dict[str, str]) -> str:
    name, value = _name(triple.predicate, names), triple.object
    if isinstance(value, NamedNode):
        return f"<{name}{xml_attributes(**{'rdf:resource': value.value})}/>"
    if not isinstance(value, Literal):
        raise TypeError(f"{value!r}: our graphs have named nodes and literals only")
    kind = {}
    if value.language:
        kind = {"xml:lang": value.language}
    elif value.datatype.value != _STRING:
        kind = {"rdf:datatype": value.datatype.value}
    return f"<{name}{xml_attributes(**kind)}>{xml_text(value.value)}</{name}>"


def _name(predicate: NamedNode, names: dict[str, str]) -> str:
    split = _SPLIT.fullmatch(predicate.value)
    if split is None or split[1] not in names:
        raise TypeError(f"{predicate!r}: our graphs have predicates of known namespaces only")
    return f"{names[split[1]]}:{split[2]}"

"""Turtle for reading: prefixed names, one block for each run of triples with the same subject.

Our own writer, because the same triples must give the same bytes (pyoxigraph's writes the prefixes in the order of
a hash table) without holding the graph in memory (rdflib's does).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from graph.rdf import Triple

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# A local name that needs no escape in Turtle; others are written as whole IRIs.
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_NAMESPACE = re.compile(r"(.*[:/#])([^:/#]*)", re.DOTALL)


class TurtleWriter:
    """Writes terms and blocks with the prefixes given (namespace IRIs by prefix)."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        self._names = {namespace: prefix for prefix, namespace in self._prefixes.items()}

    def header(self) -> str:
        """The prefix declarations."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self._prefixes.items())

    def blocks(self, triples: Iterable[Triple]) -> Iterator[str]:
        """One block for each run of triples with the same subject, in the order given; repeated triples once."""
        for subject, run in groupby(triples, key=lambda triple: triple.subject):
            by_predicate: dict[str, dict[str, None]] = {}
            for triple in run:
                by_predicate.setdefault(self.verb(triple.predicate), {})[self.term(triple.object)] = None
            lines = (f"    {verb} {', '.join(objects)}" for verb, objects in by_predicate.items())
            yield f"\n{self.term(subject)}\n" + " ;\n".join(lines) + " .\n"

    def verb(self, node: NamedNode) -> str:
        """A predicate: ``a`` for ``rdf:type``."""
        return "a" if node.value == _RDF_TYPE else self.term(node)

    def term(self, term: object) -> str:
        """A node or literal."""
        if isinstance(term, NamedNode):
            return self._name(term)
        if isinstance(term, Literal):
            return self._literal(term)
        raise TypeError(f"{term!r}: our graphs have named nodes and literals only")

    def _name(self, node: NamedNode) -> str:
        split = _NAMESPACE.fullmatch(node.value)
        if split and split[1] in self._names and _LOCAL.fullmatch(split[2]):
            return f"{self._names[split[1]]}:{split[2]}"
        return str(node)

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        if datatype in (_XSD + "boolean", _XSD + "integer"):
            return literal.value
        if datatype == _XSD + "decimal" and "." in literal.value:
            return literal.value
        quoted = str(Literal(literal.value))
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if datatype == _XSD + "string" else f"{quoted}^^{self._name(literal.datatype)}"

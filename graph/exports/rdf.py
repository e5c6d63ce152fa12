"""Turtle, TriG and N-Quads: the whole graph, entity by entity and article by article.

A claim outside a selection to which a claim of it is attributed is there as a reference: a ``schema:Claim`` that is no
``rdf:Statement``, with its subject, its relation and its article. So the graph never loses
who said something. The ontology is not part of an export; ``data/ontology/qawl.ttl`` has it.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import BinaryIO

from pyoxigraph import NamedNode

from graph.ledger import LedgerClaim, LedgerView
from graph.rdf import (
    Iris,
    Triple,
    actor_triples,
    article_triples,
    evidence_triples,
    plain_triple,
    reference_triples,
    statement_triples,
    view_triples,
)
from graph.turtle import TurtleWriter

# Lines sorted in memory at once: about 100 MB. A graph of a million claims is some 40 such runs.
_RUN = 500_000


def write_turtle(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """Turtle with the project's prefixes, one block for each node."""
    writer = TurtleWriter(iris.prefixes)
    out.write(writer.header().encode())
    out.writelines(block.encode() for block in writer.blocks(graph_triples(view, iris)))


def write_trig(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """TriG: the same blocks inside the braces of the default graph."""
    writer = TurtleWriter(iris.prefixes)
    out.write(f"{writer.header()}\n{{".encode())
    out.writelines(block.encode() for block in writer.blocks(graph_triples(view, iris)))
    out.write(b"}\n")


def write_nquads(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """N-Quads of the default graph, lines sorted by their UTF-8 bytes (``LC_ALL=C sort``).

    The same articles give the same bytes. Sorts in runs on disk, so memory is bounded.
    """
    lines = sorted_lines(f"{triple} .\n".encode() for triple in _unordered_triples(view, iris))
    out.writelines(line for line, _ in groupby(lines))


def graph_triples(view: LedgerView, iris: Iris) -> Iterator[Triple]:
    """Every triple of the graph once, those of a subject one after the other: entities, articles, claims."""
    facts = _plain_triples(view, iris)
    for actor in view.actors():
        yield from actor_triples(actor, iris)
        yield from sorted(facts[iris.entity(actor.entity.id)], key=str)
    for article in view.articles():
        yield from article_triples(article, iris)
    for _, reported in groupby(view.claims(), key=lambda reported: reported.article.id):
        yield from _article_claims(list(reported), iris)
    for voucher in view.vouchers():
        yield from reference_triples(voucher, iris)


def _unordered_triples(view: LedgerView, iris: Iris) -> Iterator[Triple]:
    """Every triple of the graph, plain ones as often as they are said: nothing is held in memory."""
    yield from view_triples(view, iris)
    for voucher in view.vouchers():
        yield from reference_triples(voucher, iris)


def _plain_triples(view: LedgerView, iris: Iris) -> defaultdict[NamedNode, set[Triple]]:
    facts: defaultdict[NamedNode, set[Triple]] = defaultdict(set)
    for reported in view.claims():
        if triple := plain_triple(reported, iris):
            facts[iris.entity(reported.claim.subject.entity.id)].add(triple)
    return facts


def _article_claims(reported: Iterable[LedgerClaim], iris: Iris) -> Iterator[Triple]:
    sentences = {one.claim.evidence: one for one in reported}
    for one in reported:
        yield from statement_triples(one, iris)
    for one in sentences.values():
        yield from evidence_triples(one, iris)


def sorted_lines(lines: Iterator[bytes], run: int | None = None) -> Iterator[bytes]:
    """The lines, sorted, at most ``run`` of them in memory; each ends in a newline and holds no other."""
    run = run or _RUN
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while chunk := sorted(islice(lines, run)):
            if len(chunk) < run:  # the last one, and of most graphs the only one, needs no file
                runs.append(chunk)
                break
            handle = stack.enter_context(TemporaryFile())
            handle.writelines(chunk)
            handle.seek(0)
            runs.append(handle)
        yield from heapq.merge(*runs)

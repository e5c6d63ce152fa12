"""Why a claim is there: the rule that made it, and what bound each of its parts.

The rules are described in ``data/lexicons/rules.csv``. A rule's name is its construction (``en.verb``,
``ar.noun.light``) and, after ``+``, how each further part was found; what is not described there is the word that
marks the content, a preposition for instance.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from data import resource
from graph.claims import Claim, Mention, Span
from ingest.documents import Document
from ingest.extractors.base import Extractor


@runtime_checkable
class Explains(Extractor, Protocol):
    """An extractor whose claims have a rule each."""

    def explain(self, document: Document) -> Sequence[tuple[Claim, str]]:
        """The document's claims as ``extract`` gives them, each with the name of the rule that made it."""


class Recorder:
    """An extractor that keeps in ``rules`` which rule made each claim, by the claim's id."""

    def __init__(self, extractor: Explains) -> None:
        self._extractor = extractor
        self.name = extractor.name
        self.rules: dict[str, str] = {}

    def extract(self, document: Document) -> Sequence[Claim]:
        """The document's claims."""
        found = self._extractor.explain(document)
        self.rules = {claim.id: rule for claim, rule in found}
        return [claim for claim, _ in found]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim (``cue``, ``subject``, ``object``, ``content``), its words, and what bound it."""

    part: str
    words: str
    bound_by: str


@dataclass(frozen=True, slots=True)
class _Rule:
    binds: str
    meaning: str
    file: str

    def __str__(self) -> str:
        return f"{self.meaning} ({self.file})"


def explain(claim: Claim, rule: str) -> Iterator[Part]:
    """The claim's parts in the order cue, subject, object, content."""
    construction, marks = _split(rule)
    yield Part("cue", claim.cue.text, f"{rule}: {construction}")
    yield Part("subject", claim.subject.span.text, _mention(claim.subject, claim.cue))
    if claim.object:
        how = [f"{mark}: {_rules()[mark]}" for mark in marks if mark in _rules() and _rules()[mark].binds == "object"]
        yield Part("object", claim.object.span.text, "; ".join([*how, _mention(claim.object, claim.cue)]))
    if claim.content:
        marked = [mark for mark in marks if mark not in _rules() or _rules()[mark].binds == "content"]
        how = [f"{mark}: {_rules().get(mark, 'what follows this word')}" for mark in marked]
        yield Part("content", claim.content.span.text, "; ".join([*how, _place(claim.content.span, claim.cue)]))


def _split(rule: str) -> tuple[str, list[str]]:
    """What is known of the rule's construction, the longest that is described, and its further parts."""
    pieces = re.split(r"\s*\+\s*", rule)
    for length in range(len(pieces), 0, -1):
        if described := _rules().get("+".join(pieces[:length])):
            return str(described), pieces[length:]
    return "a rule that is not described", pieces[1:]


def _mention(mention: Mention, cue: Span) -> str:
    entity = mention.entity
    label = entity.label_en or entity.label_ar or mention.span.text
    return f"{_place(mention.span, cue)}; {label} ({entity.id})"


def _place(span: Span, cue: Span) -> str:
    if span.start == span.end:
        return "no word: carried over from what was read before"
    if span.end <= cue.start:
        return "before the cue"
    return "after the cue" if span.start >= cue.end else "around the cue"


@cache
def _rules() -> dict[str, _Rule]:
    with resource("lexicons", "rules.csv").open(encoding="utf-8") as file:
        return {row["rule"]: _Rule(row["binds"], row["meaning"], row["file"]) for row in csv.DictReader(file)}

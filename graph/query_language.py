"""Which language a query is written in, and the words it opens with."""

import re
from collections.abc import Iterator
from typing import Literal

from graph.errors import QueryError

QueryLanguage = Literal["sparql", "cypher"]

# What may stand between two words: blanks and the comments of both languages. ``#`` begins one in SPARQL only, but
# no Cypher query opens with it.
_SKIPPED = re.compile(r"(?:\s|\ufeff|//[^\n]*|#[^\n]*|/\*.*?\*/)*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]+")
# A declaration of SPARQL: PREFIX name: <iri>, BASE <iri> or VERSION "1.2", whose name or IRI may hold anything.
_DECLARATION = re.compile(r"(?:PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>|VERSION\s*[\"'][^\"']*[\"'])", re.IGNORECASE)

_SPARQL = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE", "VERSION", "INSERT", "CLEAR", "WITH"}
_READING = {"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "EXPLAIN", "PROFILE"}
_OTHER_CYPHER = {"CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH", "USE"}


def language_of(query: str) -> QueryLanguage:
    """The language of a query, from the first word after comments and declarations.

    Raises:
        QueryError: it opens with a word that neither language has.
    """
    word = next(opening_words(query), "")
    if word in _READING | _OTHER_CYPHER:
        return "cypher"
    if word in _SPARQL:
        return "sparql"
    shown = f"{word!r} opens" if word else "no word opens"
    raise QueryError(
        f"{shown} a query in SPARQL or Cypher: start with SELECT, ASK, CONSTRUCT, DESCRIBE or PREFIX, "
        "or with MATCH, UNWIND, WITH, CALL or RETURN"
    )


def opening_words(query: str) -> Iterator[str]:
    """The words at the head of a query in capitals, without comments and declarations, up to the first other sign."""
    position = _SKIPPED.match(query).end()  # type: ignore[union-attr]  # it matches the empty string too
    while declared := _DECLARATION.match(query, position):
        position = _SKIPPED.match(query, declared.end()).end()  # type: ignore[union-attr]
    while word := _WORD.match(query, position):
        yield word[0].upper()
        position = _SKIPPED.match(query, word.end()).end()  # type: ignore[union-attr]


def refuse_unless_reading(query: str) -> None:
    """Tell kindly that a Cypher statement is no question; what enforces it is :mod:`graph.query_child`.

    Raises:
        QueryError: the statement opens with another word than those of a reading query.
    """
    for word in opening_words(query):
        if word not in _READING:
            raise QueryError(f"{word} is not a question: queries only read; start with MATCH, UNWIND, WITH or RETURN")
        if word not in ("EXPLAIN", "PROFILE"):
            return

"""A document: an article under the name it was given by; and what is put in its place when it cannot be read."""

from dataclasses import dataclass

from graph.articles import Article


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its ``name``: the path as it was given, or path, ``#`` and the record's id or number."""

    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that could not be read or extracted: its ``name``, as a document's, and the ``reason``."""

    name: str
    reason: str

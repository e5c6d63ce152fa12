"""A document: an article under the name it was given by."""

from dataclasses import dataclass

from graph.articles import Article


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its ``name``: the path as it was given, or path, ``#`` and the record's id or number."""

    name: str
    article: Article

"""The words of a text against the lexicon's names and titles."""

from functools import cached_property

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.lexicon import Lexicon, Naming, Word
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.arabic.title_words import Title
from ingest.extractors.rules.text import Tokens
from ingest.linking.offices import Office

_GOVERNING = closed()["governing"]
_EXPRESSED = 6


class Matcher:
    """Finds names and titles at a token of one text; ``date`` is the day it appeared, ISO 8601, or ``None``."""

    def __init__(self, tokens: Tokens, words: list[Word], lexicon: Lexicon, date: str | None) -> None:
        self.tokens = tokens
        self.words = words
        self.lexicon = lexicon
        self.date = date

    @cached_property
    def keys(self) -> set[str]:
        """The keys of the text's words."""
        return {word.key for word in self.words}

    def match(self, i: int, end: int) -> Naming | None:
        """The longest name that starts at token ``i``."""
        names = self.words[i].names
        return names.longest(self.words, i, end) if names else None

    def title(self, i: int, end: int) -> Title | None:
        """The longest title that starts at token ``i``."""
        titles = self.words[i].titles
        found = titles.longest(self.words, i, end) if titles else None
        if found and len(found.keys) > 1 and titles:
            last = i + len(found.keys) - 1
            body = self.match(last, end)
            if body and len(body.keys) > 1 and body.entity.kind in ("organization", "group"):
                return titles.longest(self.words, i, last) or found  # زعيم حزب الله is no party leader
        return found

    def actor(self, first: int, last: int, entity: Entity | None, sort: str, gender: str, *,
               number: str = "s", office: Office | None = None) -> Actor:  # fmt: skip
        """A mention of tokens ``first`` to ``last``, with the clitics and the preposition before it."""
        word = self.words[first]
        start = self.tokens.starts[first] + word.skip
        prep = self.preposition(first, last, office)
        return Actor(first, last, start, self.tokens.ends[last - 1], entity, sort, gender, number, prep,
                     word.conj, office, head=word.stem.removeprefix("ال"))  # fmt: skip

    def preposition(self, first: int, last: int, office: Office | None) -> str:
        """The preposition of a mention of tokens ``first`` to ``last``, attached to it or the word before it."""
        word = self.words[first]
        if word.prep or not first or word.conj:
            return word.prep
        before = self.words[first - 1]
        governs = before.kind == "prep" or before.stem in _GOVERNING
        return before.stem if governs and not (before.stem == "عبر" and self._expresses(last, office)) else ""

    def _expresses(self, last: int, office: Office | None) -> bool:
        """عبر المشجعون عن غضبهم: whether عبر is a verb before a mention that ends at token ``last``."""
        person = office is not None and office.sort == "person"
        return person or any(word.stem == "عن" for word in self.words[last : last + _EXPRESSED])

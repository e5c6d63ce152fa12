"""Names that the text itself introduces, by a title or in full: later the surname alone is the same person."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import NAME_PARTS, Actor
from ingest.extractors.rules.arabic.lexicon import Lexicon, Runs, Word
from ingest.extractors.rules.arabic.matching import Matcher
from ingest.extractors.rules.arabic.orthography import offset_in
from ingest.extractors.rules.text import Sentence, Tokens

_CLITICS = ("", *"وفبلك", *(conj + prep for conj in "وف" for prep in "وفبلك"))


class Bearers(NamedTuple):
    """Who bears a name of ``length`` words that the text introduced, by id."""

    length: int
    entities: dict[str, Entity]


class Introduced(Matcher):
    """Knows again whom the text has introduced."""

    def __init__(self, tokens: Tokens, words: list[Word], lexicon: Lexicon, date: str | None) -> None:
        super().__init__(tokens, words, lexicon, date)
        self.learned: dict[str, Runs[Bearers]] = {}
        self.spellings: set[str] = set()

    def learn(self, actors: Iterable[Actor]) -> None:
        """Keep the names that titles introduced: later the surname alone is the same person."""
        for actor in actors:
            if actor.name and actor.entity:
                for keys in {actor.name, surname(actor.name)}:
                    if keys[0] not in self.learned:
                        self.spellings.update(_spellings(keys[0]))
                    bearers = self.learned.setdefault(keys[0], Runs()).add(keys, Bearers(len(keys), {}))
                    bearers.entities.setdefault(actor.entity.id, actor.entity)

    def recognised(self, sentence: Sentence, actors: list[Actor]) -> list[Actor]:
        """The actors with those added whom the text introduced elsewhere."""
        spelled = [i for i in range(sentence.first, sentence.last) if self.words[i].key in self.spellings]
        taken = {i for actor in actors for i in range(actor.first, actor.last)} if spelled else set()
        added = []
        for i in spelled:
            if i not in taken:
                found = self._learned_at(i, sentence.last)
                if found:
                    added.append(found)
                    taken.update(range(found.first, found.last))
        return sorted((*actors, *added), key=lambda actor: actor.first) if added else actors

    def _learned_at(self, i: int, end: int) -> Actor | None:
        whole = self.words[i].key
        for letters in range(3):
            clitics, stem = whole[:letters], whole[letters:]
            if letters and (len(stem) < 3 or clitics[-1] not in "وفبلك" or (letters == 2 and clitics[0] not in "وف")):
                break
            runs = self.learned.get(stem)
            bearers = runs.longest(self.words, i, end) if runs else None
            if bearers and len(bearers.entities) == 1:
                last, entity = i + bearers.length, *bearers.entities.values()
                start = self.tokens.starts[i] + (offset_in(self.tokens.words[i], letters) if letters else 0)
                conj = clitics[0] if clitics[:1] in ("و", "ف") else ""
                prep = clitics[-1] if clitics and clitics[-1] in "بلك" else ""
                if not clitics and i and self.words[i - 1].kind == "prep":
                    prep = self.words[i - 1].stem
                return Actor(i, last, start, self.tokens.ends[last - 1], entity, "name", "", "s", prep, conj)
        return None


@lru_cache(maxsize=10_000)
def _spellings(name: str) -> tuple[str, ...]:
    """A name with the conjunctions and prepositions that may be written with it; of two letters none may."""
    return tuple([clitics + name for clitics in _CLITICS[: None if name[2:] else 1]])


def surname(name: tuple[str, ...]) -> tuple[str, ...]:
    """The part of a full name that later stands alone: the last word, with بن, أبو, عبد before it."""
    if len(name) > 1 and name[-2] in NAME_PARTS:
        return name[-2:]
    return name[-1:]

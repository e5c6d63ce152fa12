"""The files of ``data/lexicons/ar/`` as they stand: rows, cells, closed classes."""

import csv
from collections.abc import Mapping
from functools import lru_cache

from data import resource
from ingest.extractors.rules.arabic.orthography import key


def slots(cell: str) -> tuple[str, ...]:
    """The words of a cell, prepositions as keys."""
    return tuple(key(word) for word in cell.split())


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one lexicon file."""
    with resource("lexicons", "ar", f"{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@lru_cache(maxsize=1)
def closed() -> Mapping[str, frozenset[str]]:
    """The closed classes of ``closed.csv``, as keys; entries of several words are parted by ``|``."""
    parted = {row["class"]: (row["words"], "|" if "|" in row["words"] else None) for row in rows("closed")}
    return {name: frozenset(key(word) for word in words.split(by)) for name, (words, by) in parted.items()}


FORMULAS = tuple(sorted((tuple(words.split()) for words in closed()["formula"]), key=len, reverse=True))

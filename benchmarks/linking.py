"""What a large actor registry costs: ``python -m benchmarks.linking``.

A registry of 100,000 synthetic aliases is laid over the built-in one as a workspace's own. Ratios do not depend on the
machine: extraction with it over extraction without, and the share of the time that goes into linking, by cProfile
(Arabic: :class:`Mentions` and :class:`Leaning`; English: :func:`names.find` and :meth:`Scene.entity`). Memory is what
Python allocates for the registry and the engine's tables, by tracemalloc.
"""

import cProfile
import gc
import pstats
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks.extraction import generated
from graph.actors.duplicates import candidates, compare
from graph.claims import Entity
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from ingest.linking.registry import Registry, Row, builtin_rows
from ingest.linking.registry_file import new_row

SEED = 2026
ALIASES = 100_000  # in both languages together, four an actor
ENTITIES = 100_000
LINKING = {
    "ar": (("mentions.py", "of"), ("mentions.py", "learn"), ("mentions.py", "recognised"), ("leaning.py", "settled"),
           ("leaning.py", "__init__"), ("memory.py", "mention"), ("memory.py", "resolve")),
    "en": (("mentions.py", "scene"), ("mentions.py", "entity")),
}  # fmt: skip
_LETTERS = {"en": ("bdfghjklmnprstvz", "aeiou"), "ar": ("بتجحدرزسشصطعفقكلمنه", "اوي")}


def main() -> None:
    """Measure and print a line for each language, and one for the proposals of duplicates."""
    own = synthetic_actors()
    print(f"{ALIASES:,} aliases of {len(own):,} actors, seed {SEED}")
    print("language  times without  share of linking  seconds to load  MB")
    for language in ("ar", "en"):
        documents = list(generated(language))
        without = _seconds(RulesExtractor(), documents)
        load, megabytes, extractor = loaded(own, documents[0])
        ratio, share = _seconds(extractor, documents) / without, share_of_linking(language, extractor, documents)
        print(f"{language:8}  {ratio:13.2f}  {share:16.2f}  {load:15.1f}  {megabytes:.0f}")
    _duplicates(random.Random(SEED))


def synthetic_actors() -> list[Row]:
    """Rows of people with :data:`ALIASES` names together, the same on every run."""
    draw = random.Random(SEED)
    return [_actor(number, draw) for number in range(ALIASES // 4)]


def _duplicates(draw: random.Random) -> None:
    entities = {f"name-{n}": Entity(f"name-{n}", "person", _name("en", draw)) for n in range(ENTITIES)}
    start = time.perf_counter()
    pairs = [compare(entities[one], entities[other]) for one, other in candidates(entities.values())]
    print(f"proposals among {ENTITIES:,} entities: {len(pairs):,} pairs compared, {time.perf_counter() - start:.0f} s")


def loaded(own: list[Row], document: Document) -> tuple[float, float, RulesExtractor]:
    """Seconds until the first document is read, the megabytes that stay, and the extractor."""
    gc.collect()
    start = time.perf_counter()
    RulesExtractor(Registry(builtin_rows(), own)).extract(document)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    extractor = RulesExtractor(Registry(builtin_rows(), [dict(row) for row in own]))
    extractor.extract(document)
    gc.collect()
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return seconds, megabytes, extractor


def share_of_linking(language: str, extractor: RulesExtractor, documents: list[Document]) -> float:
    """The part of extraction's time that is spent in the functions that link, and in what they call, once loaded."""
    for document in documents:
        extractor.extract(document)
    profile = cProfile.Profile()
    profile.enable()
    for document in documents:
        extractor.extract(document)
    profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent = {(path.rpartition("/")[2], name): cumulative for (path, _, name), (*_, cumulative, _) in stats.items()}
    total = max(spent.values())
    return sum(spent.get(function, 0.0) for function in LINKING[language]) / total


def _seconds(extractor: RulesExtractor, documents: list[Document]) -> float:
    def run() -> None:
        for document in documents:
            extractor.extract(document)

    return min(_timed(run) for _ in range(3))


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _actor(number: int, draw: random.Random) -> Row:
    labels = {f"label_{language}": f"{_name(language, draw)} {_word(language, draw)}" for language in _LETTERS}
    aliases = {f"aliases_{language}": _name(language, draw) for language in _LETTERS}
    return new_row(id=f"synthetic-{number}", kind="person", country="EGY", **labels, **aliases)


def _name(language: str, draw: random.Random) -> str:
    return f"{_word(language, draw)} {_word(language, draw)}"


def _word(language: str, draw: random.Random) -> str:
    return "".join(_syllables(language, draw)).capitalize()


def _syllables(language: str, draw: random.Random) -> Iterator[str]:
    consonants, vowels = _LETTERS[language]
    for _ in range(draw.randint(2, 3)):
        yield draw.choice(consonants) + draw.choice(vowels)


if __name__ == "__main__":
    main()

"""How fast claims are read from text: ``python -m benchmarks.extraction``.

Seconds depend on the machine, so each line starts with a ratio: the time to extract over the time of the least that
any extractor must do, to split the same text into words with one regular expression and to print the same records.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import yaml

from benchmarks.measuring import exponent
from data import resource
from graph.articles import Article
from graph.claims import Claim, to_record
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

Result = TypeVar("Result")

SEED = 2026
ARTICLES = 150
SENTENCES = 12  # in each article
_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|\n+")


def main() -> dict[str, float]:
    """Measure both languages and print a line for each; the ratios by name."""
    ratios: dict[str, float] = {}
    print(f"{ARTICLES} articles of {SENTENCES} sentences each, drawn from the samples with seed {SEED}")
    print("language  times the floor  sentences/s  claims/s  characters/s")
    for language in ("ar", "en"):
        documents = list(generated(language))
        characters = sum(len(document.article.text) for document in documents)
        spent, claims = _timed(lambda documents=documents: _extract(documents))
        floor, _ = _timed(lambda documents=documents, claims=claims: _floor(documents, claims))
        ratios[f"extraction, {language}: times the floor"] = spent / floor
        shares = [documents[: ARTICLES // part] for part in (4, 2, 1)]
        costs = [(len(share), _timed(lambda share=share: _read(share))[0]) for share in shares]
        ratios[f"extraction, {language}: growth exponent"] = exponent(costs)
        rate, found = ARTICLES * SENTENCES / spent, len(claims) / spent
        print(f"{language:8}  {spent / floor:15.1f}  {rate:11,.0f}  {found:8,.0f}  {characters / spent:12,.0f}")
    return ratios


def generated(language: str) -> Iterator[Document]:
    """Articles of sentences drawn from the samples of that language; the same ones on every run."""
    draw = random.Random(SEED)
    sentences = [sentence for body in _bodies(language) for sentence in _SENTENCE_END.split(body) if sentence.strip()]
    for number in range(ARTICLES):
        text = " ".join(draw.choices(sentences, k=SENTENCES))
        yield Document(f"generated-{number}", Article(text, language, published="2026-01-15"))


def _bodies(language: str) -> Iterator[str]:
    for path in sorted(resource("samples").iterdir(), key=lambda path: path.name):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        if yaml.safe_load(head)["language"] == language:
            yield body


def _extract(documents: list[Document]) -> list[Claim]:
    extractor = RulesExtractor()
    return [claim for document in documents for claim in extractor.extract(document)]


def _read(documents: list[Document]) -> int:
    """Extract and keep nothing, as a pipeline does: Python's garbage collector takes longer the more is kept."""
    extractor = RulesExtractor()
    return sum(len(list(extractor.extract(document))) for document in documents)


def _floor(documents: list[Document], claims: list[Claim]) -> int:
    words = sum(len(_WORD.findall(document.article.text)) for document in documents)
    return words + sum(len(json.dumps(to_record(claim), ensure_ascii=False)) for claim in claims)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of the second of two runs, and what it returned: the first one loads lexicons."""
    work()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


if __name__ == "__main__":
    main()

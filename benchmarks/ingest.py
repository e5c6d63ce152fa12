"""How fast and in how much memory articles come into the ledger: ``python -m benchmarks.ingest [MEGABYTES ...]``.

Writes JSON Lines of generated articles, Arabic and English in turn, and ingests them in a process of its own, first
with one extracting process, then with two. Memory is sampled: that of the process that reads and writes, and the sum
with its extractors (pages that they share are counted once: PSS). Indexes are not built; :mod:`benchmarks.indexes`
measures these.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.extraction import generated
from benchmarks.measuring import exponent

SIZES = (1, 2, 4)  # megabytes
_EACH = 0.2  # seconds between two looks at the memory
_PROGRAM = """
import sys
from pathlib import Path
from graph.workspace import Workspace
from ingest.extractors.rules import RulesExtractor
from ingest.pipeline import ingest
if __name__ == "__main__":
    home = Workspace.create(Path(sys.argv[1]))
    report = ingest(home, [sys.argv[2]], extractor=RulesExtractor(), jobs=int(sys.argv[3]))
    print(report.articles, report.claims, report.seconds)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest: what came of it, how long it took, and the most memory it held, in megabytes."""

    megabytes: float
    jobs: int
    articles: int
    claims: int
    seconds: float
    main: float
    together: float


def main(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Measure and print; the ratios by name."""
    print("megabytes  processes  seconds  articles/s  claims/s  MB main  MB all")
    runs = [run for size in sizes for run in measured(size)]
    for run in runs:
        print(
            f"{run.megabytes:9.0f}  {run.jobs:9}  {run.seconds:7.1f}  {run.articles / run.seconds:10,.0f}"
            f"  {run.claims / run.seconds:8,.0f}  {run.main:7.0f}  {run.together:6.0f}"
        )
    alone, two = ([run for run in runs if run.jobs == jobs] for jobs in (1, 2))
    faster = alone[-1].seconds / two[-1].seconds
    growth = exponent([(run.megabytes, run.seconds) for run in alone])
    print(f"two processes are {faster:.2f} times as fast as one; time grows with size to the power of {growth:.2f}")
    return {"ingest: seconds with two processes over one": 1 / faster, "ingest: growth exponent": growth}


def measured(megabytes: int) -> Iterator[Run]:
    """One run with one process and one with two."""
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name, "articles.jsonl")
        write_corpus(corpus, megabytes * 1_000_000)
        for jobs in (1, 2):
            yield _run(Path(name), corpus, jobs)


def write_corpus(path: Path, size: int) -> None:
    """At least ``size`` bytes of JSON Lines: the same articles on every call, no two of them equal."""
    texts = [document.article for pair in zip(generated("ar"), generated("en"), strict=True) for document in pair]
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(cycle(texts)):
            record = {
                "text": article.text,
                "language": article.language,
                "url": f"https://news.example/{number}",
                "published": article.published,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            if file.tell() >= size:
                return


def _run(folder: Path, corpus: Path, jobs: int) -> Run:
    program = folder / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program), str(folder / f"workspace-{jobs}"), str(corpus), str(jobs)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    main_peak = together_peak = 0.0
    while process.poll() is None:
        own, shares = _memory(process.pid)
        main_peak, together_peak = max(main_peak, own), max(together_peak, shares)
        time.sleep(_EACH)
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit("the ingest failed")
    articles, claims, seconds = said.split()
    size = corpus.stat().st_size / 1_000_000
    return Run(size, jobs, int(articles), int(claims), float(seconds), main_peak, together_peak)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def _memory(pid: int) -> tuple[float, float]:
    """Megabytes of the process, and of it with its children, shared pages divided among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        pids = [str(pid), *children.read_text().split()]
        rolled = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in pids]
    except OSError:  # one has just ended
        return 0.0, 0.0
    return _field(rolled[0], "Rss:"), sum(_field(text, "Pss:") for text in rolled)


def _field(rolled: str, name: str) -> float:
    return int(rolled.split(name, 1)[1].split(maxsplit=1)[0]) / 1024 if name in rolled else 0.0


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)

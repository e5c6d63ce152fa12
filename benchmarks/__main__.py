"""All benchmarks: ``python -m benchmarks [--size CLAIMS] [--report FILE] [--save]``.

Graphs of ``CLAIMS``/100, ``CLAIMS``/10 and ``CLAIMS`` generated claims are made; for a million, which takes most of an
hour, ``make bench SIZE=1000000``. What is printed is also written as Markdown, with the machine's description. Ratios
(to the least work there is, to the engine's own loader, to the raw engine, to one process) and growth exponents are
compared with the saved baseline, and the status is 1 when one is more than 20 % higher. ``--save`` makes these the
baseline.
"""

import contextlib
import io
import json
import sys
import tempfile
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from benchmarks import answers, extraction, indexes, ingest, linking
from benchmarks.measuring import exponent, machine, seconds
from benchmarks.worlds import EXTRACTOR, SEED, fill, generated
from graph.generations import LADYBUG, OXIGRAPH, Indexes
from graph.ledger import Ledger
from graph.workspace import Workspace

SIZE = 20_000  # claims
ADDED = 1_000  # claims
SLOWER = 1.2  # times the baseline: what is told
BASELINE = Path(__file__).with_name("baseline.json")


def main() -> int:
    """Run all, write the report, compare with the baseline."""
    parser = ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=SIZE, help=f"claims of the largest graph [{SIZE:,}]")
    parser.add_argument("--report", type=Path, default=Path("benchmarks-report.md"), help="where Markdown is written")
    parser.add_argument("--save", action="store_true", help="make these the baseline")
    chosen = parser.parse_args()
    said = io.StringIO()
    with contextlib.redirect_stdout(_Both(sys.stdout, said)):
        print(f"{datetime.now(UTC):%Y-%m-%d}, {machine()}")
        ratios = extraction.main() | ingest.main()
        ratios |= _graphs([max(chosen.size // share, 100) for share in (100, 10, 1)])
        slower = _compared(ratios, chosen.size)
        if chosen.save:
            _save(ratios, chosen.size)
        linking.main()
    chosen.report.write_text(f"# Benchmarks\n\n```\n{said.getvalue()}```\n", encoding="utf-8")
    return 1 if slower else 0


class _Both(io.TextIOBase):
    """Writes to two streams."""

    def __init__(self, *streams: TextIO) -> None:
        self._streams = streams

    def write(self, text: str) -> int:
        for stream in self._streams:
            stream.write(text)
            stream.flush()
        return len(text)


def _graphs(sizes: list[int]) -> dict[str, float]:
    """Indexes and queries of graphs of these sizes; the ratios by name, of the largest one."""
    costs: dict[str, list[tuple[float, float]]] = {}
    ratios: dict[str, float] = {}
    for size in sizes:
        print(f"{size:,} generated claims, seed {SEED}")
        with tempfile.TemporaryDirectory() as name:
            workspace = Workspace.create(Path(name, "workspace"))
            fill(workspace, size)
            print(f"  ledger: {_megabytes(workspace.ledger_path):.1f} MB")
            for what, (ours, beside) in {**_index(workspace, Path(name)), **_queries(workspace)}.items():
                costs.setdefault(what, []).append((size, ours))
                ratios[what] = ours / beside
            _grow(workspace)
    for what, points in costs.items():
        if what.startswith("index"):
            ratios[f"{what}: growth exponent"] = exponent(points)
        print(f"{what}: grows with size to the power of {exponent(points):.2f}")
    return ratios


def _index(workspace: Workspace, folder: Path) -> dict[str, tuple[float, float]]:
    found = indexes.measure(Ledger(workspace).view(), folder)
    return {f"index {store}, over its own loader": pair for store, pair in found.items()}


def _queries(workspace: Workspace) -> dict[str, tuple[float, float]]:
    Indexes(workspace).refresh()
    for engine in (OXIGRAPH, LADYBUG):
        print(f"  {engine.name}: {_megabytes(workspace.indexes_path / engine.name):.1f} MB")
    return {f"{kind}, over the raw engine": pair for kind, pair in answers.measure(workspace).items()}


def _grow(workspace: Workspace) -> None:
    """What it takes until some new claims are committed, and shown by each index."""
    made = list(generated(ADDED, SEED + 1))

    def commit() -> None:
        with Ledger(workspace).batch() as batch:
            for article, found in made:
                batch.add_article(article, EXTRACTOR, found)

    committed = seconds(commit)
    shown = [seconds(lambda engine=engine: Indexes(workspace).refresh(engine)) for engine in (OXIGRAPH, LADYBUG)]
    print(f"  {ADDED:,} more: committed {committed:.2f} s, then oxigraph {shown[0]:.2f} s, ladybug {shown[1]:.2f} s")


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000


def _baseline() -> dict[str, dict[str, float]]:
    known: dict[str, dict[str, float]] = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    return known


def _save(ratios: dict[str, float], size: int) -> None:
    rounded = {name: round(ratio, 3) for name, ratio in ratios.items()}
    BASELINE.write_text(json.dumps(_baseline() | {str(size): rounded}, indent=1) + "\n", encoding="utf-8")


def _compared(ratios: dict[str, float], size: int) -> list[str]:
    """The names of those that are slower than in the baseline of that size; all are printed."""
    before = _baseline().get(str(size), {})
    slower = [name for name, ratio in ratios.items() if ratio > SLOWER * before.get(name, ratio)]
    width = max(map(len, ratios))
    print(f"{'ratios':{width}}    now  baseline")
    for name, ratio in ratios.items():
        old = f"{before[name]:8.2f}" if name in before else "       -"
        print(f"{name:{width}} {ratio:6.2f}  {old}{'  SLOWER' if name in slower else ''}")
    return slower


if __name__ == "__main__":
    sys.exit(main())

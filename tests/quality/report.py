"""Writes the figures of ``docs/accuracy.md``: scores with intervals, precision by confidence, calibration.

python -m tests.quality.report

It replaces what stands between the two markers of the page. With the evaluation kit beside the project its
development sets are scored too.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.articles import Article
from graph.claims import Claim
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from tests.quality.gate import documents, sets
from tests.quality.scoring import f1, score

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
MARKED = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->\n)", re.DOTALL)
RESAMPLES, SEED = 1000, 7
BINS = ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
METRICS = (
    ("cues", "cues right", "attributions"),
    ("attributions", "attributions right", "attributions"),
    ("dyads", "dyads right", "dyads"),
)

Judged = list[tuple[float, bool]]


def main() -> None:
    """Rewrite the page's figures."""
    judged: dict[str, Judged] = {name: [] for name in sets()}
    counts = {name: _counted(path, judged[name]) for name, path in sets().items()}
    scores = [line for name, documents_ in counts.items() for line in _rows(name, documents_)]
    totals = {name: sum(documents_, Counter[str]()) for name, documents_ in counts.items()}
    tables = (_table(scores), _precision(judged), _calibration(judged), _countries(totals))
    text = "\n".join(["", *(line for table in tables for line in (*table, "")), ""])
    PAGE.write_text(MARKED.sub(lambda found: found[1] + text + found[2], PAGE.read_text("utf-8")), encoding="utf-8")


def _counted(path: Path, judged: Judged) -> list[Counter[str]]:
    """The counts of each document of a set; what is said of each claim is added to ``judged``."""

    def judge(claim: Claim, right: bool) -> None:
        judged.append((claim.confidence, right))

    extractor, counts = RulesExtractor(), []
    for gold in documents(path):
        claims = extractor.extract(Document(gold["id"], Article(gold["text"], gold["language"])))
        if path.stem == "polnear":
            claims = [claim for claim in claims if not claim.attributed_to]
        counts.append(score(gold, claims, judge))
    return counts


def _rows(name: str, counts: Sequence[Counter[str]]) -> Iterator[str]:
    """The table's rows of one set."""
    total = sum(counts, Counter[str]())
    for metric, right, layer in METRICS:
        if total[f"{layer} gold"]:
            low, high = _interval(counts, right, layer)
            found, gold_ = total[f"{layer} found"], total[f"{layer} gold"]
            precision = total[right] / found if found else 0.0
            value = f"{f1(total, right, layer):.3f} [{low:.3f}, {high:.3f}]"
            yield f"| {name} | {metric} | {precision:.3f} | {total[right] / gold_:.3f} | {value} | {gold_} |"


def _interval(counts: Sequence[Counter[str]], right: str, layer: str) -> tuple[float, float]:
    """The 95% bootstrap interval of an F1: the documents drawn anew, with a fixed seed."""
    rng = random.Random(SEED)
    draws = sorted(f1(sum(rng.choices(counts, k=len(counts)), Counter()), right, layer) for _ in range(RESAMPLES))
    return draws[int(0.025 * RESAMPLES)], draws[int(0.975 * RESAMPLES) - 1]


def _table(rows: list[str]) -> list[str]:
    return ["| set | metric | precision | recall | F1 [95%] | gold |", "| --- | --- | --- | --- | --- | --- |", *rows]


def _precision(judged: dict[str, Judged]) -> list[str]:
    lines = ["| set | precision of all claims printed | at confidence 0.9 and above |", "| --- | --- | --- |"]
    for name, claims in judged.items():
        sure = [pair for pair in claims if pair[0] >= BINS[-1][0]]
        lines.append(f"| {name} | {_share(claims)} | {_share(sure)} |")
    return lines


def _calibration(judged: dict[str, Judged]) -> list[str]:
    together = [pair for claims in judged.values() for pair in claims]
    lines = ["| confidence | claims | right |", "| --- | --- | --- |"]
    for low, high in BINS:
        inside = [pair for pair in together if low <= pair[0] < high]
        lines.append(f"| {low:.1f} to {min(high, 1.0):.1f} | {len(inside)} | {_share(inside)} |")
    return lines


def _countries(totals: dict[str, Counter[str]]) -> list[str]:
    ends = ("source", "subject", "object")
    lines = ["| set | country of the source right | of the subject | of the object |", "| --- | --- | --- | --- |"]
    for name, total in totals.items():
        if any(total[f"{end} countries gold"] for end in ends):
            cells = (_part(total[f"{end} countries right"], total[f"{end} countries gold"]) for end in ends)
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _share(claims: Judged) -> str:
    return _part(sum(right for _, right in claims), len(claims))


def _part(right: int, all_: int) -> str:
    return f"{right / all_:.3f} ({right} of {all_})" if all_ else "none"


if __name__ == "__main__":
    main()

"""The quality gate: floors that only rise, over sets whose fingerprint is kept.

    python -m tests.quality.gate             # the scores, and what is below its floor
    python -m tests.quality.gate --update    # raise the floors to the scores; never lowers one
    python -m tests.quality.gate --update --lower    # take over lower scores too: say why in the commit

The sets that ship with the project are always scored; the development sets of the evaluation kit where they are
present, in ``../shared/evals/dev``. Their texts are never part of the project.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.articles import Article
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from tests.quality.scoring import Judge, f1, score

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
GOLD = HERE.parent / "gold"
DEVELOPMENT = HERE.parents[2] / "shared" / "evals" / "dev"
SLACK = 0.005  # a floor stands this far under the score: the noise of a rounding, not of an error

Floors = dict[str, dict[str, Any]]


def sets() -> dict[str, Path]:
    """The gold files by name: ours, then those of the evaluation kit. Records (no cues) are not among them."""
    ours = {path.stem: path for path in sorted(GOLD.glob("*.jsonl"))}
    theirs = {f"dev/{path.stem}": path for path in sorted(DEVELOPMENT.glob("*.jsonl")) if path.stem != "plover"}
    return ours | theirs


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The gold documents of a file."""
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)


def measure(path: Path, judge: Judge = lambda _claim, _right: None) -> dict[str, float]:
    """The scores of one gold file, rounded to four digits."""
    extractor, total = RulesExtractor(), Counter[str]()
    outermost = path.stem == "polnear"  # its annotators never mark an attribution inside another
    for gold in documents(path):
        claims = extractor.extract(Document(gold["id"], Article(gold["text"], gold["language"])))
        if outermost:
            claims = [claim for claim in claims if not claim.attributed_to]
        total += score(gold, claims, judge)
    names = {"cues": ("cues right", "attributions"), "attributions": ("attributions right", "attributions")}
    if total["dyads gold"]:
        names["dyads"] = ("dyads right", "dyads")
    return {name: round(f1(total, *keys), 4) for name, keys in names.items()}


def fingerprint(path: Path) -> str:
    """A hash of the gold file: a floor speaks of these very annotations."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read_floors() -> Floors:
    """The floors by set: ``fingerprint`` and the least F1 of each metric."""
    return dict(json.loads(FLOORS.read_text("utf-8"))) if FLOORS.exists() else {}


def failures(name: str, path: Path, scores: dict[str, float], floors: Floors) -> list[str]:
    """What is wrong with a set's scores, in words; nothing when they pass."""
    floor = floors.get(name)
    if floor is None:
        return [f"{name} has no floor: run python -m tests.quality.gate --update"]
    if floor["fingerprint"] != fingerprint(path):
        return [f"{name} has changed since its floors were set: look at the scores, then run --update"]
    below = ((metric, scores[metric], least) for metric, least in floor["f1"].items() if scores[metric] < least)
    return [f"{name}: F1 of {metric} is {value:.4f}, the floor is {least:.4f}" for metric, value, least in below]


def raised(name: str, path: Path, scores: dict[str, float], floors: Floors, *, lower: bool) -> dict[str, Any]:
    """The set's floors after an update: the scores less the slack, and never less than before unless ``lower``."""
    before = floors.get(name, {}).get("f1", {})
    least = {metric: round(max(0.0, value - SLACK), 4) for metric, value in scores.items()}
    if not lower:
        least = {metric: max(value, before.get(metric, 0.0)) for metric, value in least.items()}
    return {"fingerprint": fingerprint(path), "f1": least}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Score the extractor against the gold sets and their floors.")
    parser.add_argument("--update", action="store_true", help="raise the floors to the present scores")
    parser.add_argument("--lower", action="store_true", help="with --update: lower floors too")
    options = parser.parse_args()
    floors = read_floors()
    wrong = []
    for name, path in sets().items():
        scores = measure(path)
        print(f"{name:24}", "  ".join(f"{metric} {value:.3f}" for metric, value in scores.items()))
        if options.update:
            floors[name] = raised(name, path, scores, floors, lower=options.lower)
        wrong += failures(name, path, scores, floors)
    if options.update:
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")
    raise SystemExit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()

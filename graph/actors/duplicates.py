"""Actors that may be the same, ranked, each pair with its evidence; names that fit several actors.

Nothing is merged here: a person decides (:mod:`graph.actors.decisions`). Only actors whose names share a word, or
nearly do, are compared, so that a hundred thousand actors take less than a minute.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from rapidfuzz.fuzz import ratio

from graph.actors.names import Word, likeness, words
from graph.claims import Entity
from graph.ledger import LedgerView

LEAST = 0.5
"""Pairs below this score are not proposed: below it hardly any pair is true."""
_COMMON = 40
_PROMISING = 62
_SAME_COUNTRY = 0.04
_OTHER_COUNTRY = 0.6
_OTHER_KIND = 0.75
_COLLECTIVE = frozenset(("organization", "group", "place", "country"))
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_LABELS = ("label_en", "label_ar")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two actors that may be one: ``score`` 0 to 1, and why, one reason a line. ``first`` has the smaller id."""

    first: Entity
    second: Entity
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A single name that stands for, or ends the names of, several persons, who stay apart."""

    name: str
    actors: tuple[Entity, ...]


def proposals(view: LedgerView, *, limit: int = 100, least: float = LEAST) -> list[Proposal]:
    """The likeliest pairs, the best first, without those that people keep apart.

    Two actors with Wikidata ids are two for Wikidata and are not compared.
    """
    actors = {entity.id: entity for entity in view.entities()}
    apart = {(view.identities.of(one), view.identities.of(other)) for one, other in view.identities.apart}
    found = []
    for one, other in candidates(actors.values()):
        if (one, other) in apart or (other, one) in apart:
            continue
        proposal = compare(actors[one], actors[other])
        if proposal.score >= least:
            found.append(proposal)
    return sorted(found, key=lambda pair: (-pair.score, pair.first.id, pair.second.id))[:limit]


def compare(one: Entity, other: Entity) -> Proposal:
    """How likely two actors are the same, by their names, kinds and countries."""
    first, second = sorted((one, other), key=lambda entity: entity.id)
    score, names = _by_name(first, second)
    evidence = [names]
    if first.kind != second.kind:
        together = {first.kind, second.kind} <= _COLLECTIVE
        score *= _OTHER_KIND if together else 0.0
        evidence.append(f"{first.kind} and {second.kind}")
    if first.country and second.country:
        same = first.country == second.country
        score = score + _SAME_COUNTRY * (1 - score) if same else score * _OTHER_COUNTRY
        evidence.append(f"both of {first.country}" if same else f"of {first.country} and of {second.country}")
    return Proposal(first, second, round(score, 4), tuple(evidence))


def candidates(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """The pairs of ids worth comparing, each once: their names share a word, or nearly, or two common words."""
    named = {entity.id: [words(label) for label in _labels(entity)] for entity in entities}
    frequency = Counter(skeleton for names in named.values() for skeleton in {w.skeleton for n in names for w in n})
    blocks: defaultdict[object, set[str]] = defaultdict(set)
    for actor, names in named.items():
        for name in names:
            for key in _keys(name, frequency):
                blocks[key].add(actor)
    outlines = {actor: [_outline(name) for name in names] for actor, names in named.items()}
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        if len(block) <= 2 * _COMMON:
            for pair in combinations(sorted(block), 2):
                if pair not in seen and _promising(outlines[pair[0]], outlines[pair[1]]):
                    seen.add(pair)
                    if not all(map(_WIKIDATA.fullmatch, pair)):
                        yield pair


def ambiguous(view: LedgerView) -> list[Ambiguous]:
    """The single names that several persons bear, as surname or in the text, the most shared first."""
    rows = [row for row in view.actor_table().to_pylist() if row["kind"] == "person"]
    bearers: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    written: dict[str, str] = {}
    for row in rows:
        entity = Entity(**{name: row[name] for name in Entity.__slots__})
        for text in _names_seen(row):
            if found := words(text):
                bearers[found[-1].plain][entity.id] = entity
                written.setdefault(found[-1].plain, text.split()[-1])
    shared = [
        Ambiguous(written[key], tuple(entity for _, entity in sorted(who.items())))
        for key, who in bearers.items()
        if len(who) > 1
    ]
    return sorted(shared, key=lambda name: (-len(name.actors), name.name))


def _names_seen(row: dict[str, Any]) -> list[str]:
    labels = [row[label] for label in _LABELS if row[label]]
    return labels + [alias["text"] for alias in row["aliases"] or () if len(words(alias["text"])) == 1]


def _keys(name: tuple[Word, ...], frequency: Counter[str]) -> Iterator[object]:
    """What a name is filed under: rare words with their near spellings, pairs of words, all words together."""
    skeletons = [word.skeleton for word in name]
    yield "".join(skeletons)
    for skeleton in skeletons:
        if frequency[skeleton] <= _COMMON:
            yield skeleton
            if len(skeleton) >= 4:
                yield from (skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton)))
    yield from (tuple(sorted(pair)) for pair in combinations(skeletons, 2))


def _outline(name: tuple[Word, ...]) -> str:
    """All skeletons of a name in an order of their own; empty for a single word, which any name may hold."""
    return "".join(sorted(word.skeleton for word in name)) if len(name) > 1 else ""


def _promising(one: list[str], other: list[str]) -> bool:
    """Whether a full comparison may be worth it: most pairs that share a given name are told apart here."""
    return any(not a or not b or ratio(a, b) >= _PROMISING for a in one for b in other)


def _by_name(first: Entity, second: Entity) -> tuple[float, str]:
    """The likeness of two actors' names and the names it was found in.

    Two that are known in both languages must be alike in both; otherwise their most alike names count.
    """
    scored = [(likeness(a, b), a, b) for a in _labels(first) for b in _labels(second)]
    if all(entity.label_en and entity.label_ar for entity in (first, second)):
        scored = [min(scored[0], scored[3])]
    score, a, b = max(scored, default=(0.0, "", ""))
    return score, f"{a} ~ {b} ({score:.2f})"


def _labels(entity: Entity) -> list[str]:
    return [label for label in (entity.label_en, entity.label_ar) if label]

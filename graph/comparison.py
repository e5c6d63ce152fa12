"""Comparing what is told: the same story in several articles, stories that contradict each other, and copies.

Nothing here decides who is right: it says which claims stand beside or against each other, and in how many articles
that are not copies of one another.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from graph.articles import Article
from graph.claims import Entity
from graph.ledger import LedgerClaim
from graph.relations import Relation
from graph.stores.folding import fold

SHINGLE = 4  # words in a row that two texts share when one was copied from the other
COPY = 0.7  # the share of common shingles, of those in either text, from which on two articles are copies
WINDOW = 14  # days within which two claims speak of the same matter

Copies = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """The claims that say the same: one subject, relation and object, denied or not.

    ``independent`` is the number of their articles, near-identical copies counted once; every claim stays citable.
    """

    subject: Entity
    relation: Relation
    object: Entity | None
    negated: bool
    claims: tuple[LedgerClaim, ...]
    independent: int

    @property
    def copies(self) -> int:
        """How many of the articles are copies of another one here."""
        return len({one.article.id for one in self.claims}) - self.independent


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims about the same two actors, in the same direction, that cannot both be the whole story; the ``first``
    was published before the ``second`` or with it.

    ``denied`` when one denies what the other says, else one is cooperation and the other conflict.
    """

    first: LedgerClaim
    second: LedgerClaim
    denied: bool


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """The id of each article and of the one that stands for it and its near-identical copies (the least id)."""
    shingles = {article.id: _shingles(article.text) for article in articles}
    stands = {id_: id_ for id_ in shingles}
    for first, second in _sharing(shingles):
        common = len(shingles[first] & shingles[second])
        if common >= COPY * (len(shingles[first]) + len(shingles[second]) - common):
            low, high = sorted((stands[first], stands[second]))
            stands = {id_: low if stood == high else stood for id_, stood in stands.items()}
    return stands


def tellings(claims: Iterable[LedgerClaim], same: Copies) -> list[Telling]:
    """The claims folded by what they say, those in most independent articles first."""
    groups: dict[tuple[str, str, str, bool], list[LedgerClaim]] = defaultdict(list)
    for one in claims:
        groups[_said(one)].append(one)
    found = [_telling(group, same) for group in groups.values()]
    return sorted(found, key=lambda t: (-t.independent, -len(t.claims), t.subject.id, t.relation.id, t.negated))


def contradictions(claims: Sequence[LedgerClaim], window: int = WINDOW) -> list[Contradiction]:
    """The contradictions among dated claims of at most ``window`` days apart; the latest first.

    A denial contradicts the same relation said un-negated. Cooperation and conflict contradict each other when both
    are un-negated; relations that Goldstein scores 0, such as *says*, take no side.
    """
    pairs: dict[tuple[str, str], list[LedgerClaim]] = defaultdict(list)
    for one in claims:
        if one.claim.object and one.article.published:
            pairs[one.claim.subject.entity.id, one.claim.object.entity.id].append(one)
    found = [
        Contradiction(first, second, denied)
        for pair in pairs.values()
        for first, second in combinations(sorted(pair, key=_order), 2)
        if _days_apart(first, second) <= window and (denied := _opposed(first, second)) is not None
    ]
    return sorted(
        found, key=lambda c: (_day(c.first), _day(c.second), c.first.claim.id, c.second.claim.id), reverse=True
    )


def _telling(group: list[LedgerClaim], same: Copies) -> Telling:
    claim = group[0].claim
    articles = {one.article.id for one in group}
    return Telling(
        claim.subject.entity,
        claim.relation,
        claim.object.entity if claim.object else None,
        claim.negated,
        tuple(group),
        len({same.get(id_, id_) for id_ in articles}),
    )


def _said(one: LedgerClaim) -> tuple[str, str, str, bool]:
    claim = one.claim
    return claim.subject.entity.id, claim.relation.id, claim.object.entity.id if claim.object else "", claim.negated


def _opposed(first: LedgerClaim, second: LedgerClaim) -> bool | None:
    """Whether two claims contradict by denial (``True``) or by class (``False``); ``None`` when they do not."""
    a, b = first.claim, second.claim
    if a.relation.id == b.relation.id and a.negated != b.negated:
        return True
    sides = {a.relation.quad_class.rpartition(" ")[2], b.relation.quad_class.rpartition(" ")[2]}
    scored = a.relation.goldstein * b.relation.goldstein < 0
    return False if scored and len(sides) == 2 and not a.negated and not b.negated else None


def _day(one: LedgerClaim) -> date:
    return date.fromisoformat((one.article.published or "")[:10])


def _order(one: LedgerClaim) -> tuple[date, str]:
    return _day(one), one.claim.id


def _days_apart(first: LedgerClaim, second: LedgerClaim) -> int:
    return abs((_day(first) - _day(second)).days)


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"\w+", fold(text))
    return frozenset(hash(tuple(words[i : i + SHINGLE])) for i in range(max(1, len(words) - SHINGLE + 1)))


def _sharing(shingles: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """The pairs of articles with at least one shingle in common."""
    holders: dict[int, list[str]] = defaultdict(list)
    for id_, own in shingles.items():
        for shingle in own:
            holders[shingle].append(id_)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) > 1:
            shared.update(combinations(sorted(ids), 2))
    yield from sorted(shared)

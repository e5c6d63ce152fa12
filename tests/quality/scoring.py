"""Scores of the extractor against gold claims, by the definitions of `docs/accuracy.md`.

Two layers. *Attributions*: cues are matched one to one by overlap; an attribution is right end to end when its cue is
matched, its source is right and its content shares at least half of all tokens of both. *Dyads*: a claim with subject
and object matches a gold dyad when cues overlap and both actors agree, by span or by country.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from graph.claims import Claim, Mention, Span

TOKEN = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
HALF = 0.5
# A source that is one of these words says nothing by its span; its country is looked at instead.
PRONOUNS = frozenset(
    (  # noqa: SIM905 - a list of words is read as one
        "i we you he she it they me us him her them my our your his its their one "
        "myself ourselves yourself himself herself itself themselves who whom whose which that what this these those "
        "أنا نحن أنت أنتم هو هي هما هم هن ه ها ذلك هذا هذه هؤلاء "
        "الذي التي الذين اللذان اللتان اللذين اللتين اللاتي اللواتي"
    ).split()
)

Gold = dict[str, Any]
Pieces = tuple[tuple[int, int], ...]
Judge = Callable[[Claim, bool], None]


def score(document: Gold, claims: Sequence[Claim], judge: Judge = lambda _claim, _right: None) -> Counter[str]:
    """Counts of one gold document: ``attributions``/``dyads`` + `` gold``, `` found``, `` right``, and ``cues right``.

    ``source``/``subject``/``object`` + `` countries gold`` count the matched ones whose gold has a country,
    `` countries right`` those whose country it is. ``judge`` is told of each claim that a layer
    looks at whether it is right.
    """
    counts: Counter[str] = Counter()
    if document.get("attributions") is not None:
        _score_attributions(document, claims, counts, judge)
    if document.get("dyads") is not None:
        _score_dyads(document, claims, counts, judge)
    return counts


def f1(counts: Counter[str], right: str, layer: str) -> float:
    """The F1 of ``right`` over what ``layer`` found and the gold has; 1 when both are empty."""
    total = counts[f"{layer} found"] + counts[f"{layer} gold"]
    return 2 * counts[right] / total if total else 1.0


# --- attributions ------------------------------------------------------------------------------------------


def _score_attributions(document: Gold, claims: Sequence[Claim], counts: Counter[str], judge: Judge) -> None:
    tokens = [match.span() for match in TOKEN.finditer(document["text"])]
    gold = [
        (cue, items, _inside(tokens, (piece for item in items for piece in _pieces(item["content"]))))
        for cue, items in _grouped(document["attributions"], lambda item: _pieces(item["cue"]))
    ]
    found = []
    for cue, members in _grouped(claims, lambda claim: _span(claim.cue)):
        speaking = [claim for claim in members if claim.content]
        if speaking or not any(claim.attributed_to for claim in members):
            said = (_span(claim.content.span)[0] for claim in speaking if claim.content)
            found.append((cue, speaking or list(members), _inside(tokens, said), bool(speaking)))
    candidates = [
        ((shared, shared / (_length(cue) + _length(other) - shared), _agreement(content, said)), i, j)
        for i, (cue, _, content) in enumerate(gold)
        for j, (other, _, said, speaks) in enumerate(found)
        if (shared := _overlap(cue, other)) and (speaks or not content)
    ]
    matched = _one_to_one(candidates)
    right = {
        j
        for i, j in matched.items()
        if _source_is_right(document["text"], gold[i][1], found[j][1]) and _agreement(gold[i][2], found[j][2]) >= HALF
    }
    counts["attributions gold"] += len(gold)
    counts["attributions found"] += sum(speaks or j in matched.values() for j, (*_, speaks) in enumerate(found))
    counts["cues right"] += len(matched)
    counts["attributions right"] += len(right)
    for i, j in matched.items():
        _count_country(counts, "source", gold[i][1], [claim.subject for claim in found[j][1]])
    for j, (_, members, _, speaks) in enumerate(found):
        if speaks:
            judge(members[0], j in right)


def _source_is_right(text: str, items: Sequence[Gold], claims: Sequence[Claim]) -> bool:
    return any(_is_source(text, item, claims) for item in items)


def _is_source(text: str, item: Gold, claims: Sequence[Claim]) -> bool:
    source, country = _pieces(item["source"]), item.get("source_country")
    words = " ".join(text[start:end] for start, end in source).strip().lower()
    if source and words not in PRONOUNS:
        return any(_overlap(source, _span(claim.subject.span)) for claim in claims)
    return not country or any(country_of(claim.subject) == country for claim in claims)


# --- dyads -------------------------------------------------------------------------------------------------


def _score_dyads(document: Gold, claims: Sequence[Claim], counts: Counter[str], judge: Judge) -> None:
    gold = list({_gold_key(dyad): dyad for dyad in reversed(document["dyads"])}.values())[::-1]
    pairs = [claim for claim in claims if claim.object]
    found = list({_claim_key(claim): claim for claim in reversed(pairs)}.values())[::-1]
    candidates = [
        ((_shared(dyad, claim),), i, j)
        for i, dyad in enumerate(gold)
        for j, claim in enumerate(found)
        if _is_dyad(dyad, claim)
    ]
    matched = _one_to_one(candidates)
    counts["dyads gold"] += len(gold)
    counts["dyads found"] += len(found)
    counts["dyads right"] += len(matched)
    counts["roots right"] += sum(gold[i]["root"] == found[j].relation.cameo[:2] for i, j in matched.items())
    for i, j in matched.items():
        _count_country(counts, "subject", [gold[i]], [found[j].subject])
        _count_country(counts, "object", [gold[i]], [found[j].object])
    for j, claim in enumerate(found):
        judge(claim, j in matched.values())


def _is_dyad(dyad: Gold, claim: Claim) -> bool:
    cue = _pieces(dyad["cue"])
    if claim.object is None or (cue and not _overlap(cue, _span(claim.cue))):
        return False
    return _is_actor(dyad, "subject", claim.subject) and _is_actor(dyad, "object", claim.object)


def _is_actor(dyad: Gold, end: str, mention: Mention) -> bool:
    pieces, country = _pieces(dyad[end]), dyad.get(f"{end}_country")
    if not pieces and not country:
        return True
    return bool(_overlap(pieces, _span(mention.span))) or bool(country and country == country_of(mention))


def _shared(dyad: Gold, claim: Claim) -> int:
    object_ = claim.object.span if claim.object else claim.cue
    ends = (("cue", claim.cue), ("subject", claim.subject.span), ("object", object_))
    return sum(_overlap(_pieces(dyad[name]), _span(span)) for name, span in ends)


def _count_country(counts: Counter[str], end: str, gold: Sequence[Gold], mentions: Sequence[Mention]) -> None:
    wanted = {item[f"{end}_country"] for item in gold if item.get(f"{end}_country")}
    if wanted:
        counts[f"{end} countries gold"] += 1
        counts[f"{end} countries right"] += any(country_of(mention) in wanted for mention in mentions)


def country_of(mention: Mention) -> str:
    """The code a mention is compared by: ISO 3166 alpha-3, ``IGO``, ``NGO`` or nothing."""
    entity = mention.entity
    return entity.country or (entity.sector if entity.sector in ("IGO", "NGO") else "") or ""


def _gold_key(dyad: Gold) -> tuple[object, ...]:
    spans = (_pieces(dyad[name]) for name in ("subject", "cue", "object"))
    return (*spans, dyad.get("subject_country"), dyad.get("object_country"))


def _claim_key(claim: Claim) -> tuple[object, ...]:
    object_ = claim.object or claim.subject
    return (claim.subject.span, claim.cue, object_.span, country_of(claim.subject), country_of(object_))


# --- spans -------------------------------------------------------------------------------------------------


def _pieces(span: Gold | None) -> Pieces:
    if not span:
        return ()
    pieces = span.get("parts") or [(span["start"], span["end"])]
    return tuple((start, end) for start, end in pieces if end > start)


def _span(span: Span) -> Pieces:
    return ((span.start, span.end),)


def _overlap(left: Pieces, right: Pieces) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)


def _length(pieces: Pieces) -> int:
    return sum(end - start for start, end in pieces)


def _inside(tokens: Sequence[tuple[int, int]], pieces: Iterable[tuple[int, int]]) -> frozenset[int]:
    wanted = list(pieces)
    return frozenset(
        number for number, token in enumerate(tokens) if any(_overlap((token,), (piece,)) for piece in wanted)
    )


def _agreement(left: frozenset[int], right: frozenset[int]) -> float:
    return len(left & right) / len(left | right) if left or right else 1.0


def _grouped(items: Iterable[Any], key: Callable[[Any], Pieces]) -> Iterator[tuple[Pieces, list[Any]]]:
    groups: dict[Pieces, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    yield from sorted(groups.items())


def _one_to_one(candidates: Iterable[tuple[tuple[float, ...], int, int]]) -> dict[int, int]:
    """Gold to found, the heaviest pairs first."""
    matched: dict[int, int] = {}
    for _, gold, found in sorted(candidates, key=lambda c: (tuple(-weight for weight in c[0]), c[1], c[2])):
        if gold not in matched and found not in matched.values():
            matched[gold] = found
    return matched

"""Generated workspaces of any size: ``python -m benchmarks.worlds FOLDER [CLAIMS] [SEED]``.

The same claims on every run, skewed as news is: a few actors, relations and outlets have most of it (Zipf's law), days
differ, one article in fifty has no date, a quarter of the claims have no addressee, some are denied, hoped, alleged or
said by another. Texts are made of labels and made-up words in both languages, and every span is true to them.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from graph.articles import Article
from graph.claims import MODALITIES, Claim, Content, Entity, Mention, Span, claim_id
from graph.ledger import Ledger
from graph.relations import relations
from graph.workspace import Workspace
from ingest.linking.registry import registry

CLAIMS, SEED = 1_000_000, 2026
EXTRACTOR = "generated 1"
CLAIMS_EACH = 8  # in each article
ARTICLES_AT_ONCE = 4_000  # in one batch of the ledger
CLAIMS_OF_AN_ACTOR = 50  # on average: what sets the number of actors
DAYS, FIRST_DAY = 5 * 365, date(2021, 1, 1)
OUTLETS = 60
_SYLLABLES = {
    "en": ["ba", "ko", "ri", "mu", "ta", "sen", "dal", "far", "gor", "lim"],
    "ar": ["با", "كو", "ري", "مو", "تا", "سن", "دل", "فر", "غور", "لم"],
}


class Zipf:
    """Draws of ``values``, the first one most often: the n-th with a weight of 1/n."""

    def __init__(self, values: Sequence[object], draw: random.Random) -> None:
        self._values, self._draw = values, draw
        self._weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def one(self) -> object:
        """One value."""
        return self._draw.choices(self._values, cum_weights=self._weights)[0]


def fill(workspace: Workspace, claims: int = CLAIMS, seed: int = SEED) -> None:
    """Write the generated articles and claims into the ledger; indexes are not built."""
    ledger, made = Ledger(workspace), generated(claims, seed)
    while True:
        with ledger.batch() as batch:
            for _, (article, found) in zip(range(ARTICLES_AT_ONCE), made, strict=False):
                batch.add_article(article, EXTRACTOR, found)
            if not batch.tables()["articles"].num_rows:
                return


def generated(claims: int, seed: int) -> Iterator[tuple[Article, list[Claim]]]:
    """Articles, each with its claims, until there are ``claims``."""
    draw = random.Random(seed)
    people = Zipf(actors(max(20, claims // CLAIMS_OF_AN_ACTOR)), draw)
    verbs = Zipf(draw.sample(list(relations()), len(relations())), draw)
    outlets = Zipf([f"{word} Wire" for word in _words("en", OUTLETS, draw)], draw)
    while claims > 0:
        number = min(claims, 1 + int(draw.expovariate(1 / (CLAIMS_EACH - 1))))
        yield _article(number, draw, people, verbs, outlets)
        claims -= number


def actors(count: int) -> list[Entity]:
    """The registry's actors, then made-up people, to the number that is wanted."""
    known = list(registry().entities.values())[:count]
    draw = random.Random(count)
    for number in range(len(known), count):
        english, arabic = (" ".join(_words(language, 2, draw)).title() for language in ("en", "ar"))
        known.append(Entity(f"made-{number}", "person", f"{english} {number}", f"{arabic} {number}", None, None))
    return known


def _words(language: str, count: int, draw: random.Random) -> list[str]:
    return ["".join(draw.choices(_SYLLABLES[language], k=3)) for _ in range(count)]


def _article(number: int, draw: random.Random, people: Zipf, verbs: Zipf, outlets: Zipf) -> tuple[Article, list[Claim]]:
    language = draw.choice(("ar", "en"))
    rows = [(people.one(), verbs.one(), people.one() if draw.random() < 0.75 else None) for _ in range(number)]
    rows = [(subject, verb, None if target == subject else target) for subject, verb, target in rows]
    parts = [_sentence(language, draw, *row) for row in rows]
    # Weekends are quieter, and the news of a day is not spread evenly over the years.
    day = FIRST_DAY + timedelta(days=int(DAYS * draw.betavariate(2, 1.2)))
    published = None if draw.random() < 0.02 else (day - timedelta(days=day.weekday() == 6)).isoformat()
    text = " ".join(sentence for sentence, _ in parts)
    title = " ".join(_words(language, 5, draw))
    article = Article(
        text, language, f"https://news.example/{draw.getrandbits(48):x}", title, str(outlets.one()), published
    )
    claims: list[Claim] = []
    start = 0
    for (subject, verb, target), (sentence, places) in zip(rows, parts, strict=True):
        spans = [Span(a + start, b + start, sentence[a:b]) for a, b in places]
        evidence = Span(start, start + len(sentence), sentence)
        voucher = claims[-1].id if claims and draw.random() < 0.15 else None
        claims.append(_claim(article, evidence, spans, (subject, verb, target), voucher, draw))
        start += len(sentence) + 1
    return article, claims


def _sentence(language, draw, subject, verb, target):
    """A sentence, and where subject, cue, object (if any) and content stand in it."""
    relation = relations()[verb]
    arabic = language == "ar"
    names = [(one.label_ar if arabic else one.label_en) or one.label_en or one.id for one in (subject, target) if one]
    cue = relation.label_ar if arabic else relation.label_en
    said = " ".join(_words(language, draw.randint(4, 14), draw))
    words = [cue, names[0], *names[1:], "أن", said] if arabic else [names[0], cue, *names[1:], "that", said]
    ends = list(accumulate(len(word) + 1 for word in words))
    spans = [(end - 1 - len(word), end - 1) for word, end in zip(words, ends, strict=True)]
    if arabic:
        spans[0], spans[1] = spans[1], spans[0]
    return " ".join(words) + ".", [*spans[:-2], spans[-1]]


def _claim(article, evidence, spans, row, voucher, draw) -> Claim:
    subject, verb, target = row
    negated = draw.random() < 0.04
    modality = "asserted" if draw.random() < 0.85 else draw.choice(MODALITIES)
    object_ = Mention(spans[2], target) if target else None
    return Claim(
        id=claim_id(article.id, spans[1], verb, spans[0], object_ and object_.span, spans[-1], negated),
        document=article.id,
        language=article.language,
        evidence=evidence,
        subject=Mention(spans[0], subject),
        relation=relations()[verb],
        cue=spans[1],
        object=object_,
        content=Content(spans[-1]),
        attributed_to=voucher,
        negated=negated,
        modality=modality,
        confidence=round(0.5 + draw.random() / 2, 2),
        extractor=EXTRACTOR,
    )


def main(folder: str, claims: str = str(CLAIMS), seed: str = str(SEED)) -> None:
    """Fill a new workspace."""
    fill(Workspace.create(Path(folder)), int(claims), int(seed))


if __name__ == "__main__":
    main(*sys.argv[1:])

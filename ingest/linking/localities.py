"""Towns and regions and the countries they lie in: ``data/localities.csv``, with names of both languages.

``country`` is an ISO 3166 alpha-3 code; ``en`` and ``ar`` are names, separated by ``|``, the label first. Everyday
words and people's names are left out. The towns (those of more than 400,000 people), their countries and their Arabic
names come from GeoNames (geonames.org, CC BY 4.0); the regions are our own.
"""

import csv
from collections.abc import Iterator
from functools import cache

from data import resource
from graph.claims import Entity
from ingest.linking.registry import slug


@cache
def localities() -> tuple[tuple[Entity, tuple[str, ...], tuple[str, ...]], ...]:
    """Each place with its English and its Arabic names."""
    return tuple(_rows())


def _rows() -> Iterator[tuple[Entity, tuple[str, ...], tuple[str, ...]]]:
    with resource("localities.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            english, arabic = (tuple(filter(None, row[language].split("|"))) for language in ("en", "ar"))
            key = f"place-{slug(english[0])}-{row['country'].lower()}"
            yield Entity(key, "place", english[0], next(iter(arabic), None), row["country"]), english, arabic

"""Names that parties of several countries bear: the Democratic Party of Korea is not that of the United States.

The file is ``data/parties.csv``: ``en`` and ``ar``, the names a party goes by, separated by ``|``; the first of each
is its label.
"""

import csv
from functools import cache

from data import resource
from graph.claims import Entity
from ingest.linking.registry import Registry, comparable, slug


@cache
def shared() -> dict[str, tuple[str, str]]:
    """The labels, English and Arabic, by :func:`comparable` name in either language."""
    found = {}
    with resource("parties.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            names = [*row["en"].split("|"), *row["ar"].split("|")]
            labels = row["en"].split("|")[0], row["ar"].split("|")[0]
            found.update(dict.fromkeys(map(comparable, names), labels))
    return found


def party(name: str, known: Entity, country: str | None, actors: Registry) -> Entity:
    """The party of this name in a country (ISO 3166 alpha-3): ``known`` unless that is of another country."""
    if country is None or country == known.country or country not in actors.countries:
        return known
    labels = shared().get(comparable(name))
    if labels is None:
        return known
    nation = actors.countries[country]
    key = f"party-{slug(labels[0])}-{country.lower()}"
    return Entity(
        key, "organization", f"{labels[0]} ({nation.label_en})", f"{labels[1]} ({nation.label_ar})", country, "PTY"
    )

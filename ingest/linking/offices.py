"""Offices and state bodies: "the Russian foreign minister", "the Israeli army", one entity in both languages.

The file is ``data/offices.csv``: ``id``; ``sort`` (``person`` an office somebody holds, ``body`` an institution,
``group`` several); ``label_en``; ``ar``, ``ar_f`` (feminine) and ``en``, the words that name it, separated by ``|``;
``sector``, a CAMEO role; ``registry``, the offices of ``data/actors.csv`` whose holder it may be linked to.
``data/regions.csv`` has the adjectives of regions that are no country, for groups such as "Western governments".
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data import resource
from graph.claims import Entity, EntityKind
from ingest.linking.registry import Registry


@dataclass(frozen=True, slots=True)
class Office:
    """One row of the file."""

    id: str
    sort: str
    label_en: str
    words_ar: tuple[str, ...]
    words_ar_f: tuple[str, ...]
    words_en: tuple[str, ...]
    sector: str | None
    registry: tuple[str, ...]


@cache
def offices() -> tuple[Office, ...]:
    """Every office, in the order of the file."""
    with resource("offices.csv").open(encoding="utf-8") as handle:
        return tuple(_office(row) for row in csv.DictReader(handle))


def office_entity(office: Office, country: str, actors: Registry, label_ar: str | None = None) -> Entity:
    """The office or body of a country (ISO 3166 alpha-3), under an id that is the same in both languages."""
    kinds: dict[str, EntityKind] = {"person": "person", "body": "organization", "group": "group"}
    nation = actors.countries.get(country)
    label_en = f"{office.label_en} of {nation.label_en}" if nation else office.label_en
    name = f"office-{office.id}-{country.lower()}"
    return Entity(name, kinds[office.sort], label_en, label_ar, country, office.sector)


@dataclass(frozen=True, slots=True)
class Region:
    """An adjective of a part of the world: its id, English word and the words of both languages."""

    id: str
    label_en: str
    words_ar: tuple[str, ...]
    words_en: tuple[str, ...]


@cache
def regions() -> tuple[Region, ...]:
    """Every region, in the order of the file."""
    with resource("regions.csv").open(encoding="utf-8") as handle:
        return tuple(
            Region(row["id"], row["label_en"], _words(row["ar"]), _words(row["en"])) for row in csv.DictReader(handle)
        )


def group_entity(office: Office, region: Region, label_ar: str | None = None) -> Entity:
    """A region's governments, officials and the like: a group that is the same in both languages."""
    name = f"group-{office.id}-{region.id}"
    return Entity(name, "group", f"{region.label_en} {office.label_en}", label_ar, None, office.sector)


def is_seat(entity: Entity) -> bool:
    """Whether offices are its own, not its country's: a body, group, town or region, but no seat of government."""
    return entity.kind in ("organization", "group") or (entity.kind == "place" and entity.sector is None)


def body_office(office: Office, body: Entity, label_ar: str | None = None) -> Entity:
    """The office of an organisation or group: ``the NATO secretary general``, the same in both languages."""
    label_en = f"{office.label_en} of {body.label_en}" if body.label_en else None
    return Entity(
        f"office-{office.id}-{body.id.lower()}",
        "person",
        label_en,
        label_ar,
        body.country,
        body.sector or office.sector,
    )


def staff(who: str, owner: Entity) -> Entity:
    """``his office``, ``his spokesman`` (``who``): one for each owner."""
    english, arabic, kind = _STAFF[who]
    label_en = f"{english} of {owner.label_en}" if owner.label_en else None
    label_ar = f"{arabic} {owner.label_ar}" if owner.label_ar else None
    return Entity(f"{who}-of-{owner.id.lower()}", kind, label_en, label_ar, owner.country, owner.sector)


def allies(owner: Entity) -> Entity:
    """``the United States and its allies``: a group of their own, of no country."""
    label_en = f"allies of {owner.label_en}" if owner.label_en else None
    label_ar = f"حلفاء {owner.label_ar}" if owner.label_ar else None
    return Entity(f"allies-{owner.id.lower()}", "group", label_en, label_ar)


def counterpart(person: Entity, country: str, actors: Registry, date: str | None) -> Entity | None:
    """Whoever holds in a country the office that a person holds: ``his Iranian counterpart``."""
    term = actors.term_of.get(person.id)
    held = term.offices if term else ()
    known = next((one for one in offices() if person.id.startswith(f"office-{one.id}-")), None)
    office = known or next((one for one in offices() if set(held).intersection(one.registry)), None)
    if office is None:
        return None
    return holder(office, country, actors, date) or office_entity(office, country, actors)


def holder(office: Office, seat: str, actors: Registry, date: str | None) -> Entity | None:
    """Who held the office on the ISO date; ``None`` without a date or unless the registry names exactly one.

    ``seat`` is a country (ISO 3166 alpha-3) or the id of an organisation or group.
    """
    if not date or not office.registry:
        return None
    found = {entity.id: entity for entity in _held(office, seat, actors, date)}
    return next(iter(found.values())) if len(found) == 1 else None


def _held(office: Office, seat: str, actors: Registry, date: str) -> Iterator[Entity]:
    for name in office.registry:
        for term in actors.held.get((name, seat), ()):
            start, end = term.start, term.end
            if start and start <= date[: len(start)] and (not end or date[: len(end)] <= end):
                yield term.entity


_STAFF: dict[str, tuple[str, str, EntityKind]] = {
    "office": ("office", "مكتب", "organization"),
    "spokesman": ("spokesperson", "المتحدث باسم", "person"),
}


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _office(row: dict[str, str]) -> Office:
    return Office(
        row["id"], row["sort"], row["label_en"], _words(row["ar"]), _words(row["ar_f"]), _words(row["en"]),
        row["sector"] or None, _words(row["registry"]),
    )  # fmt: skip

"""Actors in the tables of a view: merges applied, and what was seen of each actor. All of it in Arrow."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data import resource
from graph.claims import Entity
from graph.ledger.identity import Identities

ENTITY = ["id", "kind", "label_en", "label_ar", "country", "sector", "office"]
_TEXT = pa.string()
_ALIAS = ["text", "language", "claims"]


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that stood for an actor, their language (BCP 47) and the number of claims they did so in."""

    text: str
    language: str
    claims: int


@dataclass(frozen=True, slots=True)
class SeenActor:
    """An entity with what articles say of it: the columns of :func:`with_what_was_seen`."""

    entity: Entity
    claims: int
    first_seen: str | None
    last_seen: str | None
    aliases: tuple[Alias, ...]
    merged: tuple[str, ...]


def seen_actor(row: dict[str, Any]) -> SeenActor:
    """The value of a row of :func:`with_what_was_seen`."""
    return SeenActor(
        Entity(**{name: row[name] for name in ENTITY}),
        row["claims"],
        row["first_seen"],
        row["last_seen"],
        tuple(Alias(**alias) for alias in row["aliases"] or ()),
        tuple(row["merged"]),
    )


def identified(ids: pa.ChunkedArray, who: Identities) -> pa.ChunkedArray:
    """A column of entity ids with the id that stands for each."""
    if not who.canonical:
        return ids
    old, new = pa.array(who.canonical.keys(), _TEXT), pa.array(who.canonical.values(), _TEXT)
    return pc.coalesce(pc.take(new, pc.index_in(ids, old)), ids)


def joined(rows: pa.Table, who: Identities) -> pa.Table:
    """Entity rows, each id once and by id, with one row in the place of each group.

    ``rank`` is higher for a newer extractor. Of a group the row of its own id comes first, then the
    newest; later rows fill what is missing. The copies that decisions carry come last: they stand in for
    actors that were never stored, such as one that only the registry knows.
    """
    if not who.groups:
        return rows
    ids = pa.array(who.members, _TEXT)
    grouped = pc.is_in(rows["id"], ids)
    by_id = {row["id"]: row for row in reversed(_copies(who))} | {
        row["id"]: row for row in rows.filter(grouped).to_pylist()
    }
    made = [row for key, group in who.groups.items() if (row := _one(key, group, by_id))]
    rest = rows.filter(pc.invert(grouped))
    return pa.concat_tables([rest, pa.Table.from_pylist(made, rows.schema)]).sort_by("id")


def _copies(who: Identities) -> list[dict[str, Any]]:
    return [{name: getattr(copy, name) for name in ENTITY} | {"rank": -1} for copy in who.copies]


def _one(key: str, group: tuple[str, ...], by_id: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """The row of a group; ``None`` when nothing is known of any of its members."""
    known = [by_id[member] for member in group if member in by_id]
    known.sort(key=lambda row: (row["id"] != key, -row["rank"], row["id"]))
    if not known:
        return None
    return {name: next((row[name] for row in known if row[name] is not None), None) for name in known[0]} | {"id": key}


def with_what_was_seen(entities: pa.Table, claims: Iterable[pa.Table], who: Identities) -> pa.Table:
    """The entities with what claims say of each; ``claims`` come some at a time, each claim once.

    ``aliases`` are the words that stood for it, the most frequent first, each with its language and the number of
    claims; pronouns are left out. ``merged`` are the other ids of its group, ``claims`` the number of
    claims with it at either end, ``first_seen`` and ``last_seen`` the dates of the first and last article.
    """
    counted, words = reduce(_added, map(_counted, claims))
    at = pc.index_in(entities["id"], counted["entity"].combine_chunks())
    named, aliases = _aliases(words)
    columns = {
        "claims": pc.take(counted["claims"], at),
        "first_seen": pc.take(counted["first"], at),
        "last_seen": pc.take(counted["last"], at),
        "aliases": pc.take(aliases, pc.index_in(entities["id"], named)),
        "merged": pa.array([_others(key, who) for key in entities["id"].to_pylist()], pa.list_(_TEXT)),
    }
    for name, column in columns.items():
        entities = entities.append_column(name, column)
    return entities


def _others(key: str, who: Identities) -> list[str]:
    return [other for other in who.groups.get(key, ()) if other != key]


_WORDS = ["entity", "text", "language"]
_Counts = tuple[pa.Table, pa.Table]


def _counted(claims: pa.Table) -> _Counts:
    """For each entity its claims, first and last date; for each of its texts and their languages the claims."""
    mentions = _mentions(claims)
    dates = [("published", "min"), ("published", "max")]
    by_entity = mentions.group_by("entity").aggregate([("id", "count_distinct"), *dates])
    by_words = _named(mentions).group_by(_WORDS).aggregate([("id", "count_distinct")])
    return by_entity.rename_columns(["entity", "claims", "first", "last"]), by_words.rename_columns([*_WORDS, "claims"])


def _added(some: _Counts, more: _Counts) -> _Counts:
    by_entity, by_words = (pa.concat_tables(pair) for pair in zip(some, more, strict=True))
    by_entity = by_entity.group_by("entity").aggregate([("claims", "sum"), ("first", "min"), ("last", "max")])
    by_words = by_words.group_by(_WORDS).aggregate([("claims", "sum")])
    return by_entity.rename_columns(["entity", "claims", "first", "last"]), by_words.rename_columns([*_WORDS, "claims"])


def _mentions(claims: pa.Table) -> pa.Table:
    """One row for each end of each claim: entity, text, language, published and the claim's id."""
    shared = ["language", "published", "id"]
    ends = [claims.select([end, f"{end}_text", *shared]) for end in ("subject", "object")]
    rows = pa.concat_tables([end.rename_columns(["entity", "text", *shared]) for end in ends])
    return rows.filter(pc.is_valid(rows["entity"]))


def _named(mentions: pa.Table) -> pa.Table:
    """The mentions whose text names the actor."""
    unnamed = pa.array(_unnamed(), mentions["text"].type)
    return mentions.filter(pc.invert(pc.is_in(pc.utf8_lower(mentions["text"]), unnamed)))


def _aliases(counted: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Entities and, for each, the list of its aliases; an entity that only pronouns stood for is not among them."""
    order = [("entity", "ascending"), ("claims", "descending"), ("text", "ascending"), ("language", "ascending")]
    counted = counted.sort_by(order)
    entities = counted["entity"].combine_chunks()
    starts = _run_starts(entities)
    columns = [counted[name].combine_chunks() for name in ("text", "language", "claims")]
    aliases = pa.StructArray.from_arrays(columns, names=_ALIAS)
    offsets = pa.concat_arrays([starts, pa.array([len(entities)], pa.int32())])
    return entities.take(starts), pa.ListArray.from_arrays(offsets, aliases)


def _run_starts(ordered: pa.Array) -> pa.Array:
    """Where each run of equal values begins. A group_by would not do: it does not keep the order of its groups."""
    if not len(ordered):
        return pa.array([], pa.int32())
    new = pa.concat_arrays([pa.array([True]), pc.not_equal(ordered[1:], ordered[:-1])])
    return pc.indices_nonzero(new).cast(pa.int32())


@cache
def _unnamed() -> list[str]:
    """What stands for an actor without naming it: pronouns, and no word at all."""
    with resource("pronouns.csv").open(encoding="utf-8") as handle:
        return ["", *(word for row in csv.DictReader(handle) for word in row["words"].split("|"))]

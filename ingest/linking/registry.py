"""The actor registry: who is known, by which names, in which language.

The file is ``data/actors.csv``; its columns are described in ``docs/actors.md``. Sources of the facts in it stand
in its ``verified`` column.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from data import resource
from graph.articles import content_hash
from graph.claims import Entity, EntityKind

Sort = Literal["name", "capital", "demonym"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a registered actor, as written.

    ``sort`` says what the words are: the actor's own ``name``, a country's ``capital`` (which stands for its
    government) or its ``demonym`` (noun or adjective of nationality).
    """

    text: str
    language: str
    entity: Entity
    sort: Sort


@dataclass(frozen=True, slots=True)
class Term:
    """An office somebody holds or held: ``start`` and ``end`` are ISO dates of any precision or ``""``."""

    entity: Entity
    office: str
    start: str
    end: str


class Registry:
    """Actors by id, their names by language, and the offices they hold.

    Rows are those of ``data/actors.csv``; a later row with the id of an earlier one replaces it.
    """

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        known = {actor_id(row): row for row in rows}
        self.entities = {key: _entity(key, row) for key, row in known.items()}
        self._rows = known
        self.countries = {e.country: e for e in self.entities.values() if e.kind == "country" and e.country}

    def names(self, language: str) -> Iterator[Name]:
        """Every name in this language (``ar`` or ``en``), an actor's main name first."""
        for key, row in self._rows.items():
            entity = self.entities[key]
            columns: tuple[tuple[Sort, str], ...] = (
                ("name", row[f"label_{language}"]),
                ("name", row[f"aliases_{language}"]),
                ("capital", row[f"capital_{language}"]),
                ("demonym", row[f"demonyms_{language}"]),
            )
            for sort, cell in columns:
                for text in filter(None, cell.split("|")):
                    yield Name(text, language, entity, sort)

    def terms(self) -> Iterator[Term]:
        """The main office of every registered person."""
        for key, row in self._rows.items():
            if row["kind"] == "person" and row["office"]:
                yield Term(self.entities[key], row["office"], row["from"], row["to"])


@cache
def registry() -> Registry:
    """The registry that ships with Qawl."""
    with resource("actors.csv").open(encoding="utf-8") as handle:
        return Registry(csv.DictReader(handle))


def actor_id(row: dict[str, str]) -> str:
    """A row's id: its Wikidata id, else kind and English name, such as ``person-dmitry-peskov``."""
    return row["id"] or f"{row['kind']}-{slug(row['label_en'])}"


def unregistered(name: str, kind: EntityKind, language: str, **known: str | None) -> Entity:
    """An actor that the registry does not know, under a stable id made of its normalised name.

    ``known`` may give ``country`` and ``sector``. The name becomes the label of its language.
    """
    label = " ".join(name.split())
    labels = {"label_ar" if language == "ar" else "label_en": label}
    return Entity(f"name-{content_hash(comparable(label))[:16]}", kind, **labels, **known)


def comparable(name: str) -> str:
    """A name without case, vowel signs, tatweel, the spelling variants of alef, hamza and yeh, and extra space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace("\u0640", "").translate(_VARIANTS).casefold().split())


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


_VARIANTS = str.maketrans({"ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ء": None, "ی": "ي", "ک": "ك"})
_KINDS: dict[str, EntityKind] = {k: k for k in ("person", "country", "organization", "group", "place")}


def _entity(key: str, row: dict[str, str]) -> Entity:
    return Entity(
        key,
        _KINDS[row["kind"]],
        row["label_en"] or None,
        row["label_ar"] or None,
        row["country"] or None,
        row["sector"] or None,
    )

"""The actor registry: who is known, by which names, in which language.

The file is ``data/actors.csv``; a workspace may have one of its own (:mod:`ingest.linking.registry_file`). The columns
are described in ``docs/actors.md``. Sources of the facts stand in the column ``verified``.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from data import resource
from graph.articles import content_hash
from graph.claims import Entity, EntityKind

Sort = Literal["name", "capital", "demonym"]
Row = dict[str, str]

COLUMNS = (
    *("id", "kind", "label_en", "label_ar", "aliases_en", "aliases_ar", "country", "sector", "office", "from", "to"),
    *("verified", "capital_en", "capital_ar", "demonyms_en", "demonyms_ar"),
)
LANGUAGES = ("en", "ar")


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

    @property
    def offices(self) -> tuple[str, ...]:
        """The office as it stands, and the parts of one such as ``foreign minister and deputy prime minister``."""
        return tuple({self.office: None} | {part.strip(): None for part in _PARTS.split(self.office) if part.strip()})


class Registry:
    """Actors by id, their names by language, and the offices they hold.

    ``rows`` are those of ``data/actors.csv``, ``own`` those of a workspace, which win: a row takes the place of the one
    with its id, and a name of an actor of the workspace names that actor alone.
    """

    def __init__(self, rows: Iterable[Row], own: Iterable[Row] = ()) -> None:
        self._own = {actor_id(row): row for row in own}
        self._rows = {actor_id(row): row for row in rows} | self._own
        self.entities = {key: _entity(key, row) for key, row in self._rows.items()}
        self.countries = {e.country: e for e in self.entities.values() if e.kind == "country" and e.country}

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits over the workspace's own rows, in any order; ``""`` when there are none."""
        cells = [row[column] for _, row in sorted(self._own.items()) for column in COLUMNS if column != "verified"]
        return content_hash(*cells)[:8] if cells else ""

    def names(self, language: str) -> Iterator[Name]:
        """Every name in this language (``ar`` or ``en``), an actor's main name first."""
        taken = {comparable(text) for row in self._own.values() for _, text in _names(row, language)}
        for key, row in self._rows.items():
            entity = self.entities[key]
            for sort, text in _names(row, language):
                if not taken or key in self._own or comparable(text) not in taken:
                    yield Name(text, language, entity, sort)

    def terms(self) -> Iterator[Term]:
        """The main office of every registered person."""
        for key, row in self._rows.items():
            if row["kind"] == "person" and row["office"]:
                yield Term(self.entities[key], row["office"], row["from"], row["to"])

    @cached_property
    def held(self) -> dict[tuple[str, str], list[Term]]:
        """The terms by office and country (ISO 3166 alpha-3) or, of ``president of X``, office and the id of body X."""
        held: dict[tuple[str, str], list[Term]] = {}
        for term in self.terms():
            office, _, body = term.office.partition(" of ")
            of_body = self._bodies.get(comparable(body.removeprefix("the ")))
            seats = [(office, of_body), *((name, term.entity.country) for name in term.offices)]
            for name, seat in seats:
                if seat:
                    held.setdefault((name, seat), []).append(term)
        return held

    @cached_property
    def term_of(self) -> dict[str, Term]:
        """The main office of each registered person who has one, by id."""
        return {term.entity.id: term for term in self.terms()}

    @cached_property
    def _bodies(self) -> dict[str, str]:
        kinds = ("organization", "group")
        bodies = ((key, row) for key, row in self._rows.items() if row["kind"] in kinds)
        return {comparable(text): key for key, row in bodies for _, text in _names(row, "en")}

    def row(self, key: str) -> Row:
        """The row of an actor, by its id; a KeyError when there is none."""
        return self._rows[key]

    def is_own(self, key: str) -> bool:
        """Whether the actor's row is one of the workspace's own."""
        return key in self._own


def builtin_rows() -> list[Row]:
    """The rows of the registry that ships with Qawl."""
    with resource("actors.csv").open(encoding="utf-8") as handle:
        return [*csv.DictReader(handle)]


@cache
def registry() -> Registry:
    """The registry that ships with Qawl."""
    return Registry(builtin_rows())


def actor_id(row: Row) -> str:
    """A row's id: its Wikidata id, else kind and English name, such as ``person-dmitry-peskov``.

    Where the English name has no Latin letter or is missing, a hash of the name takes its place.
    """
    name = slug(row["label_en"]) or content_hash(comparable(row["label_en"] or row["label_ar"]))[:16]
    return row["id"] or f"{row['kind']}-{name}"


def unregistered(name: str, kind: EntityKind, language: str, **known: str | None) -> Entity:
    """An actor that the registry does not know, under a stable id made of its normalised name and its country.

    ``known`` may give ``country`` and ``sector``. The name becomes the label of its language. Namesakes of two
    countries are two actors; somebody of whom no country is known is neither of them.
    """
    label = " ".join(name.split())
    labels = {"label_ar" if language == "ar" else "label_en": label}
    key = (comparable(label), known["country"]) if known.get("country") else (comparable(label),)
    return Entity(f"name-{content_hash(*key)[:16]}", kind, **labels, **known)


def comparable(name: str) -> str:
    """A name without case, vowel signs, tatweel, the spelling variants of alef, hamza and yeh, and extra space."""
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace("\u0640", "").translate(_VARIANTS).casefold().split())


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


_PARTS = re.compile(r"[(),]| and ")
_VARIANTS = str.maketrans({"ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ء": None, "ی": "ي", "ک": "ك"})
_KINDS: dict[str, EntityKind] = {k: k for k in ("person", "country", "organization", "group", "place")}


def _names(row: Row, language: str) -> Iterator[tuple[Sort, str]]:
    columns: tuple[tuple[Sort, str], ...] = (
        ("name", row[f"label_{language}"]),
        ("name", row[f"aliases_{language}"]),
        ("capital", row[f"capital_{language}"]),
        ("demonym", row[f"demonyms_{language}"]),
    )
    for sort, cell in columns:
        for text in filter(None, map(str.strip, cell.split("|"))):
            yield sort, text


def _entity(key: str, row: Row) -> Entity:
    return Entity(
        key,
        _KINDS[row["kind"]],
        row["label_en"] or None,
        row["label_ar"] or None,
        row["country"] or None,
        row["sector"] or None,
        _office(row) if row["kind"] == "person" else None,
    )


def _office(row: Row) -> str | None:
    """``president (2007-05-16 to 2012-05-15)``: a person's office with its term, as far as it is known."""
    term = f"{row['from']} to {row['to']}" if row["to"] else f"since {row['from']}"
    return f"{row['office']} ({term})" if row["office"] and row["from"] else row["office"] or None

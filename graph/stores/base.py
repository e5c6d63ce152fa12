"""What every store answers, and the abilities that only some have.

A store is read-only by type: it has no method that writes. Reads take one immutable :class:`ClaimFilter`, return
the project's own values, and give the same answers whatever the engine. Rejected claims are left out of every
read but :meth:`Store.counts`, :meth:`Store.claim` and :meth:`Store.claim_rows`, unless the filter asks for them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Protocol, Self

from graph.articles import Article
from graph.claims import Entity
from graph.errors import DataError
from graph.ledger import LedgerClaim
from graph.relations import relations
from graph.stores.rows import Rows

Unit = Literal["day", "month"]
Role = Literal["subject", "object"]
Verdict = Literal["accepted", "corrected", "rejected", "undecided"]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are meant; a field that is ``None`` asks nothing.

    ``actor`` is the id of an entity that is subject or object, or only the ``role`` that is asked; ``other`` of the
    one at the other end. ``relation``
    is a relation's id, ``quad_class`` one of :data:`graph.relations.QUAD_CLASSES`. ``since`` and ``until`` are the
    first and the last day of publication, both included; an undated claim is in no period. ``language`` is a
    BCP 47 tag, ``outlet`` an exact name. ``text`` stands in the evidence, whatever the case, the Arabic vowel
    signs and the spelling of hamza. ``article`` is an article's id, ``confidence`` the least one, 0 to 1.
    ``decision`` is what people decided; asked for ``rejected``, reads show those that they leave out otherwise.
    ``addressed`` is whether the claim has an object.
    """

    actor: str | None = None
    other: str | None = None
    role: Role | None = None
    relation: str | None = None
    quad_class: str | None = None
    since: date | None = None
    until: date | None = None
    language: str | None = None
    outlet: str | None = None
    text: str | None = None
    article: str | None = None
    confidence: float | None = None
    decision: Verdict | None = None
    addressed: bool | None = None

    def relation_ids(self) -> list[str] | None:
        """The relations that ``relation`` and ``quad_class`` leave, ``None`` when they ask nothing."""
        if self.relation is None and self.quad_class is None:
            return None
        return [
            known.id
            for known in relations().values()
            if self.relation in (None, known.id) and self.quad_class in (None, known.quad_class)
        ]


EVERYTHING = ClaimFilter()
CHECKED = (
    "id", "article", "subject", "relation", "object", "attributed_to", "negated", "modality", "confidence", "decision",
    "evidence_text",
)  # fmt: skip
"""The columns of the claim table by which it is told whether a store holds the ledger's claims."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds. ``edges`` are claims with both ends that are not rejected."""

    articles: int
    claims: int
    entities: int
    edges: int


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims of one subject, relation and object: how many, and how many the articles state as fact."""

    subject: Entity
    relation: str
    object: Entity
    claims: int
    asserted: int


class Store(ABC):
    """An open index or server. Close it, or use it as a context manager."""

    @abstractmethod
    def counts(self) -> Counts:
        """How much the store holds, rejected claims included."""

    @abstractmethod
    def top_actors(self, where: ClaimFilter = EVERYTHING, limit: int = 20) -> list[tuple[Entity, int]]:
        """The entities in most claims, as subject or object, with the number; ties in the order of their ids."""

    @abstractmethod
    def relation_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, int]]:
        """The relations and the number of their claims, most first; those without a claim are absent."""

    @abstractmethod
    def timeline(self, where: ClaimFilter = EVERYTHING, unit: Unit = "month") -> list[tuple[str, int]]:
        """Days (``2025-07-12``) or months (``2025-07``) and their claims, in order; empty ones are absent."""

    @abstractmethod
    def daily_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, str, int]]:
        """Days (``2025-07-12``), relations and their claims, in the order of both; the undated are absent."""

    @abstractmethod
    def search_actors(self, text: str, limit: int = 20) -> list[Entity]:
        """Entities with ``text`` in a label: whole labels first, then those in most claims.

        Case, Arabic vowel signs and the spelling of hamza, alef and ta marbuta make no difference; no text finds all.
        """

    @abstractmethod
    def entity(self, entity_id: str) -> Entity | None:
        """The entity of this id."""

    @abstractmethod
    def edges(self, where: ClaimFilter = EVERYTHING, limit: int = 300) -> list[Edge]:
        """The edges with most claims; ties in the order of subject, relation and object."""

    def neighbourhood(self, entity_id: str, where: ClaimFilter = EVERYTHING, limit: int = 300) -> list[Edge]:
        """The edges at an entity; it takes the place of the filter's ``actor``."""
        return self.edges(replace(where, actor=entity_id), limit)

    @abstractmethod
    def claims(self, where: ClaimFilter = EVERYTHING, limit: int = 50, offset: int = 0) -> list[LedgerClaim]:
        """Claims, newest first, undated last, then in the order of article, cue and id: pages do not overlap."""

    @abstractmethod
    def claim(self, claim_id: str) -> LedgerClaim | None:
        """The claim of this id, rejected or not."""

    @abstractmethod
    def article(self, article_id: str) -> Article | None:
        """The article of this id, with its text."""

    @abstractmethod
    def outlets(self) -> list[str]:
        """The outlets of the articles, sorted."""

    @abstractmethod
    def languages(self) -> list[str]:
        """The languages of the articles, sorted."""

    @abstractmethod
    def claim_rows(self) -> Iterator[tuple[Any, ...]]:
        """The columns :data:`CHECKED` of every claim, in no order; rejected ones too."""

    @abstractmethod
    def close(self) -> None:
        """Let the engine and its files go."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AnswersSparql(Protocol):
    """A store that is asked in SPARQL 1.1 (query forms)."""

    def sparql(self, query: str) -> Rows:
        """The answer; trusted queries only (:mod:`graph.queries` asks those of people)."""


class AnswersCypher(Protocol):
    """A store that is asked in Cypher."""

    def cypher(self, query: str) -> Rows:
        """The answer; trusted queries only (:mod:`graph.queries` asks those of people)."""


def entity_from(row: dict[str, str | None]) -> Entity:
    """The entity whose properties a store gave under the names of :class:`Entity`'s fields."""
    try:
        return Entity(**row)  # type: ignore[arg-type]  # the store's columns have the types of the contract
    except TypeError as error:
        raise DataError(f"a store gave an entity of another shape ({error}): run `qawl rebuild`") from None

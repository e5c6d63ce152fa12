"""What a reader of the ledger sees: one snapshot, each row once, decisions applied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Span
from graph.errors import WorkspaceError
from graph.ledger.decisions import Decision, standing
from graph.ledger.files import Snapshot
from graph.relations import relations

_INFO = ["id", "url", "title", "outlet", "published", "language"]
_ENTITY = ["id", "kind", "label_en", "label_ar", "country", "sector"]
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """An article without its text."""

    id: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    language: str


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A claim, the article it was read from, and what people decided: ``accepted``, ``rejected`` or ``None``.

    The claim's ``document`` is the article's id.
    """

    claim: Claim
    article: ArticleInfo
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a view holds: articles, claims and entities that are there, articles removed, claims rejected."""

    articles: int
    claims: int
    entities: int
    removed: int
    rejected: int


class LedgerView:
    """An immutable view of the ledger.

    Only the newest extraction of an article counts: the one with the highest extractor version, then the last
    extractor name. Removed articles are absent with their claims. Nothing depends on the order of arrival.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.version = snapshot.version

    def counts(self) -> Counts:
        """How much there is."""
        return Counts(
            self.article_info.num_rows,
            self.claim_table().num_rows,
            self.entity_table().num_rows,
            len(self._removed),
            pc.sum(pc.equal(self.claim_table()["decision"], "rejected")).as_py() or 0,
        )

    def has_extraction(self, article_id: str, extractor: str) -> bool:
        """Whether this extractor (name and version) has read this article, removed or not."""
        return extractor in self._extractors.get(article_id, ())

    def articles(self) -> Iterator[Article]:
        """The articles with their texts, by id."""
        for batch in self.article_table().to_batches(_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                del row["retrieved"]
                key = row.pop("id")
                article = Article(**row)
                if article.id != key:
                    raise WorkspaceError(f"the text of article {key} does not match its id: the ledger was altered")
                yield article

    def claims(self) -> Iterator[LedgerClaim]:
        """The claims, by article, position of the cue, and id."""
        entities = {entity.id: entity for entity in self.entities()}
        articles = {row["id"]: ArticleInfo(**row) for row in self.article_info.to_pylist()}
        for batch in self.claim_table().to_batches(_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield LedgerClaim(_claim(row, entities), articles[row["article"]], row["decision"])

    def entities(self) -> Iterator[Entity]:
        """The entities of the claims, by id."""
        for row in self.entity_table().to_pylist():
            yield Entity(**row)

    def decisions(self) -> Iterator[Decision]:
        """Every decision ever made, by time."""
        rows = _each_once(self._snapshot.read("decisions"), ["when", "id"])
        for row in rows.to_pylist():
            yield Decision(**{name: value for name, value in row.items() if name != "id"})

    # --- the same as tables ---

    def article_table(self) -> pa.Table:
        """The articles with their texts, by id; columns as in :data:`graph.ledger.schema.SCHEMAS`."""
        rows = _each_once(self._snapshot.read("articles"), ["id", "title", "language", "retrieved"])
        return rows.filter(pc.invert(pc.is_in(rows["id"], pa.array(sorted(self._removed), pa.string()))))

    def claim_table(self) -> pa.Table:
        """The claims: the ledger's columns, and ``published``, ``outlet`` (of the article) and ``decision``."""
        return self._claim_table

    def entity_table(self) -> pa.Table:
        """The entities of the claims, one row each: the one the newest extractor gave."""
        return self._entity_table

    @cached_property
    def article_info(self) -> pa.Table:
        """The articles without their texts."""
        rows = _each_once(self._snapshot.read("articles", [*_INFO, "retrieved"]), ["id", "title", "language"])
        present = pc.invert(pc.is_in(rows["id"], pa.array(sorted(self._removed), pa.string())))
        return rows.filter(present).select(_INFO)

    @cached_property
    def _claim_table(self) -> pa.Table:
        current = {article: max(names, key=_age) for article, names in self._extractors.items()}
        chosen = pa.table({"article": list(current), "extractor": list(current.values())}, _KEY)
        rows = self._snapshot.read("claims").join(chosen, ["article", "extractor"], join_type="left semi")
        info = self.article_info.select(["id", "published", "outlet"]).rename_columns(
            ["article", "published", "outlet"]
        )
        rows = rows.join(info, "article", join_type="inner")
        rows = _each_once(rows, ["article", "cue_start", "id", "confidence", "subject", "object", "modality"])
        return rows.append_column("decision", _verdicts(rows["id"], self._standing))

    @cached_property
    def _entity_table(self) -> pa.Table:
        claims = self._claim_table
        used = pa.concat_arrays(
            [*claims["subject"].chunks, *claims["object"].drop_null().chunks, pa.array([], pa.string())]
        )
        rows = self._snapshot.read("entities")
        rows = rows.filter(pc.is_in(rows["id"], used.unique()))
        ages = {name: _age(name) for name in rows["extractor"].unique().to_pylist()}
        order = {name: rank for rank, name in enumerate(sorted(ages, key=lambda name: ages[name], reverse=True))}
        ranks = pa.array([order[name] for name in rows["extractor"].to_pylist()], pa.int32())
        return _each_once(rows.append_column("rank", ranks), ["id", "rank", *_ENTITY[1:]]).select(_ENTITY)

    @cached_property
    def _extractors(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        table = self._snapshot.read("extractions")
        for article, extractor in zip(table["article"].to_pylist(), table["extractor"].to_pylist(), strict=True):
            found.setdefault(article, set()).add(extractor)
        return found

    @cached_property
    def _standing(self) -> dict[tuple[str, str], Decision]:
        return standing(self.decisions())

    @cached_property
    def _removed(self) -> set[str]:
        return {target for (target, _), decision in self._standing.items() if decision.kind == "remove"}


_KEY = pa.schema([("article", pa.string()), ("extractor", pa.string())])


def _age(extractor: str) -> tuple[list[int], str]:
    """What extractors are compared by: the numbers of the version, then the name."""
    name, _, version = extractor.rpartition(" ")
    return [int(number) for number in re.findall(r"\d+", version)], name


def _each_once(rows: pa.Table, order: list[str]) -> pa.Table:
    """The rows sorted, and of those with the same id only the first; ``order`` brings the same ids together."""
    rows = rows.sort_by([(name, "ascending") for name in order])
    if rows.num_rows < 2:
        return rows
    ids = rows["id"].combine_chunks()
    return rows.filter(pa.concat_arrays([pa.array([True]), pc.not_equal(ids[1:], ids[:-1])]))


def _verdicts(ids: pa.ChunkedArray, standing_decisions: dict[tuple[str, str], Decision]) -> pa.Array:
    words = {"accept": "accepted", "reject": "rejected"}
    verdicts = {
        t: words[d.kind] for (t, group), d in standing_decisions.items() if group == "verdict" and d.kind in words
    }
    if not verdicts:
        return pa.nulls(len(ids), pa.string())
    return pa.array([verdicts.get(key) for key in ids.to_pylist()], pa.string())


def _claim(row: dict[str, Any], entities: dict[str, Entity]) -> Claim:
    def span(name: str) -> Span:
        return Span(row[f"{name}_start"], row[f"{name}_end"], row[f"{name}_text"])

    return Claim(
        id=row["id"],
        document=row["article"],
        language=row["language"],
        evidence=span("evidence"),
        subject=Mention(span("subject"), entities[row["subject"]]),
        relation=relations()[row["relation"]],
        cue=span("cue"),
        object=Mention(span("object"), entities[row["object"]]) if row["object"] is not None else None,
        content=Content(span("content"), row["quoted"]) if row["content_start"] is not None else None,
        attributed_to=row["attributed_to"],
        negated=row["negated"],
        modality=row["modality"],
        confidence=row["confidence"],
        extractor=row["extractor"],
    )

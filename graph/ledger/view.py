"""What a reader of the ledger sees: one snapshot, each row once, decisions applied."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Span
from graph.errors import WorkspaceError
from graph.ledger.actors import ENTITY, SeenActor, identified, joined, seen_actor, with_what_was_seen
from graph.ledger.corrections import ORDER, corrected, corrections_of, entities_of
from graph.ledger.decisions import Decision, standing
from graph.ledger.identity import Identities, identities
from graph.ledger.picking import ascending, first_of_each, look_up, newest, version_ranks
from graph.ledger.schema import SCHEMAS
from graph.ledger.shelves import Shelves
from graph.ledger.snapshot import Snapshot
from graph.relations import relations

_INFO = ["id", "url", "title", "outlet", "published", "language"]
_VERDICTS = {"accept": "accepted", "reject": "rejected"}
_ROWS_AT_ONCE = 10_000
#: How much text is held at once when the articles are read one by one, in bytes.
_TEXT_AT_ONCE = 512 * 1024**2
#: How many claims are put in order at once: about 100 MB.
CLAIMS_AT_ONCE = 50_000

CLAIM_SCHEMA = pa.schema(
    [*SCHEMAS["claims"], *(pa.field(name, pa.string()) for name in ("published", "outlet", "decision"))]
)
"""The columns of :meth:`LedgerView.claim_table`."""

Keep = Callable[[pa.RecordBatch], pa.Array]
"""Tells which rows of the claim table are meant: a boolean, never null, for each."""


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
    """A claim, the article it was read from, and what people decided.

    That is ``accepted`` or ``rejected``, else ``corrected`` for one that is shown as somebody corrected it, else
    ``None``. The claim's ``document`` is the article's id.
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

    Only the newest extraction of an article counts: of one extractor that is the one of the highest version, of
    several extractors the one that came to the article last. Removed articles are absent with their claims. Actors
    that people merged are one, under one id and with the labels of all, and claims are as people corrected them.
    Nothing depends on the order in which batches arrive.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._readers: dict[str, frozenset[str]] = {}
        self.version = snapshot.version

    def counts(self) -> Counts:
        """How much there is."""
        present = self.article_info.num_rows
        return Counts(
            present,
            self.claim_table().num_rows,
            self.entity_table().num_rows,
            self._articles.num_rows - present,
            pc.sum(pc.equal(self.claim_table()["decision"], "rejected")).as_py() or 0,
        )

    def has_extraction(self, article_id: str, extractor: str) -> bool:
        """Whether this extractor (name and version) has read this article, removed or not.

        A removed article whose text is not there, which was erased, counts as read by all: it is not to come back.
        """
        if extractor not in self._readers:
            self._readers[extractor] = frozenset(self.read_by(extractor).to_pylist())
        return article_id in self._readers[extractor]

    def read_by(self, extractor: str) -> pa.ChunkedArray:
        """The ids of the articles that :meth:`has_extraction` tells of; one may stand there more than once."""
        rows = self._snapshot.read("extractions", ["article", "extractor"])
        read = rows["article"].filter(pc.equal(rows["extractor"], extractor))
        return pa.chunked_array([*read.chunks, pa.array(sorted(self._erased), pa.string())])

    def extractors(self) -> set[str]:
        """The extractors (name and version) that have read any article."""
        return set(self._snapshot.read("extractions", ["extractor"])["extractor"].unique().to_pylist())

    def articles(self) -> Iterator[Article]:
        """The articles with their texts, by id; no more than about half a gigabyte of them is held at once.

        Raises:
            WorkspaceError: a text was altered in the ledger's files.
        """
        for batch in self.article_batches():
            yield from map(_article, batch.to_pylist())

    def claims(self) -> Iterator[LedgerClaim]:
        """The claims, by article, position of the cue, and id."""
        yield from self._read(self.claim_batches())

    def claim_rows(self) -> Iterator[tuple[dict[str, Any], ArticleInfo]]:
        """The rows of :meth:`claim_table` as dicts, each with its article."""
        yield from self._with_articles(self.claim_batches())

    def vouchers(self) -> Iterator[LedgerClaim]:
        """Claims that this view leaves out and that claims of it are attributed to: none in a whole view."""
        yield from ()

    def entities(self) -> Iterator[Entity]:
        """The entities of the claims, by id."""
        for row in self.entity_table().to_pylist():
            yield Entity(**row)

    def actors(self) -> Iterator[SeenActor]:
        """The entities with what was seen of each, by id."""
        for batch in self.actor_table().to_batches(_ROWS_AT_ONCE):
            yield from map(seen_actor, batch.to_pylist())

    def decisions(self) -> Iterator[Decision]:
        """Every decision ever made, by time."""
        rows = first_of_each(self._snapshot.read("decisions"), ["when", "id"], [])
        for row in rows.drop_columns("id").to_pylist():
            yield Decision(**row)

    @property
    def batches(self) -> frozenset[str]:
        """The digests of the batches that this view is of."""
        return self._snapshot.digests

    @property
    def stored_claims(self) -> int:
        """How many claims the ledger's files have, repetitions and older extractions included: known at once."""
        return self._snapshot.rows("claims")

    def added_since(self, batches: frozenset[str]) -> "LedgerView | None":
        """What this view has more than the one of these batches; ``None`` where that is not all that differs.

        The one more has new articles, with their claims and with the entities of these, which may have been there
        before but then as they are now. Where articles were read again, people decided something, or actors became
        known better, the two differ in what both have.
        """
        halves = self._snapshot.halves(batches)
        if halves is None:
            return None
        old, new = halves
        if new.files["decisions"] or _share(old.read("extractions", ["article"]), new.read("extractions", ["article"])):
            return None
        files = {name: self._snapshot.files[name] for name in ("entities", "decisions")}
        former = LedgerView(Snapshot("", {**old.files, "decisions": files["decisions"]}))
        named = pc.unique(identified(new.read("entities", ["id"])["id"], self.identities))
        before = former._entities_of(named)
        if not before.equals(self._entities_of(before["id"].combine_chunks())):
            return None
        return LedgerView(Snapshot(self.version, {**new.files, **files}))

    def where(self, keep: Keep) -> "LedgerView":
        """The same view with only the claims that ``keep`` leaves, their articles and their entities."""
        return SelectedView(self, keep)

    # --- the same as tables ---

    def article_batches(self) -> Iterator[pa.RecordBatch]:
        """The rows of :meth:`article_table`; no more than about half a gigabyte of text is held at once."""
        passes = 1 + self._snapshot.size("articles") // _TEXT_AT_ONCE
        share = 1 + self._present.num_rows // passes
        for start in range(0, self._present.num_rows, share):
            yield from self._texts(self._present.slice(start, share)).to_batches(_ROWS_AT_ONCE)

    def claim_batches(self) -> Iterator[pa.RecordBatch]:
        """The rows of :meth:`claim_table`, some thousands at once; of a large ledger no more are held in memory."""
        if self._shelves is None:
            yield from self.claim_table().to_batches(_ROWS_AT_ONCE)
        else:
            yield from self._shelves.batches()

    def article_table(self) -> pa.Table:
        """The articles with their texts, by id; columns as in :data:`graph.ledger.schema.SCHEMAS`."""
        return self._texts(self._present)

    def claim_table(self) -> pa.Table:
        """The claims: the ledger's columns, and ``published``, ``outlet`` (of the article) and ``decision``.

        ``subject`` and ``object`` are the ids that stand for the actors after merges.
        """
        return self._claim_table

    def entity_table(self) -> pa.Table:
        """The entities of the claims, one row each: the one the newest extractor gave.

        What a merged one lacks is filled from the others of its group: first those the newest extractor gave.
        """
        return self._entity_table

    def actor_table(self) -> pa.Table:
        """:meth:`entity_table` with what was seen of each: aliases, merged ids, number of claims, first and last date.

        The further columns are those of :func:`graph.ledger.actors.with_what_was_seen`.
        """
        parts = (pa.Table.from_batches([batch]) for batch in self.claim_batches())
        return with_what_was_seen(self.entity_table(), chain([CLAIM_SCHEMA.empty_table()], parts), self.identities)

    @property
    def article_info(self) -> pa.Table:
        """The articles without their texts, by id."""
        return self._present.select(_INFO)

    # --- how they are picked ---

    @cached_property
    def _articles(self) -> pa.Table:
        """Every article once, removed ones too, without its text; ``number`` says where the text is."""
        rows = self._snapshot.read("articles", [*_INFO, "retrieved"])
        rows = rows.append_column("number", pa.array(range(rows.num_rows), pa.int64()))
        return first_of_each(rows, ["id"], ascending(["title", "language", "retrieved"]))

    @cached_property
    def _present(self) -> pa.Table:
        return self._articles.filter(pc.invert(pc.is_in(self._articles["id"], self.removed)))

    @cached_property
    def removed(self) -> pa.Array:
        """The ids of the articles that people removed, whether their text is still there or not."""
        return self._decided({"remove": "removed"})["target"].combine_chunks()

    @cached_property
    def _erased(self) -> frozenset[str]:
        if not len(self.removed):  # and no need to read what articles there are
            return frozenset()
        return frozenset(self.removed.to_pylist()) - frozenset(self._articles["id"].to_pylist())

    def _texts(self, articles: pa.Table) -> pa.Table:
        return self._snapshot.take("articles", sorted(articles["number"].to_pylist())).sort_by("id")

    def _read(self, batches: Iterable[pa.RecordBatch]) -> Iterator[LedgerClaim]:
        entities = {entity.id: entity for entity in self.entities()}
        for row, article in self._with_articles(batches):
            yield LedgerClaim(_claim(row, entities), article, row["decision"])

    def _with_articles(self, batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[dict[str, Any], ArticleInfo]]:
        """Rows of claims with their articles; both come in the order of the articles, so that neither is held."""
        rows = (row for batch in self.article_info.to_batches(_ROWS_AT_ONCE) for row in batch.to_pylist())
        articles = (ArticleInfo(**row) for row in rows)
        article: ArticleInfo | None = None
        for batch in batches:
            for row in batch.to_pylist():
                while article is None or article.id != row["article"]:
                    article = next(articles)
                yield row, article

    @cached_property
    def _claim_table(self) -> pa.Table:
        return self._completed(self._current(self._snapshot.read("claims")))

    @cached_property
    def _shelves(self) -> Shelves | None:
        """The claims in order on disk, where there are many."""
        count = 1 + self._snapshot.rows("claims") // CLAIMS_AT_ONCE
        if count == 1:
            return None
        parts = map(self._current, self._snapshot.parts("claims", CLAIMS_AT_ONCE))
        return Shelves(SCHEMAS["claims"].remove_metadata(), parts, count, self._completed)

    @cached_property
    def _newest(self) -> pa.Table:
        return newest(self._snapshot.read("extractions"))

    def _current(self, rows: pa.Table) -> pa.Table:
        """The claims among ``rows`` that are of the newest extraction of an article that is there."""
        chosen = look_up(rows["article"], self._newest, "article", "extractor")
        rows = rows.filter(pc.equal(rows["extractor"], chosen))
        return rows.filter(pc.is_in(rows["article"], self._present["id"]))

    def _completed(self, rows: pa.Table) -> pa.Table:
        """Each claim once and in order, with what comes from its article and from decisions."""
        rows = first_of_each(rows, ORDER, ascending(SCHEMAS["claims"].names))
        rows = corrected(rows, self._corrections)
        for name in ("published", "outlet"):
            rows = rows.append_column(name, look_up(rows["article"], self._present, "id", name))
        for name in ("subject", "object"):
            rows = rows.set_column(rows.column_names.index(name), name, identified(rows[name], self.identities))
        told = [
            look_up(rows["id"], self._decided(words), "target", "word")
            for words in (_VERDICTS, {"correct": "corrected"})
        ]
        return rows.append_column("decision", pc.coalesce(*told))

    @cached_property
    def _entity_table(self) -> pa.Table:
        return self._entities_of(pa.concat_arrays([self._distinct(end).drop_null() for end in ("subject", "object")]))

    def _entities_of(self, used: pa.Array) -> pa.Table:
        """The rows of the entities with these ids, which are those that stand for merged ones."""
        rows = pa.concat_tables([self._snapshot.read("entities"), self._named_by_people()])
        members = pa.array(self.identities.members, pa.string())
        rows = rows.filter(pc.is_in(rows["id"], pa.concat_arrays([used, members])))
        ranks = look_up(rows["extractor"], version_ranks(rows["extractor"]), "extractor", "rank")
        rows = rows.append_column("rank", ranks)
        rows = first_of_each(rows, ["id"], [("rank", "descending"), *ascending(ENTITY[1:])])
        rows = joined(rows, self.identities).select(ENTITY)
        return rows.filter(pc.is_in(rows["id"], used))

    def _named_by_people(self) -> pa.Table:
        """The actors that corrections brought in, which no extractor need have found: of the lowest rank."""
        rows = [asdict(entity) | {"extractor": ""} for entity in entities_of(self._standing.values())]
        return pa.Table.from_pylist(rows, SCHEMAS["entities"].remove_metadata())

    def _distinct(self, column: str) -> pa.Array:
        parts = [pc.unique(batch[column]) for batch in self.claim_batches()]
        return pa.concat_arrays([pa.array([], pa.string()), *parts]).unique()

    @cached_property
    def identities(self) -> Identities:
        """Who is who by people's merges and splits."""
        return identities(self._standing.values())

    @cached_property
    def _corrections(self) -> dict[str, dict[str, Any]]:
        return corrections_of(self._standing.values())

    @cached_property
    def _standing(self) -> dict[tuple[tuple[str, ...], str], Decision]:
        return standing(self.decisions())

    def _decided(self, words: dict[str, str]) -> pa.Table:
        """The targets of the decisions in force whose kind is in ``words``, each with its word."""
        pairs = [
            (decision.target, words[decision.kind]) for decision in self._standing.values() if decision.kind in words
        ]
        schema = pa.schema([("target", pa.string()), ("word", pa.string())])
        return pa.table([[target for target, _ in pairs], [word for _, word in pairs]], schema=schema)


class SelectedView(LedgerView):
    """The claims of a view that ``keep`` leaves, with their articles and entities.

    A claim's vouchers that are left out are at :meth:`vouchers`, and their entities among those of the view, so that
    what somebody says can be written with who says it.
    """

    def __init__(self, whole: LedgerView, keep: Keep) -> None:
        super().__init__(whole._snapshot)
        self._whole, self._keep = whole, keep

    def vouchers(self) -> Iterator[LedgerClaim]:
        """See :meth:`LedgerView.vouchers`."""
        yield from self._read(self._vouchers.to_batches(_ROWS_AT_ONCE))

    def claim_batches(self) -> Iterator[pa.RecordBatch]:
        """See :meth:`LedgerView.claim_batches`."""
        for batch in self._whole.claim_batches():
            yield batch.filter(self._keep(batch))

    @cached_property
    def _present(self) -> pa.Table:
        present = self._whole._present
        return present.filter(pc.is_in(present["id"], self._distinct("article")))

    @cached_property
    def _claim_table(self) -> pa.Table:
        return pa.Table.from_batches(self.claim_batches(), CLAIM_SCHEMA)

    @cached_property
    def _entity_table(self) -> pa.Table:
        entities, vouchers = self._whole.entity_table(), self._vouchers
        used = [self._distinct("subject"), self._distinct("object")]
        used += [vouchers[end].unique() for end in ("subject", "object")]
        return entities.filter(pc.is_in(entities["id"], pa.concat_arrays(used).drop_null()))

    @cached_property
    def _vouchers(self) -> pa.Table:
        """The chains of ``attributed_to`` that lead out of the selection, one generation after the other."""
        found, known = CLAIM_SCHEMA.empty_table(), set(self._distinct("id").to_pylist())
        wanted = set(self._distinct("attributed_to").drop_null().to_pylist()) - known
        while wanted:
            ids = pa.array(sorted(wanted), pa.string())
            parts = (batch.filter(pc.is_in(batch["id"], ids)) for batch in self._whole.claim_batches())
            more = pa.Table.from_batches(parts, CLAIM_SCHEMA)
            found, known = pa.concat_tables([found, more]), known | wanted
            wanted = set(more["attributed_to"].drop_null().to_pylist()) - known
        return found.sort_by([(name, "ascending") for name in ("article", "cue_start", "id")])


def _share(some: pa.Table, others: pa.Table) -> bool:
    """Whether two tables of one column have a value in common."""
    return pc.any(pc.is_in(others.column(0), some.column(0).unique())).as_py() or False


def _article(row: dict[str, Any]) -> Article:
    names = [*_INFO[1:], "text"]
    article = Article(**{name: row[name] for name in names})
    if article.id != row["id"]:
        raise WorkspaceError(
            f"the text of article {row['id']} does not match its id: the ledger was altered; restore it from a copy"
        )
    return article


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

"""The pipeline: sources are read, their documents extracted, and the claims appended to the ledger."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.ledger import Ledger, LedgerView
from graph.workspace import Workspace
from ingest.documents import Document, SetAside
from ingest.extractors.base import Extractor
from ingest.readers import Source, Web, is_url, leaves, read
from ingest.workers import Extraction, extract_each

BATCH_ARTICLES = 1_000
BATCH_CLAIMS = 20_000
BATCH_CHARACTERS = 16_000_000
"""A batch is committed when it has reached one of these: what is held in memory, and what a kill can cost."""

WORTH_PROCESSES = 500_000
"""Bytes of files, from which on several processes are the default: they take two seconds to start, in which one
reads about as much."""


FIRST_ARTICLES = 50


@dataclass(slots=True)
class Report:
    """What an ingest did: articles and claims added, articles that were there already, what was set aside.

    ``first_articles`` are the ids of the first :data:`FIRST_ARTICLES` articles added: enough to look at.
    """

    articles: int = 0
    claims: int = 0
    unchanged: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    first_articles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest stands: what :class:`Report` counts, and how many of the files and URLs are done."""

    articles: int
    claims: int
    unchanged: int
    set_aside: int
    files: int
    files_total: int


@dataclass(frozen=True, slots=True)
class _Origin:
    """The file or URL a document is from: its number, from 0, and the time of reading, for a URL."""

    number: int
    retrieved: str | None


def ingest(
    workspace: Workspace,
    sources: Iterable[Source],
    *,
    extractor: Extractor,
    jobs: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    web: Web | None = None,
) -> Report:
    """Read the sources, extract their claims and append both to the workspace's ledger.

    Articles that this extractor, in this version, has read before are counted as unchanged and passed over.
    Batches are committed one after the other, so that what was committed before an interruption stays, and
    running the same again adds the rest. What the ledger holds in the end depends neither on the order of the
    sources nor on ``jobs``.

    Args:
        workspace: where to.
        sources: files, folders, URLs.
        extractor: what turns documents into claims.
        jobs: how many processes extract. 1 is this process alone, which then ends when the extractor crashes
            the interpreter; more set that document aside. By default one for each core, and this process alone
            where there is little to read.
        on_progress: called after each document, in this process.
        web: how URLs are fetched; the default reaches public addresses only.

    Raises:
        WorkspaceError: the ledger cannot be read or written.
    """
    sources = list(sources)
    total, size = _measured(sources)
    ledger = Ledger(workspace)
    ledger.sweep()
    run = _Run(ledger.view(), extractor.name, total, on_progress)
    jobs = jobs or (_cores() if size > WORTH_PROCESSES else 1)
    results = extract_each(run.new_ones(_read_all(sources, web)), extractor, jobs=jobs)
    for batch in _batches(run.counted(results)):
        with ledger.batch() as added:
            for origin, done in batch:
                article = done.document.article
                claims = [replace(claim, document=article.id) for claim in done.claims]
                added.add_article(article, extractor.name, claims, retrieved=origin.retrieved)
    run.tell(total)
    return run.report


def extract(
    sources: Iterable[Source], extractor: Extractor, *, jobs: int = 1, web: Web | None = None
) -> Iterator[Extraction | SetAside]:
    """The extraction of each document of the sources, in their order; nothing is written.

    The claims' ``document`` is the document's name. Arguments are those of :func:`ingest`.
    """
    for _, done in extract_each(_read_all(sources, web), extractor, jobs=jobs):
        yield done


def _read_all(sources: Iterable[Source], web: Web | None) -> Iterator[tuple[_Origin, Document | SetAside]]:
    number = 0
    for source in sources:
        for leaf in leaves(source):
            origin = _Origin(number, _now() if not isinstance(leaf, SetAside) and is_url(leaf) else None)
            number += 1
            for item in [leaf] if isinstance(leaf, SetAside) else read(leaf, web=web):
                yield origin, item


class _Run:
    """What one ingest keeps in mind: the counts, and which articles need no extraction."""

    def __init__(
        self, view: LedgerView, extractor: str, total: int, on_progress: Callable[[Progress], None] | None
    ) -> None:
        self.report = Report()
        self._view = view
        self._extractor = extractor
        self._total = total
        self._on_progress = on_progress
        self._seen: set[bytes] = set()

    def new_ones(
        self, items: Iterable[tuple[_Origin, Document | SetAside]]
    ) -> Iterator[tuple[_Origin, Document | SetAside]]:
        """The items without the articles that are in the ledger or came before in this run."""
        for origin, item in items:
            if isinstance(item, Document) and self._known(item.article.id):
                self.report.unchanged += 1
                self.tell(origin.number)
            else:
                yield origin, item

    def _known(self, article: str) -> bool:
        key = bytes.fromhex(article)
        if key in self._seen or self._view.has_extraction(article, self._extractor):
            return True
        self._seen.add(key)
        return False

    def counted(self, results: Iterable[tuple[_Origin, Extraction | SetAside]]) -> Iterator[tuple[_Origin, Extraction]]:
        """The extractions alone; what was set aside goes into the report."""
        for origin, done in results:
            if isinstance(done, SetAside):
                self.report.set_aside.append(done)
            else:
                self.report.articles += 1
                self.report.claims += len(done.claims)
                if len(self.report.first_articles) < FIRST_ARTICLES:
                    self.report.first_articles.append(done.document.article.id)
                yield origin, done
            self.tell(origin.number)

    def tell(self, files: int) -> None:
        """Report progress: this many files and URLs are done."""
        if self._on_progress:
            report = self.report
            aside = len(report.set_aside)
            self._on_progress(Progress(report.articles, report.claims, report.unchanged, aside, files, self._total))


def _batches(results: Iterable[tuple[_Origin, Extraction]]) -> Iterator[Sequence[tuple[_Origin, Extraction]]]:
    batch: list[tuple[_Origin, Extraction]] = []
    claims = characters = 0
    for origin, done in results:
        batch.append((origin, done))
        claims += len(done.claims)
        characters += len(done.document.article.text)
        if len(batch) >= BATCH_ARTICLES or claims >= BATCH_CLAIMS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, claims, characters = [], 0, 0
    if batch:
        yield batch


def _measured(sources: Iterable[Source]) -> tuple[int, int]:
    """How many files and URLs the sources are, and the size of the files in bytes."""
    number = size = 0
    for source in sources:
        for leaf in leaves(source):
            number += 1
            with suppress(OSError):  # the reader says what is wrong with it
                size += 0 if isinstance(leaf, SetAside) or is_url(leaf) else Path(leaf).stat().st_size
    return number, size


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

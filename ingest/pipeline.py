"""The pipeline: sources are read, their documents extracted, and the claims appended to the ledger."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.ledger import Ledger, LedgerView
from graph.workspace import Workspace
from ingest.documents import Document, SetAside
from ingest.extractors.base import Extractor
from ingest.readers import Source, Web
from ingest.reading import Origin, measured, read_all
from ingest.workers import Extraction, extract_each

BATCH_ARTICLES = 1_000
BATCH_CLAIMS = 20_000
BATCH_CHARACTERS = 16_000_000
"""A batch is committed when it has reached one of these: what is held in memory, and what a kill can cost."""

WORTH_PROCESSES = 500_000
"""Bytes of files, from which on several processes are the default: they take two seconds to start, in which one
reads about as much."""

FIRST_ARTICLES = 50
FIRST_SET_ASIDE = 1_000


@dataclass(slots=True)
class Report:
    """What an ingest did: articles and claims added, articles that were there already, what was set aside.

    ``aside`` is how much was set aside, ``set_aside`` the first :data:`FIRST_SET_ASIDE` of it; ``first_articles`` are
    the ids of the first :data:`FIRST_ARTICLES` articles added: enough to look at, and bounded however much there is.
    """

    articles: int = 0
    claims: int = 0
    unchanged: int = 0
    aside: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    first_articles: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in the middle of an ingest: of what it read, this many ``articles`` were committed, and stay."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self.articles = articles


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest stands: what :class:`Report` counts, and how many of the files and URLs, and of bytes, are done.

    Bytes are those on the disk, as they are read; a URL stands for :data:`ingest.reading.PAGE_BYTES`.
    """

    articles: int
    claims: int
    unchanged: int
    set_aside: int
    files: int
    files_total: int
    bytes: int
    bytes_total: int


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
        Interrupted: in the place of any ``KeyboardInterrupt``.
    """
    start = time.monotonic()
    sources = list(sources)
    whole = measured(sources)
    ledger = Ledger(workspace)
    ledger.sweep()
    run = _Run(ledger.view(), extractor.name, whole, on_progress)
    jobs = jobs or (_cores() if whole.bytes > WORTH_PROCESSES else 1)
    try:
        results = extract_each(run.new_ones(read_all(sources, web)), extractor, jobs=jobs)
        for batch in _batches(run.counted(results)):
            _commit(ledger, extractor.name, batch)
    except KeyboardInterrupt:
        raise Interrupted(run.committed(ledger.view())) from None
    run.tell(run.whole)
    run.report.seconds = time.monotonic() - start
    return run.report


def _commit(ledger: Ledger, extractor: str, batch: Iterable[tuple[Origin, Extraction]]) -> None:
    with ledger.batch() as added:
        for origin, done in batch:
            article = done.document.article
            claims = [replace(claim, document=article.id) for claim in done.claims]
            added.add_article(article, extractor, claims, retrieved=origin.retrieved)


def extract(
    sources: Iterable[Source], extractor: Extractor, *, jobs: int = 1, web: Web | None = None
) -> Iterator[Extraction | SetAside]:
    """The extraction of each document of the sources, in their order; nothing is written.

    The claims' ``document`` is the document's name. Arguments are those of :func:`ingest`.
    """
    for _, done in extract_each(read_all(sources, web), extractor, jobs=jobs):
        yield done


class _Run:
    """What one ingest keeps in mind: the counts, and which articles need no extraction."""

    def __init__(
        self, view: LedgerView, extractor: str, whole: Origin, on_progress: Callable[[Progress], None] | None
    ) -> None:
        self.report = Report()
        self.whole = whole
        self._view = view
        self._extractor = extractor
        self._on_progress = on_progress
        self._seen: set[bytes] = set()

    def new_ones(
        self, items: Iterable[tuple[Origin, Document | SetAside]]
    ) -> Iterator[tuple[Origin, Document | SetAside]]:
        """The items without the articles that are in the ledger or came before in this run."""
        for origin, item in items:
            if isinstance(item, Document) and self._known(item.article.id):
                self.report.unchanged += 1
                self.tell(origin)
            else:
                yield origin, item

    def _known(self, article: str) -> bool:
        key = bytes.fromhex(article)
        if key in self._seen or self._view.has_extraction(article, self._extractor):
            return True
        self._seen.add(key)
        return False

    def committed(self, view: LedgerView) -> int:
        """How many of the articles that were new are in the ledger now."""
        return sum(view.has_extraction(key.hex(), self._extractor) for key in self._seen)

    def counted(self, results: Iterable[tuple[Origin, Extraction | SetAside]]) -> Iterator[tuple[Origin, Extraction]]:
        """The extractions alone; what was set aside goes into the report."""
        for origin, done in results:
            if isinstance(done, SetAside):
                self.report.aside += 1
                if len(self.report.set_aside) < FIRST_SET_ASIDE:
                    self.report.set_aside.append(done)
            else:
                self.report.articles += 1
                self.report.claims += len(done.claims)
                if len(self.report.first_articles) < FIRST_ARTICLES:
                    self.report.first_articles.append(done.document.article.id)
                yield origin, done
            self.tell(origin)

    def tell(self, here: Origin) -> None:
        """Report progress: what comes before this is done."""
        if self._on_progress:
            did = self.report
            counts = (did.articles, did.claims, did.unchanged, did.aside)
            self._on_progress(Progress(*counts, here.number, self.whole.number, here.bytes, self.whole.bytes))


def _batches(results: Iterable[tuple[Origin, Extraction]]) -> Iterator[Sequence[tuple[Origin, Extraction]]]:
    batch: list[tuple[Origin, Extraction]] = []
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


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Bringing a server up to date with the ledger.

A server remembers in itself a fingerprint of every article that it holds whole, and at the end the version of the
ledger. What differs from the ledger's view is written article by article, each in one transaction with its
fingerprint; what the ledger does not have is removed. So a sync that ends at any point, on either side, is continued
by the next one, and decisions, removals, re-read articles and corrections need no rule of their own.

At the end the server's counts and the checksum of its claims are compared with the ledger's. Where a server that says
it is up to date holds something else (somebody wrote to it), or it does so after the sync, its memory is dropped and
everything written anew.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import groupby

from graph.articles import Article
from graph.claims import Entity
from graph.errors import ServerError
from graph.health import differences
from graph.ledger import LedgerClaim, LedgerView
from graph.ledger.batch import claim_row
from graph.stores.base import Store

FORMAT = 2
"""The version of what the writers write; raised with every change to it, so that servers are written anew."""

CLAIMS_AT_ONCE = 5000
"""How many claims one transaction writes, and at least one article."""
_ARTICLES_AT_ONCE = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reported:
    """An article, its claims, and a fingerprint of all that is written of them."""

    article: Article
    claims: tuple[LedgerClaim, ...]
    fingerprint: str


class Target(ABC):
    """A server that can be written to, and read as a ``store``. Every method is one transaction or repeats safely."""

    store: Store

    @abstractmethod
    def prepare(self) -> None:
        """Make what the server needs once: constraints and indexes."""

    @abstractmethod
    def version(self) -> str | None:
        """What :meth:`remember` was told last, ``None`` since the last :meth:`forget`."""

    @abstractmethod
    def fingerprints(self) -> dict[str, str | None]:
        """The articles that the server holds something of, by id; ``None`` where it may not be all."""

    @abstractmethod
    def forget(self, *, articles: bool) -> None:
        """Drop the version, and with ``articles`` the fingerprints too."""

    @abstractmethod
    def mend_entities(self, view: LedgerView) -> None:
        """Write the entities that are not there or differ; drop none."""

    @abstractmethod
    def replace(self, articles: Sequence[Reported], there: Sequence[str]) -> None:
        """Put these articles, their claims and their fingerprints in place of what is there of them.

        ``there`` are the ids of those among them that the server holds something of.
        """

    @abstractmethod
    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles with their claims and fingerprints."""

    @abstractmethod
    def finish(self, view: LedgerView, wanted: Mapping[str, Entity]) -> None:
        """Drop the entities that no claim has any more, and mend what belongs to no single article."""

    @abstractmethod
    def remember(self, version: str) -> None:
        """Keep the version of the ledger that the server now holds."""

    @abstractmethod
    def close(self) -> None:
        """Let the connection go."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: articles written, removed, and left as they were."""

    written: int
    removed: int
    unchanged: int


def sync(view: LedgerView, target: Target, base_iri: str, on_progress: Progress = lambda *_: None) -> SyncReport:
    """Bring the server up to this view; ``on_progress`` is told articles done and articles in all.

    Raises:
        ServerError: the server cannot be reached or written, or does not hold the view afterwards.
    """
    total = view.counts().articles
    version = f"{FORMAT} {base_iri} {view.version}"
    target.prepare()
    remembered = target.version()
    if remembered == version and not differences(target.store, view):
        on_progress(total, total)
        return SyncReport(0, 0, total)
    # Whoever says that it has this very version but has not is not to be believed in anything.
    believed = remembered != version
    # A second time where the last batch of a sync that was killed came in after this one had asked what there is.
    for _ in range(2):
        target.forget(articles=not believed)
        report = _write(view, target, base_iri, lambda done: on_progress(done, total))
        found = differences(target.store, view)
        if not found:
            target.remember(version)
            return report
        believed = False
    target.forget(articles=True)
    raise ServerError(f"after the sync the server {found}: does something else write to it? Run `qawl sync` again")


def reported(view: LedgerView, base_iri: str) -> Iterator[Reported]:
    """Every article of the view with its claims, by article id."""
    groups = groupby(view.claims(), key=lambda found: found.article.id)
    waiting = next(groups, None)
    for article in view.articles():
        claims: tuple[LedgerClaim, ...] = ()
        if waiting and waiting[0] == article.id:
            claims = tuple(waiting[1])
            waiting = next(groups, None)
        yield Reported(article, claims, _fingerprint(article, claims, base_iri))


def _write(view: LedgerView, target: Target, base_iri: str, on_article: Callable[[int], None]) -> SyncReport:
    entities = {entity.id: entity for entity in view.entities()}
    target.mend_entities(view)
    held = target.fingerprints()
    ids = set(view.article_info["id"].to_pylist())
    gone = sorted(held.keys() - ids)
    for start in range(0, len(gone), _ARTICLES_AT_ONCE):
        target.remove(gone[start : start + _ARTICLES_AT_ONCE])
    done = written = 0
    on_article(done)
    for batch in _ahead(_batches(reported(view, base_iri))):
        changed = [one for one in batch if held.get(one.article.id) != one.fingerprint]
        if changed:
            target.replace(changed, [one.article.id for one in changed if one.article.id in held])
        done, written = done + len(batch), written + len(changed)
        on_article(done)
    target.finish(view, entities)
    return SyncReport(written, len(gone), done - written)


def _batches(articles: Iterable[Reported]) -> Iterator[list[Reported]]:
    batch: list[Reported] = []
    claims = 0
    for one in articles:
        if batch and (claims + len(one.claims) > CLAIMS_AT_ONCE or len(batch) == _ARTICLES_AT_ONCE):
            yield batch
            batch, claims = [], 0
        batch.append(one)
        claims += len(one.claims)
    if batch:
        yield batch


def _ahead(batches: Iterator[list[Reported]]) -> Iterator[list[Reported]]:
    """The same batches, the next one read in a thread while the server writes the one before."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while batch := coming.result():
            coming = pool.submit(next, batches, None)
            yield batch


def _fingerprint(article: Article, claims: Sequence[LedgerClaim], base_iri: str) -> str:
    rows = [[claim_row(found.claim), found.decision] for found in claims]
    content = json.dumps([FORMAT, base_iri, asdict(article), rows], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]

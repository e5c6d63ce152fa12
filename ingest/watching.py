"""Watching folders and URLs: what is new or has changed is due, each URL no more often than its host can bear."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from graph.workspace import Workspace
from ingest.documents import SetAside
from ingest.extractors.base import Extractor
from ingest.pipeline import Progress, Report, ingest
from ingest.readers import Source, Web, is_url, leaves
from ingest.readers.web import LaterError, Page

EVERY = 300.0
"""Seconds between two requests for one URL. Feeds of news agencies change every few minutes."""

LONGEST = 3600.0
"""Seconds that a URL which fails again and again is left alone at most."""

_Seen = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Observed(Web):
    """Fetches, and keeps for how many seconds each URL asked to be left alone."""

    asked_for: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Page | None:
        try:
            return Web.fetch(self, url)
        except LaterError as error:
            self.asked_for[url] = error.seconds or 0.0
            raise


@dataclass(slots=True)
class _Turn:
    """When a URL is due, and how many times in a row it failed."""

    due: float = 0.0
    failures: int = 0


class Watcher:
    """Ingests, each time it is asked, what has changed since it was asked last.

    A file is read when its size and time of change were the same on two looks one after the other, so that one that is
    being written is left until it is whole. What the ledger holds already is passed over by the ingest itself, so that
    nothing needs to be remembered between two runs.

    Args:
        sources: files, folders (with what comes into them later) and URLs.
        every: seconds between two requests for one URL; after a failure twice as many, and so on to :data:`LONGEST`,
            or as many as the server asks for.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        workspace: Workspace,
        sources: Iterable[Source],
        *,
        extractor: Callable[[], Extractor],
        every: float = EVERY,
        web: Web | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._sources = list(sources)
        self._extractor = extractor
        self._every = every
        self._clock = clock
        self._turns: dict[str, _Turn] = {}
        self._looked: dict[Path, _Seen] = {}
        self._read: dict[Path, _Seen] = {}
        web = web or Web()
        self._web = _Observed(web.timeout, web.max_redirects, web.allowed, known={})

    def look(self, on_progress: Callable[[Progress], None] | None = None) -> Report | None:
        """Ingest what is due now; ``None`` when nothing is. ``on_progress`` is that of :func:`ingest`.

        Raises:
            WorkspaceError: the ledger cannot be read or written.
        """
        found = (leaf for source in self._sources for leaf in leaves(source))
        due = [leaf for leaf in found if not isinstance(leaf, SetAside) and self._is_due(leaf)]
        if not due:
            return None
        report = ingest(self._workspace, due, extractor=self._extractor(), on_progress=on_progress, web=self._web)
        self._plan(due, report)
        return report

    def _is_due(self, leaf: Source) -> bool:
        if is_url(leaf):
            return self._clock() >= self._turns.setdefault(str(leaf), _Turn()).due
        path = Path(str(leaf))
        try:
            stat = path.stat()
        except OSError:  # gone again, or never there: it may come
            return False
        now = (stat.st_mtime_ns, stat.st_size)
        settled, self._looked[path] = self._looked.get(path) == now, now
        if not settled or self._read.get(path) == now:
            return False
        self._read[path] = now
        return True

    def _plan(self, asked: Iterable[Source], report: Report) -> None:
        """When each URL that was asked for is due again."""
        failed = {item.name for item in report.set_aside}
        for url in filter(is_url, asked):
            turn = self._turns[str(url)]
            turn.failures = turn.failures + 1 if str(url) in failed else 0
            pause = min(self._every * 2**turn.failures, max(LONGEST, self._every))
            turn.due = self._clock() + max(pause, self._web.asked_for.pop(str(url), 0.0))

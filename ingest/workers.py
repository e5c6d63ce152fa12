"""Extraction of many documents, in this process or in several, with the results in the order of the documents."""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from graph.claims import Claim
from ingest.documents import Document, SetAside
from ingest.extractors.base import Extractor

T = TypeVar("T")

_AHEAD = 8
"""Documents in work or waiting, for each process: enough that none idles while a long one is finished."""

_AHEAD_CHARACTERS = 32_000_000
"""Characters of text in work or waiting, over which no further document is read."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document and the claims that were found in it, which may be none."""

    document: Document
    claims: Sequence[Claim]


def extract_each(
    items: Iterable[tuple[T, Document | SetAside]], extractor: Extractor, *, jobs: int
) -> Iterator[tuple[T, Extraction | SetAside]]:
    """Each item's extraction, under its tag and in its place; what was set aside passes through.

    A document whose extraction fails is set aside. With more than one process that includes one whose
    extraction kills its process; then the extractor must be picklable.

    Args:
        items: read as results are taken, only so far ahead that ``jobs`` processes are busy.
        extractor: what turns documents into claims.
        jobs: how many processes extract; 1 is this process alone.
    """
    if jobs > 1:
        yield from _in_processes(items, extractor, jobs)
        return
    for tag, item in items:
        yield tag, item if isinstance(item, SetAside) else _result(item, _claims(extractor, item))


def _claims(extractor: Extractor, document: Document) -> Sequence[Claim] | str:
    """The document's claims, or why there are none to be had."""
    try:
        return list(extractor.extract(document))
    except Exception as error:  # whatever a plug-in does with one document never stops the others
        return _failure(error)


def _failure(error: Exception) -> str:
    return f"the extractor failed: {type(error).__name__}: {error}"


def _result(document: Document, claims: Sequence[Claim] | str) -> Extraction | SetAside:
    return SetAside(document.name, claims) if isinstance(claims, str) else Extraction(document, claims)


def _in_processes(
    items: Iterable[tuple[T, Document | SetAside]], extractor: Extractor, jobs: int
) -> Iterator[tuple[T, Extraction | SetAside]]:
    waiting: deque[tuple[T, Document | SetAside, Future[Sequence[Claim] | str] | None]] = deque()
    characters = 0
    with _Processes(extractor, jobs) as processes, _Processes(extractor, 1) as careful:

        def take() -> tuple[T, Extraction | SetAside]:
            nonlocal characters
            tag, item, future = waiting.popleft()
            if isinstance(item, SetAside) or future is None:
                return tag, item  # type: ignore[return-value]
            characters -= len(item.article.text)
            return tag, _result(item, _outcome(item, future, careful))

        for tag, item in items:
            if isinstance(item, Document):
                characters += len(item.article.text)
            waiting.append((tag, item, processes.submit(item) if isinstance(item, Document) else None))
            while waiting and (len(waiting) > _AHEAD * jobs or characters > _AHEAD_CHARACTERS):
                yield take()
        while waiting:
            yield take()


def _outcome(
    document: Document, future: "Future[Sequence[Claim] | str]", careful: "_Processes"
) -> Sequence[Claim] | str:
    """The future's outcome; where its pool broke, that of the document alone in a process.

    A pool breaks as a whole, with every document that was in it: only alone does the guilty one show.
    """
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    except Exception as error:  # claims that cannot be pickled, an extractor that cannot be unpickled
        return _failure(error)
    try:
        return careful.submit(document).result()
    except BrokenProcessPool:
        return "the extractor's process died: it crashed, or ran out of memory"
    except Exception as error:
        return _failure(error)


class _Processes:
    """A pool of extracting processes that is made anew when one of them has died.

    The processes hold one end of a pipe and end when the other end closes: at once when this process leaves
    the block with an exception, and also when it is killed.
    """

    def __init__(self, extractor: Extractor, jobs: int) -> None:
        self._extractor = pickle.dumps(extractor)
        self._jobs = jobs
        self._context = get_context("spawn")
        self._held, self._lifeline = self._context.Pipe(duplex=False)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, document: Document) -> "Future[Sequence[Claim] | str]":
        """Start the extraction of a document."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, self._context, _begin, (self._extractor, self._held))
        try:
            return self._pool.submit(_work, document)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = None
            return self.submit(document)

    def __enter__(self) -> "_Processes":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._lifeline.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._lifeline.close()
        self._held.close()


# --- in the extracting process ---

_pickled = b""
_extractor: Extractor | None = None


def _begin(extractor: bytes, held: Connection) -> None:
    """Make this process ready; the extractor is unpickled with the first document, where a failure has a name."""
    global _pickled  # noqa: PLW0603  # the process's own state, set once
    _pickled = extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process decides
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    held.poll(None)  # nothing is ever sent: it returns when the other end is closed
    os._exit(1)


def _work(document: Document) -> Sequence[Claim] | str:
    global _extractor  # noqa: PLW0603  # the process's own state, set once
    if _extractor is None:
        _extractor = pickle.loads(_pickled)
    return _claims(_extractor, document)

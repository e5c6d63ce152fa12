"""Extraction of many documents, in this process or in several, with the results in the order of the documents."""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
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


class Isolated:
    """Extracts in a process beside this one, which is made anew when a document has killed it."""

    def __init__(self, extractor: Extractor) -> None:
        self._processes = _Processes(extractor, 1)

    def extract(self, document: Document) -> Extraction | SetAside:
        """As :func:`extract_each` with several processes."""
        return _awaited(_Pending(document, self._processes.submit(document)), self._processes)


@dataclass(frozen=True, slots=True)
class _Pending:
    document: Document
    outcome: "Future[Sequence[Claim] | str]"


def _in_processes(
    items: Iterable[tuple[T, Document | SetAside]], extractor: Extractor, jobs: int
) -> Iterator[tuple[T, Extraction | SetAside]]:
    waiting: deque[tuple[T, _Pending | SetAside]] = deque()
    characters = 0
    with _Processes(extractor, jobs) as processes, _Processes(extractor, 1) as careful:
        for tag, item in items:
            if isinstance(item, Document):
                characters += len(item.article.text)
                waiting.append((tag, _Pending(item, processes.submit(item))))
            else:
                waiting.append((tag, item))
            while waiting and (len(waiting) > _AHEAD * jobs or characters > _AHEAD_CHARACTERS):
                first, pending = waiting.popleft()
                if isinstance(pending, _Pending):
                    characters -= len(pending.document.article.text)
                yield first, _awaited(pending, careful)
        while waiting:
            first, pending = waiting.popleft()
            yield first, _awaited(pending, careful)


def _awaited(pending: _Pending | SetAside, careful: "_Processes") -> Extraction | SetAside:
    if isinstance(pending, SetAside):
        return pending
    return _result(pending.document, _outcome(pending, careful))


def _outcome(pending: _Pending, careful: "_Processes") -> Sequence[Claim] | str:
    """The pending document's outcome; where its pool broke, that of the document alone in a process.

    A pool breaks as a whole, with every document that was in it: only alone does the guilty one show.
    """
    try:
        return pending.outcome.result()
    except BrokenProcessPool:
        pass
    except Exception as error:  # claims that cannot be pickled, an extractor that cannot be unpickled
        return _failure(error)
    try:
        return careful.submit(pending.document).result()
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
            with interrupts_held():  # submitting may start a process
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


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back; processes started here never get it, and leave it to this one to end them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the extracting process ---

_pickled = b""
_extractor: Extractor | None = None


def _begin(extractor: bytes, held: Connection) -> None:
    """Make this process ready; the extractor is unpickled with the first document, where a failure has a name."""
    global _pickled  # noqa: PLW0603  # the process's own state, set once
    _pickled = extractor
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    held.poll(None)  # nothing is ever sent: it returns when the other end is closed
    os._exit(1)


def _work(document: Document) -> Sequence[Claim] | str:
    global _extractor  # noqa: PLW0603  # the process's own state, set once
    if _extractor is None:
        _extractor = pickle.loads(_pickled)  # noqa: S301  # pickled by the process that started this one
    return _claims(_extractor, document)

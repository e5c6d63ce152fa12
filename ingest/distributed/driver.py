"""The one process that lists the sources, has a cluster work through them, and writes what comes back."""

import logging
import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import graph
from graph.errors import QawlError
from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest.distributed.worker import Done, Extracting, Keys, Reading, Site, among, keys, packed, unpacked
from ingest.extractors.base import Extractor
from ingest.pipeline import FIRST_ARTICLES, FIRST_SET_ASIDE, Interrupted, Progress, Report
from ingest.readers import Source
from ingest.reading import Leaf, Origin, all_leaves, measured

TASK_BYTES = 2_000_000
TASK_FILES = 200
"""Files are read together up to so many bytes and files: a file of more is read alone."""

NEW_AT_ONCE = 1_000_000
"""So many ids of new articles are kept as they come, at 100 bytes each, before they are put to the others."""

CHUNK_CHARACTERS = 500_000
"""Text of one task of extraction: a second or two of work, which is what a lost machine costs for each core."""

ROUND_TASKS = 10_000
"""So many tasks of reading are given to Ray at once, which keeps some kilobytes of memory for each."""

BATCH_ROWS = 200_000
BATCH_BYTES = 128_000_000
"""A batch is committed when it has so many claims and articles, or bytes in memory."""

READER_CPUS = 0.25
EXTRACTOR_CPUS = 0.75
"""A core has one process that reads and one that extracts; the system gives it to whichever has work. (Ray Data would
make one stage of two that ask for the same.)"""


class ClusterError(QawlError):
    """The cluster cannot be reached, or gave up; the message says what to do."""


def ingest_on_cluster(
    workspace: Workspace,
    sources: Iterable[Source],
    *,
    extractor: Extractor,
    address: str = "auto",
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Do what :func:`ingest.pipeline.ingest` does on the machines of a Ray cluster, with the same result.

    The ledger is written by this process alone. Work of machines that are lost is done again by others. What was
    committed before an interruption stays, and running the same again adds the rest. Held in memory are one batch, what
    Ray gives ahead, and 16 bytes for each article that the extractor has read.

    Args:
        workspace: where to; it need not be on storage that the machines share.
        sources: files and folders, by paths that are the same on every machine; storage; URLs.
        extractor: what turns documents into claims; it must be picklable.
        address: of the cluster's head, ``HOST:PORT``, or ``auto`` for the cluster that this machine is part of.
        on_progress: called after each chunk of documents, in this process.

    Raises:
        ClusterError: there is no cluster, or it cannot do the work; what was committed stays.
        WorkspaceError: the ledger cannot be read or written.
        Interrupted: in the place of any ``KeyboardInterrupt``.
    """
    start = time.monotonic()
    sources = list(sources)
    ledger = Ledger(workspace)
    ledger.sweep()
    run = _Run(_read_by(ledger, extractor.name), measured(sources), on_progress)
    committed = 0
    try:
        with _connected(address), _explained():
            tasks = _tasks(all_leaves(sources))
            while some := list(islice(tasks, ROUND_TASKS)):
                for batch in _batches(map(run.counted, _results(some, Site.here(sources), extractor, run.known()))):
                    _commit(ledger, batch)
                    committed += sum(done.tables["articles"].num_rows for done in batch)
    except KeyboardInterrupt:
        raise Interrupted(committed) from None
    run.tell(run.whole)
    run.report.seconds = time.monotonic() - start
    return run.report


def _read_by(ledger: Ledger, extractor: str) -> Keys:
    parts = (keys(part.to_pylist()) for part in ledger.view().read_by(extractor).chunks)
    return np.sort(np.concatenate([keys([]), *parts]), kind="stable")


def _tasks(found: Iterable[Leaf]) -> Iterator[list[Leaf]]:
    """The leaves that are read together."""
    task: list[Leaf] = []
    for leaf in found:
        if task and (len(task) >= TASK_FILES or leaf.before + leaf.size - task[0].before > TASK_BYTES):
            yield task
            task = []
        task.append(leaf)
    if task:
        yield task


def _results(tasks: Sequence[list[Leaf]], site: Site, extractor: Extractor, known: Keys) -> Iterator[Done]:
    """What becomes of each chunk of documents, in the order of the leaves, as it comes; no more is computed ahead than
    Ray's memory for objects holds.
    """
    import ray.data  # noqa: PLC0415  # an extra's

    cores = _cores(ray)
    as_it_comes: dict[str, Any] = {"batch_size": None, "batch_format": "pyarrow"}
    readers = ray.data.TaskPoolStrategy(size=cores)
    extractors = ray.data.ActorPoolStrategy(min_size=1, initial_size=cores)
    given = (pickle.dumps(extractor), ray.put(known))
    results = (
        ray.data.from_arrow([packed([task]) for task in tasks])
        .map_batches(
            Reading(site, CHUNK_CHARACTERS),
            compute=readers,
            num_cpus=READER_CPUS,
            **as_it_comes,
        )
        .map_batches(Extracting, fn_constructor_args=given, compute=extractors, num_cpus=EXTRACTOR_CPUS, **as_it_comes)
    )
    for table in results.iter_batches(batch_size=None, batch_format="pyarrow"):
        yield from unpacked(table)


def _batches(results: Iterable[Done]) -> Iterator[list[Done]]:
    batch: list[Done] = []
    rows = size = 0
    for done in results:
        batch.append(done)
        rows += sum(done.tables[name].num_rows for name in ("articles", "claims"))
        size += sum(table.nbytes for table in done.tables.values())
        if rows >= BATCH_ROWS or size >= BATCH_BYTES:
            yield batch
            batch, rows, size = [], 0, 0
    if batch:
        yield batch


def _commit(ledger: Ledger, batch: Iterable[Done]) -> None:
    with ledger.batch() as added:
        for done in batch:
            added.add_tables(done.tables)


class _Run:
    """What one ingest keeps in mind: the counts, and which articles are in the ledger or came before."""

    def __init__(self, known: Keys, whole: Origin, on_progress: Callable[[Progress], None] | None) -> None:
        self.report = Report()
        self._known = known
        self._new: set[bytes] = set()
        self.whole = whole
        self._on_progress = on_progress

    def known(self) -> Keys:
        """The articles that need no extraction from here on, sorted."""
        if self._new:
            self._known = np.sort(np.concatenate([self._known, np.array(list(self._new), "S16")]), kind="stable")
            self._new = set()
        return self._known

    def counted(self, done: Done) -> Done:
        """The same without the articles that came before, counted."""
        again = self._again(done.tables["articles"]["id"].to_pylist())
        if again:
            done.tables = _without(done.tables, again)
        articles = done.tables["articles"]["id"].to_pylist()
        self._new.update(map(bytes.fromhex, articles))
        if len(self._new) > NEW_AT_ONCE:
            self.known()
        report = self.report
        report.articles += len(articles)
        report.claims += done.tables["claims"].num_rows
        report.unchanged += done.unchanged + len(again)
        report.aside += len(done.set_aside)
        report.set_aside += done.set_aside[: FIRST_SET_ASIDE - len(report.set_aside)]
        report.first_articles += articles[: FIRST_ARTICLES - len(report.first_articles)]
        self.tell(done.last)
        return done

    def _again(self, articles: Sequence[str]) -> list[str]:
        known = among(keys(articles), self._known)
        return [one for one, old in zip(articles, known, strict=True) if old or bytes.fromhex(one) in self._new]

    def tell(self, here: Origin) -> None:
        """Report progress: what comes before this is done."""
        if self._on_progress:
            did = self.report
            counts = (did.articles, did.claims, did.unchanged, did.aside)
            self._on_progress(Progress(*counts, here.number, self.whole.number, here.bytes, self.whole.bytes))


def _without(tables: Mapping[str, pa.Table], articles: Sequence[str]) -> dict[str, pa.Table]:
    gone = pa.array(articles)
    columns = {"articles": "id", "extractions": "article", "claims": "article"}
    kept = {name: tables[name].filter(pc.invert(pc.is_in(tables[name][by], gone))) for name, by in columns.items()}
    return {**tables, **kept}


# --- the cluster ---


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """Be a driver of the cluster while the block runs; one that this process is already is left as it is."""
    ray = _ray()
    if ray.is_initialized():
        yield
        return
    if "://" in address:
        raise ClusterError(f"{address}: give HOST:PORT of the head, and run this on a machine of the cluster")
    try:
        # Ray lets its workers import from the folder it is started in, which may hold anything: ours hold Qawl.
        with chdir(Path(graph.__file__).parents[1]):
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterError(
            f"there is no Ray cluster at {address!r} ({_first_line(error)}): start one with 'ray start --head', and "
            "run this on one of its machines"
        ) from None
    try:
        yield
    finally:
        ray.shutdown()


def _ray() -> Any:
    # Ray calls the actors of Ray Data an error on the terminal; what does fail comes as an exception.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray.data  # noqa: PLC0415  # an extra's
    except ImportError:
        raise ClusterError("a cluster needs Ray: pip install 'qawl[ray]', on every machine of it") from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True  # of two articles with one id the first is kept, as ever
    return ray


@contextmanager
def _explained() -> Iterator[None]:
    """Say what the cluster's failures are."""
    from ray.exceptions import RayError  # noqa: PLC0415  # an extra's

    try:
        yield
    except RayError as error:
        raise ClusterError(
            f"the cluster gave up: {_cause(error)}; what was committed stays, and the same again adds the rest"
        ) from error


def _cause(error: BaseException) -> str:
    """What a worker said, where it is one of our own errors, else what Ray says."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, QawlError):
            return str(getattr(inner, "cause", inner))  # Ray's twin of an error also holds its traceback
        inner = inner.__cause__
    return f"{type(error).__name__}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _cores(ray: Any) -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))

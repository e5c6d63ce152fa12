"""Generations: the indexes of a workspace, built from the ledger and swapped whole.

::

    indexes/ENGINE.lock                 held by the one process that builds
    indexes/ENGINE/current              the name of the generation to read
    indexes/ENGINE/GENERATION/          stamp.json, batches (of the ledger it holds), lock (shared by its readers), and
                                        the engine's file or folder
    indexes/ENGINE/building-...         a build under way, or what a killed one left

A generation is built beside the current one, checked against the ledger's counts, and put in place by replacing
``current`` in one step. Where the ledger has only more than the current one holds, and little, the new one is grown: a
copy of the current one to which that is added in one transaction (counting a million claims would take longer than all
of it; ``qawl doctor`` counts). Readers hold a shared lock on their generation's folder; it is removed when an exclusive
lock can be had. Whatever is here can be deleted at any time: the next read builds it again.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

import pyarrow.compute as pc

from graph.errors import WorkspaceError
from graph.ledger import Ledger, LedgerView
from graph.rdf import Iris
from graph.stores.base import Counts, Store
from graph.stores.ladybug_ import LadybugStore
from graph.stores.ladybug_build import build_ladybug, grow_ladybug, growing_pays
from graph.stores.oxigraph_ import OxigraphStore
from graph.stores.oxigraph_build import build_oxigraph, grow_oxigraph
from graph.workspace import Workspace

FORMAT = 3
"""The version of what the builders write; raised with every change to it, so that older generations are rebuilt."""

_BUILDING = "building-"
_TRIES = 20
_LITTLE = 10  # times as many claims there must be as are added

Release = Callable[[], None]
StoreT = TypeVar("StoreT", bound=Store)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a generation was built from, and the size in bytes of each of its files by relative path."""

    ledger: str
    base_iri: str
    format: int
    files: dict[str, int]

    def same_source(self, other: "Stamp") -> bool:
        """Whether both stand for the same index: ledger version, base IRI and format."""
        return (self.ledger, self.base_iri, self.format) == (other.ledger, other.base_iri, other.format)


@dataclass(frozen=True, slots=True)
class Lease:
    """A generation that is not removed until :meth:`release`; the open file ``lock`` holds its lock."""

    folder: Path
    stamp: Stamp
    lock: BinaryIO

    def release(self) -> None:
        """Let the generation go; once more does nothing."""
        self.lock.close()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """One index: ``generation`` is its folder's name, ``None`` when there is none to read, for the ``problem``.

    ``made`` is when it was put in place, local time.
    """

    engine: str
    generation: str | None
    ledger: str | None
    fresh: bool
    problem: str | None
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Engine(Generic[StoreT]):
    """What differs between the indexes: names, how to build, to grow and to open; and whether growing is faster.

    ``grow`` gets the new path, the former one and what is added; ``grows`` the number of all claims and what is added.
    """

    name: str
    file: str
    build: Callable[[Path, LedgerView, Iris], None]
    grow: Callable[[Path, Path, LedgerView, Iris], None]
    grows: Callable[[int, LedgerView], bool]
    open: Callable[[Path, Iris, Release], StoreT]


OXIGRAPH = Engine(
    "oxigraph",
    "store",
    build_oxigraph,
    grow_oxigraph,
    lambda claims, added: _LITTLE * added.claim_table().num_rows < claims,
    OxigraphStore,
)
LADYBUG = Engine(
    "ladybug",
    "graph.lbug",
    lambda path, view, _: build_ladybug(path, view),
    lambda path, former, added, _: grow_ladybug(path, former, added),
    growing_pays,
    lambda path, _, release: LadybugStore(path, release),
)
ENGINES: tuple[Engine[Any], ...] = (OXIGRAPH, LADYBUG)


class Indexes:
    """The indexes of a workspace. Any number of processes may read and refresh at once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folder = workspace.indexes_path
        self._iris = Iris(workspace.base_iri)

    def refresh(self, *only: Engine[Any], force: bool = False) -> list[str]:
        """Bring both indexes, or only these, up to the ledger; the names of those built.

        Nothing is done for one that is up to date.

        Raises:
            WorkspaceError: a build does not hold what the ledger does.
        """
        return [engine.name for engine in only or ENGINES if self._refresh(engine, force=force)]

    def sparql(self) -> OxigraphStore:
        """The current RDF index, built first if it is missing or damaged; close it after use."""
        return self._open(OXIGRAPH)

    def cypher(self) -> LadybugStore:
        """The current property graph, built first if it is missing or damaged; close it after use."""
        return self._open(LADYBUG)

    def lease(self, engine: Engine[Any]) -> Lease:
        """The current generation of an index, built first if it is missing or damaged; release it after use."""
        lease = self.current(engine)
        if lease is None:
            self._refresh(engine, force=False)
            lease = self.current(engine)
        if lease is None:
            raise WorkspaceError(f"{self._folder / engine.name}: the index cannot be read back; run `qawl doctor`")
        return lease

    def open(self, engine: Engine[StoreT], lease: Lease) -> StoreT:
        """The store of a leased generation; closing it releases the lease.

        Raises:
            OSError, RuntimeError: the engine cannot read its file.
        """
        return engine.open(lease.folder / engine.file, self._iris, lease.release)

    def rebuild(self, engine: Engine[Any]) -> None:
        """Build one index anew, whatever stands."""
        self._refresh(engine, force=True)

    def current(self, engine: Engine[Any]) -> Lease | None:
        """The current generation without building any; ``None`` when none is there, or not whole or of this format."""
        for _ in range(_TRIES):  # more than once only when the generation is swapped and removed in between
            folder = self._pointed(engine)
            if folder is None:
                return None
            lock = _locked(folder / "lock", fcntl.LOCK_SH)
            if lock is not None:
                stamp = _stamp(folder)
                if stamp is not None and stamp.format == FORMAT and stamp.base_iri == self._iris.base:
                    return Lease(folder, stamp, lock)
                lock.close()
            if self._pointed(engine) == folder:
                return None
        return None

    def status(self) -> list[IndexStatus]:
        """What there is to read of each index, without building any."""
        wanted = self._wanted(Ledger(self._workspace).view())
        return [self._status(engine, wanted) for engine in ENGINES]

    def leftovers(self) -> list[Path]:
        """Files and folders of no current generation: old ones still read, and what killed builds left."""
        return [path for engine in ENGINES for path in self._others(engine)]

    # --- reading -----------------------------------------------------------------------------------------------

    def _open(self, engine: Engine[StoreT]) -> StoreT:
        lease = self.lease(engine)
        try:
            return self.open(engine, lease)
        except (OSError, RuntimeError):  # what the engines raise at a file they cannot read
            lease.release()
            self.rebuild(engine)
        return self.open(engine, self.lease(engine))

    def _pointed(self, engine: Engine[Any]) -> Path | None:
        try:
            name = (self._folder / engine.name / "current").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return self._folder / engine.name / name if name and Path(name).name == name else None

    def _status(self, engine: Engine[Any], wanted: Stamp) -> IndexStatus:
        lease = self.current(engine)
        if lease is None:
            wrong = "missing" if self._pointed(engine) is None else "damaged, or of another version of Qawl"
            return IndexStatus(engine.name, None, None, fresh=False, problem=wrong)
        lease.release()
        fresh = lease.stamp.same_source(wanted)
        problem = None if fresh else "behind the ledger"
        made = datetime.fromtimestamp((lease.folder / "stamp.json").stat().st_mtime).astimezone()
        return IndexStatus(engine.name, lease.folder.name, lease.stamp.ledger, fresh, problem, made)

    # --- building ----------------------------------------------------------------------------------------------

    def _wanted(self, view: LedgerView) -> Stamp:
        return Stamp(view.version, self._iris.base, FORMAT, {})

    def _refresh(self, engine: Engine[Any], *, force: bool) -> bool:
        """Whether the index had to be built. The ledger is read under the lock: who builds last builds the latest."""
        with self._build_lock(engine):
            view = Ledger(self._workspace).view()
            wanted = self._wanted(view)
            lease = self.current(engine)
            needed = force or lease is None or not lease.stamp.same_source(wanted)
            try:
                if needed:
                    self._build(engine, view, wanted, None if force or lease is None else lease.folder)
            finally:
                if lease is not None:
                    lease.release()
            self._sweep(engine)
            return needed

    @contextmanager
    def _build_lock(self, engine: Engine[Any]) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{engine.name}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _build(self, engine: Engine[Any], view: LedgerView, wanted: Stamp, former: Path | None) -> None:
        home = self._folder / engine.name
        name = f"{view.version[:12]}-{secrets.token_hex(4)}"
        folder = home / f"{_BUILDING}{name}"
        folder.mkdir(parents=True)
        try:
            if former is None or not self._grow(engine, view, former, folder):
                engine.build(folder / engine.file, view, self._iris)
                self._check(engine, folder, view)
            (folder / "batches").write_text("\n".join(sorted(view.batches)), encoding="ascii")
            (folder / "lock").touch()
            stamp = Stamp(wanted.ledger, wanted.base_iri, wanted.format, _sizes(folder))
            (folder / "stamp.json").write_text(json.dumps(asdict(stamp)), encoding="utf-8")
            folder.rename(home / name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _replace(home / "current", name)

    def _grow(self, engine: Engine[Any], view: LedgerView, former: Path, folder: Path) -> bool:
        """Whether the new generation could be made from the former one; otherwise there is nothing of it."""
        added = _added(view, former)
        if added is None or not engine.grows(view.stored_claims, added):
            return False
        try:
            engine.grow(folder / engine.file, former / engine.file, added, self._iris)
        except (OSError, RuntimeError):  # the former one is damaged: building anew mends it
            shutil.rmtree(folder)
            folder.mkdir()
            return False
        return True

    def _check(self, engine: Engine[Any], folder: Path, view: LedgerView) -> None:
        with engine.open(folder / engine.file, self._iris, _nothing) as store:
            found, expected = store.counts(), counts_of(view)
        if found != expected:
            raise WorkspaceError(
                f"the {engine.name} index holds {found}, the ledger {expected}: it was not put in place; "
                "please report this"
            )

    def _sweep(self, engine: Engine[Any]) -> None:
        """Remove what no reader holds; the build lock is held, so every ``building-`` is of a dead build."""
        for path in self._others(engine):
            if not path.is_dir():
                path.unlink(missing_ok=True)
                continue
            dead = path.name.startswith(_BUILDING) or not (path / "lock").exists()
            lock = None if dead else _locked(path / "lock", fcntl.LOCK_EX)
            if dead or lock:
                shutil.rmtree(path, ignore_errors=True)
            if lock:
                lock.close()

    def _others(self, engine: Engine[Any]) -> list[Path]:
        home, current = self._folder / engine.name, self._pointed(engine)
        found = sorted(home.iterdir()) if home.is_dir() else []
        return [path for path in found if path != current and path.name != "current"]


def counts_of(view: LedgerView) -> Counts:
    """What an index of this view must hold."""
    counts, claims = view.counts(), view.claim_table()
    rejected = pc.fill_null(pc.equal(claims["decision"], "rejected"), fill_value=False)
    edges = pc.sum(pc.and_(pc.is_valid(claims["object"]), pc.invert(rejected))).as_py() or 0
    return Counts(counts.articles, counts.claims, counts.entities, edges)


def _added(view: LedgerView, former: Path) -> LedgerView | None:
    """What the view has more than a generation holds; ``None`` where that is not all, or not known."""
    try:
        batches = (former / "batches").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return None
    return view.added_since(frozenset(batches))


def _nothing() -> None:
    return None


def _locked(path: Path, mode: int) -> BinaryIO | None:
    """The open lock file, locked; ``None`` when it is gone or another holds a lock against this one."""
    try:
        lock = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    if os.fstat(lock.fileno()).st_nlink == 0:  # removed between opening and locking
        lock.close()
        return None
    return lock


def _stamp(folder: Path) -> Stamp | None:
    """The stamp of a generation whose files have the sizes it tells, else ``None``."""
    try:
        stamp = Stamp(**json.loads((folder / "stamp.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    whole = all((folder / name).exists() for name in stamp.files) and stamp.files.items() <= _sizes(folder).items()
    return stamp if whole else None


def _sizes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}


def _replace(path: Path, text: str) -> None:
    """Write a small file in one step: another reader sees the old text or the new, also after a power cut."""
    temporary = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)

"""What the machines of a cluster do: files become documents, documents become rows of the ledger.

Ray Data hands tables from one stage to the next; ours have one column of pickled objects, and each row is a
chunk that is worth a task of its own.
"""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.errors import QawlError
from graph.ledger import Batch
from ingest.documents import Document, SetAside
from ingest.extractors.base import Extractor
from ingest.readers import Source
from ingest.reading import Origin, read_leaf
from ingest.workers import Extraction, Isolated, extract_each

CHUNK_DOCUMENTS = 1_000

Item = tuple[Origin, Document | SetAside]


def packed(objects: Iterable[Any]) -> pa.Table:
    """A table with one pickled object a row."""
    return pa.table({"pickled": pa.array(map(pickle.dumps, objects), pa.large_binary())})


def unpacked(table: pa.Table) -> Iterator[Any]:
    """The objects of such a table."""
    for value in table["pickled"]:
        yield pickle.loads(value.as_buffer())  # noqa: S301  # pickled by this program


class WorkerError(QawlError):
    """A machine of the cluster is not fit to work; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the command was given: its folder, the folders and files it named, and its version of Qawl."""

    folder: str
    named: Sequence[str]
    version: str

    @classmethod
    def here(cls, sources: Iterable[Source]) -> "Site":
        """This process, with those of the sources that it has."""
        named = [str(Path(source).absolute()) for source in sources if isinstance(source, str | Path)]
        return cls(str(Path.cwd()), [path for path in named if Path(path).exists()], version("qawl"))

    def check(self) -> None:
        """Compare with this machine.

        Raises:
            WorkerError: it does not have what the command named, or another version of Qawl.
        """
        here = version("qawl")
        if here != self.version:
            raise WorkerError(f"has Qawl {here} and not {self.version}: install the same version on all machines")
        if missing := [path for path in self.named if not Path(path).exists()]:
            raise WorkerError(f"has no {missing[0]}: put the sources on storage that all machines share")


class Reading:
    """Reads files: a row is a list of :class:`ingest.reading.Leaf`. A chunk of what is in them has about so many
    characters of text.
    """

    def __init__(self, site: Site, characters: int) -> None:
        self._site = site
        self._characters = characters

    def __call__(self, table: pa.Table) -> Iterator[pa.Table]:
        """What is in them, as lists of :data:`Item`, each as soon as it is full."""
        self._site.check()
        with chdir(self._site.folder if self._site.named else "."):
            items = (item for leaves in unpacked(table) for leaf in leaves for item in read_leaf(leaf))
            for chunk in _chunks(items, self._characters):
                yield packed([chunk])


def _chunks(items: Iterable[Item], limit: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    characters = 0
    for origin, item in items:
        chunk.append((origin, item))
        characters += len(item.article.text) if isinstance(item, Document) else 0
        if len(chunk) >= CHUNK_DOCUMENTS or characters >= limit:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


@dataclass(slots=True)
class Done:
    """What became of a chunk: rows of the ledger by table, what was set aside, how many articles were there before.

    ``last`` is where its last item is from.
    """

    last: Origin
    unchanged: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    tables: Mapping[str, pa.Table] = field(default_factory=dict)


class Extracting:
    """Extracts chunks; Ray keeps one such object in each of its working processes.

    ``known`` is Ray's reference to the sorted :func:`keys` of the articles that need no extraction; the processes of
    a machine share one copy.
    """

    def __init__(self, extractor: bytes, known: Any) -> None:
        import ray  # noqa: PLC0415  # an extra's

        self._extractor: Extractor = pickle.loads(extractor)  # noqa: S301  # pickled by this program
        self._known: Keys = ray.get(known)
        # Ray gives the work of an actor that died to the next one: a document may have killed it, and would again.
        self._isolated = (
            Isolated(self._extractor) if ray.get_runtime_context().was_current_actor_reconstructed else None
        )

    def __call__(self, table: pa.Table) -> pa.Table:
        """What became of the chunks: a :class:`Done` for each."""
        return packed([self._done(chunk) for chunk in unpacked(table)])

    def _done(self, chunk: Sequence[Item]) -> Done:
        new = self._new_ones(chunk)
        done, batch = Done(chunk[-1][0], unchanged=len(chunk) - len(new)), Batch()
        for origin, result in self._results(new):
            if aside := result if isinstance(result, SetAside) else self._add(batch, result, origin.retrieved):
                done.set_aside.append(aside)
        done.tables = batch.tables()
        return done

    def _results(self, items: Iterable[Item]) -> Iterator[tuple[Origin, Extraction | SetAside]]:
        if self._isolated is None:
            yield from extract_each(items, self._extractor, jobs=1)
            return
        for origin, item in items:
            yield origin, self._isolated.extract(item) if isinstance(item, Document) else item

    def _new_ones(self, chunk: Sequence[Item]) -> list[Item]:
        """The items without the articles that are known or came before in the chunk."""
        articles = [item.article.id for _, item in chunk if isinstance(item, Document)]
        seen = {article for article, old in zip(articles, among(keys(articles), self._known), strict=True) if old}
        new = []
        for origin, item in chunk:
            if isinstance(item, SetAside) or item.article.id not in seen:
                new.append((origin, item))
            if isinstance(item, Document):
                seen.add(item.article.id)
        return new

    def _add(self, batch: Batch, result: Extraction, retrieved: str | None) -> SetAside | None:
        article = result.document.article
        try:
            claims = [replace(claim, document=article.id) for claim in result.claims]
            batch.add_article(article, self._extractor.name, claims, retrieved=retrieved)
        except Exception as error:  # a plug-in's claims that are none
            return SetAside(result.document.name, f"the extractor failed: {type(error).__name__}: {error}")
        return None


# --- ids of articles: an array of 16 bytes each, which Ray's processes share ---

Keys = npt.NDArray[np.bytes_]


def keys(articles: Iterable[str]) -> Keys:
    """The ids (32 hexadecimal digits) in their order."""
    return np.frombuffer(b"".join(map(bytes.fromhex, articles)), dtype="S16")


def among(wanted: Keys, known: Keys) -> npt.NDArray[np.bool_]:
    """Which of the wanted are in ``known``, which is sorted."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.bool_)
    places = np.searchsorted(known, wanted).clip(max=len(known) - 1)
    equal: npt.NDArray[np.bool_] = known[places] == wanted
    return equal

"""From the sources of an ingest to documents, each with its place among all there is to read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document, SetAside
from ingest.readers import Meter, Source, Stored, Web, is_url, leaves, read

PAGE_BYTES = 100_000
"""What the page behind a URL counts for in what there is to read, which nobody knows before."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file or URL a document is from: its number, from 0, the bytes read so far, the time of reading a URL."""

    number: int
    bytes: int
    retrieved: str | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file or URL of the sources: its number, from 0, its size and that of all before it in bytes, where it is."""

    number: int
    before: int
    size: int
    source: Source | SetAside


def read_all(sources: Iterable[Source], web: Web | None) -> Iterator[tuple[Origin, Document | SetAside]]:
    """The documents of the sources, in their order, and what was set aside."""
    for leaf in all_leaves(sources):
        yield from read_leaf(leaf, web)


def all_leaves(sources: Iterable[Source]) -> Iterator[Leaf]:
    """The files and URLs of the sources, in their order."""
    number = before = 0
    for source in sources:
        for found in leaves(source):
            leaf = Leaf(number, before, _size(found), found)
            yield leaf
            number, before = number + 1, before + leaf.size


def read_leaf(leaf: Leaf, web: Web | None = None) -> Iterator[tuple[Origin, Document | SetAside]]:
    """The documents of a file or URL; a leaf that was set aside passes through."""
    meter, source = Meter(), leaf.source
    retrieved = _now() if not isinstance(source, SetAside) and is_url(source) else None
    for item in [source] if isinstance(source, SetAside) else read(source, web=web, meter=meter):
        yield Origin(leaf.number, leaf.before + min(meter.bytes, leaf.size), retrieved), item


def measured(sources: Iterable[Source]) -> Origin:
    """How many files and URLs the sources are, and how many bytes."""
    number = size = 0
    for leaf in all_leaves(sources):
        number, size = leaf.number + 1, leaf.before + leaf.size
    return Origin(number, size, None)


def _size(leaf: Source | SetAside) -> int:
    if isinstance(leaf, SetAside):
        return 0
    if isinstance(leaf, Stored):
        return leaf.size
    with suppress(OSError):  # the reader says what is wrong with it
        return PAGE_BYTES if is_url(leaf) else Path(leaf).stat().st_size
    return 0


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

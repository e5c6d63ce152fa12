"""From a source that a person names to documents: which reader takes it, and what is set aside."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ingest.documents import Document, SetAside
from ingest.readers.decoding import decode
from ingest.readers.documents import MAX_DOCUMENT_BYTES, UnreadableError, check_size, document
from ingest.readers.packed import ARCHIVES, COMPRESSIONS, DAMAGED, File, Meter, members, opened, unpacked_suffix
from ingest.readers.pages import read_page
from ingest.readers.parquet import read_parquet
from ingest.readers.records import read_csv, read_json_lines
from ingest.readers.stored import Stored
from ingest.readers.text import read_markdown, read_plain
from ingest.readers.web import Page, Web

Source = str | Path | Stored
"""A file, a folder, a URL, or a file or folder on storage."""

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<\?xml-stylesheet[^>]*\?>|\s)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)

_ONE_DOCUMENT: dict[str, Callable[[str, bytes], Document]] = {
    "": read_plain,
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
}
_RECORDS: dict[str, Callable[[str, BinaryIO], Iterator[Document | SetAside]]] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
}
_FEEDS = frozenset((".rss", ".atom", ".xml"))
_MARKUP_TYPES = frozenset(
    ("", "text/html", "text/xml", *(f"application/{kind}xml" for kind in ("", "xhtml+", "rss+", "atom+", "rdf+")))
)
SUFFIXES = tuple(sorted({*filter(None, _ONE_DOCUMENT), *_RECORDS, *_FEEDS}))
"""The suffixes of the files that are read, also compressed or in archives; a file without one is plain text."""
PACKED = tuple(sorted({*ARCHIVES, *COMPRESSIONS}))
"""The suffixes of archives and compressed files."""


def read(source: Source, *, web: Web | None = None, meter: Meter | None = None) -> Iterator[Document | SetAside]:
    """The documents of a source, in order: a file, the files of a folder, a page or a feed.

    Whatever cannot be read is a :class:`SetAside` in its place; nothing is raised for it. Of a file of records
    one is held at a time.

    Args:
        source: a path, an http or https URL, or something on storage.
        web: how URLs are fetched; the default reaches public addresses only.
        meter: counts the bytes that are read of files.
    """
    for leaf in leaves(source):
        if isinstance(leaf, SetAside):
            yield leaf
        else:
            yield from _guarded(leaf, web or Web(), meter or Meter())


def is_url(source: Source) -> bool:
    """Whether a source is a URL (of any scheme) and not a path."""
    return isinstance(source, str) and bool(_URL.match(source))


def source_of(argument: str) -> Source:
    """What a person at the command line means: a URL that is not of the web is storage."""
    web = argument.lower().startswith(("http://", "https://"))
    return Stored.at(argument) if is_url(argument) and not web else argument


def leaves(source: Source) -> Iterator[Source | SetAside]:
    """The files of a folder and of its folders in sorted order; any other source itself.

    Hidden files and folders, and links to folders, are passed over.
    """
    if isinstance(source, Stored):
        yield from source.leaves()
        return
    if is_url(source) or not Path(source).is_dir():
        yield source
        return
    try:
        with os.scandir(source) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_dir()) for entry in found)
    except OSError as error:
        yield SetAside(_printable(source), f"folder not readable: {error.strerror}")
        return
    for name, is_folder, leads_to_folder in entries:
        if is_folder and not name.startswith("."):
            yield from leaves(Path(source, name))
        elif not leads_to_folder and not name.startswith("."):
            yield Path(source, name)


def _guarded(source: Source, web: Web, meter: Meter) -> Iterator[Document | SetAside]:
    """The leaf's documents; what its reader raises for becomes a :class:`SetAside`."""
    name = _printable(source)
    file = source if isinstance(source, Stored) else Path(source)
    yield from _caught(name, _read_url(str(source), web) if is_url(source) else _read_file(name, file, meter))


def _caught(name: str, items: Iterator[Document | SetAside]) -> Iterator[Document | SetAside]:
    try:
        yield from items
    except UnreadableError as error:
        yield SetAside(name, str(error))
    except DAMAGED as error:
        yield SetAside(name, f"damaged: {error}")
    except OSError as error:
        yield SetAside(name, f"not readable: {error.strerror or error}")
    except Exception as error:  # a parser's bug on one file never stops the others
        yield SetAside(name, f"the reader failed: {type(error).__name__}: {error}")


def _printable(source: Source) -> str:
    """The source as given; bytes of a file name that are no UTF-8 are replaced."""
    if isinstance(source, Stored):
        return source.name
    return os.fsencode(source).decode("utf-8", "replace")


def _read_file(name: str, file: File, meter: Meter) -> Iterator[Document | SetAside]:
    suffix, _ = unpacked_suffix(file)
    if suffix in ARCHIVES:
        for inner, stream in members(file, meter):
            place = f"{name}#{inner}"
            yield from _caught(place, _read_stream(place, PurePosixPath(inner).suffix.lower(), stream))
        return
    _check_suffix(suffix)
    with opened(file, meter) as stream:
        yield from _read_stream(name, suffix, stream)


def _check_suffix(suffix: str) -> None:
    if suffix in PACKED:
        raise UnreadableError("packed twice: unpack it first")
    if suffix and suffix not in SUFFIXES:
        packed = " ".join(PACKED)
        raise UnreadableError(
            f"files ending in {suffix} are not read; these are: {' '.join(SUFFIXES)}, and packed ones: {packed}"
        )


def _read_stream(name: str, suffix: str, stream: BinaryIO) -> Iterator[Document | SetAside]:
    """The documents in the bytes of one file that is called like this.

    Raises:
        UnreadableError: it cannot be read, or not from here on.
    """
    _check_suffix(suffix)
    if suffix in _RECORDS:
        yield from _RECORDS[suffix](name, stream)
    elif suffix in _ONE_DOCUMENT:
        yield _ONE_DOCUMENT[suffix](name, _bounded(stream))
    else:
        yield from _read_markup(name, _bounded(stream))


def _bounded(stream: BinaryIO) -> bytes:
    """The bytes of a file that is not longer than one document may be."""
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    check_size(len(data))
    if not data:
        raise UnreadableError("empty: no text")
    return data


def _read_url(url: str, web: Web) -> Iterator[Document | SetAside]:
    if not url.lower().startswith(("http://", "https://")):
        raise UnreadableError("not fetched: only http and https URLs are")
    page = web.fetch(url)
    if page is None:
        return
    if page.media_type in ("text/plain", "text/markdown"):
        yield document(url, decode(page.data, page.charset), {"url": page.url})
    elif page.media_type in _MARKUP_TYPES:
        yield from _read_markup(url, page.data, page)
    else:
        raise UnreadableError(f"pages of type {page.media_type} are not read; HTML, feeds and plain text are")


def _read_markup(name: str, data: bytes, page: Page | None = None) -> Iterator[Document | SetAside]:
    """A feed or an HTML page, told by its first kilobytes: servers send either as almost any type."""
    if _FEED.match(data[:8192].removeprefix(b"\xef\xbb\xbf")):
        from ingest.readers.feeds import read_feed  # noqa: PLC0415  # slow to import

        yield from read_feed(name, data, content_type=page.media_type if page else None)
    elif page:
        yield read_page(name, data, url=page.url, charset=page.charset)
    elif _PAGE.search(data[:8192]):
        yield read_page(name, data)
    else:
        raise UnreadableError("neither a feed (RSS, Atom) nor an HTML page")

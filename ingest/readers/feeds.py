"""RSS and Atom feeds: one document an entry."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import feedparser

from ingest.documents import Document, SetAside
from ingest.readers.documents import UnreadableError, check_size, document
from ingest.readers.metadata import one_line

_BLOCKS = re.compile(
    r"address|article|blockquote|br|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6r]|header|li|[ou]l|p|pre|section"
    r"|table|t[dhr]"
)
_UNSEEN = frozenset(("script", "style", "template", "noscript"))


def read_feed(name: str, data: bytes, *, content_type: str | None = None) -> Iterator[Document | SetAside]:
    """The documents of a feed, each named by its entry's id, its link or its number (from 1).

    The text is the entry's content, or its summary where the feed gives no more; its link is the URL, the
    feed's title the outlet.

    Raises:
        UnreadableError: it is no feed, too long, or has no entries.
    """
    check_size(len(data))
    headers = {"content-type": content_type} if content_type else {}
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    if not feed.version:
        raise UnreadableError("neither an RSS nor an Atom feed")
    if not feed.entries:
        raise UnreadableError("the feed has no entries")
    for number, entry in enumerate(feed.entries, 1):
        yield _read_entry(name, number, entry, feed.feed.get("title"))


def _read_entry(name: str, number: int, entry: feedparser.FeedParserDict, outlet: str | None) -> Document | SetAside:
    link = entry.get("link")
    place = f"{name}#{one_line(entry.get('id')) or one_line(link) or number}"
    metadata = {
        "url": link,
        "title": plain_text(entry.get("title", "")),
        "outlet": plain_text(outlet or ""),
        "published": entry.get("published") or entry.get("updated"),
    }
    try:
        return document(place, _entry_text(entry), metadata)
    except UnreadableError as error:
        return SetAside(place, str(error))


def _entry_text(entry: feedparser.FeedParserDict) -> str:
    contents = [content.value for content in entry.get("content", []) if content.get("value")]
    return plain_text(max(contents, key=len) if contents else entry.get("summary", ""))


def plain_text(fragment: str) -> str:
    """The text of an HTML fragment, one line for each block."""
    parser = _FragmentParser()
    parser.feed(fragment)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines))


class _FragmentParser(HTMLParser):
    """Collects the text that a reader would see, with a line end at the edges of blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        self._edge(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))

    def _edge(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

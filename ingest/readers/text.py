"""Plain text and Markdown: the decoded text as it is."""

import re

import yaml

from ingest.documents import Document
from ingest.readers.decoding import decode
from ingest.readers.documents import UnreadableError, document

FIELDS = ("url", "title", "outlet", "published", "language")
"""The metadata that front matter, JSON Lines and CSV may hold beside the text."""

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ANY_FIELD = re.compile(rf"^(?:{'|'.join(FIELDS)})[ \t]*:", re.MULTILINE)


def read_plain(name: str, data: bytes) -> Document:
    """The document of a plain text file: all of it is the article's text.

    Raises:
        UnreadableError: as for :func:`ingest.readers.documents.document`, or it cannot be decoded.
    """
    return document(name, decode(data), {})


def read_markdown(name: str, data: bytes) -> Document:
    """The document of a Markdown file: front matter is metadata, what follows its closing line is the text.

    Raises:
        UnreadableError: as for :func:`read_plain`, or the front matter is no YAML.
    """
    text = decode(data)
    found = _FRONT_MATTER.match(text)
    metadata = _mapping(found[1] or "") if found else None
    if found is None or metadata is None:
        return document(name, text, {})
    return document(name, text[found.end() :], metadata)


def _mapping(source: str) -> dict[str, object] | None:
    """The front matter's fields; ``None`` where two rules only enclose some text."""
    try:
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2025-02-31
        if not _ANY_FIELD.search(source):
            return None
        reason = str(getattr(error, "problem", None) or error)
        raise UnreadableError(f"front matter is no YAML ({reason}); put quotation marks around values") from None
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None

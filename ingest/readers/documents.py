"""What every reader shares: the bound, the reason for setting something aside, and the making of a document."""

from collections.abc import Mapping

from graph.articles import Article
from graph.errors import QawlError
from ingest.documents import Document
from ingest.languages import detect
from ingest.readers.metadata import canonical_url, iso_date, language_tag, one_line

MAX_DOCUMENT_BYTES = 10_000_000
"""A single document may be this long, in bytes as stored or sent; the longest books are about half of it."""


class UnreadableError(QawlError):
    """A document or a record cannot be read; the message is the reason it is set aside with."""


def document(name: str, text: str, metadata: Mapping[str, object]) -> Document:
    """The document of a text and its metadata (``url, title, outlet, published, language``, each optional).

    The text is kept as it is; the metadata are brought into the article's form, and a value that cannot be
    (a date that is none, a URL without a host) is left out.

    Raises:
        UnreadableError: the text is empty, too long, binary, or no valid Unicode.
    """
    check_text(text)
    return Document(
        name,
        Article(
            text=text,
            language=language_tag(metadata.get("language")) or detect(text),
            url=canonical_url(metadata.get("url")),
            title=one_line(metadata.get("title")),
            outlet=one_line(metadata.get("outlet")),
            published=iso_date(metadata.get("published")),
        ),
    )


def check_text(text: str) -> None:
    """Refuse a text that no article can hold.

    Raises:
        UnreadableError: as for :func:`document`.
    """
    if not text.strip():
        raise UnreadableError("empty: no text")
    if "\0" in text:
        raise UnreadableError("binary: the text holds NUL characters")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise UnreadableError(
            f"no valid Unicode at character {error.start}: a broken byte or half a surrogate pair"
        ) from None
    check_size(size)


def check_size(size: int) -> None:
    """Refuse a document of more than :data:`MAX_DOCUMENT_BYTES` bytes.

    Raises:
        UnreadableError: it is longer.
    """
    if size > MAX_DOCUMENT_BYTES:
        raise UnreadableError(f"too long: more than {MAX_DOCUMENT_BYTES // 1_000_000} MB in one document; split it")

"""Web pages: the main text and what the page says about itself, by trafilatura."""

import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

from ingest.documents import Document
from ingest.readers.decoding import decode
from ingest.readers.documents import UnreadableError, check_size, document

if TYPE_CHECKING:
    from configparser import ConfigParser

MIN_TEXT = 50
"""Characters from which on the found article counts as found, below which trafilatura takes the whole page
instead; its own 250 puts the menus into short dispatches."""

SHORTEST_ARTICLE = 25
"""Characters under which what was found is no article but a crumb of a broken or empty page."""

# Only dates the page states, and no bound that moves with the clock: the date is part of the article's id.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "max_date": "2100-01-01"}
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>")


def read_page(name: str, data: bytes, *, url: str | None = None, charset: str | None = None) -> Document:
    """The document of an HTML page.

    Args:
        name: the document's name.
        data: the page as stored or sent.
        url: where it was fetched from, ``None`` for a file; what the page calls its canonical URL comes first.
        charset: the encoding the server named.

    Raises:
        UnreadableError: no article text is found, the page is cut off or its bytes are damaged, or it is too long.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415  # slow to import: two seconds
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415

    check_size(len(data))
    page = _decoded(data, charset)
    if page.rfind("<") > page.rfind(">"):
        raise UnreadableError("broken: the page is cut off inside a tag")
    found = bare_extraction(
        page,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
        config=_config(),
    )
    fields = found.as_dict() if isinstance(found, Extracted) else {}
    text = fields.get("text")
    if not text or len(text.strip()) < SHORTEST_ARTICLE:
        raise UnreadableError("no article text found in the page")
    if "\ufffd" in text:
        raise UnreadableError("invalid UTF-8 in the page's text and no other encoding fits")
    own = {"url": fields["url"] or url, "outlet": fields["sitename"], "published": fields["date"]}
    return document(name, text, {"title": fields["title"], **own})


def _decoded(data: bytes, charset: str | None) -> str:
    declared = _DECLARED.search(data[:4096])
    label = charset or (declared[1].decode("ascii", "replace") if declared else None)
    try:
        text = decode(data, label)
    except UnreadableError:
        if b"\0" in data:
            raise
        # A stray byte in a menu or a script is no reason to lose the article.
        text = data.decode("utf-8", "replace")
    return _PROLOG.sub("", text, count=1)  # lxml refuses a decoded page that names an encoding


@cache
def _config() -> "ConfigParser":
    from trafilatura.settings import DEFAULT_CONFIG  # noqa: PLC0415

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(MIN_TEXT)
    return config

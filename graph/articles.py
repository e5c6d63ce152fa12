"""An article: the text that claims are read from, and where it comes from."""

import hashlib
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``published`` is an ISO 8601 date (``2025-07-12``), ``language`` a BCP 47 tag.

    ``url`` is the canonical URL and ``None`` for a local file. ``text`` is the text as it was read: spans count
    its Unicode code points. ``id`` is 32 hexadecimal digits, a hash of text, URL, outlet and date; title and
    language are not part of it, nor is the path of a file.
    """

    text: str = field(repr=False)
    language: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_hash(self.text, self.url, self.outlet, self.published))


def content_hash(*parts: str | int | bool | None) -> str:
    """32 hexadecimal digits (128 bits of SHA-256) over the parts, each prefixed by its length.

    The lengths keep ``("ab", "c")`` and ``("a", "bc")`` apart; ``None`` and ``""`` differ.
    """
    whole = bytearray()
    for part in parts:
        if part is None:
            whole += b"-"
        else:
            data = str(part).encode("utf-8", "surrogatepass")
            whole += b"%d:" % len(data)
            whole += data
    return hashlib.sha256(whole).hexdigest()[:32]


def day_of(published: str | None) -> date | None:
    """The day of a full ISO 8601 date; a month or a year alone is none."""
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None

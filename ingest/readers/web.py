"""How a URL is fetched, and what comes back; the work is done by :mod:`ingest.readers.fetching`."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from ingest.readers.documents import UnreadableError


class LaterError(UnreadableError):
    """The server asks to be left alone for some time: ``seconds``, ``None`` when it does not say how long."""

    def __init__(self, reason: str, seconds: float | None) -> None:
        super().__init__(reason)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Version:
    """What a server calls the version of a page that it sent: the headers ``ETag`` and ``Last-Modified``."""

    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the ``url`` after redirects, the body, media type (``text/html``) and charset."""

    url: str
    data: bytes
    media_type: str
    charset: str | None
    version: Version = Version(None, None)


@dataclass(frozen=True, slots=True)
class Web:
    """How URLs are fetched.

    ``timeout`` is in seconds and for the whole of it, redirects included. ``allowed`` are addresses that may be
    reached although they are not public (``127.0.0.1``); it is for tests and for code that chose the URL
    itself, and no option of the command sets it. ``known``, where it is given, keeps the version of each page: one
    that is the same is not sent again (RFC 9110, 13.1, conditional requests).
    """

    timeout: float = 30.0
    max_redirects: int = 5
    allowed: frozenset[str] = frozenset()
    known: MutableMapping[str, Version] | None = field(default=None, compare=False)

    def fetch(self, url: str) -> Page | None:
        """The page at an http or https URL; ``None`` when it is the version that is known.

        Raises:
            LaterError: the server asks to come back later.
            UnreadableError: it cannot be reached, must not be, answers with an error, or is too long.
        """
        from ingest.readers.fetching import fetch  # noqa: PLC0415  # the HTTP client: not for reading files

        page = fetch(url, self, (self.known or {}).get(url))
        if page and self.known is not None:
            self.known[url] = page.version
        return page

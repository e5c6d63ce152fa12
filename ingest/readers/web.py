"""How a URL is fetched, and what comes back; the work is done by :mod:`ingest.readers.fetching`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the ``url`` after redirects, the body, media type (``text/html``) and charset."""

    url: str
    data: bytes
    media_type: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Web:
    """How URLs are fetched.

    ``timeout`` is in seconds and for the whole of it, redirects included. ``allowed`` are addresses that may be
    reached although they are not public (``127.0.0.1``); it is for tests and for code that chose the URL
    itself, and no option of the command sets it.
    """

    timeout: float = 30.0
    max_redirects: int = 5
    allowed: frozenset[str] = frozenset()

    def fetch(self, url: str) -> Page:
        """The page at an http or https URL.

        Raises:
            UnreadableError: it cannot be reached, must not be, answers with an error, or is too long.
        """
        from ingest.readers.fetching import fetch  # noqa: PLC0415  # the HTTP client: not for reading files

        return fetch(url, self)

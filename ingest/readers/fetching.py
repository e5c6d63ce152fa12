"""Fetching one URL, never from an address inside: the reader may be given any URL by anybody.

Each host is resolved here, every address it has is checked, and the connection goes to a checked address and
not to the name; so a name that changes between check and connection changes nothing. Redirects pass the same
way. Proxies from the environment are not used, since behind one the address could not be checked.
"""

import asyncio
import datetime as dt
import ipaddress
import socket
from email.message import Message
from email.utils import parsedate_to_datetime

import httpx

from ingest.readers.documents import UnreadableError, check_size
from ingest.readers.web import LaterError, Page, Version, Web

_LATER = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_USER_AGENT = "Qawl/0.1 (reads single articles for research)"

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def fetch(url: str, web: Web, known: Version | None = None) -> Page | None:
    """The page at an http or https URL; ``None`` when the server says that it is the ``known`` version.

    Raises:
        UnreadableError: as for :meth:`Web.fetch`.
    """
    try:
        return asyncio.run(_fetch(url, web, known))
    except TimeoutError:
        raise UnreadableError(f"not reachable: no complete answer within {web.timeout:g} seconds") from None
    except httpx.HTTPStatusError as error:
        answer = error.response
        if answer.status_code in _LATER:
            reason = f"the server asks to come back later ({answer.status_code} {answer.reason_phrase})"
            raise LaterError(reason, _seconds(answer.headers.get("Retry-After"))) from None
        raise UnreadableError(f"the server answered {answer.status_code} {answer.reason_phrase}".rstrip()) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise UnreadableError(f"not reachable: {error or type(error).__name__}") from None


def _seconds(retry_after: str | None) -> float | None:
    """The seconds that a ``Retry-After`` header asks for (RFC 9110, 10.2.3): a number, or until a date."""
    if not retry_after:
        return None
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max((moment.astimezone(dt.UTC) - dt.datetime.now(dt.UTC)).total_seconds(), 0.0)


async def _fetch(url: str, web: Web, known: Version | None) -> Page | None:
    client = httpx.AsyncClient(
        transport=_GuardedTransport(web.allowed),
        follow_redirects=True,
        max_redirects=web.max_redirects,
        timeout=web.timeout,
        trust_env=False,
        headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip, deflate", **_conditions(known)},
    )
    async with asyncio.timeout(web.timeout), client, client.stream("GET", url) as answer:
        if known and answer.status_code == httpx.codes.NOT_MODIFIED:
            return None
        answer.raise_for_status()
        data = bytearray()
        async for chunk in answer.aiter_bytes():
            data += chunk
            check_size(len(data))
        version = Version(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
        return Page(str(answer.url), bytes(data), *_content_type(answer.headers.get("Content-Type")), version)


def _conditions(known: Version | None) -> dict[str, str]:
    """The headers that ask for the page only if it is another version."""
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in conditions.items() if value}


def _content_type(header: str | None) -> tuple[str, str | None]:
    """Media type (empty where there is none) and charset of a Content-Type header."""
    if not header:
        return "", None
    message = Message()
    message["Content-Type"] = header
    return message.get_content_type(), message.get_content_charset()


class _GuardedTransport(httpx.AsyncBaseTransport):
    """Sends each request to an address of its host that was checked, under the host's name."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        # No connection is kept: one to the same address could have been made for another host's certificate.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check and send; each address of the host is tried in turn.

        Raises:
            UnreadableError: the scheme is another, or an address of the host is not public.
            httpx.TransportError: no address answers.
        """
        if request.url.scheme not in ("http", "https"):
            raise UnreadableError(f"not fetched: only http and https URLs are, and not {request.url.scheme}:")
        failure: httpx.TransportError | None = None
        for address in await self._addresses(request.url):
            try:
                return await self._inner.handle_async_request(_to_address(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure or httpx.ConnectError(f"{request.url.host} has no address")

    async def _addresses(self, url: httpx.URL) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            # raw_host is the name in ASCII, an IPv6 address without its brackets
            host = url.raw_host.decode("ascii").strip("[]")
            found = await loop.getaddrinfo(host, url.port or 0, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise UnreadableError(f"not reachable: the host {url.host} is not known ({error.strerror})") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if address not in self._allowed and not is_public(address):
                raise UnreadableError(f"not fetched: {url.host} leads to {address}, which is not a public address")
        return addresses

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()


def _to_address(request: httpx.Request, address: str) -> httpx.Request:
    """The same request, sent to the address; certificate and Host header stay those of the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also inside the IPv6 forms that carry an IPv4 one."""
    found: IPAddress = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved

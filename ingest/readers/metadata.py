"""Metadata as articles keep them: a date, a URL, a language tag, a line of text."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urlsplit, urlunsplit

# The month names of the Levant and Iraq (CLDR, ar-SY), with those of Egypt, which are all that dateparser knows.
_LEVANTINE_MONTHS = {
    "كانون الثاني": "يناير",
    "شباط": "فبراير",
    "آذار": "مارس",
    "نيسان": "أبريل",
    "أيار": "مايو",
    "حزيران": "يونيو",
    "تموز": "يوليو",
    "آب": "أغسطس",
    "أيلول": "سبتمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}
_THREE_LETTER_TAGS = {"ara": "ar", "arb": "ar", "eng": "en"}


def one_line(value: object) -> str | None:
    """A value as one line without control characters; ``None`` for nothing, a structure or an empty line."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    text = "".join(character if character.isprintable() else " " for character in str(value))
    return " ".join(text.split()) or None


def iso_date(value: object) -> str | None:
    """The date (``2025-07-12``) of a date, a time or a text that names one, in its own time zone.

    ``None`` for what cannot be read, and for what can be read as two dates (``03/04/2025``).
    """
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    text = one_line(value)
    return _standard_date(text) or _written_date(text) if text else None


def _standard_date(text: str) -> str | None:
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date().isoformat()
        except (ValueError, IndexError, TypeError):
            continue
    return None


def _written_date(text: str) -> str | None:
    import dateparser  # noqa: PLC0415  # slow to import, and few articles need it

    if len(text) > 100:
        return None
    for levantine, egyptian in _LEVANTINE_MONTHS.items():
        text = text.replace(levantine, egyptian)
    dates = set()
    for order in ("DMY", "MDY"):
        settings = {"DATE_ORDER": order, "PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
        found = dateparser.parse(text, languages=["en", "ar"], settings=settings)
        dates.add(found.date().isoformat() if found else None)
    return dates.pop() if len(dates) == 1 else None


def canonical_url(value: object) -> str | None:
    """The URL in one spelling: host in lower case, without fragment, credentials and tracking parameters.

    ``None`` for what is no http or https URL.
    """
    from courlan import clean_url  # noqa: PLC0415  # slow to import, and local files have no URL

    text = one_line(value)
    try:
        parts = urlsplit(urldefrag(clean_url(text) or "").url if text else "")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:  # a bracket that is no IPv6 address, a port that is no number
        return None
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def language_tag(value: object) -> str | None:
    """The primary subtag (``ar``) of a BCP 47 tag such as ``ar-EG`` or ``ar_EG``; ``None`` for anything else."""
    found = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", (one_line(value) or "").lower())
    return _THREE_LETTER_TAGS.get(found[1], found[1]) if found else None

"""From bytes to text: byte-order marks, UTF-8, and the older encodings of Arabic and Western news."""

import codecs
import io
import re
from typing import Any, BinaryIO, TextIO

from charset_normalizer import from_bytes

from ingest.readers.documents import UnreadableError

SAMPLE_BYTES = 1_000_000
"""As much of a file of records is looked at to tell its encoding."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ["cp1256", "iso8859_6", "cp1252"]

# What may stand anywhere in Western text, beside a digit, and as a word of one letter.
_PUNCTUATION = frozenset("‘’‚“”„–—…«»•·\xa0\xad¿¡ºª©®™§")
_BESIDE_DIGITS = frozenset("°€£½¼¾²³±×")
_ONE_LETTER_WORDS = frozenset("àÀéÉóÓúÚôâêíÍ")
_WESTERN_LETTERS = frozenset("ÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜŒŠŽßàáâãäåæçèéêëìíîïñòóôõöøùúûüœšž")
_ARABIC_LETTER = re.compile(r"[\u0621-\u0652\u067e\u0686\u0698\u06af]")
_COMMON_ARABIC = re.compile(r"[اليمونرتبةعدسف]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a whole document, without its byte-order mark and otherwise unchanged.

    Args:
        data: the bytes.
        declared: the encoding that a header or the page itself names, tried after marks and UTF-8.

    Raises:
        UnreadableError: binary data, or bytes that no encoding fits.
    """
    encoding, mark = _encoding(data, declared)
    try:
        return data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"invalid {encoding.upper()} at byte {error.start + mark}") from None


def open_text(stream: BinaryIO, *, newline: str) -> TextIO:
    """The text of a file of records, its encoding told from its first megabyte.

    Bytes that do not fit become surrogates, so that only the record they stand in is lost.

    Args:
        stream: the file's bytes, from the start; it need not seek.
        newline: as for :func:`open`.

    Raises:
        UnreadableError: as for :func:`decode`, or there is nothing in it.
    """
    head = _read_up_to(stream, SAMPLE_BYTES)
    if not head:
        raise UnreadableError("empty: no text")
    sample = head
    if len(head) == SAMPLE_BYTES:
        sample = head[: head.rfind(b"\n") + 1] or head[:-4]
    try:
        encoding, mark = _encoding(sample, None)
    except InvalidUtf8Error:
        encoding, mark = "utf-8", 0
    raw = io.BufferedReader(_Rejoined(head[mark:], stream), SAMPLE_BYTES)
    return io.TextIOWrapper(raw, encoding, "surrogateescape", newline)


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """The next ``size`` bytes, fewer only at the end: what unpacks may give less than it is asked for."""
    pieces = bytearray()
    while len(pieces) < size and (piece := stream.read(size - len(pieces))):
        pieces += piece
    return bytes(pieces)


class _Rejoined(io.RawIOBase):
    """A stream with what was already read of it put back in front."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class InvalidUtf8Error(UnreadableError):
    """The bytes are no UTF-8, and no other encoding fits them either."""


def _encoding(data: bytes, declared: str | None) -> tuple[str, int]:
    """The encoding of the bytes, and how many of them are a byte-order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked_wide(data, mark, encoding), len(mark)
    if b"\0" in data:
        return _unmarked_wide(data), 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, declared, error), 0
    return "utf-8", 0


def _checked_wide(data: bytes, mark: bytes, encoding: str) -> str:
    """``encoding``, unless its mark is two stray bytes before some other text."""
    body = data[len(mark) :]
    # In UTF-16 and UTF-32 every space, digit and line end has a NUL byte.
    if encoding != "utf-8" and b"\0" not in body and not _usual(body.decode(encoding, "replace")):
        raise InvalidUtf8Error(
            f"invalid UTF-8 at byte 0; it begins with the mark of {encoding.upper()} and is not in it"
        )
    return encoding


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without a mark, told by NUL bytes that all stand on one side of the pairs."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if even == 0 else "utf-16-be" if odd == 0 else None
    if encoding and len(data) % 2 == 0 and _usual(data.decode(encoding, "replace")):
        return encoding
    raise UnreadableError(f"binary: a NUL byte at byte {data.index(0)}")


def _usual(text: str) -> bool:
    """Whether nearly all of it is printable and of the European, Hebrew and Arabic blocks."""
    usual = sum(character < "\u0700" and (character.isprintable() or character in "\t\r\n") for character in text)
    return usual >= 0.9 * len(text)


def _legacy(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    """The one-byte encoding that fits, for bytes that are not UTF-8.

    Raises:
        InvalidUtf8Error: none fits, or most of what is not ASCII is UTF-8.
    """
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    whole = sum(character > "\x7f" for character in text) - broken
    if whole < broken:
        for encoding in (_known(declared), _guess(data)):
            if encoding and _fits(data, encoding):
                return encoding
    raise InvalidUtf8Error(f"invalid UTF-8 at byte {error.start} and no other encoding fits")


def _known(label: str | None) -> str | None:
    """Python's name for a label; on the web ISO 8859-1 and ASCII mean Windows-1252."""
    try:
        name = codecs.lookup(label or "").name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _guess(data: bytes) -> str | None:
    best = from_bytes(data[:SAMPLE_BYTES], cp_isolation=_LEGACY).best()
    return _known(best.encoding) if best else None


def _fits(data: bytes, encoding: str) -> bool:
    """Whether the bytes, so read, look like something people wrote."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    foreign = [place for place, character in enumerate(text) if character > "\x7f"]
    if encoding in ("cp1256", "iso8859-6"):
        letters = len(_ARABIC_LETTER.findall(text))
        return letters > 0.8 * len(foreign) and len(_COMMON_ARABIC.findall(text)) > 0.5 * letters
    return encoding != "cp1252" or all(_western(text, place) for place in foreign)


def _western(text: str, place: int) -> bool:
    """Whether the character there, read as Windows-1252, is one that Western news has in such a place."""
    character, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if character in _BESIDE_DIGITS:
        return any(near.isdigit() for near in text[max(place - 2, 0) : place + 3])
    if character in _WESTERN_LETTERS:
        beside_letter = before.isalpha() or after.isalpha()
        damaged = character.isupper() and before.islower()  # "cafÃ©"
        return not damaged and (beside_letter or character in _ONE_LETTER_WORDS)
    return character in _PUNCTUATION

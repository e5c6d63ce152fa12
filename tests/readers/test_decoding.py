"""Bytes to text: marks, UTF-8, the older encodings, and what is refused."""

import pytest

from ingest.readers.decoding import decode
from ingest.readers.documents import UnreadableError

ARABIC = (
    "قال وزير الخارجية الروسي إن بلاده تحذر الولايات المتحدة من مواصلة إرسال السلاح، وأضاف أن الرد لن يتأخر.\n"
    "ونفى متحدث باسم الحكومة هذه الاتهامات، مؤكدا أن المفاوضات مستمرة."
)
FRENCH = "Le président a déclaré à Genève : « Nous sommes prêts à négocier », a-t-il ajouté. C’est l’été."
ENGLISH = "The minister said: “We will not accept this” – and left the café."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (ARABIC, "utf-32"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
        (ARABIC[:40], "cp1256"),
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
    ],
)
def test_reads_the_encodings_of_news(text, encoding):
    assert text == decode(text.encode(encoding))


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "  padded \n\n", "e\u0301 \u0644\u0627 \ufeff inside", "\u2028x"])
def test_changes_nothing_but_the_mark(text):
    assert text == decode(text.encode())
    assert text == decode(b"\xef\xbb\xbf" + text.encode())


@pytest.mark.parametrize(
    "data",
    [
        ARABIC.encode()[:101] + b"\xff" + ARABIC.encode()[101:],
        ARABIC.encode()[:-2],
        ARABIC.encode() + b"\xc3\x28",
        FRENCH.encode() + b"\xe9",
        b"Plain text with \xff\xfe\xfa in it.",
        b"Plain text with \xc3\x28 in it.",
        b"The caf\xc3 is damaged.",
        b"Only \x80 one stray byte.",
        b"\xff\xfeThis is no UTF-16 at all.",
        b"\x81\x8d\x8f\x90\x9d",
    ],
)
def test_damaged_text_is_refused_and_not_read_as_something_else(data):
    with pytest.raises(UnreadableError, match=r"invalid UTF-8 at byte \d+"):
        decode(data)


def test_the_place_of_the_first_bad_byte_is_named():
    with pytest.raises(UnreadableError, match="at byte 5 "):
        decode("قا".encode() + b" \xff " + ARABIC.encode())


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\0\0\0\0\x03\0>\0\x01", bytes(range(256)) * 4, b"text\0text"])
def test_binary_data_is_refused(data):
    with pytest.raises(UnreadableError, match="binary"):
        decode(data)


def test_a_declared_encoding_is_taken_when_it_fits():
    russian = "Министр предупредил о последствиях"
    assert russian == decode(russian.encode("cp1251"), "windows-1251")

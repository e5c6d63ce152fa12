"""Files and folders: what becomes a document, character for character, and what is set aside and why."""

import json
import os

import pytest

from graph.articles import Article
from ingest.readers import MAX_DOCUMENT_BYTES, Document, SetAside, read

ARABIC = "قال الوزير إن بلاده تحذر واشنطن.\nوأضاف أن الرد قريب."
ENGLISH = "The minister said that his country warns Washington.\r\nHe left.\n"


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only(path, **options):
    (item,) = read(path, **options)
    return item


def reason(path):
    item = only(path)
    assert isinstance(item, SetAside), item
    assert str(path) in item.name
    return item.reason


# --- plain text and Markdown ---


def test_plain_text_is_kept_to_the_character(tmp_path):
    path = put(tmp_path, "a.txt", b"\xef\xbb\xbf  " + ENGLISH.encode() + b"e\xcc\x81 \n")

    assert Document(str(path), Article(text="  " + ENGLISH + "e\u0301 \n", language="en")) == only(path)


def test_a_relative_path_is_the_name_as_given(tmp_path, monkeypatch):
    put(tmp_path, "folder/a.txt", ARABIC)
    monkeypatch.chdir(tmp_path)

    assert only("folder/../folder/a.txt").name == "folder/../folder/a.txt"


def test_front_matter_is_metadata_and_the_rest_is_the_text(tmp_path):
    front = (
        "---\nurl: https://example.org/1?utm_source=x\ntitle: 'A: b'\noutlet: Test wire\n"
        "published: 2025-07-12\nlanguage: en\n---\n"
    )
    path = put(tmp_path, "a.md", front + "\n# Heading\r\n\r\n" + ENGLISH)
    expected = Article(
        text="\n# Heading\r\n\r\n" + ENGLISH,
        language="en",
        url="https://example.org/1",
        title="A: b",
        outlet="Test wire",
        published="2025-07-12",
    )

    assert expected == only(path).article


@pytest.mark.parametrize(
    "text",
    [ENGLISH, "---\n" + ENGLISH, "---\nonly a line between rules\n---\n" + ENGLISH, "----\ntitle: x\n----\n" + ENGLISH],
)
def test_markdown_without_front_matter_is_whole_text(tmp_path, text):
    assert text == only(put(tmp_path, "a.md", text)).article.text


def test_front_matter_with_windows_line_ends_and_an_unreadable_date(tmp_path):
    path = put(tmp_path, "a.md", "---\r\npublished: some day\r\nlanguage: Arabic\r\n---\r\n" + ARABIC)

    assert Article(text=ARABIC, language="ar") == only(path).article


def test_front_matter_that_is_no_yaml_is_set_aside(tmp_path):
    assert "front matter is no YAML" in reason(put(tmp_path, "a.md", "---\ntitle: one: two\n---\n" + ENGLISH))
    assert "front matter is no YAML" in reason(put(tmp_path, "b.md", "---\npublished: 2025-02-31\n---\n" + ENGLISH))


def test_a_file_without_a_suffix_is_plain_text(tmp_path):
    assert ARABIC == only(put(tmp_path, "article", ARABIC)).article.text


# --- HTML ---

PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>تحذير جديد - موقع</title>
<meta property="og:site_name" content="Test wire"><link rel="canonical" href="https://example.org/a/1#top">
<meta property="article:published_time" content="2025-07-12T23:30:00-05:00"></head>
<body><nav><a href="/">Home</a> <a href="/b">Sport</a></nav><article><h1>تحذير جديد</h1>
<p>قال الوزير &amp; السفير إن بلادهما تحذران واشنطن.</p><p>وأضاف أن الرد قريب جدا هذه المرة.</p></article>
<footer>All rights reserved</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_gives_its_main_text_and_metadata(tmp_path, charset):
    article = only(put(tmp_path, "a.html", PAGE.format(charset=charset).encode(charset))).article

    assert "قال الوزير & السفير إن بلادهما تحذران واشنطن.\nوأضاف أن الرد قريب جدا هذه المرة." in article.text
    assert "Sport" not in article.text
    assert article.url == "https://example.org/a/1"
    assert article.outlet == "Test wire"
    assert article.published == "2025-07-12"
    assert article.title == "تحذير جديد"
    assert article.language == "ar"


def test_a_page_gives_the_same_article_every_time(tmp_path):
    path = put(tmp_path, "a.html", PAGE.format(charset="utf-8"))

    assert only(path) == only(path)


def test_a_stray_byte_outside_the_text_costs_nothing_and_inside_the_page(tmp_path):
    page = PAGE.format(charset="utf-8").encode()

    assert isinstance(only(put(tmp_path, "a.html", page.replace(b"Sport", b"Sp\xffrt"))), Document)
    assert "invalid UTF-8" in reason(put(tmp_path, "b.html", page.replace(b"&amp;", b"\xff")))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<html><head><title>Broken",
        b"<<<>>><p>",
        b"<html><script>x()</script>",
        b"<p>unclosed <b>words",
        b"<div>" * 20_000 + b"x",
        b"just words",
    ],
)
def test_a_page_without_text_is_set_aside(tmp_path, data):
    assert "no article text" in reason(put(tmp_path, "a.html", data))


def test_a_page_that_is_cut_off_is_set_aside(tmp_path):
    page = PAGE.format(charset="utf-8")

    assert "cut off" in reason(put(tmp_path, "a.html", page[: page.index("footer") + 3]))


# --- JSON Lines ---


def test_json_lines(tmp_path):
    full = {
        "id": "r1",
        "text": ARABIC,
        "url": "https://example.org/1",
        "title": "T",
        "outlet": "O",
        "published": "2025-07-12T10:00:00Z",
        "language": "ar",
        "other": [1],
    }
    lines = [json.dumps(full), "", '{"text": "He said \\r\\n no.", "id": 7}', json.dumps({"text": ENGLISH})]
    path = put(tmp_path, "a.jsonl", "\ufeff" + "\n".join(lines))
    first, second, third = read(path)

    assert first == Document(
        f"{path}#r1",
        Article(
            text=ARABIC,
            language="ar",
            url="https://example.org/1",
            title="T",
            outlet="O",
            published="2025-07-12",
        ),
    )
    assert (second.name, second.article.text) == (f"{path}#7", "He said \r\n no.")
    assert (third.name, third.article.text) == (f"{path}#4", ENGLISH)


def test_each_bad_line_is_set_aside_and_the_rest_is_read(tmp_path):
    bad = {
        2: (b"{not json", "no JSON"),
        3: (b"[1, 2]", "no JSON object but a list"),
        4: (b'{"title": "x"}', "no text"),
        5: (b'{"text": 5}', "no text"),
        6: (b'{"text": "  "}', "empty"),
        7: (b'{"text": "a \\ud800 b"}', "no valid Unicode"),
        8: (b'{"text": "a \xff b"}', "no valid Unicode"),
        9: (b'{"text": "a \\u0000 b"}', "NUL"),
        10: (b"[" * 200_000, "nested too deeply"),
        11: (json.dumps({"text": "x" * (MAX_DOCUMENT_BYTES + 1)}).encode(), "too long"),
        12: (b'{"text": "' + b"x" * (5 * MAX_DOCUMENT_BYTES) + b'"}', "too long"),
        13: (b'{"text": "a", "url": 1' + b"9" * 5_000 + b"}", "no JSON"),
    }
    good = json.dumps({"text": ENGLISH}).encode()
    path = put(tmp_path, "a.jsonl", b"\n".join([good, *(line for line, _ in bad.values()), good]))
    items = list(read(path))

    assert [f"{path}#1", f"{path}#14"] == [item.name for item in items if isinstance(item, Document)]
    aside = {item.name: item.reason for item in items if isinstance(item, SetAside)}
    assert set(aside) == {f"{path}#{number}" for number in bad}
    for number, (_, expected) in bad.items():
        assert expected in aside[f"{path}#{number}"]


def test_json_lines_written_by_a_windows_shell(tmp_path):
    path = put(tmp_path, "a.jsonl", (json.dumps({"text": ARABIC}, ensure_ascii=False) + "\r\n").encode("utf-16"))

    assert ARABIC == only(path).article.text


# --- CSV ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256"])
def test_csv(tmp_path, delimiter, encoding):
    rows = [
        ["id", "Text", "published"],
        ["r1", '"قال ""لا"", ثم قال نعم;\r\nوخرج الوزير من القاعة إلى السفارة"', "2025-07-12"],
        ["", '"وقالت الحكومة إن الاتهامات ""باطلة"""', ""],
    ]
    path = put(tmp_path, "a.csv", "\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    first, second = read(path)

    assert (first.name, first.article.published) == (f"{path}#r1", "2025-07-12")
    assert 'قال "لا", ثم قال نعم;\r\nوخرج الوزير من القاعة إلى السفارة' == first.article.text
    assert (second.name, second.article.text) == (f"{path}#4", 'وقالت الحكومة إن الاتهامات "باطلة"')


def test_csv_without_the_column_is_set_aside(tmp_path):
    assert "no column 'text'" in reason(put(tmp_path, "a.csv", "title,body\nx,y\n"))
    assert "title, body" in reason(put(tmp_path, "a.csv", "title,body\nx,y\n"))


def test_bad_rows_of_a_csv_are_set_aside_and_the_rest_is_read(tmp_path):
    huge = b'"' + b'He said ""no"", and left.\n' * (MAX_DOCUMENT_BYTES // 4) + b'"'
    rows = [b"id,text", b"a,First.", b"b," + huge, b"c", b"d,broken \xff byte", b"e,   ", b"f,Last."]
    path = put(tmp_path, "a.csv", b"\n".join(rows))
    items = list(read(path))

    assert [f"{path}#a", f"{path}#f"] == [item.name for item in items if isinstance(item, Document)]
    reasons = [item.reason.split(":")[0] for item in items if isinstance(item, SetAside)]
    assert reasons == ["too long", "no text", "no valid Unicode at character 7", "empty"]
    assert next(item.name for item in items if isinstance(item, SetAside)) == f"{path}#3"


# --- feeds ---

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Test &amp; wire</title><link>https://example.org</link>
<item><title>One</title><link>https://example.org/1?utm_source=rss</link><guid>g1</guid>
<pubDate>Sat, 12 Jul 2025 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The minister <b>said</b> no.</p><script>x()</script><p>He&nbsp;left &amp; went.</p>]]>
</content:encoded></item>
<item><title>Two</title><link>https://example.org/2</link>
<description>&lt;p&gt;وقال الوزير لا.&lt;/p&gt;</description></item>
<item><title>Three</title><link>https://example.org/3</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>urn:x:1</id><title>One</title><link href="https://example.org/1"/><updated>2025-07-12T10:00:00Z</updated>
<content type="html">&lt;p&gt;The minister said no.&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path):
    path = put(tmp_path, "a.xml", RSS)
    first, second, third = read(path)

    assert first == Document(
        f"{path}#g1",
        Article(
            text="The minister said no.\nHe left & went.",
            language="en",
            url="https://example.org/1",
            title="One",
            outlet="Test & wire",
            published="2025-07-12",
        ),
    )
    assert (second.name, second.article.text) == (f"{path}#https://example.org/2", "وقال الوزير لا.")
    assert third == SetAside(f"{path}#https://example.org/3", "empty: no text")


def test_atom(tmp_path):
    article = only(put(tmp_path, "a.atom", ATOM)).article

    assert ("The minister said no.", "https://example.org/1") == (article.text, article.url)
    assert article.published == "2025-07-12"


def test_xml_that_is_no_feed_is_set_aside(tmp_path):
    assert "neither a feed" in reason(put(tmp_path, "a.xml", "<?xml version='1.0'?><catalog><cd/></catalog>"))
    assert "no entries" in reason(put(tmp_path, "a.rss", "<rss version='2.0'><channel></channel></rss>"))


def test_a_feed_cannot_reach_other_files_nor_fill_the_memory(tmp_path):
    secret = put(tmp_path, "secret", "the secret words")
    entities = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY a "{"ha" * 5000}">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in ("ab", "bc", "cd", "de")
    )
    feed = (
        entities + "]><rss version='2.0'><channel><item><description>&x; said &e;</description></item></channel></rss>"
    )
    for item in read(put(tmp_path, "a.xml", feed)):
        assert isinstance(item, SetAside) or "secret words" not in item.article.text


# --- what is set aside as a whole ---


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.md", b"---\ntitle: x\n---\n", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.csv", b"", "empty"),
        ("a.txt", b"\x7fELF\x02\x01\0\0\0", "binary"),
        ("a.jsonl", b"\x7fELF\x02\x01\0\0\0", "binary"),
        ("a.html", b"\x7fELF\x02\x01\0\0\0", "binary"),
        ("a.txt", b"valid then \xff\xfe not", "invalid UTF-8 at byte 11"),
        ("a.pdf", b"%PDF-1.7", ".pdf are not read"),
        ("a.json", b"{}", ".json are not read"),
    ],
)
def test_set_aside(tmp_path, name, data, expected):
    assert expected in reason(put(tmp_path, name, data))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.xml"])
def test_a_document_of_50_mb_is_set_aside(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.writelines(ENGLISH.encode() * 1000 for _ in range(50_000_000 // (1000 * len(ENGLISH)) + 1))

    assert "too long: more than 10 MB" in reason(path)


def test_a_file_of_records_may_be_larger_than_a_document(tmp_path):
    path = tmp_path / "a.jsonl"
    line = json.dumps({"text": ENGLISH * 2_000}).encode() + b"\n"
    with path.open("wb") as file:
        file.writelines(line for _ in range(2 * MAX_DOCUMENT_BYTES // len(line)))

    assert path.stat().st_size // len(line) == sum(isinstance(item, Document) for item in read(path))


def test_what_is_not_there_is_set_aside(tmp_path):
    assert "No such file" in reason(tmp_path / "nothing.txt")
    assert only("ftp://example.org/a.txt").reason == "not fetched: only http and https URLs are"


def test_a_file_that_cannot_be_opened_is_set_aside(tmp_path):
    path = tmp_path / "a.txt"
    path.symlink_to(path)

    assert "Too many levels of symbolic links" in reason(path)


# --- folders ---


def test_a_folder_is_walked_in_sorted_order(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/b/c.md", "c.pdf", ".hidden.txt", ".git/x.txt", "B.txt"]:
        put(tmp_path, name, ENGLISH)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "d.txt").symlink_to(tmp_path / "b.txt")
    names = [os.path.relpath(item.name, tmp_path) for item in read(tmp_path)]

    assert names == ["B.txt", "a/b/c.md", "a/z.txt", "b.txt", "c.pdf", "d.txt"]


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path):
    put(tmp_path, os.fsdecode(b"\xff.txt"), ENGLISH)

    assert only(tmp_path).name == f"{tmp_path}/\ufffd.txt"

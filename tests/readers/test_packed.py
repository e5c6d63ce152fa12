"""Compressed files and archives: the same documents as unpacked ones, in constant memory."""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from ingest.documents import Document, SetAside
from ingest.readers import read

TEXT = "قال الوزير إن بلاده تحذر واشنطن.\nوأضاف أن الرد قريب."
RECORDS = "".join(json.dumps({"id": n, "text": f"{TEXT} {n}"}) + "\n" for n in range(3)).encode()
CSV = b"id;text\n1;The minister said no.\n2;The minister said yes.\n"


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


COMPRESS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}


def tarred(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return made.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def found(path: Path) -> list[tuple[str, str]]:
    """Names (without the path's folder) and texts, or reasons."""
    return [
        (item.name.removeprefix(f"{path.parent}/"), item.article.text if isinstance(item, Document) else item.reason)
        for item in read(path)
    ]


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize(("name", "data"), [("a.jsonl", RECORDS), ("a.csv", CSV), ("a.txt", TEXT.encode())])
def test_a_compressed_file_is_read_as_the_plain_one(tmp_path: Path, suffix: str, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / f"{name}{suffix}").write_bytes(COMPRESS[suffix](data))

    plain = found(tmp_path / name)
    assert plain
    assert [(key.replace(name, name + suffix), text) for key, text in plain] == found(tmp_path / f"{name}{suffix}")


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tgz", lambda files: gzip.compress(tarred(files))),
        ("a.tar.zst", lambda files: zstd(tarred(files))),
    ],
)
def test_an_archive_gives_the_documents_of_its_files(tmp_path: Path, name: str, pack) -> None:
    files = {
        "wire/a.txt": TEXT.encode(),
        ".hidden/b.txt": TEXT.encode(),
        "wire/c.jsonl": RECORDS,
        "wire/d.txt": b"",
        "wire/e.exe": b"MZ",
        "wire/f.jsonl.gz": gzip.compress(RECORDS),
        "g.csv": CSV,
    }
    (tmp_path / name).write_bytes(pack(files))
    items = found(tmp_path / name)

    assert [
        (f"{name}#wire/a.txt", TEXT),
        *((f"{name}#wire/c.jsonl#{n}", f"{TEXT} {n}") for n in range(3)),
        (f"{name}#wire/d.txt", "empty: no text"),
    ] == items[:5]
    assert [f"{name}#wire/e.exe", f"{name}#wire/f.jsonl.gz", f"{name}#g.csv#1", f"{name}#g.csv#2"] == [
        key for key, _ in items[5:]
    ]
    assert "files ending in .exe are not read" in items[5][1]
    assert "packed twice: unpack it first" == items[6][1]


def test_what_is_cut_off_gives_what_comes_before_and_says_so(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": f"{TEXT} {n * 7919 % 10007}"}) + "\n" for n in range(50_000)).encode()
    for name, data in (("a.jsonl.gz", gzip.compress(lines)), ("a.tar", tarred({"a.jsonl": lines, "b.jsonl": lines}))):
        (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
        items = found(tmp_path / name)

        assert len(items) > 10_000
        assert ("damaged" in items[-1][1]) == (name in items[-1][0])
        assert any("damaged" in reason for _, reason in items[-2:]), items[-2:]


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar", "a.jsonl.gz", "a.jsonl.zst", "a.txt.xz", "a.tgz", "a.zip.gz", "a.gz.gz"]
)
def test_what_is_not_packed_as_its_name_says_is_set_aside(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive at all, but long enough to look at" * 30)
    (item,) = read(tmp_path / name)

    assert isinstance(item, SetAside)
    assert any(word in item.reason for word in ("damaged", "not readable", "packed twice")), item.reason


def test_an_encrypted_archive_says_what_to_do(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode()}))
    for place in (6, data.index(b"PK\x01\x02") + 8):  # the flag of encryption, in both of the entry's headers
        data[place] |= 1
    (tmp_path / "a.zip").write_bytes(data)

    assert "encrypted" in found(tmp_path / "a.zip")[0][1]


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.tar"])
def test_memory_does_not_grow_with_a_packed_file(tmp_path: Path, name: str) -> None:
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    data = line * 200_000
    (tmp_path / name).write_bytes(zstd(data) if name.endswith("zst") else tarred({"a.jsonl": data}))
    program = (
        "import resource, sys\n"
        "from ingest.readers import read\n"
        "items = read(sys.argv[1]); next(items)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(1 for _ in items)\n"
        "print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / name)], capture_output=True, text=True, check=True
    )
    count, megabytes = map(int, run.stdout.split())

    assert 199_999 == count
    assert megabytes < 20

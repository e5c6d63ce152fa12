"""Files on storage: the same documents as of files on the disk, by pyarrow's file systems and by fsspec's."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest

from ingest.documents import Document
from ingest.readers import SetAside, Stored, is_url, leaves, read, source_of

LINES = "\n".join(json.dumps({"text": f"Ann warns Bob of {number}.", "id": f"n{number}"}) for number in range(3))


@pytest.fixture
def folder(tmp_path):
    """Texts, records and archives in a folder, and what is passed over."""
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.txt").write_text("no")
    (tmp_path / "b" / "c" / "one #1 %20.txt").write_text("Ann warns Bob.")
    (tmp_path / "b" / "records.jsonl.gz").write_bytes(gzip.compress(LINES.encode()))
    (tmp_path / "z.jsonl").write_text(LINES + "\n{")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inner.txt", "Bob warns Ann.")
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        entry = tarfile.TarInfo("inner.jsonl")
        entry.size = len(LINES)
        archive.addfile(entry, io.BytesIO(LINES.encode()))
    (tmp_path / "bad.tar.gz").write_bytes(b"\x1f\x8b no")
    (tmp_path / "d.docx").write_bytes(b"?")
    return tmp_path


@pytest.mark.parametrize("scheme", ["file", "fsspec+local"])
def test_a_folder_on_storage_reads_as_one_on_the_disk(folder, scheme):
    root = f"{scheme}://{folder}"

    def found(source):
        return [
            (
                item.name.removeprefix(root).removeprefix(str(folder)),
                item.article if isinstance(item, Document) else item.reason,
            )
            for item in read(source)
        ]

    expected = found(folder)
    assert 14 == len(expected)
    assert expected == found(Stored.at(root))
    assert expected == found(Stored.at(f"{root}/"))


def test_sizes_of_the_files_are_known(folder):
    sizes = {leaf.name.rpartition("/")[2]: leaf.size for leaf in leaves(Stored.at(f"file://{folder}"))}

    assert (folder / "z.jsonl").stat().st_size == sizes["z.jsonl"]


def test_a_single_file(folder):
    assert ["n0", "n1", "n2"] == [
        item.name.rpartition("#")[2] for item in read(Stored.at(f"file://{folder}/b/records.jsonl.gz"))
    ]


@pytest.mark.parametrize("url", ["file:///no/such/file.txt", "nonesuch://host/file.txt"])
def test_what_cannot_be_reached_is_set_aside(url):
    [item] = read(Stored.at(url))

    assert isinstance(item, SetAside)
    assert url == item.name


def test_names_hold_no_password():
    assert "s3://bucket/news" == Stored.at("s3://key:secret@bucket/news?region=eu-west-1").name


def test_only_a_command_names_storage():
    assert Stored.at("s3://bucket/news") == source_of("s3://bucket/news")
    assert "https://example.org/a" == source_of("https://example.org/a")
    assert "folder/a.txt" == source_of("folder/a.txt")
    assert is_url("file:///etc/passwd")
    [item] = read("file:///etc/passwd")
    assert "not fetched: only http and https URLs are" == item.reason

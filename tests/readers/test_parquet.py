"""Parquet files: one document a row."""

import datetime as dt
import gzip
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

from graph.ledger import Ledger
from ingest.documents import Document, SetAside
from ingest.pipeline import ingest
from ingest.readers import read
from tests.pipeline.extractors import Warnings


def written(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_rows_are_documents_with_their_metadata(tmp_path):
    path = written(
        tmp_path / "a.parquet",
        text=["Ann warns Bob.", None, "قال الوزير إن الاجتماع انتهى."],
        id=["x", None, None],
        published=[dt.date(2024, 5, 1), None, dt.date(2024, 5, 2)],
        outlet=["Paper", None, None],
        other=[1, 2, 3],
    )
    first, second, third = read(path)

    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (f"{path}#x", "2024-05-01", "Paper") == (first.name, first.article.published, first.article.outlet)
    assert SetAside(f"{path}#2", "no text: the field or column 'text' is missing or holds no text") == second
    assert (f"{path}#3", "ar") == (third.name, third.article.language)


def test_a_ledgers_own_articles_can_be_read_again(tmp_path, workspace):
    (tmp_path / "a.txt").write_text("Ann warns Bob.")
    ingest(workspace, [tmp_path / "a.txt"], extractor=Warnings(), jobs=1)
    [file] = (workspace.ledger_path / "data").glob("*-articles.parquet")
    [again] = read(file)

    assert isinstance(again, Document)
    assert [again.article] == list(Ledger(workspace).view().articles())


def test_what_is_no_such_file_is_set_aside(tmp_path):
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(b"PAR1 and no more")
    other = written(tmp_path / "other.parquet", body=["x"])

    assert ["damaged"] == [item.reason.partition(":")[0] for item in read(damaged)]
    assert [SetAside(str(other), "no column 'text' (columns found: body)")] == list(read(other))


def test_packed_ones_are_read_where_their_end_can_be(tmp_path):
    plain = written(tmp_path / "a.parquet", text=["Ann warns Bob."])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(plain, "a.parquet")
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(plain.read_bytes()))

    for path in (tmp_path / "a.zip", tmp_path / "b.parquet.gz"):
        [item] = read(path)
        assert isinstance(item, Document)

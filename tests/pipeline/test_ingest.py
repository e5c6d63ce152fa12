"""From sources to the ledger: what is added, what is not, and what becomes of bad documents."""

import bz2
import gzip
import json
import lzma
import random

import pyarrow as pa
import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest import pipeline
from ingest.documents import SetAside
from ingest.pipeline import Interrupted, Progress, extract, ingest
from ingest.reading import PAGE_BYTES
from ingest.workers import Extraction
from tests.pipeline.extractors import NewerWarnings, Unloadable, Warnings

SEED = 2026
BOTH = pytest.mark.parametrize("jobs", [1, 3])


def zstd(data):
    return pa.Codec("zstd").compress(data).to_pybytes()


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def folder(tmp_path):
    """Twelve files, one of which cannot be read, and a file of records."""
    for number in range(12):
        put(tmp_path / "in", f"{number:02}.txt", f"Ann warns Bob that case {number} goes on. Bob warns Cid.")
    put(tmp_path / "in", "05.txt", b"bad \xff\xfa bytes")
    lines = [json.dumps({"text": f"Dan warns Eve about {n}. Dan warns Eve.", "title": f"T{n}"}) for n in range(5)]
    put(tmp_path / "in", "records.jsonl", "\n".join([*lines[:2], "{", *lines[2:]]))
    return tmp_path / "in"


def tables(workspace):
    view = Ledger(workspace).view()
    return [table.to_pylist() for table in (view.article_table(), view.claim_table(), view.entity_table())]


@BOTH
def test_all_is_in_the_ledger(folder, workspace, jobs):
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=jobs)

    assert (16, 27, 0) == (report.articles, report.claims, report.unchanged)
    assert [f"{folder}/05.txt", f"{folder}/records.jsonl#3"] == [item.name for item in report.set_aside]
    view = Ledger(workspace).view()
    assert (16, 27) == (view.counts().articles, view.counts().claims)
    articles = {article.id: article for article in view.articles()}
    for found in view.claims():
        span = found.claim.evidence
        assert span.text == articles[found.claim.document].text[span.start : span.end]


@BOTH
def test_the_same_again_adds_nothing(folder, workspace, jobs):
    ingest(workspace, [folder], extractor=Warnings(), jobs=jobs)
    before = Ledger(workspace).view().version
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=jobs)

    assert (0, 0, 16) == (report.articles, report.claims, report.unchanged)
    assert before == Ledger(workspace).view().version


def test_a_moved_file_and_a_copy_are_the_same_article(folder, workspace):
    ingest(workspace, [folder / "01.txt"], extractor=Warnings(), jobs=1)
    (folder / "01.txt").rename(folder / "moved.txt")
    (folder / "copy.txt").write_bytes((folder / "02.txt").read_bytes())
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=1)

    assert (15, 2) == (report.articles, report.unchanged)


def test_a_newer_extractor_reads_all_again(folder, workspace):
    ingest(workspace, [folder], extractor=Warnings(), jobs=1)
    report = ingest(workspace, [folder], extractor=NewerWarnings(), jobs=1)

    assert (16, 0) == (report.articles, report.unchanged)
    assert Ledger(workspace).view().counts().claims == 27


def test_order_processes_and_batches_do_not_show(folder, tmp_path, monkeypatch):
    contents = []
    for number, (jobs, order, size) in enumerate([(1, 1, 1000), (1, -1, 3), (3, 1, 2), (2, -1, 1000)]):
        monkeypatch.setattr(pipeline, "BATCH_ARTICLES", size)
        workspace = Workspace.create(tmp_path / f"w{number}")
        ingest(workspace, sorted(folder.iterdir())[::order], extractor=Warnings(), jobs=jobs)
        contents.append(tables(workspace))

    assert contents[0] == contents[1] == contents[2] == contents[3]
    assert [16, 27, 5] == [len(table) for table in contents[0]]


def test_a_batch_is_committed_when_it_is_full(folder, workspace, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH_CLAIMS", 4)
    seen = []

    def stop_late(progress):
        seen.append(progress)
        if progress.articles == 11:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        ingest(workspace, [folder], extractor=Warnings(), jobs=1, on_progress=stop_late)
    assert 10 == stopped.value.articles

    counts = Ledger(workspace).view().counts()
    assert (10, 20) == (counts.articles, counts.claims)
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=1)
    assert (6, 10) == (report.articles, report.unchanged)


def test_an_interrupted_batch_leaves_nothing(folder, workspace):
    def stop(progress):
        if progress.articles == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(workspace, [folder], extractor=Warnings(), jobs=2, on_progress=stop)

    assert Ledger(workspace).view().counts().articles == 0


@BOTH
def test_a_crash_sets_its_document_aside(folder, workspace, jobs):
    bad = put(folder, "03.txt", "CRASH")
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=jobs)

    assert SetAside(str(bad), "the extractor failed: ValueError: the text says so") in report.set_aside
    assert (15, 3) == (report.articles, len(report.set_aside))


def test_deaths_set_their_documents_aside(folder, workspace):
    dead = [put(folder, name, f"DIE {name}") for name in ("00.txt", "03.txt", "04.txt", "11.txt")]
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=2)

    died = "the extractor's process died: it crashed, or ran out of memory"
    assert [SetAside(str(path), died) for path in dead] == [item for item in report.set_aside if item.reason == died]
    assert report.articles == 12


def test_claims_that_cannot_be_sent_set_their_document_aside(folder, workspace):
    bad = put(folder, "03.txt", "UNSENDABLE")
    report = ingest(workspace, [folder], extractor=Warnings(), jobs=2)

    assert str(bad) in [item.name for item in report.set_aside]
    assert report.articles == 15


def test_an_extractor_that_cannot_be_sent_says_so(folder, workspace):
    report = ingest(workspace, [folder / "01.txt"], extractor=Unloadable(), jobs=2)

    assert [SetAside(f"{folder}/01.txt", "the extractor failed: RuntimeError: not here")] == report.set_aside


@BOTH
def test_progress_counts_up_to_the_end(folder, workspace, jobs):
    seen: list[Progress] = []
    report = ingest(workspace, [folder, "ftp://x"], extractor=Warnings(), jobs=jobs, on_progress=seen.append)

    size = sum(path.stat().st_size for path in folder.iterdir()) + PAGE_BYTES
    expected = Progress(report.articles, report.claims, 0, 3, files=14, files_total=14, bytes=size, bytes_total=size)
    assert expected == seen[-1]
    for name in ("files", "bytes", "articles"):
        assert sorted(getattr(progress, name) for progress in seen) == [getattr(progress, name) for progress in seen]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, bz2.compress, zstd], ids=lambda f: f.__name__)
def test_progress_through_one_large_file_is_told_by_its_bytes(tmp_path, workspace, pack):
    draw = random.Random(SEED)
    lines = [json.dumps({"text": f"Case {n}.", "noise": draw.randbytes(2_000).hex()}) for n in range(2_000)]
    suffix = {bytes: "", gzip.compress: ".gz", lzma.compress: ".xz", bz2.compress: ".bz2", zstd: ".zst"}[pack]
    path = put(tmp_path, f"records.jsonl{suffix}", pack("\n".join(lines).encode()))
    seen: list[Progress] = []
    ingest(workspace, [path], extractor=Warnings(), jobs=1, on_progress=seen.append)

    assert {path.stat().st_size} == {progress.bytes_total for progress in seen}
    halfway = seen[len(seen) // 2]
    assert 0.25 < halfway.bytes / halfway.bytes_total < 0.9
    assert 1.0 == seen[-1].bytes / seen[-1].bytes_total


def test_what_is_set_aside_is_counted_and_only_the_first_of_it_kept(tmp_path, workspace, monkeypatch):
    monkeypatch.setattr(pipeline, "FIRST_SET_ASIDE", 3)
    report = ingest(workspace, [put(tmp_path, "bad.jsonl", "{\n" * 5)], extractor=Warnings(), jobs=1)

    assert (5, 3) == (report.aside, len(report.set_aside))
    assert f"{tmp_path}/bad.jsonl#1" == report.set_aside[0].name


def test_a_document_without_claims_is_an_article_all_the_same(tmp_path, workspace):
    report = ingest(workspace, [put(tmp_path, "a.txt", "Nothing of note.")], extractor=Warnings(), jobs=1)

    assert (1, 0) == (report.articles, report.claims)
    assert Ledger(workspace).view().counts().articles == 1


def test_several_processes_are_the_default_where_there_is_much_to_read(tmp_path, workspace):
    put(tmp_path / "in", "a.txt", "Ann warns Bob. " * 40_000)
    dead = put(tmp_path / "in", "b.txt", "DIE")  # in this process it would end the test
    report = ingest(workspace, [tmp_path / "in"], extractor=Warnings(), jobs=None if pipeline._cores() > 1 else 2)

    assert [str(dead)] == [item.name for item in report.set_aside]


# --- extract ---


@BOTH
def test_extract_keeps_order_and_names(folder, jobs):
    put(folder, "02.txt", "WAIT Ann warns Bob.")
    results = list(extract([folder], Warnings(), jobs=jobs))

    names = [f"{folder}/{number:02}.txt" for number in range(12)]
    names += [f"{folder}/records.jsonl#{line}" for line in (1, 2, 3, 4, 5, 6)]
    assert names == [done.name if isinstance(done, SetAside) else done.document.name for done in results]
    for done in results:
        if isinstance(done, Extraction):
            assert {done.document.name} == {claim.document for claim in done.claims}


def test_extract_reads_no_further_than_it_must(folder):
    read = []

    def sources():
        for path in sorted(folder.iterdir()):
            read.append(path)
            yield path

    results = extract(sources(), Warnings())
    next(results)
    results.close()

    assert [folder / "00.txt"] == read

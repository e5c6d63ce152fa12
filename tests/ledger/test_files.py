"""The files of the ledger: their stamp, what damage does, what is swept."""

import fcntl
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import WorkspaceError
from graph.ledger import Ledger
from tests.ledger.filling import content, fill
from tests.making import article, claim

DEAD = "0123456789abcdef0123456789abcdef"


def test_every_file_carries_the_format(workspace):
    fill(Ledger(workspace), [0])
    data = list(workspace.ledger_path.glob("data/*"))

    assert ["articles", "claims", "entities", "extractions"] == sorted(path.stem[33:] for path in data)
    for path in data:
        assert pq.ParquetFile(path).schema_arrow.metadata[b"qawl.format"] == b"2"
    for path in workspace.ledger_path.glob("manifests/*"):
        assert json.loads(path.read_text())["format"] == 2


def test_files_are_compressed_and_repetitive_columns_in_dictionaries(workspace):
    fill(Ledger(workspace), [0])
    (path,) = workspace.ledger_path.glob("data/*-claims.parquet")
    group = pq.ParquetFile(path).metadata.row_group(0)
    columns = {group.column(at).path_in_schema: group.column(at) for at in range(group.num_columns)}

    assert {"ZSTD"} == {column.compression for column in columns.values()}
    for name in ("relation", "language", "modality", "extractor", "subject"):
        assert "RLE_DICTIONARY" in columns[name].encodings


def restamp(path, stamp):
    if path.suffix == ".json":
        path.write_text(path.read_text().replace('"format": 2', f'"format": {stamp}'))
        return
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"qawl.format": str(stamp)}), path)


@pytest.mark.parametrize("pattern", ["manifests/*.json", "data/*-claims.parquet"])
@pytest.mark.parametrize(("stamp", "message"), [(3, r"format 3.*up to 2.*upgrade"), (0, "says no ledger format")])
def test_a_file_of_another_format_is_named_with_what_to_do(workspace, pattern, stamp, message):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob(pattern)
    restamp(path, stamp)

    with pytest.raises(WorkspaceError, match=rf"{path.name}.*{message}"):
        ledger.view().counts()


DAMAGES = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(b"\xff" * 900),
    "other": lambda path: path.write_text("[]"),
    "folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("pattern", ["manifests/*.json", "data/*-claims.parquet", "data/*-articles.parquet"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(workspace, pattern, damage):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob(pattern)
    DAMAGES[damage](path)

    with pytest.raises(WorkspaceError, match=path.name):
        ledger.view().counts()


def test_a_file_that_is_gone_is_named(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob("data/*-claims.parquet")
    path.unlink()

    with pytest.raises(WorkspaceError, match=path.name):
        list(ledger.view().claims())


def test_a_file_of_another_batch_in_its_place_is_named(workspace):
    ledger = Ledger(workspace)
    with ledger.batch() as batch:
        for number in range(2):
            batch.add_article(article(number), "test 1.0", [claim(article(number))])
    (path,) = workspace.ledger_path.glob("data/*-claims.parquet")
    pq.write_table(pq.read_table(path).slice(1), path)

    with pytest.raises(WorkspaceError, match=rf"{path.name}.*1 rows instead of 2"):
        ledger.view().counts()


def test_an_altered_text_is_found(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob("data/*-articles.parquet")
    table = pq.read_table(path)
    at = table.schema.get_field_index("text")
    pq.write_table(table.set_column(at, table.schema.field(at), pa.array(["Other words."], pa.large_string())), path)

    with pytest.raises(WorkspaceError, match="does not match its id"):
        list(ledger.view().articles())


def test_manifests_name_no_file_outside_the_ledger(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob("manifests/*.json")
    path.write_text(path.read_text().replace(f"{path.stem}-claims", f"../../{path.stem}-claims"))

    with pytest.raises(WorkspaceError, match="damaged manifest"):
        ledger.view()


# --- sweeping ---


@pytest.mark.parametrize("locked", [True, False])
def test_files_of_a_dead_batch_are_swept_and_others_kept(workspace, locked):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    data, manifests = workspace.ledger_path / "data", workspace.ledger_path / "manifests"
    before, kept = content(ledger), sorted(data.iterdir())
    (data / f"{DEAD}-claims.parquet").write_bytes(b"half")
    (manifests / f".{DEAD}.draft").write_text("{")
    if locked:
        (data / f"{DEAD}.lock").touch()

    assert 2 == ledger.sweep()
    assert kept == sorted(data.iterdir())
    assert 1 == len(list(manifests.iterdir()))
    assert before == content(ledger)


def test_files_of_a_batch_that_is_being_written_are_left_alone(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    data = workspace.ledger_path / "data"
    half = data / f"{DEAD}-claims.parquet"
    with (data / f"{DEAD}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        half.write_bytes(b"half")

        assert 0 == ledger.sweep()
        assert half.exists()

    assert 1 == ledger.sweep()
    assert not half.exists()


def test_a_lock_left_by_a_committed_batch_goes_and_its_files_stay(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (manifest,) = workspace.ledger_path.glob("manifests/*.json")
    lock = workspace.ledger_path / "data" / f"{manifest.stem}.lock"
    lock.touch()
    before = content(ledger)

    assert 0 == ledger.sweep()
    assert not lock.exists()
    assert before == content(ledger)


def test_files_that_are_not_ours_are_left_alone(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    notes = workspace.ledger_path / "data" / "notes.txt"
    notes.write_text("mine")

    assert 0 == ledger.sweep()
    assert notes.exists()
    assert 1 == ledger.view().counts().articles


def test_an_empty_ledger_is_swept(workspace):
    assert 0 == Ledger(workspace).sweep()

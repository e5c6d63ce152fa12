"""Ingest on a real Ray cluster: its ledger is the one machine's, whatever is killed on the way."""

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.exports import write
from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest.pipeline import ingest
from ingest.readers import source_of
from tests.cluster.conftest import ENVIRONMENT, ROOT, report_of, start
from tests.pipeline.extractors import SlowRules, Warnings

SAMPLES = [json.loads(line) for line in (ROOT / "tests" / "gold" / "samples.jsonl").read_text().splitlines()]


@pytest.fixture
def folder(tmp_path):
    """What one meets in a folder: records, texts, a table, and things that cannot be read."""
    folder = tmp_path / "in"
    (folder / "texts").mkdir(parents=True)
    half = len(SAMPLES) // 2
    lines = [json.dumps({"text": one["text"], "id": one["id"], "title": one["id"]}) for one in SAMPLES[:half]]
    (folder / "a.jsonl").write_text("\n".join([*lines, "{", lines[0].replace('"title": "', '"title": "Copy of ')]))
    for number, one in enumerate(SAMPLES[half:]):
        (folder / "texts" / f"{number:02}.txt").write_text(one["text"])
    (folder / "texts" / "50.txt").write_bytes(b"bad \xff\xfa bytes")
    texts = ["CRASH", "Ann warns Bob that case 1 goes on.", "", "DIE", "Bob warns Cid."]
    pq.write_table(pa.table({"text": texts, "outlet": ["Paper"] * len(texts)}), folder / "z.parquet")
    return folder


def nquads(workspace):
    out = io.BytesIO()
    write(Ledger(workspace).view(), workspace.base_iri, "nquads", out)
    return out.getvalue()


def counts(report):
    return [report[name] for name in ("articles", "claims", "unchanged", "aside", "set_aside", "first_articles")]


def on_one_machine(tmp_path, extractor, *sources):
    workspace = Workspace.create(tmp_path / "alone")
    report = ingest(workspace, [source_of(str(source)) for source in sources], extractor=extractor, jobs=2)
    return workspace, counts(asdict(report))


def test_documents_that_crash_or_kill_are_set_aside_as_on_one_machine(tmp_path, folder, cluster):
    alone, expected = on_one_machine(tmp_path, Warnings(), folder)
    report = report_of(start(tmp_path / "w", cluster, "Warnings", 10, folder))

    assert expected == counts(report)
    assert 5 == report["aside"]
    assert nquads(alone) == nquads(Workspace.open(tmp_path / "w"))


def test_what_a_killed_run_committed_stays_and_the_next_adds_the_rest(tmp_path, folder, cluster):
    alone, expected = on_one_machine(tmp_path, SlowRules(), folder)
    program = start(tmp_path / "w", cluster, "SlowRules", 1_000, folder)
    for line in program.stdout:
        if json.loads(line)["articles"] > 5:
            break
    program.kill()
    program.communicate()
    kept = Ledger(Workspace.open(tmp_path / "w")).view().counts().articles
    report = report_of(start(tmp_path / "w", cluster, "SlowRules", 100_000, folder))

    assert 0 < kept < expected[0]
    assert kept + 1 == report["unchanged"]  # and the copy, under another title
    assert (expected[0], expected[4]) == (kept + report["articles"], report["set_aside"])
    assert nquads(alone) == nquads(Workspace.open(tmp_path / "w"))


def test_relative_paths_and_storage(tmp_path, folder, cluster):
    sources = ["in/texts", f"file://{folder}/a.jsonl", f"fsspec+local://{folder}/z.parquet"]
    report = report_of(start(tmp_path / "w", cluster, "Warnings", 10_000, *sources, cwd=tmp_path))
    _, expected = on_one_machine(tmp_path, Warnings(), folder)

    assert expected[:2] == [report["articles"], report["claims"]]
    names = ["in/texts/50.txt", f"file://{folder}/a.jsonl#", f"fsspec+local://{folder}/z.parquet#"]
    found = [item["name"] for item in report["set_aside"]]
    assert all(any(one.startswith(name) for one in found) for name in names)


# The last that needs the cluster, which has one machine less from here on.
def test_a_machine_is_killed_and_the_ledger_is_that_of_one_machine(tmp_path, folder, cluster):
    alone, expected = on_one_machine(tmp_path, SlowRules(), folder)
    program = start(tmp_path / "w", cluster, "SlowRules", 1_000, folder)
    first = json.loads(program.stdout.readline())
    os.kill(cluster.raylets[0], signal.SIGKILL)
    report = report_of(program)

    assert first["articles"] < report["articles"] // 2
    assert expected == counts(report)
    together = Workspace.open(tmp_path / "w")
    assert nquads(alone) == nquads(together)
    assert len(SAMPLES) + 4 == report["articles"]


# --- errors ---


def run(*arguments, code="from app.cli import main; main()"):
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_without_ray_the_error_says_what_to_install(tmp_path, folder):
    code = "import sys; sys.modules['ray'] = None; from app.cli import main; main()"
    done = run("--workspace", str(tmp_path / "w"), "ingest", str(folder), "--ray", "auto", code=code)

    assert 1 == done.returncode
    assert "pip install 'qawl[ray]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cluster_by_a_url_of_ray_client_is_refused(tmp_path, folder):
    done = run("--workspace", str(tmp_path / "w"), "ingest", str(folder), "--ray", "ray://127.0.0.1:10001")

    assert 1 == done.returncode
    assert "give HOST:PORT of the head" in done.stderr


def test_one_cannot_ask_for_both(tmp_path, folder):
    done = run("--workspace", str(tmp_path / "w"), "ingest", str(folder), "--ray", "auto", "--jobs", "2")

    assert 2 == done.returncode
    assert "give one of them" in done.stderr

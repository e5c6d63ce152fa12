"""``qawl extract``."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.cli.options import extractor_option, format_option, is_given, workspace_option
from app.cli.output import messages, print_records, print_rows, table
from graph.claims import Claim, to_record
from ingest.extractors.base import Extractor
from ingest.extractors.explaining import Explains, Recorder
from ingest.extractors.explaining import explain as explained
from ingest.extractors.loading import ExtractorError, load_extractor
from ingest.readers import SetAside, read
from ingest.workers import extract_each

Record = dict[str, Any]
COLUMNS = ("subject", "relation", "object", "mode", "evidence", "content", "document")
TABLE_COLUMNS = COLUMNS[:5]  # what a terminal has room for
EXPLAINED_COLUMNS = ("claim", "part", "words", "bound by")


@click.command(name="extract")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@extractor_option
@format_option
@click.option("--explain", is_flag=True, help="Print for each claim its parts and the rule that bound each of them.")
@workspace_option
def command(files: tuple[str, ...], extractor: str, format_: str, workspace: Path, *, explain: bool) -> None:
    """Print the claims of articles and store nothing.

    json and jsonl print whole claim records (docs/claims.md); table and csv print their main fields. Exit status 1
    when a file had to be set aside; a text without claims is fine. A workspace's own actors.csv is used when it is
    there.

    \b
    Example:
      qawl extract article.txt
      qawl extract articles/*.html --format jsonl > claims.jsonl
      qawl extract article.txt --explain
    """
    set_aside: list[SetAside] = []
    reader = _extractor(extractor, workspace)
    records = _explained(files, reader, set_aside) if explain else _records(files, reader, set_aside)
    if format_ in ("json", "jsonl"):
        print_records(records, format_=format_)
    elif explain:
        print_rows(EXPLAINED_COLUMNS, (row for record in records for row in _parts(record)), format_=format_)
    else:
        columns = TABLE_COLUMNS if format_ == "table" else COLUMNS
        print_rows(columns, (_row(record)[: len(columns)] for record in records), format_=format_)
    if set_aside:
        messages().print(table(("set aside", "why"), [(item.name, item.reason) for item in set_aside]))
        click.get_current_context().exit(1)


def _extractor(name: str, workspace: Path) -> Extractor:
    """The extractor; with the workspace's registry when there is one, as reading into the workspace does."""
    if not (is_given("workspace") or (workspace / "actors.csv").exists()):
        return load_extractor(name)
    from graph.workspace import Workspace  # noqa: PLC0415  # a ledger takes longer to open than an article to read
    from ingest.actors import extractor_of  # noqa: PLC0415

    return extractor_of(Workspace.open(workspace), name)


def _explained(files: tuple[str, ...], extractor: Extractor, set_aside: list[SetAside]) -> Iterator[Record]:
    """The records with ``explanation`` in them: a list of ``part``, ``words`` and ``bound_by``."""
    if not isinstance(extractor, Explains):
        raise ExtractorError(
            f"the extractor {extractor.name!r} does not say how it found its claims; leave --explain out"
        )
    recorder = Recorder(extractor)
    for claim in _claims(files, recorder, set_aside):
        parts = [asdict(part) for part in explained(claim, recorder.rules[claim.id])]
        yield to_record(claim) | {"explanation": parts}


def _records(files: tuple[str, ...], extractor: Extractor, set_aside: list[SetAside]) -> Iterator[Record]:
    return map(to_record, _claims(files, extractor, set_aside))


def _claims(files: tuple[str, ...], extractor: Extractor, set_aside: list[SetAside]) -> Iterator[Claim]:
    """The claims of every document; the documents that gave none for a reason are added to ``set_aside``."""
    items = ((file, item) for file in files for item in read(file))
    for _, done in extract_each(items, extractor, jobs=1):
        if isinstance(done, SetAside):
            set_aside.append(done)
        else:
            yield from done.claims


def _row(record: Record) -> list[Any]:
    """The fields of :data:`COLUMNS`."""
    return [
        _name(record["subject"]),
        record["relation"]["id"],
        _name(record["object"]),
        ("not " if record["negated"] else "") + record["modality"],
        record["evidence"]["text"],
        record["content"] and record["content"]["text"],
        record["document"],
    ]


def _parts(record: Record) -> Iterator[tuple[str, ...]]:
    """A row for each part of an explained record, under :data:`EXPLAINED_COLUMNS`; the claim stands in the first."""
    names = (_name(record["subject"]), record["relation"]["id"], _name(record["object"]))
    claim = " – ".join(name for name in names if name)
    for part in record["explanation"]:
        yield claim, part["part"], part["words"], part["bound_by"]
        claim = ""


def _name(mention: Record | None) -> str | None:
    """The actor's label, English first: the words themselves may be a pronoun or none at all."""
    if mention is None:
        return None
    label = mention["entity"]["label"]
    name: str = label["en"] or label["ar"] or mention["text"]
    return name

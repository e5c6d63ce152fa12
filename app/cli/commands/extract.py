"""``qawl extract``."""

from collections.abc import Iterator
from typing import Any

import click

from app.cli.options import extractor_option, format_option
from app.cli.output import messages, print_records, print_rows, table
from graph.claims import to_record
from ingest.extractors.base import Extractor
from ingest.extractors.loading import load_extractor
from ingest.readers import SetAside, read
from ingest.workers import extract_each

Record = dict[str, Any]
COLUMNS = ("subject", "relation", "object", "mode", "evidence", "content", "document")
TABLE_COLUMNS = COLUMNS[:5]  # what a terminal has room for


@click.command(name="extract")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@extractor_option
@format_option
def command(files: tuple[str, ...], extractor: str, format_: str) -> None:
    """Print the claims of articles and store nothing.

    json and jsonl print whole claim records (docs/claims.md); table and csv print their main fields. Exit status 1
    when a file had to be set aside; a text without claims is fine.

    \b
    Example:
      qawl extract article.txt
      qawl extract articles/*.html --format jsonl > claims.jsonl
    """
    set_aside: list[SetAside] = []
    records = _records(files, load_extractor(extractor), set_aside)
    if format_ in ("json", "jsonl"):
        print_records(records, format_=format_)
    else:
        columns = TABLE_COLUMNS if format_ == "table" else COLUMNS
        print_rows(columns, (_row(record)[: len(columns)] for record in records), format_=format_)
    if set_aside:
        messages().print(table(("set aside", "why"), [(item.name, item.reason) for item in set_aside]))
        click.get_current_context().exit(1)


def _records(files: tuple[str, ...], extractor: Extractor, set_aside: list[SetAside]) -> Iterator[Record]:
    """The records of every document; the documents that gave none for a reason are added to ``set_aside``."""
    items = ((file, item) for file in files for item in read(file))
    for _, done in extract_each(items, extractor, jobs=1):
        if isinstance(done, SetAside):
            set_aside.append(done)
        else:
            yield from map(to_record, done.claims)


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


def _name(mention: Record | None) -> str | None:
    """The actor's label, English first: the words themselves may be a pronoun or none at all."""
    if mention is None:
        return None
    label = mention["entity"]["label"]
    name: str = label["en"] or label["ar"] or mention["text"]
    return name

"""The graph in files for other programs: one module for each family of formats.

The same claims give the same bytes in every format, in any workspace with the same base IRI; only the package tells
the ledger's version too.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import DataError
from graph.exports.bundles import Part, write_folder, write_zip
from graph.exports.events import write_events
from graph.exports.jsonld import write_jsonld
from graph.exports.nanopubs import write_nanopubs
from graph.exports.neo4j import neo4j_parts
from graph.exports.networks import write_gexf, write_graphml
from graph.exports.package import package_parts
from graph.exports.rdf import write_nquads, write_trig, write_turtle
from graph.exports.rdfxml import write_rdfxml
from graph.exports.selection import EVERYTHING, Selection
from graph.exports.tables import write_csv, write_excel, write_jsonl, write_parquet
from graph.ledger import LedgerView
from graph.rdf import Iris

__all__ = ["BUNDLES", "EVERYTHING", "FILES", "FORMATS", "Selection", "export", "write"]

FILES: dict[str, Callable[[LedgerView, Iris, BinaryIO], None]] = {
    "turtle": write_turtle,
    "trig": write_trig,
    "nquads": write_nquads,
    "rdfxml": write_rdfxml,
    "jsonld": write_jsonld,
    "nanopubs": write_nanopubs,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": write_csv,
    "parquet": write_parquet,
    "jsonl": write_jsonl,
    "excel": write_excel,
    "events": write_events,
}
"""The writer of each format that is one file, by its name."""

BUNDLES: dict[str, Callable[[LedgerView, Iris, Selection], Iterator[Part]]] = {
    "neo4j": neo4j_parts,
    "package": package_parts,
}
"""The parts of each format of several files: a folder, or a zip file where the name says so or it is a stream."""

FORMATS = (*FILES, *BUNDLES)
"""The names of all formats."""


def export(view: LedgerView, base_iri: str, format: str, path: str | Path, *, where: Selection = EVERYTHING) -> None:
    """Write the view to a file or folder that is whole or absent: it is made beside ``path`` and then put in its place.

    A bundle is a folder unless ``path`` ends in ``.zip``. A file takes the place of another, a folder of an empty one.

    Raises:
        DataError: the format is unknown, the base is no IRI, ``path`` is a folder or device or cannot be written, or
            there are more claims than the format can hold.
    """
    target = Path(path).resolve()  # a link stays a link: what it leads to is written
    try:
        if format in BUNDLES and target.suffix != ".zip":
            _export_folder(view, base_iri, format, target, where)
        else:
            _export_file(view, base_iri, format, target, where)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror or error}") from error


def write(view: LedgerView, base_iri: str, format: str, out: BinaryIO, *, where: Selection = EVERYTHING) -> None:
    """Write the view to an open binary stream, such as ``sys.stdout.buffer``; a bundle as a zip file.

    Raises:
        DataError: the format is unknown, the base is no IRI, or there are more claims than the format can hold.
    """
    if format not in FORMATS:
        raise DataError(f"unknown export format {format!r}: use one of {', '.join(FORMATS)}")
    if format in BUNDLES:
        write_zip(BUNDLES[format](where.of(view), Iris(base_iri), where), out)
    else:
        FILES[format](where.of(view), Iris(base_iri), out)


def _export_file(view: LedgerView, base_iri: str, format: str, target: Path, where: Selection) -> None:
    if target.exists() and not target.is_file():
        raise DataError(f"{target} is a folder or a device: give the name of a file to write")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            write(view, base_iri, format, out, where=where)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _export_folder(view: LedgerView, base_iri: str, format: str, target: Path, where: Selection) -> None:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise DataError(f"{target} is there already: give the name of a new folder, or one that ends in .zip")
    write_folder(BUNDLES[format](where.of(view), Iris(base_iri), where), target)

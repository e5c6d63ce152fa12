"""The graph in files for other programs: one module for each family of formats.

The same claims give the same bytes in every format, in any workspace with the same base IRI.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import DataError
from graph.exports.jsonld import write_jsonld
from graph.exports.networks import write_gexf, write_graphml
from graph.exports.rdf import write_nquads, write_turtle
from graph.exports.tables import write_csv, write_parquet
from graph.ledger import LedgerView
from graph.rdf import Iris

FORMATS: dict[str, Callable[[LedgerView, Iris, BinaryIO], None]] = {
    "turtle": write_turtle,
    "nquads": write_nquads,
    "jsonld": write_jsonld,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": write_csv,
    "parquet": write_parquet,
}
"""The writer of each format, by its name."""


def export(view: LedgerView, base_iri: str, format: str, path: str | Path) -> None:
    """Write the view to a file that is whole or absent: it is made beside ``path`` and then put in its place.

    Raises:
        DataError: the format is unknown, the base is no IRI, ``path`` is a folder or device or cannot be written.
    """
    target = Path(path).resolve()  # a link stays a link: what it leads to is written
    if target.exists() and not target.is_file():
        raise DataError(f"{path} is a folder or a device: give the name of a file to write")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            write(view, base_iri, format, out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write(view: LedgerView, base_iri: str, format: str, out: BinaryIO) -> None:
    """Write the view to an open binary stream, such as ``sys.stdout.buffer``.

    Raises:
        DataError: the format is unknown or the base is no IRI.
    """
    if format not in FORMATS:
        raise DataError(f"unknown export format {format!r}: use one of {', '.join(FORMATS)}")
    FORMATS[format](view, Iris(base_iri), out)

"""Manifests: what each committed batch holds, which others it replaces, and the version they make together.

Compaction writes the rows of several batches again as one. Its manifest has two entries more: ``replaces``, the
batches that are not read beside it, and ``stands_for``, the digests of the manifests that were first committed, by
batch. The version is a hash over those digests, so that it stays what it was. A batch from which text was
erased stands for itself alone, and makes another version.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import WorkspaceError
from graph.ledger.schema import SCHEMAS
from graph.ledger.snapshot import check_format

BATCH = r"[0-9a-f]{32}"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """One batch: ``files`` has the name and the number of rows of each table's file."""

    batch: str
    files: Mapping[str, tuple[str, int]]
    replaces: frozenset[str]
    stands_for: Mapping[str, str]


def read_manifest(path: Path) -> Manifest:
    """The manifest at ``path``, whose name is that of its batch.

    Raises:
        WorkspaceError: it cannot be read, is damaged, or is of a later format.
    """
    try:
        content = path.read_bytes()
        return _parsed(path, content)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(f"{path}: damaged manifest ({error!r}); restore it from a copy of the ledger") from error


def current(manifests: Iterable[Manifest]) -> list[Manifest]:
    """Those that no other replaces, by batch."""
    manifests = list(manifests)
    replaced = frozenset[str]().union(*(manifest.replaces for manifest in manifests))
    return sorted((one for one in manifests if one.batch not in replaced), key=lambda one: one.batch)


def version_of(manifests: Iterable[Manifest]) -> str:
    """The version that these manifests make: 32 hexadecimal digits."""
    digests: dict[str, str] = {}
    for manifest in manifests:
        digests |= manifest.stands_for
    joined = b"".join(bytes.fromhex(digests[batch]) for batch in sorted(digests))
    return hashlib.sha256(joined).hexdigest()[:32]


def _parsed(path: Path, content: bytes) -> Manifest:
    read = json.loads(content)
    check_format(path, read["format"])
    files = {table: (str(entry["file"]), int(entry["rows"])) for table, entry in read["tables"].items()}
    for table, (name, _) in files.items():
        if name != f"{path.stem}-{table}.parquet" or table not in SCHEMAS:
            raise ValueError(f"names {name!r}")
    replaces = frozenset(read.get("replaces", ()))
    stands_for = dict(read.get("stands_for") or {path.stem: hashlib.sha256(content).hexdigest()})
    if wrong := [name for name in [*replaces, *stands_for] if not re.fullmatch(BATCH, name)]:
        raise ValueError(f"names {wrong[0]!r}")
    if wrong := [digest for digest in stands_for.values() if not _DIGEST.fullmatch(digest)]:
        raise ValueError(f"has the digest {wrong[0]!r}")
    return Manifest(path.stem, files, replaces, stands_for)

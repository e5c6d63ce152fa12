"""The actor registry of a workspace, and the extractor that links with it."""

import fcntl
import re
from collections.abc import Iterable
from pathlib import Path

from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest.extractors.base import Extractor
from ingest.extractors.loading import DEFAULT, load_extractor
from ingest.extractors.rules import RulesExtractor
from ingest.linking.registry import Registry, Row, actor_id, builtin_rows, registry
from ingest.linking.registry_file import read_actors, write_actors

OWN = "actors.csv"
_BUILTIN = "0" * 8


def own_path(workspace: Workspace) -> Path:
    """The file of the workspace's own registry; it need not be there."""
    return workspace.path / OWN


def own_actors(workspace: Workspace) -> list[Row]:
    """The rows of the workspace's own registry, none when it has no file.

    Raises:
        DataError: a cell of the file is wrong.
    """
    path = own_path(workspace)
    return read_actors(path) if path.exists() else []


def registry_of(workspace: Workspace) -> Registry:
    """The registry that ships with Qawl under the workspace's own, which wins.

    Raises:
        DataError: a cell of the workspace's file is wrong.
    """
    own = own_actors(workspace)
    return Registry(builtin_rows(), own) if own else registry()


def extractor_of(workspace: Workspace, name: str = DEFAULT) -> Extractor:
    """The extractor of this name for a workspace: the rules link with its registry, others as they please.

    Raises:
        DataError: a cell of the workspace's file is wrong.
        ExtractorError: there is no such extractor.
    """
    return rules_extractor(workspace) if name == DEFAULT else load_extractor(name)


def add_actors(workspace: Workspace, rows: Iterable[Row], *, replace: bool = False) -> None:
    """Add rows to the workspace's own registry; with ``replace`` they take the place of those with their ids.

    Raises:
        DataError: a cell is wrong, or without ``replace`` an id is there already; nothing is changed then.
    """
    path = own_path(workspace)
    with (workspace.path / f".{OWN}.lock").open("w") as lock:  # two at once must not lose each other's rows
        fcntl.flock(lock, fcntl.LOCK_EX)
        there, new = own_actors(workspace), [*rows]
        coming = {actor_id(row) for row in new} if replace else set()
        write_actors(path, [*(row for row in there if actor_id(row) not in coming), *new])


def rules_extractor(workspace: Workspace) -> RulesExtractor:
    """The rules extractor with the workspace's registry.

    Raises:
        DataError: a cell of the workspace's file is wrong.
        WorkspaceError: the ledger cannot be read.
    """
    actors = registry_of(workspace)
    used = Ledger(workspace).view().extractors()
    return RulesExtractor(actors, revision=revision(RulesExtractor.version, actors.digest, used))


def revision(version: str, digest: str, used: Iterable[str]) -> str:
    """What an extractor adds to its name for a registry, as ``actors.2.9f2c41aa``; ``""`` for the built-in one alone.

    The number is that of the last registry this ledger was read with when it is the same, else the next one, so
    that what is read with a changed registry counts as newer. ``digest`` is :attr:`Registry.digest`, ``used``
    the names of the extractors in the ledger.
    """
    pattern = re.compile(re.escape(version) + r"\+actors\.(\d+)\.([0-9a-f]{8})")
    past = sorted((int(found[1]), found[2]) for name in used if (found := pattern.fullmatch(name)))
    if not past and not digest:
        return ""
    number, last = past[-1] if past else (0, None)
    digest = digest or _BUILTIN
    return f"actors.{number if digest == last else number + 1}.{digest}"

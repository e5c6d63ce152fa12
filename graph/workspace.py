"""The workspace: one folder with the ledger, the indexes and a configuration file.

``qawl.toml`` marks a folder as a workspace. It may set ``base_iri``, the start of every IRI that Qawl makes; the
default ``urn:qawl:`` is nobody's domain. ``[[servers]]`` tables name the servers that are asked in place of the
indexes (``docs/servers.md``).
"""

import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import NamedNode

from graph.errors import ServerError, WorkspaceError
from graph.servers import Server, servers_of

CONFIG = "qawl.toml"
DEFAULT_BASE_IRI = "urn:qawl:"
_NEW_CONFIG = f"""# A Qawl workspace. The ledger is the truth; the indexes can be deleted at any time.
# Start of the IRIs of claims, articles, relations and actors without a Wikidata id:
base_iri = "{DEFAULT_BASE_IRI}"
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace at ``path``; make one with :meth:`create` or :meth:`open`.

    The ledger of one that is ``read_only`` takes nothing new: it is how a reader of the dashboard meets it.
    """

    path: Path
    base_iri: str = DEFAULT_BASE_IRI
    servers: tuple[Server, ...] = ()
    read_only: bool = False

    @property
    def ledger_path(self) -> Path:
        """The folder of the ledger."""
        return self.path / "ledger"

    @property
    def indexes_path(self) -> Path:
        """The folder of the indexes."""
        return self.path / "indexes"

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """Open the workspace at ``path``, made first where there is none.

        Raises:
            WorkspaceError: the folder holds other things, cannot be written, or its configuration is wrong.
        """
        folder = Path(path)
        config = folder / CONFIG
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not config.exists():
                if any(not entry.name.startswith(".") for entry in folder.iterdir()) and not config.exists():
                    raise WorkspaceError(
                        f"{folder} is not empty and no Qawl workspace: name an empty or new folder with --workspace"
                    )
                draft = folder / f".{CONFIG}.{uuid.uuid4().hex}"
                draft.write_text(_NEW_CONFIG, encoding="utf-8")
                draft.replace(config)
        except OSError as error:
            raise WorkspaceError(f"cannot make a workspace at {folder}: {error.strerror}") from error
        return cls.open(folder)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the workspace at ``path``.

        Raises:
            WorkspaceError: there is none, or its configuration is wrong.
        """
        config = Path(path) / CONFIG
        try:
            settings = tomllib.loads(config.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise WorkspaceError(
                f"there is no workspace at {path}: make one with 'qawl ingest FILE...' or try 'qawl demo'"
            ) from None
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise WorkspaceError(f"{config}: cannot be read as TOML: {error}") from error
        try:
            servers = servers_of(settings.get("servers", []))
        except ServerError as error:
            raise WorkspaceError(f"{config}: {error}") from None
        return cls(Path(path), _base_iri(config, settings.get("base_iri", DEFAULT_BASE_IRI)), servers)


def _base_iri(config: Path, value: object) -> str:
    try:
        if isinstance(value, str):
            return NamedNode(value).value
        reason = "it is no text"
    except ValueError as error:
        reason = str(error)
    raise WorkspaceError(
        f"{config}: base_iri must be an absolute IRI such as {DEFAULT_BASE_IRI!r}, not {value!r} ({reason})"
    )

"""``qawl actors``: the registry of known actors, and who is the same as whom."""

from collections.abc import Iterable
from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from app.cli.naming import find_actor, names_of
from app.cli.options import format_option, workspace_option
from app.cli.output import messages, print_records, print_rows
from graph.actors.decisions import merge, split
from graph.actors.duplicates import ambiguous, proposals
from graph.claims import ENTITY_KINDS, Entity
from graph.generations import Indexes
from graph.ledger import Ledger, LedgerView
from graph.workspace import Workspace
from ingest.actors import add_actors, own_path, registry_of
from ingest.linking.registry import Registry, actor_id, comparable
from ingest.linking.registry_file import new_row, read_actors

_LISTED = ("id", "kind", "label_en", "label_ar", "country", "sector", "office")
_reason_option = click.option("--reason", default="", help="Why; kept with the decision.")


@click.group(name="actors")
def command() -> None:
    """Keep the registry of actors, and say who is the same.

    Linking uses the registry that ships with Qawl and the workspace's own, which wins: docs/actors.md. Merges and
    splits are decisions that can be taken back; nothing that was read is changed.

    \b
    Example:
      qawl actors list lavrov
      qawl actors duplicates
      qawl actors merge Q58217 name-0b0c3d7d0e5a4f3c --reason 'same man'
    """


@command.command(name="add")
@click.option("--kind", type=click.Choice(ENTITY_KINDS), required=True)
@click.option("--label-en", default="", help="Name in English.")
@click.option("--label-ar", default="", help="Name in Arabic; one of the two is needed.")
@click.option("--alias-en", "aliases_en", multiple=True, help="Another English name; may be repeated.")
@click.option("--alias-ar", "aliases_ar", multiple=True, help="Another Arabic name; may be repeated.")
@click.option("--country", default="", help="Three letters, such as EGY.")
@click.option("--sector", default="", help="CAMEO role, such as GOV.")
@click.option("--office", default="", help="What the person is, such as 'foreign minister'.")
@click.option("--from", "from_", default="", help="Since when, such as 2024-05.")
@click.option("--to", default="", help="Until when.")
@click.option("--id", default="", help="Wikidata id, or one of your own; made from the name when left out.")
@workspace_option
def add(workspace: Path, from_: str, **cells: Any) -> None:
    """Add an actor to the workspace's own registry.

    Articles read from now on are linked with it; ingest the same files again to link them anew.

    \b
    Example:
      qawl actors add --kind person --label-en 'Salma Idris' --label-ar 'سلمى إدريس' --country SDN --sector GOV
    """
    aliases = {name: "|".join(cells.pop(name)) for name in ("aliases_en", "aliases_ar")}
    row = new_row(**cells, **aliases, **{"from": from_})
    home = Workspace.create(workspace)
    add_actors(home, [row])
    messages().print(f"{actor_id(row)} added to {own_path(home)}.")


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
def import_(workspace: Path, file: Path) -> None:
    """Add the actors of a CSV file to the workspace's own registry.

    A row with the id of an actor that is there takes its place. When one cell is wrong nothing is added. docs/actors.md
    describes the columns.

    \b
    Example:
      qawl actors import ministers.csv
    """
    rows = read_actors(file)
    home = Workspace.create(workspace)
    add_actors(home, rows, replace=True)
    messages().print(f"{len(rows)} actors added to {own_path(home)}.")


@command.command(name="list")
@click.argument("text", default="")
@format_option
@workspace_option
def list_(workspace: Path, text: str, format_: str) -> None:
    """List the registered actors, those whose name holds TEXT.

    \b
    Example:
      qawl actors list مصر
      qawl actors list --format csv > actors.csv
    """
    actors = _registry(workspace)
    wanted = comparable(text)
    rows = (
        [
            key,
            *(actors.row(key)[name] or None for name in _LISTED[1:]),
            "workspace" if actors.is_own(key) else "built-in",
        ]
        for key in actors.entities
        if any(wanted in name for name in names_of(actors, key))
    )
    print_rows((*_LISTED, "registry"), rows, format_=format_)


@command.command(name="show")
@click.argument("actor")
@format_option
@workspace_option
def show(workspace: Path, actor: str, format_: str) -> None:
    """Show what is known of an actor: its registry row, and what articles say.

    ACTOR is an id, or a name that only one actor bears.

    \b
    Example:
      qawl actors show Q58217
      qawl actors show 'Sergey Lavrov' --format json
    """
    actors, view = _registry(workspace), _view(workspace)
    entity = find_actor(actor, actors, view)
    record: dict[str, Any] = asdict(entity)
    key = view.identities.of(entity.id) if view else entity.id
    if entity.id in actors.entities:
        record |= {name: cell for name, cell in actors.row(entity.id).items() if cell}
    if view:
        seen: dict[str, Any] = next((row for row in view.actor_table().to_pylist() if row["id"] == key), {})
        record |= {name: cell for name, cell in seen.items() if cell is not None}
    if format_ in ("json", "jsonl"):
        print_records([record], format_=format_)
    else:
        print_rows(("field", "value"), record.items(), format_=format_)


@command.command(name="merge")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@_reason_option
@workspace_option
def merge_(workspace: Path, first: str, second: str, reason: str) -> None:
    """Decide that A and B are one actor.

    A's id stands for both, unless only B has a Wikidata id. Each is an id, or a name that only one actor bears.

    \b
    Example:
      qawl actors merge Q58217 name-0b0c3d7d0e5a4f3c --reason 'spelling of a local paper'
    """
    home, actors, view = Workspace.open(workspace), _registry(workspace), _view(workspace)
    one, other = (find_actor(text, actors, view) for text in (first, second))
    kept = merge(home, one, other, reason=reason, who=getuser())
    Indexes(home).refresh()
    messages().print(f"{one.id} and {other.id} are one actor now: {kept}.")


@command.command(name="split")
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", required=False)
@_reason_option
@workspace_option
def split_(workspace: Path, first: str, second: str | None, reason: str) -> None:
    """Take back every merge that names A, or keep A and B apart.

    A pair that is kept apart is no longer proposed by `qawl actors duplicates`.

    \b
    Example:
      qawl actors split Q58217
      qawl actors split Q58217 name-0b0c3d7d0e5a4f3c --reason 'his brother'
    """
    home, actors, view = Workspace.open(workspace), _registry(workspace), _view(workspace)
    other = find_actor(second, actors, view) if second else None
    one = find_actor(first, actors, view)
    parted = split(home, one, other, reason=reason, who=getuser())
    Indexes(home).refresh()
    messages().print(f"{one.id} is kept apart from {', '.join(parted)}.")


@command.command(name="duplicates")
@click.option("--limit", metavar="ROWS", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--ambiguous", "names", is_flag=True, help="List the names that several persons bear instead.")
@format_option
@workspace_option
def duplicates(workspace: Path, limit: int, names: bool, format_: str) -> None:
    """Propose actors that may be the same, the likeliest first.

    Nothing is merged: `qawl actors merge` does that, and `qawl actors split A B` ends a proposal.

    \b
    Example:
      qawl actors duplicates --limit 20
      qawl actors duplicates --ambiguous
    """
    view = Ledger(Workspace.open(workspace)).view()
    if names:
        shared = ((name.name, len(name.actors), _each(name.actors)) for name in ambiguous(view)[:limit])
        print_rows(("name", "persons", "actors"), shared, format_=format_)
        return
    found = proposals(view, limit=limit)
    rows = ((pair.score, pair.first.id, pair.second.id, "; ".join(pair.evidence)) for pair in found)
    print_rows(("score", "first", "second", "evidence"), rows, format_=format_)


def _listed(actors: Registry, key: str) -> list[str | None]:
    cells = (actors.row(key)[name] or None for name in _LISTED[1:])
    return [key, *cells, "workspace" if actors.is_own(key) else "built-in"]


def _registry(workspace: Path) -> Registry:
    return registry_of(Workspace(workspace))


def _view(workspace: Path) -> LedgerView | None:
    """The ledger's view; ``None`` where no workspace was made yet."""
    return Ledger(Workspace(workspace)).view() if workspace.exists() else None


def _each(entities: Iterable[Entity]) -> str:
    return "; ".join(f"{entity.label_en or entity.label_ar} ({entity.id})" for entity in entities)

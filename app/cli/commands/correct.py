"""``qawl correct``."""

from getpass import getuser
from pathlib import Path

import click

from app.cli.naming import find_actor
from app.cli.options import workspace_option
from app.cli.output import messages
from graph.claims import Claim, Mention
from graph.errors import DataError
from graph.exports.selection import Selection
from graph.generations import Indexes
from graph.ledger import Ledger, LedgerView
from graph.relations import relations
from graph.reviewing import Part, correct, part_of, reading, reviews, take_back
from graph.workspace import Workspace
from ingest.actors import registry_of


@click.command(name="correct")
@click.argument("claim")
@click.option("--subject", metavar="ACTOR", help="Who said or did it.")
@click.option("--relation", metavar="ID", help="The relation, such as warns.")
@click.option("--object", "object_", metavar="ACTOR", help="To whom; '' for nobody.")
@click.option("--content", metavar="WORDS", help="What is said, as it stands in the sentence; '' for nothing.")
@click.option("--take-back", "back", is_flag=True, help="Take the correction of this claim back instead.")
@click.option("--reason", required=True, help="Why; kept with the decision.")
@workspace_option
def command(workspace: Path, claim: str, back: bool, reason: str, **parts: str | None) -> None:
    """Correct a claim, or take its correction back.

    CLAIM is the claim's id, as exports and the dashboard's downloads give it; ACTOR is an id
    or a name that only one actor bears. A correction is a decision: it is kept in the ledger, outlasts a new reading
    of the article, and can be taken back.

    \b
    Example:
      qawl correct 1f0c9f5c1a0e4a55b9b2f8b1f2a3c4d5 --relation threatens --reason 'it is a threat'
      qawl correct 1f0c9f5c1a0e4a55b9b2f8b1f2a3c4d5 --take-back --reason 'it was right'
    """
    if back == any(value is not None for value in parts.values()):
        raise click.UsageError("say what to correct (--subject, --relation, --object, --content), or --take-back")
    home = Workspace.open(workspace)
    if back:
        _take_back(home, claim, reason)
    else:
        view = Ledger(home).view()
        shown = next((one.claim for one in Selection(claim=claim).of(view).claims()), None)
        if shown is None:
            raise DataError(f"no claim {claim!r} in {workspace}: `qawl export --format csv` lists claims by id")
        correct(home, shown, _wanted(home, view, shown, parts), who=getuser(), reason=reason)
    Indexes(home).refresh()
    messages().print(f"Claim {claim}: correction taken back." if back else f"Claim {claim} corrected.")


def _wanted(home: Workspace, view: LedgerView, shown: Claim, parts: dict[str, str | None]) -> Claim:
    relation = Selection(relation=parts["relation"]).relation or shown.relation.id
    ends = [_end(home, view, old, parts[name]) for name, old in (("subject", shown.subject), ("object_", shown.object))]
    if ends[0] is None:
        raise DataError("a claim needs a subject: name who said or did it")
    said = parts["content"]
    if said is None:
        said = shown.content.span.text if shown.content else ""
    return reading(shown, ends[0], relations()[relation], ends[1], said)


def _end(home: Workspace, view: LedgerView, old: Mention | None, given: str | None) -> Part | None:
    """An end as it was, with another actor for the same words, or ``None`` for nobody."""
    if given is None:
        return part_of(old)
    return Part(find_actor(given, registry_of(home), view), old.span.text if old else "") if given else None


def _take_back(home: Workspace, claim: str, reason: str) -> None:
    made = next((one for one in reviews(home).in_force if one.target == claim and one.kind == "correct"), None)
    if made is None:
        raise DataError(f"no correction of a claim {claim!r} is in force")
    take_back(home, made, who=getuser(), reason=reason)

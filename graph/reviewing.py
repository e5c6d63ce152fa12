"""What people decide about claims: accepted, rejected, corrected, taken back; each with its reason, in the ledger."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from graph.claims import Claim, Content, Entity, Mention, Span
from graph.errors import DataError
from graph.ledger import Decision, Ledger
from graph.ledger.corrections import change_of, difference
from graph.ledger.decisions import DecisionKind, copy_of, standing
from graph.relations import Relation
from graph.workspace import Workspace

Verdict = Literal["accept", "reject", "reconsider"]
OPINIONS: tuple[DecisionKind, ...] = ("accept", "reject", "correct")
"""The decisions that say what somebody thinks of a claim; the others take one of these back."""
_TAKES_BACK: dict[DecisionKind, DecisionKind] = {"accept": "reconsider", "reject": "reconsider", "correct": "uncorrect"}
_KINDS = (*OPINIONS, *_TAKES_BACK.values())


@dataclass(frozen=True, slots=True)
class Reviews:
    """Every decision about claims, the latest first, and the opinions among them that are in force."""

    made: tuple[Decision, ...]
    in_force: tuple[Decision, ...]

    @property
    def decided(self) -> frozenset[str]:
        """The ids of the claims of which an opinion is in force."""
        return frozenset(one.target for one in self.in_force)

    def decided_by(self, who: str) -> frozenset[str]:
        """The ids of the claims of which this person has said anything."""
        return frozenset(one.target for one in self.made if one.who == who)


def reviews(workspace: Workspace) -> Reviews:
    """What people have decided about claims."""
    made = [one for one in Ledger(workspace).view().decisions() if one.kind in _KINDS]
    in_force = [one for one in standing(made).values() if one.kind in OPINIONS]
    return Reviews(tuple(reversed(made)), tuple(in_force))


def decide(workspace: Workspace, claims: Iterable[Claim], verdict: Verdict, *, who: str, reason: str = "") -> None:
    """Write one verdict for each claim, all of them or none.

    Raises:
        DataError: nobody is named, or a rejection has no reason.
        WorkspaceError: the ledger cannot be written.
    """
    if verdict == "reject" and not reason.strip():
        raise DataError("a rejection needs a reason")
    details = [(claim.id, copy_of(claim)) for claim in claims]
    _write(workspace, [(verdict, target, copy) for target, copy in details], who=who, reason=reason)


def correct(workspace: Workspace, shown: Claim, wanted: Claim, *, who: str, reason: str) -> None:
    """Decide that a claim, ``shown`` as it is now, should read as ``wanted``: other subject, relation, object, content.

    The rest of ``wanted`` plays no part. Several corrections of one claim add up; a verdict about the former reading
    is withdrawn with it.

    Raises:
        DataError: nobody or no reason is named, nothing differs, or a span is not of the claim's sentence.
        WorkspaceError: the ledger cannot be written.
    """
    if not reason.strip():
        raise DataError("a correction needs a reason")
    _check_spans(wanted)
    change = difference(shown, wanted)
    if not change:
        raise DataError("a correction must change the subject, the relation, the object or the words of the content")
    about = [one for one in reviews(workspace).in_force if one.target == shown.id]
    earlier = next((one for one in about if one.kind == "correct"), None)
    details = earlier.read_details() if earlier else json.loads(copy_of(shown))
    details["correction"] = (change_of(earlier) if earlier else {}) | change
    told: list[tuple[DecisionKind, str, str]] = [
        ("correct", shown.id, json.dumps(details, ensure_ascii=False, sort_keys=True))
    ]
    if any(one.kind != "correct" for one in about):
        told.append(("reconsider", shown.id, copy_of(shown)))
    _write(workspace, told, who=who, reason=reason)


def take_back(workspace: Workspace, opinion: Decision, *, who: str, reason: str) -> None:
    """Take an opinion back, so that the claim is again as it was without it; one that is not in force stays as it is.

    Raises:
        DataError: nobody is named, or the decision is no opinion.
        WorkspaceError: the ledger cannot be written.
    """
    if opinion.kind not in OPINIONS:
        raise DataError(f"a decision {opinion.kind!r} cannot be taken back")
    if opinion in reviews(workspace).in_force:
        _write(workspace, [(_TAKES_BACK[opinion.kind], opinion.target, opinion.details)], who=who, reason=reason)


@dataclass(frozen=True, slots=True)
class Part:
    """An end of a claim as somebody wants it: the actor, and the words of the sentence that stand for it, if any do."""

    actor: Entity
    words: str = ""


def part_of(mention: Mention | None) -> Part | None:
    """An end as it is read now."""
    return Part(mention.entity, mention.span.text) if mention else None


def reading(claim: Claim, subject: Part, relation: Relation, object_: Part | None, content: str) -> Claim:
    """The claim with these ends, this relation, and as content these words of its sentence; none for no content.

    Words that are as they were stand where they stood.

    Raises:
        DataError: the sentence does not have the words, character for character.
    """
    return replace(
        claim,
        subject=_mention(claim, claim.subject, subject),
        relation=relation,
        object=_mention(claim, claim.object, object_) if object_ else None,
        content=_content(claim, content) if content else None,
    )


def _mention(claim: Claim, old: Mention | None, wanted: Part) -> Mention:
    if old and wanted.words == old.span.text:
        return Mention(old.span, wanted.actor)
    if not wanted.words:  # an empty span at the cue
        return Mention(Span(claim.cue.start, claim.cue.start, ""), wanted.actor)
    return Mention(span_of_words(claim.evidence, wanted.words, (old.span if old else claim.cue).start), wanted.actor)


def _content(claim: Claim, words: str) -> Content:
    old = claim.content
    if old and words == old.span.text:
        return old
    span = span_of_words(claim.evidence, words, old.span.start if old else claim.cue.end)
    return Content(span, bool(old and old.quoted))


def span_of_words(sentence: Span, words: str, near: int) -> Span:
    """The span of ``words`` in a sentence, where they stand nearest to the offset ``near`` of the article.

    Raises:
        DataError: the sentence does not have these words, character for character.
    """
    places = [i for i in range(len(sentence.text)) if sentence.text.startswith(words, i)] if words else []
    if not places:
        raise DataError(f"the sentence does not have the words {words!r}: copy them from it as they stand")
    at = sentence.start + min(places, key=lambda place: abs(sentence.start + place - near))
    return Span(at, at + len(words), words)


def _check_spans(wanted: Claim) -> None:
    others = (wanted.object, wanted.content)
    for span in (wanted.subject.span, *(part.span for part in others if part)):
        start = span.start - wanted.evidence.start
        within = wanted.evidence.start <= span.start and span.end <= wanted.evidence.end
        if within and wanted.evidence.text[start : start + len(span.text)] != span.text:
            raise DataError(f"{span.text!r} does not stand at {span.start} of the article")


def _write(workspace: Workspace, decisions: Iterable[tuple[DecisionKind, str, str]], *, who: str, reason: str) -> None:
    if not who.strip():
        raise DataError("a decision needs the name of who decides")
    when = datetime.now(UTC).isoformat(timespec="microseconds")
    with Ledger(workspace).batch() as batch:
        for kind, target, details in decisions:
            batch.decide(Decision(kind, target, reason.strip(), who.strip(), when, details))

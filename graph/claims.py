"""The claim: one subject - relation - object triple with its evidence, its attribution and its mode.

Immutable values and their JSON form, field by field that of ``docs/claims.md``. Offsets are 0-based, end
exclusive, and count Unicode code points of the article's text.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from graph.articles import content_hash
from graph.errors import DataError
from graph.relations import Relation, relations

EntityKind = Literal["person", "country", "organization", "group", "place"]
Modality = Literal["asserted", "intended", "hoped", "demanded", "hypothetical", "alleged"]
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)
MODALITIES: tuple[Modality, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text, and those characters."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or place, one for all languages.

    ``id`` is a Wikidata id (``Q58217``) where one is known, else a stable id of our own. ``country`` is an ISO
    3166-1 alpha-3 code or ``None``; ``sector`` a CAMEO role code (``GOV``, ``MIL``, ``IGO`` ...) or ``None``.
    ``office`` is what the registry says that a person is or was, with the term, such as ``president (2007 to 2012)``;
    it is no part of the claim record.
    """

    id: str
    kind: EntityKind
    label_en: str | None = None
    label_ar: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that stand for an entity; an empty span at the cue's start where no word does."""

    span: Span
    entity: Entity


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, without the complementizer; ``quoted`` when the words are the speaker's own."""

    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``document`` names the document it was read from; ``attributed_to`` is the id of the claim in
    whose content it stands, ``None`` when the article itself vouches for it; ``confidence`` is 0 to 1.
    """

    id: str
    document: str
    language: str
    evidence: Span
    subject: Mention
    relation: Relation
    cue: Span
    object: Mention | None
    content: Content | None
    attributed_to: str | None
    negated: bool
    modality: Modality
    confidence: float
    extractor: str

    @property
    def stated_as_fact(self) -> bool:
        """Whether the article itself asserts it, un-negated, of two actors: the rule for a plain triple."""
        return (
            self.object is not None and self.attributed_to is None and not self.negated and self.modality == "asserted"
        )


def claim_id(
    article_id: str,
    cue: Span,
    relation: str,
    subject: Span,
    object_: Span | None,
    content: Span | None,
    negated: bool,
) -> str:
    """The claim's id: 32 hexadecimal digits over the article, the spans, the relation's id and ``negated``.

    Entity ids, confidence and the extractor's version are left out, so that linking, merging and upgrading
    leave the id as it is.
    """
    ends = [end for span in (cue, subject, object_, content) for end in ((span.start, span.end) if span else (None,))]
    return content_hash(article_id, relation, negated, *ends)


# --- the JSON record ---------------------------------------------------------------------------------------


def to_record(claim: Claim) -> dict[str, Any]:
    """The claim as the JSON object of the claim contract."""
    return {
        "id": claim.id,
        "document": claim.document,
        "language": claim.language,
        "evidence": _span_record(claim.evidence),
        "subject": _mention_record(claim.subject),
        "relation": {
            "id": claim.relation.id,
            "cameo": claim.relation.cameo,
            "plover": claim.relation.plover or None,
            **_span_record(claim.cue),
        },
        "object": claim.object and _mention_record(claim.object),
        "content": claim.content and {**_span_record(claim.content.span), "quoted": claim.content.quoted},
        "attributed_to": claim.attributed_to,
        "negated": claim.negated,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "extractor": claim.extractor,
    }


def from_record(record: dict[str, Any]) -> Claim:
    """The claim that a JSON object of the claim contract stands for.

    Raises:
        DataError: a field is missing or the relation is not in the list.
    """
    try:
        content = record["content"]
        return Claim(
            id=record["id"],
            document=record["document"],
            language=record["language"],
            evidence=span_of(record["evidence"]),
            subject=mention_of(record["subject"]),
            relation=relations()[record["relation"]["id"]],
            cue=span_of(record["relation"]),
            object=mention_of(record["object"]) if record["object"] else None,
            content=Content(span_of(content), content["quoted"]) if content else None,
            attributed_to=record["attributed_to"],
            negated=record["negated"],
            modality=record["modality"],
            confidence=record["confidence"],
            extractor=record["extractor"],
        )
    except KeyError as error:
        raise DataError(f"claim record {record.get('id')!r}: missing or unknown {error}") from None


def _span_record(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _mention_record(mention: Mention) -> dict[str, Any]:
    entity = mention.entity
    return {
        **_span_record(mention.span),
        "entity": {
            "id": entity.id,
            "label": {"en": entity.label_en, "ar": entity.label_ar},
            "kind": entity.kind,
            "country": entity.country,
            "sector": entity.sector,
        },
    }


def span_of(record: dict[str, Any]) -> Span:
    """The span that a JSON object of the contract stands for."""
    return Span(record["start"], record["end"], record["text"])


def mention_of(record: dict[str, Any]) -> Mention:
    """The mention that a JSON object of the contract stands for."""
    entity = record["entity"]
    return Mention(
        span_of(record),
        Entity(
            entity["id"],
            entity["kind"],
            entity["label"]["en"],
            entity["label"]["ar"],
            entity["country"],
            entity["sector"],
        ),
    )

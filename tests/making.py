"""Small articles and claims of our own for the tests."""

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Modality, Span, claim_id
from graph.relations import relations

LAVROV = Entity("Q58217", "person", "Sergey Lavrov", "سيرغي لافروف", "RUS", "GOV")
UNITED_STATES = Entity("Q30", "country", "United States", "الولايات المتحدة", "USA", None)
RUSSIA = Entity("Q159", "country", "Russia", "روسيا", "RUS", None)

SENTENCE = "Lavrov warned the United States that Russia would answer."


def article(
    number: int = 0, text: str = SENTENCE, *, outlet: str = "Test wire", published: str = "2025-07-12"
) -> Article:
    """An article that differs from others by its number."""
    return Article(
        text=f"{text} Report {number}.",
        language="en",
        url=f"https://example.org/{number}",
        title=f"Report {number}",
        outlet=outlet,
        published=published,
    )


def mention(text: str, words: str, entity: Entity) -> Mention:
    """The first mention of these words."""
    start = text.index(words)
    return Mention(Span.of(text, start, start + len(words)), entity)


def claim(
    of: Article,
    *,
    relation: str = "warns",
    cue: str = "warned",
    subject: Mention | None = None,
    object_: Mention | None = None,
    content: str | None = "Russia would answer",
    negated: bool = False,
    modality: Modality = "asserted",
    attributed_to: str | None = None,
    extractor: str = "test 1.0",
    confidence: float = 0.9,
) -> Claim:
    """A claim of the article; Lavrov warns the United States unless told otherwise."""
    text = of.text
    subject = subject or mention(text, "Lavrov", LAVROV)
    object_ = object_ or mention(text, "United States", UNITED_STATES)
    at = text.index(cue)
    cue_span = Span.of(text, at, at + len(cue))
    said = mention(text, content, RUSSIA).span if content else None
    return Claim(
        id=claim_id(of.id, cue_span, relation, subject.span, object_.span, said, negated),
        document=of.id,
        language=of.language,
        evidence=Span.of(text, 0, len(SENTENCE)),
        subject=subject,
        relation=relations()[relation],
        cue=cue_span,
        object=object_,
        content=Content(said) if said else None,
        attributed_to=attributed_to,
        negated=negated,
        modality=modality,
        confidence=confidence,
        extractor=extractor,
    )

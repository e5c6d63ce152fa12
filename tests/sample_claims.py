"""A few claims of our own making: both languages, nested, negated, hoped, rejected, without object or date."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Modality, Span, claim_id
from graph.ledger import Decision, Ledger, LedgerView
from graph.relations import relations
from graph.workspace import Workspace

LAVROV = Entity("Q58217", "person", "Sergey Lavrov", "سيرغي لافروف", "RUS", "GOV")
USA = Entity("Q30", "country", "United States", "الولايات المتحدة", "USA", "GOV")
RUSSIA = Entity("Q159", "country", "Russia", "روسيا", "RUS", "GOV")
NORTH_KOREA = Entity("Q423", "country", "North Korea", "كوريا الشمالية", "PRK", "GOV")
EGYPT = Entity("Q79", "country", "Egypt", "مصر", "EGY", "GOV")
TURKEY = Entity("Q43", "country", "Turkey", "تركيا", "TUR", "GOV")
FISHERS = Entity("group-fishermen-of-the-strait", "group", "fishermen of the strait")

ARABIC = Article(
    text="حذر لافروف الولايات المتحدة من التصعيد.\nوقال لافروف إن كوريا الشمالية تدعم روسيا. ولم يلتق لافروف نظيره.",
    language="ar",
    url="https://news.example/ar/1",
    title="لافروف يحذر",
    outlet="Qawl sample wire",
    published="2025-07-12",
)
ENGLISH = Article(
    text='=Note: "Egypt hopes to host Turkey", a spokesman said 🙂. '
    "Turkey praised Egypt,\x0band Egypt praised Turkey.\nThe fishermen of the strait protested.",
    language="en",
)


@dataclass(frozen=True)
class Words:
    """The words of a claim; each must be found in the sentence, once."""

    sentence: str
    cue: str
    subject: str
    object: str | None = None
    content: str | None = None


def make_claim(
    article: Article,
    words: Words,
    relation: str,
    ends: tuple[Entity, Entity | None],
    *,
    attributed_to: Claim | None = None,
    negated: bool = False,
    modality: Modality = "asserted",
    confidence: float = 0.9,
) -> Claim:
    """A claim of ``article`` whose spans are those of ``words``."""
    at = article.text.index(words.sentence)

    def span(text: str | None) -> Span | None:
        if text is None:
            return None
        start = at + words.sentence.index(text)
        return Span.of(article.text, start, start + len(text))

    evidence, cue, subject = span(words.sentence), span(words.cue), span(words.subject)
    object_, content = span(words.object), span(words.content)
    assert evidence and cue and subject
    return Claim(
        id=claim_id(article.id, cue, relation, subject, object_, content, negated),
        document=article.id,
        language=article.language,
        evidence=evidence,
        subject=Mention(subject, ends[0]),
        relation=relations()[relation],
        cue=cue,
        object=Mention(object_, ends[1]) if object_ and ends[1] else None,
        content=Content(content, quoted=article is ENGLISH) if content else None,
        attributed_to=attributed_to.id if attributed_to else None,
        negated=negated,
        modality=modality,
        confidence=confidence,
        extractor="rules 0.1.0",
    )


def arabic_claims() -> Sequence[Claim]:
    """Warns (a fact of the article's), says, supports (nested in it), does not meet."""
    warning, saying, meeting = (
        "حذر لافروف الولايات المتحدة من التصعيد.",
        "وقال لافروف إن كوريا الشمالية تدعم روسيا.",
        "ولم يلتق لافروف نظيره.",
    )
    warns = make_claim(
        ARABIC, Words(warning, "حذر", "لافروف", "الولايات المتحدة", "التصعيد"), "warns", (LAVROV, USA), confidence=0.875
    )
    says = make_claim(ARABIC, Words(saying, "قال", "لافروف", None, "كوريا الشمالية تدعم روسيا"), "says", (LAVROV, None))
    supports = make_claim(
        ARABIC,
        Words(saying, "تدعم", "كوريا الشمالية", "روسيا"),
        "supports",
        (NORTH_KOREA, RUSSIA),
        attributed_to=says,
        confidence=1.0,
    )
    meets = make_claim(ARABIC, Words(meeting, "يلتق", "لافروف", "نظيره"), "meets", (LAVROV, USA), negated=True)
    return [warns, says, supports, meets]


def english_claims() -> Sequence[Claim]:
    """Hopes to host, praises both ways (the second one rejected in :data:`REJECTED`), protests."""
    hope, praise, protest = (
        '=Note: "Egypt hopes to host Turkey", a spokesman said 🙂.',
        "Turkey praised Egypt,\x0band Egypt praised Turkey.",
        "The fishermen of the strait protested.",
    )
    host = make_claim(ENGLISH, Words(hope, "host", "Egypt", "Turkey"), "hosts", (EGYPT, TURKEY), modality="hoped")
    first = make_claim(ENGLISH, Words(praise, "praised", "Turkey", "Egypt"), "praises", (TURKEY, EGYPT))
    second = make_claim(
        ENGLISH, Words("Egypt praised Turkey.", "praised", "Egypt", "Turkey"), "praises", (EGYPT, TURKEY)
    )
    protests = make_claim(
        ENGLISH, Words(protest, "protested", "The fishermen of the strait"), "protests", (FISHERS, None)
    )
    return [host, first, second, protests]


REJECTED = english_claims()[2].id
"""The claim that a person rejected: the rest is undecided."""


def sample_view(workspace: Workspace) -> LedgerView:
    """The view of a ledger that holds both articles and the decision."""
    ledger = Ledger(workspace)
    with ledger.batch() as batch:
        batch.add_article(ARABIC, "rules 0.1.0", arabic_claims(), retrieved="2025-07-13T08:00:00Z")
        batch.add_article(ENGLISH, "rules 0.1.0", english_claims(), retrieved=None)
        batch.decide(Decision("reject", REJECTED, "misread", "a reader", "2025-07-14T08:00:00Z"))
    return ledger.view()

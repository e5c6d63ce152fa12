"""A small world of claims, made by hand, for tests that need a ledger with everything in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Modality, Span, claim_id
from graph.ledger import Decision, Ledger
from graph.ledger.decisions import DecisionKind
from graph.relations import relations
from graph.workspace import Workspace

EXTRACTOR = "by hand 1"

LAVROV = Entity("Q58217", "person", "Sergey Lavrov", "سيرغي لافروف", "RUS", "GOV")
USA = Entity("Q30", "country", "United States", "الولايات المتحدة", "USA", None)
RUSSIA = Entity("Q159", "country", "Russia", "روسيا", "RUS", None)
NORTH_KOREA = Entity("Q423", "country", "North Korea", "كوريا الشمالية", "PRK", None)
AHMAD = Entity("local:أحمد/1", "person", None, "أَحْمَد الشامي", None, None)
# Everything that a careless query would trip over, in the fields that an article can fill.
NASTY = Entity("x'\" ?y} {limit} $id", "group", 'O\'Neil "The" \\ {where} ; DROP', "مجموعة 'س'", None, "OPP")

ARABIC = Article(
    "حذر لافروف الولايات المتحدة من نشر الصواريخ. وقال لافروف إن كوريا الشمالية تدعم روسيا.\r\nولم يحذر أحمد روسيا.",
    "ar",
    "https://example.org/ar/1",
    "لافروف يحذر",
    "وكالة الاختبار",
    "2025-07-12",
)
ENGLISH = Article(
    "North Korea supports Russia. Russia may warn the United States 😀. The 'group' criticized Russia.",
    "en",
    None,
    'A day\'s "news" {offset}',
    "Test's Wire",
    "2025-08-01",
)
UNDATED = Article("The United States warned Russia. North Korea spoke.", "en")


@dataclass(frozen=True)
class Words:
    """The words of a claim, by which its spans are found in an article's text."""

    subject: str
    cue: str
    object: str | None
    sentence: str
    content: str | None = None


def claim(
    article: Article,
    relation: str,
    subject: Entity,
    object: Entity | None,
    words: Words,
    *,
    parent: Claim | None = None,
    negated: bool = False,
    modality: Modality = "asserted",
) -> Claim:
    start = article.text.index(words.sentence)

    def span(part: str) -> Span:
        first = article.text.index(part, start)
        return Span.of(article.text, first, first + len(part))

    ends = [span(words.subject), span(words.object) if words.object else None]
    content = span(words.content) if words.content else None
    assert ends[0]
    return Claim(
        id=claim_id(article.id, span(words.cue), relation, ends[0], ends[1], content, negated),
        document=article.id,
        language=article.language,
        evidence=span(words.sentence),
        subject=Mention(ends[0], subject),
        relation=relations()[relation],
        cue=span(words.cue),
        object=Mention(ends[1], object) if ends[1] and object else None,
        content=Content(content, quoted=relation == "says") if content else None,
        attributed_to=parent.id if parent else None,
        negated=negated,
        modality=modality,
        confidence=0.875,
        extractor=EXTRACTOR,
    )


def claims_of_the_world() -> dict[str, list[Claim]]:
    """The claims by article id: 4 Arabic, 3 English, 2 undated."""
    first, second, third = (
        "حذر لافروف الولايات المتحدة من نشر الصواريخ.",
        "وقال لافروف إن كوريا الشمالية تدعم روسيا.",
        "ولم يحذر أحمد روسيا.",
    )
    warns = claim(ARABIC, "warns", LAVROV, USA, Words("لافروف", "حذر", "الولايات المتحدة", first, "نشر الصواريخ"))
    says = claim(ARABIC, "says", LAVROV, None, Words("لافروف", "قال", None, second, "كوريا الشمالية تدعم روسيا"))
    supports = claim(
        ARABIC, "supports", NORTH_KOREA, RUSSIA, Words("كوريا الشمالية", "تدعم", "روسيا", second), parent=says
    )
    not_warns = claim(ARABIC, "warns", AHMAD, RUSSIA, Words("أحمد", "يحذر", "روسيا", third), negated=True)
    english = [
        claim(
            ENGLISH,
            "supports",
            NORTH_KOREA,
            RUSSIA,
            Words("North Korea", "supports", "Russia", "North Korea supports Russia."),
        ),
        claim(
            ENGLISH,
            "warns",
            RUSSIA,
            USA,
            Words("Russia", "warn", "United States", "Russia may warn the United States 😀."),
            modality="hypothetical",
        ),
        claim(
            ENGLISH,
            "criticizes",
            NASTY,
            RUSSIA,
            Words("'group'", "criticized", "Russia", "The 'group' criticized Russia."),
        ),
    ]
    undated = [
        claim(
            UNDATED,
            "warns",
            USA,
            RUSSIA,
            Words("United States", "warned", "Russia", "The United States warned Russia."),
        ),
        claim(UNDATED, "says", NORTH_KOREA, None, Words("North Korea", "spoke", None, "North Korea spoke.")),
    ]
    return {ARABIC.id: [warns, says, supports, not_warns], ENGLISH.id: english, UNDATED.id: undated}


REJECTED = claims_of_the_world()[UNDATED.id][0]
ACCEPTED = claims_of_the_world()[ENGLISH.id][0]


def fill(workspace: Workspace) -> None:
    """Write the world into a workspace: articles, claims, one accepted and one rejected."""
    claims = claims_of_the_world()
    with Ledger(workspace).batch() as batch:
        for article in (ARABIC, ENGLISH, UNDATED):
            batch.add_article(article, EXTRACTOR, claims[article.id])
    decide(workspace, "reject", REJECTED.id)
    decide(workspace, "accept", ACCEPTED.id)


def decide(workspace: Workspace, kind: DecisionKind, target: str) -> None:
    """Append one decision of a person, later than those before it."""
    now = datetime.now(UTC).isoformat()
    with Ledger(workspace).batch() as batch:
        batch.decide(Decision(kind=kind, target=target, reason="a test", who="tests", when=now))

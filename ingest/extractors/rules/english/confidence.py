"""How sure a rule of attribution is: measured, not felt."""

# How often a construction was right end to end (source and content) on 45 articles of US political news, 83 single
# sentences and English articles of our own, rounded to the nearest 0.05, with the number of readings beside it; of
# fewer than 20 as if there were one more right and one more wrong. docs/accuracy.md has the table over all sets.
CONFIDENCE = {
    "verb+preposed": 0.95,  # 253
    "verb+object": 0.5,  # 82, those of a judgement and of a wish apart
    "verb+bare clause": 0.85,  # 128, those of a belief apart
    "verb+that-clause": 0.9,  # 142
    "verb+to-infinitive": 0.7,  # 34
    "verb+naming": 0.85,  # 29
    "verb+quotation": 0.95,  # 35
    "verb+according to": 0.9,  # 34
    "verb+addressee": 0.9,  # 26
    "verb+parenthesis": 0.75,  # 14
    "verb+wh-clause": 0.5,  # 14
    "verb+passive": 0.55,  # 13
    "verb+preposition": 0.35,  # 9
    "verb+of": 0.8,  # 12
    "verb+as-clause": 0.5,  # 6
    "verb+point of view": 0.8,  # 3
    "headline+colon": 0.6,  # 3
    "phrase+object": 0.65,  # 84
    "phrase+to-infinitive": 0.65,  # 19
    "phrase+that-clause": 0.8,  # 8
    "phrase+bare clause": 0.8,  # 3
    "noun+that-clause": 0.75,  # 9
    "noun+to-infinitive": 0.55,  # 7
    "noun+preposition": 0.5,  # as an act directed at somebody; as an attribution 0.32 of 22, so it has no content
    "adjective+preposition": 0.75,  # 10
    "adjective+to-infinitive": 0.5,  # 4
    "adjective+that-clause": 0.8,  # 3
}  # fmt: skip
# An object is more often rightly read where the act is a judgement of it, and least where it is wanted or promised.
OF_A_JUDGEMENT = 0.7  # 82
JUDGEMENTS = frozenset(
    ("affirms", "blames", "condemns", "congratulates", "criticizes", "defends", "demands", "denies", "expects",
     "expresses_concern", "fears", "opposes", "praises", "rejects", "requests", "thanks", "welcomes")
)  # fmt: skip
OF_A_WISH = 0.3  # 22
WISHES = frozenset(("explains", "hopes", "promises", "urges"))
# A clause without "that" is more often cut wrongly after a verb of belief or finding than after one of speech.
OF_A_BELIEF = 0.55  # 27
BELIEFS = frozenset(("believes", "reports"))
# What these name after a preposition is what they are for: "apologised for the raid".
SPOKEN = frozenset(("apologizes", "condoles", "criticizes", "expresses_concern", "praises", "thanks"))
UNMEASURED = 0.5


def of(rule: str, relation: str, *, directed: bool) -> float:
    """How sure a claim of this relation is that this rule has made.

    ``directed``: at somebody who is named, by whom an act can be told apart whatever its content.
    """
    rule = rule.split(" + ", maxsplit=1)[0]
    if rule == "verb+object" and relation in JUDGEMENTS:
        return OF_A_JUDGEMENT
    if rule == "verb+bare clause" and relation in BELIEFS:
        return OF_A_BELIEF
    if rule == "verb+preposition" and relation in SPOKEN:
        return UNMEASURED
    sure = OF_A_WISH if rule == "verb+object" and relation in WISHES else CONFIDENCE.get(rule, UNMEASURED)
    return max(sure, UNMEASURED) if directed else sure

"""How sure a rule of attribution is: measured, not felt."""

# How often a construction was right end to end (source and content) on 45 articles of US political news and 83 single
# sentences, rounded to the nearest 0.05, with the number of readings beside it; of fewer than 20 readings as if
# there were one more right and one more wrong. docs/accuracy.md has the table over all development sets.
CONFIDENCE = {
    "verb+preposed": 0.95,  # 236
    "verb+bare clause": 0.75,  # 150
    "verb+object": 0.45,  # 95, those of a judgement apart
    "verb+that-clause": 0.85,  # 121
    "verb+to-infinitive": 0.55,  # 37
    "verb+naming": 0.65,  # 36
    "verb+quotation": 0.95,  # 35
    "verb+according to": 0.9,  # 32
    "verb+addressee": 0.85,  # 23
    "verb+parenthesis": 0.75,  # 14
    "verb+wh-clause": 0.5,  # 12
    "verb+passive": 0.6,  # 11
    "verb+preposition": 0.4,  # 7, and 15 in an earlier measure
    "verb+of": 0.75,  # 6
    "verb+as-clause": 0.45,  # 5
    "verb+point of view": 0.8,  # 3
    "headline+colon": 0.6,  # 3
    "phrase+object": 0.65,  # 78
    "phrase+to-infinitive": 0.5,  # 16
    "phrase+that-clause": 0.8,  # 8
    "phrase+bare clause": 0.65,  # 4
    "noun+that-clause": 0.75,  # 9
    "noun+to-infinitive": 0.45,  # 7
    "noun+preposition": 0.5,  # as an act directed at somebody; as an attribution 0.32 of 22, so it has no content
    "adjective+preposition": 0.7,  # 8
    "adjective+to-infinitive": 0.5,  # 4
    "adjective+that-clause": 0.8,  # 3
}  # fmt: skip
# An object is more often rightly read where the act is a judgement of it.
OF_A_JUDGEMENT = 0.7  # 46
JUDGEMENTS = frozenset(
    ("affirms", "blames", "condemns", "criticizes", "defends", "demands", "denies", "opposes", "praises", "rejects",
     "requests")
)  # fmt: skip
UNMEASURED = 0.5


def of(rule: str, relation: str) -> float:
    """How sure a claim of this relation is that this rule has made."""
    if rule == "verb+object" and relation in JUDGEMENTS:
        return OF_A_JUDGEMENT
    return CONFIDENCE.get(rule.split(" + ", maxsplit=1)[0], UNMEASURED)

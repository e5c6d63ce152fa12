"""How sure a rule of attribution is: measured, not felt."""

# How often a construction was right end to end (source and content) on the 60 development articles of US political
# news, rounded to the nearest 0.05, with the number of readings beside it; docs/accuracy.md has the table.
CONFIDENCE = {
    "verb+preposed": 0.9,  # 327
    "verb+bare clause": 0.7,  # 215
    "verb+that-clause": 0.8,  # 159
    "verb+object": 0.5,  # 153
    "verb+naming": 0.65,  # 54
    "verb+quotation": 0.75,  # 48
    "verb+according to": 0.9,  # 39
    "verb+point of view": 0.75,
    "verb+to-infinitive": 0.55,  # 34
    "verb+passive": 0.4,  # 31
    "verb+wh-clause": 0.5,  # 18
    "verb+addressee": 0.75,  # 17
    "verb+preposition": 0.4,  # 15
    "verb+parenthesis": 0.75,  # 15
    "verb+as-clause": 0.4,  # 8
    "verb+of": 0.75,  # 4
    "headline+colon": 0.65,  # 3
    "phrase+object": 0.55,  # 81
    "phrase+to-infinitive": 0.5,  # 22
    "phrase+that-clause": 0.85,  # 8
    "noun+that-clause": 0.75,  # 9
    "noun+to-infinitive": 0.4,  # 6
    "noun+preposition": 0.5,  # as an act directed at somebody; as an attribution 0.28 of 25, so it has no content
    "adjective+preposition": 0.6,  # 12
    "adjective+to-infinitive": 0.5,  # 6
    "adjective+that-clause": 0.9,  # 5
}  # fmt: skip
UNMEASURED = 0.5
# A reading below this is not printed.
THRESHOLD = 0.4

"""Every form of a verb or noun, made from its lemma.

Regular English inflection; irregular past forms stand in the lexicon's ``past_forms`` column, and regular verbs
that double their last consonant although they have two syllables (``admitted``) are listed there as well.
"""

VOWELS = frozenset("aeiou")


def doubles(lemma: str) -> bool:
    """Whether a one-syllable verb doubles its last consonant: ``ban`` but not ``call``, ``show`` or ``look``."""
    if len(lemma) < 3 or lemma[-1] in "aeiouwxy" or lemma[-2] not in VOWELS or lemma[-3] in VOWELS:
        return lemma[-3:-1] == "ui" and lemma[-1] == "t" and lemma[-4:-3] == "q"
    return sum(letter in VOWELS for letter in lemma) == 1


def third_person(lemma: str) -> str:
    """``claims``, ``denies``, ``presses``; also the plural of a noun."""
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def present_participle(lemma: str, doubled: bool) -> str:
    """``claiming``, ``making``, ``admitting``, ``lying``."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if doubled else "") + "ing"


def past(lemma: str) -> str:
    """``claimed``, ``denied``, ``banned``."""
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if doubles(lemma) else "") + "ed"


def verb_forms(lemma: str, past_forms: str = "") -> dict[str, set[str]]:
    """The forms of a verb by tag: ``base``, ``s``, ``past``, ``part`` (past participle) and ``ing``.

    ``past_forms`` is ``past|participle`` where they are not regular. A particle after the verb stays behind.
    """
    verb, _, rest = lemma.partition(" ")
    rest = rest and " " + rest
    irregular = past_forms.split("|") if past_forms else []
    simple, participle = irregular if len(irregular) == 2 else (past(verb), past(verb))
    double = simple.startswith(verb + verb[-1]) or doubles(verb)
    if not irregular and verb.endswith("l") and verb[-2:-1] in VOWELS and verb[-3:-2] not in VOWELS and not double:
        british = {"past": verb + "led", "part": verb + "led", "ing": verb + "ling"}
    else:
        british = {}
    forms = {
        "base": {verb},
        "s": {"has" if verb == "have" else third_person(verb)},
        "past": {simple},
        "part": {participle},
        "ing": {present_participle(verb, double)},
    }
    for tag, form in british.items():
        forms[tag].add(form)
    return {tag: {form + rest for form in found} for tag, found in forms.items()}

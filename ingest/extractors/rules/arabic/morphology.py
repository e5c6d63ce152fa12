"""Verb forms from root and pattern: sound, hollow, defective, doubled, assimilated and hamzated, forms I to X.

A stem is written as consonants (Arabic letters) and vowels (``a i u``, long ``A I U``, ``Y`` for a final alef
maqsura); :func:`spell` gives its unvowelled key. The tables follow the traditional paradigms (Wright, *A Grammar of
the Arabic Language*, part second).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extractors.rules.arabic.orthography import key

_WEAK = "وي"
_LONG = {"A": "ا", "I": "ي", "U": "و", "Y": "ي"}
_ASSIMILATED_T = {"و": "تت", "ي": "تت", "ت": "تت", "ز": "زد", "د": "دد", "ذ": "دد", "ص": "صط", "ض": "ضط", "ط": "طط"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a form says of itself.

    ``tense``: ``p`` perfect, ``i`` imperfect, ``f`` future, ``a`` active participle in the accusative, ``n`` verbal
    noun. ``person``: 1, 2 or 3; ``gender``: ``m`` ``f`` or ``""``; ``number``: ``s`` ``d`` ``p``. ``passive`` only
    where the spelling shows it; ``jussive`` where it is shortened, as after لم.
    """

    tense: str
    person: int = 3
    gender: str = ""
    number: str = "s"
    passive: bool = False
    jussive: bool = False


def spell(stem: str) -> str:
    """The unvowelled key of a vowelled stem: doubled letters once, hamza on its seat."""
    out: list[str] = []
    for i, c in enumerate(stem):
        before = stem[i - 1] if i else ""
        if c in _LONG:
            out.append("" if before == "ء" and out[-1:] == ["ا"] and c == "A" else _LONG[c])
        elif c in "aiu":
            out.append("ا" if i == 0 else "")
        elif c == "ء":
            out.append(_seat(stem, i))
        elif c != before:
            out.append(c)
    return "".join(out)


def _seat(stem: str, i: int) -> str:
    """The letter that carries the hamza at ``i``; the strongest neighbouring vowel decides: i, then u, then a."""
    before, after = stem[i - 1] if i else "", stem[i + 1 : i + 2]
    if not before:
        return "ا"
    if not stem[i + 1 :].strip("aiu"):  # at the end: the vowel before alone
        return {"a": "ا", "i": "ي", "u": "و"}.get(before, "ء")
    if before in "iIي" or after in ("i", "I"):
        return "ي"
    if before == "u" or (after in ("u", "U") and before != "U"):
        return "و"
    return "ء" if before in "AU" else "ا"


@dataclass(frozen=True, slots=True)
class Stems:
    """The spelled stems of one verb, without personal endings and prefixes (``jussive``: shortened)."""

    perfect: str
    perfect_f: str
    perfect_c: str
    perfect_p: str
    imperfect: str
    jussive: str
    imperfect_p: str
    active: str
    passive_perfect: str
    passive_imperfect: str
    masdar: str


def stems(root: str, form: int, vowel: str) -> Stems:
    """The stems of a verb; ``vowel`` is the imperfect's in form I (``ia``: perfect in i).

    A root of four radicals goes like forms II and V of three.
    """
    if len(root) == 4:
        return _quadriliteral(root, form)
    r1, r2, r3 = tuple(root)
    lead, body = _bases(r1, r2, form)
    high = form in (2, 3, 4)
    final = vowel[-1:] if form == 1 else ("a" if form in (5, 6) else "i")
    if r3 in _WEAK:
        return _defective(root, form, vowel, lead, body, final, high)
    if r2 in _WEAK and form in (1, 4, 7, 8, 10):
        return _hollow(root, form, vowel, lead, body)
    if r2 == r3 and form in (1, 3, 4, 7, 8, 10):
        return _doubled(root, form, lead, body, high)
    prefix = "u" if high else "a"
    perfect = lead + ("i" if vowel == "ia" else "a") + r3
    imperfect = _after_prefix(prefix + body + final + r3)
    active = f"{r1}A{r2}i{r3}" if form == 1 else f"مu{body}i{r3}"
    p = spell(perfect)
    i = imperfect
    return Stems(
        p, p, p, p, i, i, i, spell(active),
        spell(_passive(lead) + "i" + r3), _after_prefix("u" + body + "a" + r3), key(spell(_masdar(root, form))),
    )  # fmt: skip


def _quadriliteral(root: str, form: int) -> Stems:
    """سيطر، طمأن (``form`` 2) and تمركز، تدهور (5)."""
    r1, r2, r3, r4 = tuple(root)
    base = f"{r1}a{r2}{r3}"
    lead = base if form == 2 else f"تa{base}"
    imperfect = f"u{base}i{r4}" if form == 2 else f"a{lead}a{r4}"
    masdar = f"{base}a{r4}aة" if form == 2 else f"{lead}u{r4}"
    p, i = spell(f"{lead}a{r4}"), _after_prefix(imperfect)
    return Stems(
        p, p, p, p, i, i, i, spell(f"مu{lead}i{r4}"),
        spell(_passive(lead) + "i" + r4), _after_prefix(f"u{lead}a{r4}"), key(spell(masdar)),
    )  # fmt: skip


def _after_prefix(stem: str) -> str:
    """A stem that follows a personal prefix, spelled without that prefix."""
    return spell("م" + stem)[1:]


def _bases(r1: str, r2: str, form: int) -> tuple[str, str]:
    """What comes before the last vowel: of the perfect, and of the imperfect after its prefix and vowel."""
    t = _ASSIMILATED_T.get(r1, r1 + "ت")
    short = r2 if form == 1 and r1 == "و" else f"{r1}{r2}"  # يصل of وصل: the first radical falls out
    bases = {
        1: (f"{r1}a{r2}", short),
        2: (f"{r1}a{r2}{r2}",) * 2,
        3: (f"{r1}A{r2}",) * 2,
        4: (f"ءA{r2}" if r1 == "ء" else f"ءa{r1}{r2}", f"{r1}{r2}"),
        5: (f"تa{r1}a{r2}{r2}",) * 2,
        6: (f"تa{r1}A{r2}",) * 2,
        7: (f"iن{r1}a{r2}", f"ن{r1}a{r2}"),
        8: (f"i{t}a{r2}", f"{t}a{r2}"),
        10: (f"iستa{r1}{r2}", f"ستa{r1}{r2}"),
    }
    return bases[form]


def _passive(lead: str) -> str:
    """The perfect's beginning in the passive: its vowels become u."""
    return lead.replace("A", "U").replace("a", "u")


def _defective(root: str, form: int, vowel: str, lead: str, body: str, final: str, high: bool) -> Stems:
    r1, r2, r3 = tuple(root)
    prefix = "u" if high else "a"
    if vowel == "ia":
        perfect, f, c, p = (lead + "I", lead + "iي", lead + "I", lead)
    else:
        ending = ("A", "aو") if form == 1 and r3 == "و" else ("Y", "aي")
        perfect, f, c, p = lead + ending[0], lead + "a", lead + ending[1], lead + "a"
    shown = {"u": "U", "i": "I", "a": "Y"}[final]
    imperfect = _after_prefix(prefix + body + shown)
    cut = _after_prefix(prefix + body)
    active = spell(f"{r1}A{r2}iي" if form == 1 else f"مu{body}iي")
    return Stems(
        spell(perfect), spell(f), spell(c), spell(p), imperfect, cut, cut, active,
        spell(_passive(lead) + "I"), _after_prefix("u" + body + "Y"), key(spell(_masdar(root, form))),
    )  # fmt: skip


def _hollow(root: str, form: int, vowel: str, lead: str, body: str) -> Stems:
    r1, r2, r3 = tuple(root)
    head = lead.removesuffix(r2).removesuffix("a")
    inner = body.removesuffix(r2).removesuffix("a")
    long = {"u": "U", "i": "I", "a": "A"}[vowel[-1:]] if form == 1 else ("A" if form in (7, 8) else "I")
    prefix = "u" if form == 4 else "a"
    active = f"{r1}Aءi{r3}" if form == 1 else f"مu{inner}{'A' if form in (7, 8) else 'I'}{r3}"
    if form == 1:
        head = r1
    perfect, short = spell(f"{head}A{r3}"), spell(f"{head}i{r3}")
    long_stem = _after_prefix(f"{prefix}{inner}{long}{r3}")
    cut = _after_prefix(f"{prefix}{inner}i{r3}")
    return Stems(
        perfect, perfect, short, perfect, long_stem, cut, long_stem, spell(active),
        spell(f"{head}I{r3}"), _after_prefix(f"u{inner}A{r3}"), key(spell(_masdar(root, form))),
    )  # fmt: skip


def _doubled(root: str, form: int, lead: str, body: str, high: bool) -> Stems:
    r1, r2, r3 = tuple(root)
    prefix = "u" if high else "a"
    perfect = f"{lead}{r3}"
    full = lead + "a" + r3
    joined = body + r3 if form != 1 else f"{r1}u{r2}{r3}"
    active = f"{r1}A{r2}{r3}" if form == 1 else f"مu{joined}"
    p, i = spell(perfect), _after_prefix(prefix + joined)
    return Stems(
        p, p, spell(full), p, i, i, i, spell(active),
        p, i, key(spell(_masdar(root, form))),
    )  # fmt: skip


def _masdar(root: str, form: int) -> str:
    """The verbal noun of forms II to X; form I has none by rule."""
    r1, r2, r3 = tuple(root)
    weak, hollow = r3 in _WEAK, r2 in _WEAK
    t = _ASSIMILATED_T.get(r1, r1 + "ت")
    end = f"{r2}Aء" if weak else f"{r2}A{r3}"
    i_mid = "I" if r1 in _WEAK else f"i{r1}"
    table = {
        1: "",
        2: f"تa{r1}{r2}iيaة" if weak else f"تa{r1}{r2}iءaة" if r3 == "ء" else f"تa{r1}{r2}I{r3}",
        3: f"مu{r1}A{r2}Aة" if weak else f"مu{r1}A{r2}a{r3}aة",
        4: f"ءi{r1}A{r3}aة" if hollow and not weak else f"ء{i_mid}{end}",
        5: f"تa{r1}a{r2}{r2}I" if weak else f"تa{r1}a{r2}{r2}u{r3}",
        6: f"تa{r1}A{r2}I" if weak else f"تa{r1}A{r2}u{r3}",
        7: f"iن{r1}i{end}",
        8: f"i{t}iيA{r3}" if hollow and not weak else f"i{t}i{end}",
        10: f"iستi{r1}A{r3}aة" if hollow and not weak else f"iست{i_mid}{end}",
    }
    return table[form]


_PERFECT = (("perfect", "", Shape("p", 3, "m", "s")), ("perfect_f", "ت", Shape("p", 3, "f", "s")),
            ("perfect", "ا", Shape("p", 3, "m", "d")), ("perfect_f", "تا", Shape("p", 3, "f", "d")),
            ("perfect_p", "وا", Shape("p", 3, "m", "p")), ("perfect_c", "ن", Shape("p", 3, "f", "p")),
            ("perfect_c", "نا", Shape("p", 1, "", "p")), ("perfect_c", "تم", Shape("p", 2, "m", "p")))  # fmt: skip
_IMPERFECT = (("ي", "m"), ("ت", "f"))
FIRST = (("ا", Shape("i", 1, "", "s")), ("ن", Shape("i", 1, "", "p")))


def inflect(s: Stems) -> Iterator[tuple[str, Shape]]:
    """Every finite form with its shape, as keys: both tenses, future with س, jussive, passive where it shows."""
    for name, ending, shape in _PERFECT:
        yield key(getattr(s, name) + ending), shape
    yield key(s.perfect_c + "ت"), Shape("p", 3, "f", "s") if s.perfect_c == s.perfect_f else Shape("p", 1, "", "s")
    for future, tense in (("", "i"), ("س", "f")):
        for prefix, gender in _IMPERFECT:
            yield key(future + prefix + s.imperfect), Shape(tense, 3, gender, "s")
            if not future and s.jussive != s.imperfect:
                yield key(prefix + s.jussive), Shape(tense, 3, gender, "s", jussive=True)
            yield key(future + prefix + s.imperfect_p + "ون"), Shape(tense, 3, "m", "p")
            yield key(future + prefix + s.imperfect + "ان"), Shape(tense, 3, gender, "d")
            if not future:
                yield key(prefix + s.imperfect_p + "وا"), Shape(tense, 3, "m", "p")
                yield key(prefix + s.imperfect + "ا"), Shape(tense, 3, gender, "d")
        for prefix, shape in FIRST:
            yield key(future + prefix + s.imperfect), Shape(tense, 1, "", shape.number)
    yield key("ي" + s.jussive + "ن"), Shape("i", 3, "f", "p")
    yield from _passives(s)


def _passives(s: Stems) -> Iterator[tuple[str, Shape]]:
    if s.passive_perfect != s.perfect:
        yield key(s.passive_perfect), Shape("p", 3, "m", "s", passive=True)
        yield key(s.passive_perfect + "ت"), Shape("p", 3, "f", "s", passive=True)
    if s.passive_imperfect != s.imperfect:
        for prefix, gender in _IMPERFECT:
            yield key(prefix + s.passive_imperfect), Shape("i", 3, gender, "s", passive=True)


def participles(s: Stems) -> Iterator[tuple[str, Shape]]:
    """The active participle in the accusative, as it stands for "saying": مؤكدا، مؤكدة، مؤكدين، مؤكدات."""
    for ending, gender, number in (("ا", "m", "s"), ("ة", "f", "s"), ("ين", "m", "p"), ("ات", "f", "p")):
        stem = s.active.removesuffix("ي") if ending == "ين" and s.active.endswith("ي") else s.active
        yield key(stem + ending), Shape("a", 3, gender, number)

"""Whose act a cue is: the subject of a finite verb, of a participle, of an infinitive, the possessor of a noun."""

from ingest.extractors.rules.english import phrases, verbgroups
from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    NEG,
    NUM,
    OBJ,
    OPEN,
    PAST,
    PLURAL,
    POSS,
    PREP,
    PRON,
    PUNCT,
    QUANT,
    QUOTE,
    REL,
    SUB,
    TIME,
    VERB,
    S,
    verb_class,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.mentions import Scene
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import Range, VerbGroup


def of_verb(
    t: Tokens, group: VerbGroup, lo: int, hi: int, speaker: Range | None, ended: tuple[int, Range] | None
) -> Range | None:
    """The subject of a verb group; ``speaker`` is the subject of the last cue of speech in this sentence.

    ``ended`` is where the content of the last cue ends, and that cue's subject: a verb joined on there is its too.
    """
    if ended and 0 <= group.start - 1 - ended[0] <= 2 and t.bits[group.start - 1] & (CONJ | ADV):
        return ended[1]
    if group.form == "participle":
        return _of_participle(t, group, lo, hi, speaker)
    found = phrases.subject_before(t, group.start, lo)
    if found is None and speaker and group.start > lo and t.bits[group.start - 1] & CONJ:
        return speaker
    return found


def _of_participle(t: Tokens, group: VerbGroup, lo: int, hi: int, speaker: Range | None) -> Range | None:
    k = group.start - 1
    if k < lo and lo and t.bits[lo - 1] & QUOTE and t.quote_of[lo - 1] >= 0:
        return None
    noun = not t.bits[k] & VERB or bool(t.bits[k] & PLURAL and t.words[k].role)
    if k >= lo and noun and not t.bits[k] & (PUNCT | PREP | CONJ | SUB) and not t.bits[k] & TIME:
        phrase = phrases.phrase_back(t, k + 1, lo)
        issued = phrase and t.words[k].lower in _UTTERANCES and _is_object(t, phrase[0], lo)
        return (phrases.main_subject(t, phrase[0], lo, hi) or phrase) if issued and phrase else phrase
    if speaker and k >= lo and t.bits[k] & (COMMA | QUOTE | ADV):
        return speaker
    return phrases.main_subject(t, group.start, lo, hi)


def _is_object(t: Tokens, start: int, lo: int) -> bool:
    """Whether the noun phrase at ``start`` is a verb's object: ``sent out (a statement)``."""
    k = start - 1 - (t.words[start - 1].lower == "out")
    return k > lo and bool(t.bits[k] & VERB) and not t.bits[k] & (CAP | PREP)


def governor(t: Tokens, group: VerbGroup, lo: int, hi: int) -> VerbGroup | None:
    """The finite group an infinitive hangs on: ``continued to insist``, ``tried to reassure``; else ``None``."""
    k = group.start - 1
    while k > lo and t.bits[k] & ADV and not t.bits[k] & VERB:
        k -= 1
    if k < lo or t.words[k].lower not in _CATENATIVE:
        return None
    found = verbgroups.verb_group(t, k, lo, hi)
    if found is None or found.form in {"infinitive", "reduced"}:
        return None
    negated = found.negated != (t.words[k].lower in _REFUSAL)
    return VerbGroup(found.start, group.verb, found.form, negated=negated or group.negated, modal=found.modal)


def possessor(scene: Scene, i: int, lo: int, hi: int) -> Range | None:
    """Whose claim it is: ``his``, ``Trump's``; or the subject of ``made``, ``repeated``, ``rejected`` before it."""
    t = scene.tokens
    for k in range(i - 1, max(lo, i - 4) - 1, -1):
        bit = t.bits[k]
        if bit & POSS:
            return (k, k + 1)
        if bit & GENITIVE:
            return phrases.phrase_back(t, k, lo)
        if bit & (PUNCT | PREP | AUX | SUB | NEG):
            return None
        if k in scene.matches and scene.matches[k].sort == "demonym":
            return (k, scene.matches[k].end)
        if bit & (PAST | S) and not bit & CAP:
            if t.words[k].lower not in _MADE:
                return None
            group = verbgroups.verb_group(t, k, lo, hi)
            return phrases.subject_before(t, group.start, lo) if group and not group.passive else None
    return None


def animate(scene: Scene, subject: Range) -> bool:
    """Whether a noun phrase may be a person, a body of people or a text."""
    t = scene.tokens
    last = scene.head_end(*subject) - 1
    if last + 2 < subject[1] and t.words[last + 1].lower == "of" and t.bits[subject[1] - 1] & PLURAL:
        last = subject[1] - 1  # an array of economists
    if last > subject[0] and t.words[last].lower in phrases.POSTPOSED:
        last -= 1  # a person familiar with the plan
    word = t.words[last]
    singular = word.lower[:-1] if word.bits & PLURAL else word.lower
    known = word.role is not None or singular in _BODIES or singular.endswith(_PERSON)
    return known or bool(word.bits & _PERSONAL)


def animate_antecedent(scene: Scene, relative: Range, lo: int) -> bool:
    """Whether ``which`` or ``that`` stands by a name or a person: ``from Tokyo, which called it``."""
    t = scene.tokens
    end = relative[0] - bool(t.bits[relative[0] - 1] & (COMMA | OPEN))
    if not t.bits[relative[0]] & REL or end <= lo:
        return False
    before = phrases.phrase_back(t, end, lo)
    return bool(before and (t.bits[end - 1] & CAP or animate(scene, before)))


_PERSON = tuple(word_class("ending of a person noun"))
_UTTERANCES = word_class("utterance")
_BODIES = word_class("body that may speak")
_PERSONAL = CAP | PRON | REL | QUANT | POSS | DET | OBJ | NUM
_MADE = verb_class("verb of making")
_REFUSAL = verb_class("verb of not doing")
_CATENATIVE = verb_class("verb before an infinitive") | _REFUSAL

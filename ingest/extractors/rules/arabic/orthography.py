"""Arabic spelling: one key for all the ways a word is written.

Lookup works on keys: vowel signs and tatweel are left out, the seats of hamza, alef maqsura and teh marbuta fall
together with the plain letters that web and agency texts put in their place. Offsets never refer to keys.
"""

_MARKS = "".join(map(chr, [*range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]))
_MARKS += "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_KEY = str.maketrans(
    {**dict.fromkeys(_MARKS), **dict(zip("أإآٱىیئؤةک", "اااايييوهك", strict=True))},
)


def key(word: str) -> str:
    """The spelling that lookup uses for a word: ``أكَّدت`` and ``اكدت`` give the same."""
    return word.translate(_KEY)


def offset_in(word: str, letters: int) -> int:
    """How many code points of ``word`` its first ``letters`` key letters take, marks that follow them included."""
    count = position = 0
    for position, character in enumerate(word):
        if character not in _MARKS:
            if count == letters:
                return position
            count += 1
    return len(word) if count <= letters else position

"""Words of other scripts as people write them in Latin letters: tankhwah, 3a9d, zarplata, gongzi.

Nobody agrees on the vowels, and Arabic and Urdu do not write the short ones. So the words of the
cards are spelled in Latin letters, and compared with what was typed by their consonants first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from flows.folding import Script, script_of
from flows.pinyin import syllables_of

VOWELS = frozenset("aeiouwyh")
"""What is written or left out as one likes: vowels, and the letters that stand for them."""

_ARABIC = dict(
    zip("ابپتثجچحخدذرزژسشصضطظعغفقكگلمنوهي", "abpttzchxdzrzzscsdtz'gfkkglmnwhy", strict=True)
)
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуф", "abwgdeziiklmnoprstuf", strict=True)),
    "ж": "z",
    "х": "x",
    "ц": "ts",
    "ч": "c",
    "ш": "c",
    "щ": "c",
    "ю": "u",
    "я": "a",
    "є": "e",
}
_BENGALI = {
    **dict(zip("কখগঘঙচছজঝঞটঠডতথদধনপফবভমযরলসহ", "kxggnccyznttdttddnpfbbmzrlsh", strict=True)),
    **dict(zip("অআইউঋএঐওঔািুৃেৈোৌং", "aaiureiouaiureioun", strict=True)),
    "জ": "z",
    "ড": "d",
    "ঃ": "",
}
_GURMUKHI = {
    **dict(zip("ਕਖਗਘਙਚਛਜਝਞਟਠਡਢਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸਹੜ", "kxggncczzntttdttddnpfbbmyrlwshr", strict=True)),
    **dict(zip("ਅਆਇਉਏਐਓਔਾਿੁੇੈੋੌਂ", "aaiueeouaiueeoun", strict=True)),
    "ਡ": "d",
    "ਢ": "d",
}
_SINHALA = {
    **dict(zip("කගචජඤටඩනතදපබමයරලවසහෆ", "kgczntdntdpbmyrlwshf", strict=True)),
    **dict(zip("අආඇඉඋඑඔාැිුෙොං", "aaaiueoaaiueon", strict=True)),
}
_LETTERS = {
    Script.ARABIC: _ARABIC,
    Script.CYRILLIC: _CYRILLIC,
    Script.BENGALI: _BENGALI,
    Script.GURMUKHI: _GURMUKHI,
    Script.SINHALA: _SINHALA,
}
_TYPED = (
    *(("tch", "c"), ("sch", "c"), ("chh", "c"), ("shch", "c"), ("kh", "x"), ("gh", "g")),
    *(("sh", "c"), ("ch", "c"), ("dj", "z"), ("dz", "z"), ("zh", "z"), ("jh", "z"), ("dh", "d")),
    *(("th", "t"), ("ph", "f"), ("bh", "b"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i")),
    *(("q", "k"), ("c", "c"), ("j", "z"), ("v", "w"), ("2", "'"), ("3", "'"), ("5", "x")),
    *(("6", "t"), ("7", "h"), ("8", "k"), ("9", "k"), ("x", "x")),
)
_KIN = (frozenset("dtz"), frozenset("scz"), frozenset("kxgc"), frozenset("bfp"), frozenset("nm"))
"""Consonants that are heard or written for each other."""
_CONSONANTS = frozenset("abcdefghijklmnopqrstuvwxyz") - VOWELS
_WEIGHTS = {"'": 0.1, **dict.fromkeys(VOWELS, 0.2)}
"""What a sign counts that one has and the other has not; every other one counts 1."""
_SWAPS: dict[str, dict[str, float]] = {
    **{a: dict.fromkeys(VOWELS, 0.12) for a in VOWELS},
    **{
        a: {
            **dict.fromkeys(_CONSONANTS, 1.0),
            **dict.fromkeys((b for kin in _KIN if a in kin for b in kin), 0.45),
        }
        for a in _CONSONANTS
    },
}
"""What it counts where one sign stands for another."""
LIKE_ENOUGH = 0.55
CLEAR, CLEAR_BONES = 0.85, 3
"""How alike a word of a language must be that the person has not chosen, and how long."""


def spelled(word: str) -> str:
    """A word of another script in Latin letters; empty where there is no such spelling."""
    letters = _LETTERS.get(script_of(word[0]))
    return _single("".join(letters.get(sign, "") for sign in word)) if letters else ""


@lru_cache(maxsize=256)
def typed(word: str) -> str:
    """What somebody typed in Latin letters, spelled as `spelled` spells."""
    out, at = [], 0
    while at < len(word):
        found = next((one for one in _TYPED if word.startswith(one[0], at)), (word[at], word[at]))
        out.append(found[1])
        at += len(found[0])
    return _single("".join(out))


def _single(word: str) -> str:
    """Each letter once where it is doubled."""
    return "".join(sign for at, sign in enumerate(word) if word[at - 1 : at] != sign)


def skeletons(word: str) -> Iterator[str]:
    """The consonants of a spelled word, and these with one left out: so a slip is forgiven."""
    bones = _single("".join(sign for sign in word if sign not in VOWELS and sign != "'"))
    yield bones
    if len(bones) >= 3:
        yield from {bones[:at] + bones[at + 1 :] for at in range(len(bones))} - {bones}


def heard_alike(one: str, other: str) -> float:
    """How alike two spelled words sound, from 0 to 1: vowels hardly count, consonants do."""
    weights = [_WEIGHTS.get(sign, 1.0) for sign in other]
    row = [0.0, *accumulate(weights)]
    for a in one:
        gone, swaps = _WEIGHTS.get(a, 1.0), _SWAPS.get(a, {})
        before, row = row, [row[0] + gone]
        for j, b in enumerate(other):
            swap = before[j] + (0.0 if a == b else swaps.get(b, gone + weights[j]))
            row.append(min(swap, before[j + 1] + gone, row[-1] + weights[j]))
    bones = max(consonants(one), consonants(other))
    return max(0.0, 1 - row[-1] / max(2, bones))


def consonants(word: str) -> int:
    """How many consonants a spelled word has."""
    return sum(sign not in _WEIGHTS for sign in word)


def pinyin_keys(words: tuple[str, ...], at: int) -> Iterator[tuple[str, float]]:
    """The keys under which Chinese signs are found for a word in pinyin, and how sure each is.

    Two syllables are a pair of signs, whether somebody wrote a space between them or not.
    """
    parts = syllables_of(words[at])
    if len(parts) == 1:
        after = syllables_of(words[at + 1]) if at + 1 < len(words) else ()
        if len(after) == 1:
            yield f"{parts[0]} {after[0]}", 0.95
        yield parts[0], 0.5
    for one, other in pairwise(parts):
        yield f"{one} {other}", 0.95

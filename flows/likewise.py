"""How alike two words are: an ending, a slip of the finger, a letter left out."""

from __future__ import annotations

from flows.folding import Script, script_of

_SHORT = (Script.ARABIC, Script.BENGALI, Script.GURMUKHI, Script.SINHALA)
"""Scripts whose words have few signs: their parts are pairs, elsewhere they are threes."""


def grams(word: str) -> list[str]:
    """The parts of a word, with its beginning and its end."""
    size = 2 if script_of(word[0]) in _SHORT else 3
    whole = f"^{word}$"
    return [whole[at : at + size] for at in range(len(whole) - size + 1)]


def alike(typed: str, known: str) -> float:
    """From 0 for two different words to nearly 1 for two spellings of one."""
    short, long = sorted((len(typed), len(known)))
    same = _common(typed, known)
    best = 0.0
    if same >= 4 and same >= 0.6 * long:
        best = 0.5 + 0.45 * same / long
    elif same == len(typed) >= 4:  # the beginning of a word: nobody types it to the end
        best = 0.55
    slips = 0 if long < 4 else 1 if long < 8 else 2
    if slips and long - short <= slips:
        away = distance(typed, known, slips)
        if away <= slips:
            best = max(best, 1 - 1.2 * away / long - (0.1 if same == 0 else 0))
    return best


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def distance(one: str, other: str, most: int) -> int:
    """Letters too many, missing, wrong or in the wrong order; more than `most` is most + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)

"""Says how easy words are to read, by the formula that was measured for their language.

No formula understands a text: it counts the length of words and of sentences. So a score is a
question to whoever wrote them, never a judgement; where no formula was measured, none is given.

Sources. Italian: Gulpease (Lucisano, Piemontese, Scuola e città 3/1988): 60 and more is easy for
whoever has the licenza media. English: Flesch, Journal of Applied Psychology 32 (1948). French:
Kandel, Moles, Cahiers d'études de radio-télévision 19 (1958). Spanish: Szigriszt-Pazos, Sistemas
predictivos de legibilidad (1993), graded as INFLESZ. Portuguese: Martins and others, Notas do
ICMSC-USP 28 (1996). Russian: Oborneva (2006). Romanian and Albanian have no formula of their own
that was measured: LIX (Björnsson, Läsbarhet, 1968), made for several languages; there less is
easier.

Syllables are counted as groups of vowels, with the few rules that matter for each language: near
enough for a score, not for a poem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.catalogs import PLACEHOLDER

_SENTENCE = re.compile(r"[.!?…](?=\s|$|[”»\"')])|\n")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*", re.UNICODE)
_APOSTROPHE = re.compile(r"['’\-]")
_LONG = 6
"""LIX calls words of more letters long."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a formula needs to know of words."""

    sentences: int
    words: int
    letters: int
    long_words: int
    syllables: int

    @property
    def words_a_sentence(self) -> float:
        """How many words a sentence has, on average."""
        return self.words / self.sentences


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: what it is called, and from which score on words are easy."""

    name: str
    score: Callable[[Counted], float]
    easy: float
    less_is_easier: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How easy words are to read; `easy` is the score from which they are."""

    formula: str
    value: int
    easy: int
    is_easy: bool
    counted: Counted


GULPEASE = Formula("Gulpease", lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words, 60)
LIX = Formula(
    "LIX", lambda c: c.words_a_sentence + 100 * c.long_words / c.words, 40, less_is_easier=True
)


def _flesch(name: str, base: float, of_words: float, of_syllables: float, easy: float) -> Formula:
    def score(c: Counted) -> float:
        return base - of_words * c.words_a_sentence - of_syllables * c.syllables / c.words

    return Formula(name, score, easy)


FORMULAS: Mapping[str, Formula] = {
    "it": GULPEASE,
    "en": _flesch("Flesch", 206.835, 1.015, 84.6, 60),
    "fr": _flesch("Kandel-Moles", 207, 1.015, 73.6, 60),
    "es": _flesch("Szigriszt-Pazos", 206.835, 1.0, 62.3, 55),
    "pt": _flesch("Flesch-Martins", 248.835, 1.015, 84.6, 50),
    "ru": _flesch("Flesch-Oborneva", 206.835, 1.3, 60.1, 50),
    "ro": LIX,
    "sq": LIX,
}
"""The formula of each language that has one."""


def score(language: str, texts: Iterable[str]) -> Score | None:
    """How easy some sentences are to read; None where there is no formula, or not one word."""
    formula = FORMULAS.get(language)
    counted = count(language, texts)
    if formula is None or counted is None:
        return None
    value = formula.score(counted)
    is_easy = value <= formula.easy if formula.less_is_easier else value >= formula.easy
    return Score(formula.name, round(value), round(formula.easy), is_easy, counted)


def count(language: str, texts: Iterable[str]) -> Counted | None:
    """Count sentences, words, letters and syllables; None where there is not one word.

    Each text is a sentence or several; what stands for a value ({day}) counts as one short word, a
    number as one word of its digits.
    """
    sentences = words = letters = long_words = syllables = 0
    for text in texts:
        for sentence in _SENTENCE.split(PLACEHOLDER.sub("X", text)):
            found = _words(sentence)
            sentences += bool(found)
            words += len(found)
            letters += sum(map(len, found))
            long_words += sum(len(word) > _LONG for word in found)
            syllables += sum(_syllables(word, language) for word in found)
    return Counted(sentences, words, letters, long_words, syllables) if words else None


def _words(sentence: str) -> list[str]:
    """The words of a sentence; "l'ufficio" is two, as Gulpease counts them."""
    return [part for word in _WORD.findall(sentence) for part in _APOSTROPHE.split(word) if part]


_VOWELS: Mapping[str, str] = {
    "it": "aeiouàèéìòóù",
    "en": "aeiouy",
    "fr": "aeiouyàâéèêëîïôùûüœæ",
    "es": "aeiouáéíóúü",
    "pt": "aeiouáâãàéêíóôõúü",
    "ru": "аеёиоуыэюя",
    "ro": "aeiouăâî",
    "sq": "aeiouyë",
}
_GROUP = {code: re.compile(f"[{vowels}]+") for code, vowels in _VOWELS.items()}
_SPLIT: Mapping[str, re.Pattern[str]] = {
    "es": re.compile("(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeo])"),
    "pt": re.compile("(?<=[aeoáéóê])(?=[aeoáéóíú])(?!o$)|(?<=[íú])(?=[aeo])"),
    "it": re.compile("(?<=[aeo])(?=[aeo])"),
    "ru": re.compile("(?<=.)(?=.)"),
}
"""Where a group of vowels is more than one syllable."""


def _syllables(word: str, language: str) -> int:
    """About how many syllables a word has; at least one."""
    group = _GROUP.get(language)
    if group is None:
        return 1
    word = word.lower()
    found = group.findall(word)
    split = _SPLIT.get(language)
    many = len(found) + (sum(len(split.findall(one)) for one in found) if split else 0)
    return max(many - _silent(word, language), 1)


def _silent(word: str, language: str) -> int:
    """The vowels at the end of a word that nobody hears."""
    if language == "en":
        if word.endswith(("le", "les")) and len(word) > 3 and word[-3] not in "aeiouy":
            return 0
        if word.endswith(("es", "ed")) and len(word) > 3:
            heard = word.endswith(("ted", "ded", "ses", "zes", "ches", "shes", "xes", "ges", "ces"))
            return 0 if heard or word[-3] in "aeiouy" else 1
        return int(len(word) > 2 and word[-1] == "e" and word[-2] not in "aeiouy")
    if language == "fr":
        ends = re.search(r"[^aeiouyàâéèêëîïôùûüœæ](?:e|es|ent)$", word)
        return int(bool(ends) and len(word) > 3)
    return 0

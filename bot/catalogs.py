"""Reads translations from .po files and keeps back every one that could mislead or break."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

from bot.alike import has_pictogram, other_numbers
from bot.hygiene import clean, is_clean
from bot.roster import Language, LanguagesError

CONSOLE = "console"
DOMAINS = (CONSOLE, "content", "antenna")
"""The operators' console, the cards, and the code. Where two translate the same words, the later
one's translation is shown."""

CONSOLE_LANGUAGES = ("it",)
"""What the operators' console speaks beside the source: no other language owes its words."""

BUTTON = "button"
"""The note beside words that stand on a button."""

BUTTON_LENGTH = 40
PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")

Key = tuple[str | None, str]
"""The context and the source of a message; of a plural one, the source of its singular."""


class Kind(StrEnum):
    """What is wrong with a translation; `STALE` and `UNTRANSLATED` are work, not mistakes."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNTRANSLATED = "untranslated"
    STALE = "stale"
    FORMS = "forms"
    HEADER = "header"
    PLACEHOLDERS = "placeholders"
    NUMBERS = "numbers"
    PICTOGRAM = "pictogram"
    NAMES = "names"
    MARKUP = "markup"
    HIDDEN = "hidden"
    DIGITS = "digits"
    LENGTH = "length"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, with its place."""

    path: Path
    line: int
    kind: Kind
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.words}"


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How a language counts: the number of its forms and which one a number takes."""

    forms: int
    expression: str
    choose: Callable[[int], int]

    @classmethod
    def parse(cls, forms: int, expression: str) -> PluralRule:
        """The rule a C expression says; ValueError when it says nothing."""
        return cls(forms, expression, gettext.c2py(expression))

    @property
    def header(self) -> str:
        """The rule as the header of a .po file says it."""
        return f"nplurals={self.forms}; plural={self.expression};"

    def numbers(self, form: int) -> tuple[int, ...]:
        """The numbers up to 200 that take a form."""
        return tuple(number for number in range(201) if self.choose(number) == form)


@lru_cache(maxsize=32)
def plural_rule(locale: str) -> PluralRule:
    """Babel's rule for a locale."""
    rule = get_plural(locale)
    return PluralRule.parse(rule.num_plurals, rule.plural_expr)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations of one language that may be shown.

    `stale` were true until somebody changed here what they say; `leads` are languages that say it
    now, where the source itself is stale.
    """

    rule: PluralRule
    entries: Mapping[Key, tuple[str, ...]]
    stale: frozenset[Key] = frozenset()
    leads: Mapping[Key, str] = field(default_factory=dict)

    def find(self, key: Key, count: int | None) -> str | None:
        """The translation of a message for a number, if it may be shown."""
        forms = self.entries.get(key)
        if forms is None:
            return None
        return forms[0] if count is None or len(forms) == 1 else forms[self.rule.choose(abs(count))]


def domains_of(language: Language) -> tuple[str, ...]:
    """What there is to say in a language: the console is for operators only."""
    if language.code in CONSOLE_LANGUAGES:
        return DOMAINS
    return tuple(domain for domain in DOMAINS if domain != CONSOLE)


def load_catalog(language: Language, folder: Path) -> Catalog:
    """Read all domains of one language; a file that is not there holds nothing.

    Raises:
        LanguagesError: a file cannot be parsed; the message names the line.
    """
    entries: dict[Key, tuple[str, ...]] = {}
    rule = plural_rule(language.locale)
    for domain in domains_of(language):
        path = language.catalog(folder, domain)
        if not path.is_file():
            continue
        catalog = read_catalog(path, language.locale)
        counts = counts_alike(catalog, rule)
        for message in messages(catalog):
            if len(sources(message)) == 2 and not counts:
                continue
            if not any(faults(message, rule)):
                key = (message.context, sources(message)[0])
                entries[key] = tuple(clean(form) for form in forms(message))
    return Catalog(rule, entries)


_PO_LINE = re.compile(
    r"\s*|\s*#.*|\s*(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"
    r'"(?:[^"\\]|\\[nrt"\\])*"\s*'
)
"""Babel reads over a missing quote and loses a letter; so every line is looked at first."""


def read_catalog(path: Path, locale: str | None = None) -> PoCatalog:
    """Parse a .po or .pot file.

    Raises:
        LanguagesError: it cannot be read or parsed; the message names the line.
    """
    try:
        data = path.read_bytes()
        for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
            if line[:1] != "#" and not _PO_LINE.fullmatch(line):
                raise LanguagesError(f"{path}:{number}: is not a line of a .po file.")
        return read_po(io.BytesIO(data), locale=locale, abort_invalid=True)
    except PoFileError as error:
        raise LanguagesError(f"{path}:{error.lineno + 1}: {error}.") from error
    except (OSError, ValueError, LookupError) as error:
        raise LanguagesError(f"{path}:1: cannot be read as a catalog: {error}.") from error


def counts_alike(catalog: PoCatalog, rule: PluralRule) -> bool:
    """Whether the plural rule in the header of a catalog is the same, however it is written.

    Tools differ in the order of the Arabic forms: with the wrong header, "11 days" would be said
    as "100 days" is. Plural messages of such a file are not shown.
    """
    try:
        said = PluralRule.parse(catalog.num_plurals, catalog.plural_expr)
        same = all(said.choose(number) == rule.choose(number) for number in range(201))
        return same and said.forms == rule.forms
    except (ValueError, ZeroDivisionError):
        return False


def messages(catalog: PoCatalog) -> Iterator[Message]:
    """Every message of a catalog but its header."""
    return (message for message in catalog if message.id)


def sources(message: Message) -> tuple[str, ...]:
    """The words to translate: one, or singular and plural."""
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    """The translation: one, or a form for each kind of number."""
    string = message.string
    return tuple(string) if isinstance(string, (tuple, list)) else (string or "",)


def is_translated(message: Message) -> bool:
    """Whether there is any translation, right or not."""
    return any(forms(message))


def placeholders(words: str) -> set[str]:
    """The names in braces."""
    return set(PLACEHOLDER.findall(words))


def faults(message: Message, rule: PluralRule) -> Iterator[tuple[Kind, str]]:
    """Why a translation is not shown, and the next language of the chain is."""
    if not is_translated(message):
        yield Kind.UNTRANSLATED, f"{_quote(message)} has no translation."
        return
    if message.fuzzy:
        yield Kind.STALE, f"{_quote(message)} has changed; look at the translation again."
    expected = rule.forms if len(sources(message)) == 2 else 1
    if len(forms(message)) != expected or not all(forms(message)):
        yield Kind.FORMS, f"{_quote(message)} needs {expected} forms, each filled."
        return
    for number, form in enumerate(forms(message)):
        if differing := _placeholder_differences(message, number, form, rule):
            yield Kind.PLACEHOLDERS, f"{_quote(message)}: {differing}."
        if len(sources(message)) == 1 and (differing := other_numbers(sources(message)[0], form)):
            yield Kind.NUMBERS, f"{_quote(message)}: {differing}."


def blemishes(message: Message) -> Iterator[tuple[Kind, str]]:
    """What is wrong with a translation that is shown all the same."""
    for form in filter(None, forms(message)):
        if not has_pictogram(sources(message)[-1], form):
            yield Kind.PICTOGRAM, f"{_quote(message)}: begins with another picture."
        for kind, words in style(form, is_button(message), sources(message)[-1]):
            yield kind, f"{_quote(message)}: {words}."


def _placeholder_differences(message: Message, number: int, form: str, rule: PluralRule) -> str:
    """How the placeholders of a form differ from those of the source, in words.

    A form that only ever means one number may say that number in words ("two days").
    """
    wanted = set().union(*(placeholders(source) for source in sources(message)))
    found = placeholders(form)
    if wanted == found:
        return ""
    optional: set[str] = set()
    if len(sources(message)) == 2 and len(rule.numbers(number)) == 1:
        optional = {"count"}
    said = []
    if lacking := wanted - found - optional:
        said.append("lacks " + ", ".join(f"{{{name}}}" for name in sorted(lacking)))
    if invented := found - wanted:
        said.append("has an unknown " + ", ".join(f"{{{name}}}" for name in sorted(invented)))
    return " and ".join(said)


_MARKUP = re.compile(r"[<>*`\\]|__|\]\(|&(?:#?\w+);|[{}]")
_OTHER_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f]")


def is_button(message: Message) -> bool:
    """Whether the words stand on a button."""
    return BUTTON in message.auto_comments


def style(words: str, button: bool, source: str = "") -> Iterator[tuple[Kind, str]]:
    """What must not be in words people read, in the source as in a translation."""
    found = sorted(set(_MARKUP.findall(PLACEHOLDER.sub("", words))))
    if signs := " ".join(sign for sign in found if sign not in source or sign in "{}<>"):
        yield Kind.MARKUP, f"{signs} would be shown as it is; words carry no markup"
    if not is_clean(words):
        yield Kind.HIDDEN, "holds control or direction characters; they are added by Antenna"
    if _OTHER_DIGITS.search(words):
        yield Kind.DIGITS, "write numbers with 0-9"
    length = len(PLACEHOLDER.sub("", words))
    if button and length > BUTTON_LENGTH:
        yield Kind.LENGTH, f"{length} characters; a button holds {BUTTON_LENGTH}"


def _quote(message: Message) -> str:
    """The beginning of the source, to recognise a message by."""
    source = sources(message)[0]
    return f'"{source if len(source) <= 60 else source[:59] + "…"}"'

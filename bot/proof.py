"""Reads all catalogs as a proofreader does: what is wrong, what is left to do, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.catalog import Message

from bot.alike import lost_names
from bot.catalogs import (
    DOMAINS,
    Key,
    Kind,
    PluralRule,
    Problem,
    blemishes,
    counts_alike,
    domains_of,
    faults,
    forms,
    is_button,
    is_translated,
    messages,
    placeholders,
    plural_rule,
    read_catalog,
    sources,
    style,
)
from bot.roster import SOURCE, Language, LanguagesError, State, read_roster

ITALIAN = "it"
_WORK = (Kind.UNTRANSLATED, Kind.STALE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a domain a language says."""

    language: Language
    domain: str
    total: int
    translated: int
    stale: int

    @property
    def untranslated(self) -> int:
        """Messages without a translation, and those whose translation is wrong."""
        return self.total - self.translated - self.stale


def check_catalogs(folder: Path) -> list[Problem]:
    """Everything to mend before a release: mistakes anywhere, open work in complete languages.

    Raises:
        LanguagesError: the list of languages itself is wrong.
    """
    problems: list[Problem] = []
    for domain in DOMAINS:
        problems += _source_problems(_template_path(folder, domain))
    roster = read_roster(folder)
    italian = _italian(folder, roster)
    for language in roster:
        if language.code != SOURCE and language.state is not State.NONE:
            problems += _language_problems(folder, language, italian)
    return problems


def coverage(folder: Path) -> list[Coverage]:
    """What every language with catalogs says of what there is to say.

    Raises:
        LanguagesError: the list of languages or a catalog cannot be read.
    """
    rows = []
    for language in read_roster(folder):
        if language.code == SOURCE or language.state is State.NONE:
            continue
        for domain in domains_of(language):
            rows.append(_coverage(folder, language, domain))
    return rows


def _template_path(folder: Path, domain: str) -> Path:
    return folder / f"{domain}.pot"


def _read(path: Path) -> PoCatalog:
    """A catalog, or an empty one when the file is not there."""
    return read_catalog(path) if path.is_file() else PoCatalog()


def _key(message: Message) -> Key:
    return message.context, sources(message)[0]


def _coverage(folder: Path, language: Language, domain: str) -> Coverage:
    wanted = {_key(message) for message in messages(_read(_template_path(folder, domain)))}
    rule = plural_rule(language.locale)
    translated = stale = 0
    for message in messages(_read(language.catalog(folder, domain))):
        if _key(message) in wanted and is_translated(message):
            found = [kind for kind, _ in faults(message, rule)]
            translated += not found
            stale += Kind.STALE in found
    return Coverage(language, domain, len(wanted), translated, stale)


def _source_problems(path: Path) -> Iterator[Problem]:
    """What is wrong with the words of the source."""
    try:
        template = _read(path)
    except LanguagesError as error:
        yield Problem(path, 1, Kind.UNREADABLE, str(error))
        return
    for message in messages(template):
        for source in sources(message):
            for kind, words in style(source, is_button(message)):
                yield Problem(path, message.lineno or 1, kind, f'"{source}": {words}.')
        if len({frozenset(placeholders(source)) - {"count"} for source in sources(message)}) > 1:
            words = f'"{sources(message)[0]}": its plural has other placeholders.'
            yield Problem(path, message.lineno or 1, Kind.PLACEHOLDERS, words)


def _italian(folder: Path, roster: Sequence[Language]) -> Mapping[Key, str]:
    """What Italian says: the names that people will meet on paper are found in it."""
    said: dict[Key, str] = {}
    for language in (one for one in roster if one.code == ITALIAN):
        for domain in DOMAINS:
            path = language.catalog(folder, domain)
            if path.is_file():
                with suppress(LanguagesError):
                    said |= {_key(one): " ".join(forms(one)) for one in messages(_read(path))}
    return said


def _names_problems(
    path: Path, catalog: PoCatalog, italian: Mapping[Key, str]
) -> Iterator[Problem]:
    """The Italian name of a thing, in brackets in the source, that a translation leaves out."""
    for message in messages(catalog):
        known = italian.get(_key(message), "")
        for form in filter(None, forms(message)):
            for name in lost_names(sources(message)[-1], known, form):
                words = f'"{sources(message)[0]}": the Italian "{name}" is left out.'
                yield Problem(path, message.lineno or 1, Kind.NAMES, words)


def _language_problems(
    folder: Path, language: Language, italian: Mapping[Key, str]
) -> list[Problem]:
    """What is wrong with the catalogs of a language."""
    problems: list[Problem] = []
    said: dict[Key, tuple[str, ...]] = {}
    for domain in domains_of(language):
        path, template = language.catalog(folder, domain), _template_path(folder, domain)
        if not path.is_file():
            if language.is_published() and template.is_file():
                problems.append(Problem(path, 1, Kind.MISSING, "the catalog is not there."))
            continue
        try:
            catalog = read_catalog(path)
        except LanguagesError as error:
            problems.append(Problem(path, 1, Kind.UNREADABLE, str(error)))
            continue
        rule = plural_rule(language.locale)
        problems += _header_problems(path, catalog, rule)
        problems += _message_problems(path, catalog, rule, language.is_published())
        problems += _conflicts(path, catalog, said)
        problems += _names_problems(path, catalog, italian)
        if language.is_published() and template.is_file():
            problems += _forgotten(path, catalog, template)
    return problems


def _header_problems(path: Path, catalog: PoCatalog, rule: PluralRule) -> Iterator[Problem]:
    """A plural rule in the header that counts otherwise than Babel does."""
    if not counts_alike(catalog, rule):
        words = f'the header must say "Plural-Forms: {rule.header}".'
        yield Problem(path, 1, Kind.HEADER, words)


def _message_problems(
    path: Path, catalog: PoCatalog, rule: PluralRule, is_published: bool
) -> Iterator[Problem]:
    for message in messages(catalog):
        for kind, words in (*faults(message, rule), *blemishes(message)):
            if is_published or kind not in _WORK:
                yield Problem(path, message.lineno or 1, kind, words)


def _conflicts(
    path: Path, catalog: PoCatalog, said: dict[Key, tuple[str, ...]]
) -> Iterator[Problem]:
    """The same words, translated differently in two domains."""
    for message in messages(catalog):
        if is_translated(message) and said.setdefault(_key(message), forms(message)) != forms(
            message
        ):
            words = f'"{sources(message)[0]}" is translated otherwise among the cards.'
            yield Problem(path, message.lineno or 1, Kind.CONFLICT, words)


def _forgotten(path: Path, catalog: PoCatalog, template: Path) -> Sequence[Problem]:
    """Messages of the template that the catalog does not even list."""
    try:
        wanted = list(messages(_read(template)))
    except LanguagesError:
        return []
    listed = {_key(message) for message in messages(catalog)}
    return [
        Problem(path, 1, Kind.UNTRANSLATED, f'"{sources(message)[0]}" is not in the catalog.')
        for message in wanted
        if _key(message) not in listed
    ]

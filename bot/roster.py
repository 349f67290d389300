"""The one list of languages: `locales/languages.toml`, checked before anyone sees it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from babel import Locale, UnknownLocaleError

SOURCE = "en"
"""The language of the code and the cards: complete by nature, the end of every chain."""

ROSTER = "languages.toml"


class LanguagesError(Exception):
    """The words cannot be loaded; the message names the file, the place and what to do."""


class State(StrEnum):
    """How far a language has come."""

    COMPLETE = "complete"
    DRAFT = "draft"
    NONE = "none"


STANDINGS = {
    State.COMPLETE: "complete",
    State.DRAFT: "draft, needs a native reviewer",
    State.NONE: "no words yet",
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the list; the fields are explained at the top of `languages.toml`."""

    code: str
    name: str
    english: str
    locale: str
    direction: str
    telegram: tuple[str, ...]
    fallback: tuple[str, ...]
    address: str
    state: State
    welcome: str
    day: str
    moment: str

    @property
    def standing(self) -> str:
        """How far it has come, as its catalogs say it to whoever works on them."""
        return STANDINGS[self.state]

    def is_published(self, *, drafts: bool = False) -> bool:
        """Whether people can choose it, where drafts are offered or are not."""
        return self.state is State.COMPLETE or (drafts and self.state is State.DRAFT)

    def catalog(self, folder: Path, domain: str) -> Path:
        """Where its translations of a domain are kept."""
        return folder / self.code.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


_LISTS = ("telegram", "fallback")
_NAMES = tuple(field.name for field in fields(Language))
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")
_TELEGRAM = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def read_roster(folder: Path) -> tuple[Language, ...]:
    """Read the list of languages in a folder of locales.

    Raises:
        LanguagesError: the list is missing or wrong; nothing was loaded.
    """
    path = folder / ROSTER
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LanguagesError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguagesError(f"{path}: is not correct TOML: {error}.") from error
    tables = data.get("language")
    if set(data) != {"language"} or not isinstance(tables, list):
        raise LanguagesError(f"{path}: must hold [[language]] tables and nothing else.")
    roster = tuple(_language(path, number, table) for number, table in enumerate(tables, 1))
    _check_together(path, roster)
    return roster


def _language(path: Path, number: int, table: Mapping[str, object]) -> Language:
    """One checked entry of the list."""
    where = f"{path}, language {number} ({table.get('code', 'no code')})"
    if missing := [name for name in _NAMES if name not in table]:
        raise LanguagesError(f"{where}: lacks {', '.join(missing)}.")
    if unknown := [name for name in table if name not in _NAMES]:
        raise LanguagesError(f"{where}: {', '.join(unknown)} means nothing here.")
    for name in _NAMES:
        _check_field(where, name, table[name])
    values = {name: table[name] for name in _NAMES}
    values["state"] = State(str(table["state"]))
    for name in _LISTS:
        values[name] = tuple(_strings(table[name]))
    return Language(**values)  # type: ignore[arg-type]  # every field was checked just above


def _strings(value: object) -> Sequence[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _check_field(where: str, name: str, value: object) -> None:
    """Refuse one value that cannot be right."""
    if name in _LISTS:
        if not isinstance(value, list) or len(_strings(value)) != len(value):
            raise LanguagesError(f"{where}: {name} must be a list of words in quotes.")
        if name == "telegram" and (bad := [c for c in value if not _TELEGRAM.fullmatch(c)]):
            raise LanguagesError(f"{where}: telegram codes are lower case, not {', '.join(bad)}.")
        return
    if not isinstance(value, str) or not value.strip():
        raise LanguagesError(f"{where}: {name} must be a word in quotes.")
    if name == "code" and not _CODE.fullmatch(value):
        raise LanguagesError(f'{where}: the code must look like "uk" or "zh-Hans".')
    if name == "direction" and value not in ("ltr", "rtl"):
        raise LanguagesError(f'{where}: direction must be "ltr" or "rtl", not "{value}".')
    if name == "state" and value not in tuple(State):
        raise LanguagesError(f'{where}: state must be one of {", ".join(State)}, not "{value}".')
    if name == "locale":
        try:
            Locale.parse(value)
        except (UnknownLocaleError, ValueError) as error:
            raise LanguagesError(f'{where}: Babel knows no locale "{value}".') from error


def _check_together(path: Path, roster: Sequence[Language]) -> None:
    """Refuse entries that contradict each other."""
    by_code = {language.code: language for language in roster}
    if len(by_code) != len(roster):
        raise LanguagesError(f"{path}: a code is there twice.")
    source = by_code.get(SOURCE)
    if source is None or not source.is_published() or source.fallback:
        raise LanguagesError(f'{path}: "{SOURCE}" must be there, complete and without fallback.')
    claimed: dict[str, str] = {}
    for language in roster:
        for tag in language.telegram:
            if tag in claimed:
                raise LanguagesError(
                    f'{path}: telegram code "{tag}" is in both {claimed[tag]} and {language.code}.'
                )
            claimed[tag] = language.code
        if language.code != SOURCE:
            _check_chain(f"{path}, language {language.code}", language, by_code)


def _check_chain(where: str, language: Language, by_code: Mapping[str, Language]) -> None:
    """Refuse a chain that does not lead to the source, or leads through unread words."""
    chain = language.fallback
    if not chain or chain[-1] != SOURCE:
        raise LanguagesError(f'{where}: the fallback must end in "{SOURCE}".')
    if language.code in chain or len(set(chain)) != len(chain):
        raise LanguagesError(f"{where}: the fallback goes in a circle.")
    for code in chain:
        if code not in by_code:
            raise LanguagesError(f'{where}: fallback "{code}" is not in the list.')
        if not by_code[code].is_published():
            raise LanguagesError(f'{where}: fallback "{code}" is not complete.')

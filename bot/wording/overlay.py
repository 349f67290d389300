"""Lays what was approved here over what the release says, and takes away what holds no more."""

from __future__ import annotations

from collections.abc import Mapping

from bot.alarm import WORDS as ALARM
from bot.catalogs import Catalog, Key
from bot.distress import WORDS as DISTRESS
from bot.roster import SOURCE
from storage.wording.model import Meaning, Standing, Version, first_meaning, id_of

HEARD = frozenset((one.context, one.source) for one in (ALARM, DISTRESS))
"""Words that people write. Those of the release are heard in any case: a slip, or two people
together, cannot make a language deaf to somebody in danger."""


def overlaid(shipped: Mapping[str, Catalog], standing: Standing) -> dict[str, Catalog]:
    """The catalog of every language: its shipped words, those approved here in their place, and
    without those that say what was true before somebody changed the meaning."""
    said: dict[str, list[Version]] = {code: [] for code in shipped}
    keys: dict[str, Key] = {}
    for version in standing.approved:
        keys[version.key] = version.message
        if version.language in said:
            said[version.language].append(version)
    known = {id_of(key): key for catalog in shipped.values() for key in catalog.entries}
    changed = {
        key: meaning
        for word, meaning in standing.meanings.items()
        if (key := _key(word, keys, known))
    }
    return {code: _catalog(code, catalog, said[code], changed) for code, catalog in shipped.items()}


def _key(word: str, keys: Mapping[str, Key], known: Mapping[str, Key]) -> Key | None:
    return keys.get(word) or known.get(word)


def _catalog(
    code: str, shipped: Catalog, said: list[Version], changed: Mapping[Key, Meaning]
) -> Catalog:
    entries = dict(shipped.entries)
    fitting: set[Key] = set()
    for version in said:
        key = version.message
        meaning = changed[key].mark if key in changed else first_meaning(key)
        if version.meaning == meaning and _counts(version, shipped):
            fitting.add(key)
            if not version.shipped:
                entries[key] = _heard(key, shipped, version) if key in HEARD else version.forms
    known = {*shipped.entries, *(version.message for version in said)}
    is_source = code == SOURCE  # it says everything, without an entry
    stale = frozenset(key for key in changed if key not in fitting and (is_source or key in known))
    for key in stale:
        entries.pop(key, None)
    leads = {key: changed[key].language for key in stale} if is_source else {}
    return Catalog(shipped.rule, entries, stale, leads)


def _counts(version: Version, catalog: Catalog) -> bool:
    """Whether there is a form for every kind of number; another release may count otherwise."""
    return len(version.forms) in (1, catalog.rule.forms)


def _heard(key: Key, shipped: Catalog, version: Version) -> tuple[str, ...]:
    """The words of the release and those that were added here, as one list with commas."""
    before = shipped.entries.get(key, (key[1],))
    return (", ".join((*before[:1], *version.forms[:1])),)

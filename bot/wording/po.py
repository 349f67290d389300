"""A language as a .po file, for the tools of translators, with what was approved here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.catalog import Message

from bot.catalogs import counts_alike, forms, is_translated, messages, plural_rule, read_catalog
from bot.catalogs import sources as sources_of
from bot.exchange.mistakes import FileError, Mistake
from bot.extract import as_po
from bot.roster import SOURCE, Language, LanguagesError
from bot.wording.book import Entry
from bot.wording.sheet import ENGLISH_CHANGED, Given
from bot.wording.states import Desk, Look
from flows.text import _
from storage.wording.model import id_of


def write_po(desk: Desk, language: Language, entries: Iterable[Entry]) -> bytes:
    """The messages of a language; what holds no more is marked fuzzy, with what changed as a note.

    The English that changed here is in a comment: the file keeps the message ids of the release, or
    no tool would know them again.
    """
    catalog = PoCatalog(locale=language.locale)
    for entry in entries:
        stale = desk.look(entry, language) is Look.STALE
        said = desk.forms(entry, language.code) or desk.before(entry, language.code)
        wanted = plural_rule(language.locale).forms if entry.is_plural else 1
        string = (*said[:wanted], *[""] * (wanted - len(said)))
        now = desk.current(entry)
        notes = list(entry.notes)
        if now != entry.sources:
            notes.append("Says now: " + " / ".join(now))
        catalog.add(
            entry.sources if entry.is_plural else entry.sources[0],
            string if entry.is_plural else string[0],
            locations=[(place, 0) for place in entry.places],
            flags={"fuzzy"} if stale and any(string) else set(),
            auto_comments=notes,
            context=entry.context,
        )
    return as_po(catalog, None if language.code == SOURCE else language)


def read_po(path: Path, desk: Desk, language: Language) -> list[Given]:
    """What a .po file says; what is fuzzy or empty is passed over: it is not done yet.

    Raises:
        FileError: it is no .po file, counts otherwise, or has messages that nobody knows.
    """
    try:
        catalog = read_catalog(path, language.locale)
    except LanguagesError as error:
        line = str(error).removeprefix(f"{path}:").partition(":")[0]
        why = _("This is no .po file from here on.")
        mistake = Mistake(int(line) if line.isdecimal() else 1, "", why)
        raise FileError((mistake,)) from None
    plurals = any(len(sources_of(one)) == 2 for one in messages(catalog))
    if plurals and not counts_alike(catalog, plural_rule(language.locale)):
        why = _("The header must count as this language does: {rule}", rule=_rule(language))
        raise FileError((Mistake(1, "Plural-Forms", why),))
    given, mistakes = [], []
    for message in messages(catalog):
        found = _given(message, desk)
        if isinstance(found, Given):
            given.append(found)
        elif found is not None:
            mistakes.append(found)
    if mistakes:
        raise FileError(tuple(mistakes))
    return given


def _rule(language: Language) -> str:
    return plural_rule(language.locale).header


def _given(message: Message, desk: Desk) -> Given | Mistake | None:
    if not is_translated(message) or message.fuzzy:
        return None
    key = (message.context, sources_of(message)[0])
    entry = desk.book.find(f"m{id_of(key)}")
    line = message.lineno or 1
    if entry is None or entry.sources != sources_of(message):
        return Mistake(line, "msgid", _("Antenna says nothing like this now: export again."))
    now = desk.current(entry)
    told = [note for note in message.auto_comments if note.startswith("Says now: ")]
    if now != entry.sources and told != ["Says now: " + " / ".join(now)]:
        return Mistake(line, "msgid", ENGLISH_CHANGED)
    columns = (
        tuple(f"msgstr[{at}]" for at in range(len(forms(message))))
        if entry.is_plural
        else ("msgstr",)
    )
    return Given(line, entry, forms(message), columns)

"""A small folder of locales to work on: one card, one button, one thing that is counted."""

from __future__ import annotations

from pathlib import Path

from bot.languages import Languages
from bot.wording.book import Book, Entry, load_book
from bot.wording.overlay import overlaid
from bot.wording.states import Desk
from storage.wording.model import Standing
from tests.locales.factory import load

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
CARD = """#. button
#. Card docs.fee: title
#: locales/content/docs/fee.md
msgid "The fee"
msgstr ""

#. Card docs.fee: sentence 1
#. Card docs.kit: sentence 2
#: locales/content/docs/fee.md locales/content/docs/kit.md
msgid "You pay 16 euro at the post office (Poste)."
msgstr ""

#. Number inps: purpose
#: locales/content/numbers/inps.md
msgid "Money and pensions."
msgstr ""
"""
CODE = """#: bot/alarm.py
msgctxt "what people may write"
msgid "delete, clear"
msgstr ""

#: flows/home.py
msgid "👋 Come on {day}, {name}."
msgstr ""

#: flows/home.py
msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] ""
msgstr[1] ""
"""
ITALIAN = """
msgid "You pay 16 euro at the post office (Poste)."
msgstr "Paghi 16 euro all'ufficio postale (Poste)."

msgid "👋 Come on {day}, {name}."
msgstr "👋 Vieni {day}, {name}."
"""
ARABIC = """
msgid "You pay 16 euro at the post office (Poste)."
msgstr "تدفعون 16 يورو في مكتب البريد (Poste)."
"""
PAY = (None, "You pay 16 euro at the post office (Poste).")
COME = (None, "👋 Come on {day}, {name}.")
DAYS = (None, "{count} day")


def a_folder(folder: Path) -> Path:
    """A folder of locales with templates, Italian complete and Arabic begun."""
    load(folder, it=ITALIAN, ar=ARABIC)
    roster = (folder / "languages.toml").read_text(encoding="utf-8")
    before, arabic, after = roster.partition('code = "ar"')
    after = after.replace('state = "complete"', 'state = "draft"', 1)
    (folder / "languages.toml").write_text(before + arabic + after, encoding="utf-8")
    (folder / "content.pot").write_text(HEAD + CARD, encoding="utf-8")
    (folder / "antenna.pot").write_text(HEAD + CODE, encoding="utf-8")
    return folder


def a_desk(folder: Path, standing: Standing = Standing()) -> Desk:  # noqa: B008 - it is frozen
    """The words of such a folder, with what was approved here."""
    languages = Languages.load(folder)
    languages.take(overlaid(languages.shipped, standing), 1)
    return Desk.laid(load_book(folder), languages, standing, [])


def entry(book: Book, key: tuple[str | None, str]) -> Entry:
    """A message by its source."""
    return next(one for one in book.entries.values() if one.key == key)

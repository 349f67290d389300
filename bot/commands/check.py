"""`check`: the doctor, and the review of cards, telephone numbers and translations."""

from __future__ import annotations

from typing import Any

from bot.commands.place import CONTENT, LOCALES, Place
from bot.content import load_library, load_numbers
from bot.content_due import due_cards, due_guides, due_numbers
from bot.doctor.examination import examine, is_refused, look_around, report
from bot.doctor.telegram import ask_telegram
from bot.doctor.translator import ask_translator
from bot.guide_things import guides_of
from bot.indexes import load_indexes
from bot.languages import Languages
from bot.proof import check_catalogs
from bot.roster import read_roster


def add_commands(commands: Any) -> None:
    """Add `check` and `check content`."""
    check = commands.add_parser("check", help="name what is unsafe or broken, with its fix")
    check.add_argument("what", nargs="?", choices=["settings", "content"], default="settings")
    check.add_argument(
        "--offline", action="store_true", help="do not ask Telegram, nor the translator"
    )
    check.add_argument("--all", action="store_true", help="also name what is well")
    check.set_defaults(carry_out=carry_out)


def carry_out(place: Place) -> int:
    """Examine the deployment or the content; 2 means that it must not go on like this."""
    return _content(place) if place.options.what == "content" else _settings(place)


def _settings(place: Place) -> int:
    options = place.options
    answer = None if options.offline else ask_telegram(place.settings, place.clock)
    translated = None if options.offline else ask_translator(place.settings, place.clock)
    findings = examine(look_around(place.settings, place.clock, answer, translated))
    words = report(findings, everything=options.all)
    print(words or "✓ Nothing to mend.")
    return 2 if is_refused(findings) else 0


def _content(place: Place) -> int:
    library = load_library(CONTENT)
    numbers = load_numbers(CONTENT)
    load_indexes(Languages.load(LOCALES), library, LOCALES / "search", [*guides_of(library)])
    print(f"{len(library.cards)} cards in {len(library.areas)} areas, {len(numbers)} numbers.")
    for title, due in (
        ("Cards", due_cards(library, place.today)),
        ("Procedures and papers", due_guides(library, place.today)),
        ("Telephone numbers", due_numbers(numbers, place.today)),
    ):
        print(f"\n{title}")
        for line in due.lines():
            print(f"  {line}")
    print("\nLanguages")
    for language in read_roster(LOCALES):
        print(f"  {language.code:8} {language.standing}")
    problems = check_catalogs(LOCALES)
    print("\nTranslations")
    for problem in problems:
        print(f"  {problem}")
    if not problems:
        print("  Nothing to mend.")
    return 2 if problems else 0

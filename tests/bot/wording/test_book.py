"""The book has every message once, and knows where each is read."""

from __future__ import annotations

from pathlib import Path

from bot.furniture import LOCALES
from bot.wording.book import load_book
from tests.bot.wording.rooms import COME, DAYS, PAY, a_folder, entry


def test_a_message_is_found_in_every_card_it_stands_in(tmp_path: Path) -> None:
    """Whoever changes it changes it in all of them, so all of them are named."""
    book = load_book(a_folder(tmp_path / "locales"))
    pay = entry(book, PAY)
    assert pay.subjects == ("docs.fee", "docs.kit")
    assert (book.of("docs.fee")[1], book.of("docs.kit")[0]) == (pay, pay)
    assert (pay.part("docs.fee"), pay.part("docs.kit"), pay.part("docs.no")) == (
        *("sentence 1", "sentence 2", ""),
    )
    assert book.find(pay.id) == pay
    assert [one.key for one in book.domain("antenna")][1:] == [COME, DAYS]


def test_a_message_says_what_it_is_for(tmp_path: Path) -> None:
    """On a button, counted, filled in, or written by people and only listened for."""
    book = load_book(a_folder(tmp_path / "locales"))
    assert [(one.is_button, one.is_plural, one.is_listened) for one in book.of("docs.fee")] == [
        *((True, False, False), (False, False, False)),
    ]
    assert entry(book, DAYS).is_plural is True
    assert entry(book, COME).placeholders == ("day", "name")
    assert [one.is_listened for one in book.of("bot/alarm.py")] == [True]
    assert [one.subjects for one in book.of("numbers.inps")] == [("numbers.inps",)]
    assert book.of("nowhere") == []


def test_no_message_has_an_id_that_a_spreadsheet_takes_for_a_number() -> None:
    """12e45678 would come back as another number: every id begins with a letter."""
    book = load_book(LOCALES)
    assert {one[0] for one in book.entries} == {"m"}
    assert {"docs.renew", "areas.docs", "numbers.inps", "flows/home.py"} <= set(book.subjects)

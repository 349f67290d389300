"""A mistake in words is refused with its place, and right words are not."""

from __future__ import annotations

import pytest

from bot.catalogs import plural_rule
from bot.languages import Languages
from bot.wording.book import Book, load_book
from bot.wording.slips import LONGEST, find_slips
from tests.bot.wording.rooms import COME, DAYS, PAY, a_folder, entry
from tests.locales.factory import LOCALES

ENGLISH = Languages.load(LOCALES).words("en")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Three kinds of messages."""
    return load_book(a_folder(tmp_path_factory.mktemp("slips") / "locales"))


def slips(
    book: Book, key: tuple[str | None, str], *forms: str, locale: str = "it", free: bool = False
) -> list[tuple[int, int, str]]:
    """Form, sign and words of what is wrong."""
    one = entry(book, key)
    found = find_slips(
        one,
        forms,
        plural_rule(locale),
        against=one.sources,
        italian="ufficio postale (Poste)",
        free=free,
    )
    return [(slip.form, slip.at, ENGLISH.plain(slip.why)) for slip in found]


@pytest.mark.parametrize(
    ("words", "at", "why"),
    [
        ("👋 Vieni {giorno}, {name}.", 9, "{giorno} means nothing here; there is {day}, {name}."),
        ("👋 Vieni {day}, {name", 16, "A brace stands alone here."),
        ("👋 Vieni, {name}.", 0, "{day} is missing: it is filled in when somebody reads."),
        ("Vieni {day}, {name}.", 1, "It begins with another picture than the original."),
        ("👋 Vieni\u202e {day}, {name}.", 8, "There is an invisible sign here: write it anew."),
        (
            "👋 <b>{day}</b>, {name}.",
            0,
            "Signs of markup are shown as they are: leave them out.",
        ),
        ("👋 ٣ {day}, {name}.", 0, "Write numbers with the digits 0 to 9."),
        ("👋 3 {day}, {name}.", 3, "The original has no number 3."),
        ("  ", 0, "Something has to stand here."),
        ("a" * (LONGEST + 1), LONGEST, f"This is longer than {LONGEST} signs."),
    ],
)
def test_a_slip_is_named_with_its_sign(book: Book, words: str, at: int, why: str) -> None:
    """Whoever wrote it finds it without looking for it."""
    assert (0, at, why) in slips(book, COME, words)


def test_right_words_are_taken(book: Book) -> None:
    """Other words, the same placeholders, numbers and names."""
    assert slips(book, COME, "👋 {name}, vieni {day}.") == []
    assert slips(book, PAY, "Versi 16 euro in posta (Poste).") == []


def test_numbers_and_names_stay_as_in_the_source(book: Book) -> None:
    """Sixteen euro are not sixty; who reads a paper looks for the word on it."""
    said = [words for _form, _at, words in slips(book, PAY, "Versi 60 euro in posta.")]
    assert said == [
        "The number 16 is missing.",
        "The original has no number 60.",
        "“Poste” has to stay, in Italian: people read it on paper.",
    ]


def test_who_changes_the_meaning_may_change_its_numbers(book: Book) -> None:
    """A new price is why the words change at all."""
    assert slips(book, PAY, "Versi 20 euro in posta.", free=True) == []


def test_a_form_for_every_kind_of_number(book: Book) -> None:
    """Arabic counts in six ways; one that means one number only may say it in words."""
    assert slips(book, DAYS, "{count} giorno") == [(0, 0, "This needs 2 forms.")]
    forms = ("لا أيام", "يوم", "يومان", "{count} أيام", "{count} يوم", "أيام")
    assert slips(book, DAYS, *forms, locale="ar") == [
        (5, 0, "{count} is missing: it is filled in when somebody reads.")
    ]


def test_what_stands_on_a_button_fits_on_it(book: Book) -> None:
    """Forty signs, as everywhere."""
    title = (None, "The fee")
    assert slips(book, title, "Quanto si paga e dove e quando e perché e a chi") == [
        (0, 40, "This stands on a button, which holds 40 signs.")
    ]


def test_where_nothing_is_filled_in_nothing_can_be(book: Book) -> None:
    """A placeholder in words that have none would be read as it stands."""
    said = [words for _form, _at, words in slips(book, PAY, "Paghi 16 {euro} (Poste).")]
    assert said == ["{euro} means nothing here: nothing is filled in."]

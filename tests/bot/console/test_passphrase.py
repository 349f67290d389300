"""A passphrase that is easy to guess is not taken, and the reason is said."""

from __future__ import annotations

import pytest

from bot.console import passphrase
from bot.console.passphrase import COMMON, LONG, ORDERED, REPEATED, SHORT
from bot.console.sheet import generated
from flows.text import Text

CASES: list[tuple[str, Text | None]] = [
    ("", SHORT),
    ("short", SHORT),
    ("thirteensigns", SHORT),
    ("a b c d e", SHORT),
    ("il re di cuori va", None),
    ("quattordici x7", None),
    ("aaaaaaaaaaaaaaaaaaaa", REPEATED),
    ("ababababababababab", REPEATED),
    ("abcdefghijklmnopqrst", ORDERED),
    ("qwertyuiopasdfghjkl", ORDERED),
    ("12345678901234567890", ORDERED),
    ("passwordpassword12", COMMON),
    ("Antenna Antenna Antenna 7x", COMMON),
    ("anna rossi sportello desio", COMMON),
    ("x" * 401, LONG),
    ("però città caffè già più", None),
    ("пароль из шести русских слов", None),
]


@pytest.mark.parametrize(("words", "wanted"), CASES)
def test_each_weakness_is_named(words: str, wanted: Text | None) -> None:
    """Too short, repeated, along the keyboard, known to everybody, or good."""
    assert passphrase.trouble(words, ["Anna Rossi", "Sportello Desio"]) == wanted


def test_what_is_offered_is_always_good() -> None:
    """A generated passphrase is never refused."""
    assert [passphrase.trouble(generated(), ["Anna Rossi"]) for _ in range(300)] == [None] * 300

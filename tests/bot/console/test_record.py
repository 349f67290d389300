"""What was done is said in words, whatever it was."""

from __future__ import annotations

from bot.console.record import DEEDS
from storage.audit import Action


def test_every_deed_has_words() -> None:
    """No row shows the sign it is kept under: whoever adds an action says what it is called."""
    assert set(DEEDS) == set(Action)

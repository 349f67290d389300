"""The group is spoken to in Italian; here it is in the words of the source, which stay the same."""

from __future__ import annotations

import pytest

from bot.group import door


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak to the group in English."""
    monkeypatch.setattr(door, "LANGUAGE", "en")

"""A bureau for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.group import door
from bot.relay import mirror_look
from tests.bot.relay.office import Bureau, open_bureau


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak to the group in the words of the source, which stay the same."""
    monkeypatch.setattr(door, "LANGUAGE", "en")
    monkeypatch.setattr(mirror_look, "LANGUAGE", "en")


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Two offices with their operators."""
    with open_bureau(tmp_path) as made:
        yield made

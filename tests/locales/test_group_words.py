"""The operators' group reads Italian: every sentence for it is there."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.furniture import LOCALES
from bot.group import words
from bot.languages import Languages
from flows.report_choices import Sector
from flows.report_model import Level
from flows.text import Text

ITALIAN = Languages.load(LOCALES).words("it")


def said() -> list[Text]:
    """Everything that is said in the group."""
    alerts = [
        words.Alert(f"{sector}", level, words.sector_name(sector), "MB")
        for level in Level
        for sector in Sector
    ]
    counts = [words.Count(level, 2, over) for level in Level for over in (0, 1)]
    single = [value for value in vars(words).values() if isinstance(value, Text)]
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    slot = words.slot(noon, alerts, counts, ["7F3K"], "http://127.0.0.1")
    return [*single, *words.danger(alerts, ""), *slot]


def test_every_sentence_for_the_group_is_in_italian() -> None:
    """Nothing for the group falls back to English."""
    assert [text.source for text in said() if not ITALIAN.has(text)] == []

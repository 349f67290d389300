"""Words that clean the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.languages import Languages

ALARMS = Languages.load(Path(__file__).parents[2] / "locales").alarms


@pytest.mark.parametrize(
    "written",
    [
        "clean",
        "CLEAN!!",
        " Delete everything. ",
        "claen",
        "cleen",
        "pulisci",
        "Pulici",
        "cancela",
        "امسح",
        "اِمسَح",
        "cl\u200bean",
        "𝐜𝐥𝐞𝐚𝐧",
        "🧹 clean 🙏",
    ],
)
def test_a_word_that_cleans_is_heard(written):
    """However it is written, in whatever language, at most one letter wrong."""
    assert ALARMS.hear(written) is True


@pytest.mark.parametrize(
    "written",
    [
        "",
        "🙂",
        "I clean houses",
        "cleaner",
        "pulizie",
        "sto",
        "my boss tells me to stop writing",
        "contratto",
        "clean" * 20,
    ],
)
def test_other_words_are_not(written):
    """Somebody who writes about cleaning as a job keeps the chat."""
    assert ALARMS.hear(written) is False

"""Two operators at once know of each other, softly and for half an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.console.reports import presence
from bot.console.reports.presence import WARM, Presence, Seen
from bot.console.reports.sent import Fate, Sent

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA, BRUNO = 11, 12


def test_a_colleague_who_was_here_is_told() -> None:
    """Who opens a report reads who else did, and how many minutes ago."""
    here = Presence()
    here.note("r1", ANNA, NOW)
    assert here.others("r1", BRUNO, NOW + timedelta(minutes=5)) == (Seen(ANNA, 5),)


def test_nobody_is_told_of_themselves_or_of_another_report() -> None:
    """One's own opening is no news, nor is another report."""
    here = Presence()
    here.note("r1", ANNA, NOW)
    assert (here.others("r1", ANNA, NOW), here.others("r2", BRUNO, NOW)) == ((), ())


def test_it_is_forgotten_after_half_an_hour() -> None:
    """An old opening is no reason to wait, and takes no room."""
    here = Presence()
    here.note("r1", ANNA, NOW)
    later = NOW + WARM + timedelta(seconds=1)
    assert here.others("r1", BRUNO, later) == ()
    here.note("r2", BRUNO, later)
    assert len(here._seen) == 1


def test_memory_has_an_end(monkeypatch) -> None:
    """However many reports are opened, the oldest openings give way."""
    monkeypatch.setattr(presence, "MOST", 3)
    here = Presence()
    for number in range(10):
        here.note(f"r{number}", ANNA, NOW)
    assert list(here._seen) == [("r7", ANNA), ("r8", ANNA), ("r9", ANNA)]


def test_a_preview_is_sent_once() -> None:
    """The second press of the button finds what the first one did."""
    sent = Sent()
    word = sent.new_word()
    assert [sent.begin(word), sent.begin(word), sent.fate(word)] == [True, False, None]
    sent.end(word, Fate.UNKNOWN)
    assert [sent.begin(word), sent.fate(word)] == [False, Fate.UNKNOWN]


def test_what_was_not_kept_may_be_sent_again() -> None:
    """A reply that could not be stored is not held to have been sent."""
    sent = Sent()
    sent.begin("w")
    sent.forget("w")
    assert sent.begin("w") is True

"""What happened to a conversation is told in words of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.console.talks import events
from flows.handoff_model import Event, Reason
from storage.handoffs import Note
from tests.bot.console.house import LANGUAGES

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
HAPPENED = [event for event in Event if event is not Event.NOTE]


def told(event: Event, text: str = "") -> str:
    """One event of Anna's."""
    note = Note(1, 2, 3, event, text, NOW, 5, None, None, 0)
    return LANGUAGES.words("en").plain(events.told(note, "Anna"))


def test_no_event_is_told_as_another() -> None:
    """An event added to the model is added here, or this fails."""
    said = {told(event) for event in HAPPENED}
    assert (len(said), "" in said) == (len(HAPPENED), False)


@pytest.mark.parametrize(
    ("event", "text", "wanted"),
    [
        (Event.URGENCY, "2", "Anna says how urgent it is: Now."),
        (Event.RATED, "3", "The person says how it was: well (3 of 3)."),
        (Event.CLOSED, Reason.ANSWERED, "Anna closed it: Answered."),
        (Event.HANDED_ON, "il turno", "Anna handed it on to another desk. Why: il turno"),
    ],
)
def test_what_an_event_carries_is_told(event: Event, text: str, wanted: str) -> None:
    """How urgent, how it was, why."""
    assert told(event, text) == wanted

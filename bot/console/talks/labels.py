"""How the console calls what a conversation has: need, state, urgency, wishes, waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.console.visit import Visit
from bot.languages import ROME
from flows.handoff_model import (
    LineState,
    Safe,
    State,
)
from flows.text import Text, _, ngettext, pgettext

STATES: Mapping[State, Text] = {
    State.WAITING: _("Nobody has it"),
    State.CLAIMED: _("Somebody has it"),
    State.CLOSED: pgettext("conversation", "Closed"),
}
SAFES: Mapping[Safe, Text] = {
    Safe.ALWAYS: _("At any time"),
    Safe.MORNING: _("In the morning, 6 to 12"),
    Safe.AFTERNOON: _("In the afternoon, 12 to 18"),
    Safe.EVENING: _("In the evening, 18 to 23"),
    Safe.SUNDAY: _("Only on Sunday"),
}

LINE_STATES: Mapping[LineState, Text] = {
    LineState.WAITS: _("waits for the hour when the phone is safe"),
    LineState.SENDING: _("on its way"),
    LineState.SENT: _("sent"),
    LineState.BLOCKED: _("not sent: the person cannot be reached"),
    LineState.FAILED: _("not sent: Telegram did not take it"),
    LineState.UNKNOWN: _("nobody knows whether it arrived: ask before you send it again"),
    LineState.UNDONE: _("taken back"),
}
WRONG = frozenset({LineState.BLOCKED, LineState.FAILED, LineState.UNKNOWN})


def lasts(time: timedelta) -> Text:
    """A stretch of time, as roughly as people say it."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return ngettext("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("{count} hour", "{count} hours", minutes // 60)
    return ngettext("{count} day", "{count} days", minutes // (24 * 60))


def clock(moment: datetime, now: datetime, visit: Visit) -> str:
    """When something was: only the hour today, with the day before and after."""
    local, today = moment.astimezone(ROME), now.astimezone(ROME).date()
    pattern = "HH:mm" if local.date() == today else "d MMM, HH:mm"
    if local.year != today.year:
        pattern = "d MMM y, HH:mm"
    locale = "it" if visit.words.code == "it" else "en_GB"
    return format_datetime(local.replace(tzinfo=None), pattern, locale=locale)

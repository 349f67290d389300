"""What operators may write after a `/` in their group, in Italian and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from flows.handoff_model import Reason, Urgency


class Order(StrEnum):
    """What a command asks for."""

    SAY = "say"
    MEAN = "mean"
    NOTE = "note"
    CLAIM = "claim"
    RELEASE = "release"
    TAKE_OVER = "take over"
    URGENCY = "urgency"
    MEDIATOR = "mediator"
    APPOINTMENT = "appointment"
    CLOSE = "close"
    REOPEN = "reopen"
    READY = "ready"
    HELP = "help"
    LINK = "link"
    VOICES = "voices"


ORDERS: Mapping[str, Order] = {
    **dict.fromkeys(("r", "rispondi", "reply"), Order.SAY),
    **dict.fromkeys(("t", "traduci", "translate"), Order.MEAN),
    **dict.fromkeys(("nota", "note"), Order.NOTE),
    **dict.fromkeys(("prendi", "claim"), Order.CLAIM),
    **dict.fromkeys(("rilascia", "release"), Order.RELEASE),
    **dict.fromkeys(("subentra", "takeover"), Order.TAKE_OVER),
    **dict.fromkeys(("urgente", "urgent"), Order.URGENCY),
    **dict.fromkeys(("mediatore", "mediator"), Order.MEDIATOR),
    **dict.fromkeys(("appuntamento", "appointment"), Order.APPOINTMENT),
    **dict.fromkeys(("chiudi", "close"), Order.CLOSE),
    **dict.fromkeys(("riapri", "reopen"), Order.REOPEN),
    **dict.fromkeys(("pronte", "ready"), Order.READY),
    **dict.fromkeys(("aiuto", "help", "start"), Order.HELP),
    **dict.fromkeys(("io", "me"), Order.LINK),
    **dict.fromkeys(("voci", "voices"), Order.VOICES),
}

_SAY = re.compile(r"/(?:r|rispondi|reply)(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
_NOTE = re.compile(r"/(?:nota|note)(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?:(?P<word>oggi|domani|today|tomorrow)"
    r"|(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})(?:[/.\-](?P<year>\d{4}))?)"
    r"\s+(?:alle\s+|at\s+|ore\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s+(?P<rest>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_TODAY = frozenset({"oggi", "today"})
_URGENCIES: Mapping[str, Urgency] = {
    **dict.fromkeys(("", "2", "adesso", "ora", "subito", "now"), Urgency.NOW),
    **dict.fromkeys(("1", "presto", "soon"), Urgency.SOON),
    **dict.fromkeys(("0", "no", "normale", "normal"), Urgency.NORMAL),
}
_REASONS: Mapping[str, Reason] = {
    **dict.fromkeys(("risposto", "answered"), Reason.ANSWERED),
    **dict.fromkeys(("sportello", "desk"), Reason.AT_THE_DESK),
    **dict.fromkeys(("passato", "handed-on"), Reason.HANDED_ON),
    **dict.fromkeys(("silenzio", "no-answer"), Reason.NO_ANSWER),
    **dict.fromkeys(("altro", "not-ours"), Reason.NOT_OURS),
}


def without_order(text: str) -> str:
    """The words of a line that was said with `/r`, as an edit brings them."""
    found = _SAY.match(text)
    return text if found is None else text[found.end() :]


def without_note(text: str) -> str:
    """The words of a note that was written with `/nota`, as an edit brings them."""
    found = _NOTE.match(text)
    return text if found is None else text[found.end() :]


def read_urgency(words: str) -> Urgency | None:
    """How urgent; None where it is not understood."""
    return _URGENCIES.get(words.strip().casefold())


def read_reason(words: str) -> Reason | None:
    """Why it is closed; None where it has to be asked."""
    return _REASONS.get(words.strip().casefold())


def read_appointment(words: str, local: datetime) -> tuple[datetime, str] | None:
    """The moment of `3/12 10:30 via Roma 1`, and where; a day without a year is the next one.

    None where it is not understood, or is no day.
    """
    found = _MOMENT.fullmatch(words.strip())
    if found is None:
        return None
    try:
        at = time(int(found["hour"]), int(found["minute"]))
        moment = datetime.combine(_day(found, local.date()), at)
    except ValueError:
        return None
    if found["day"] and not found["year"] and moment < local:
        try:
            moment = moment.replace(year=moment.year + 1)
        except ValueError:  # the 29th of February
            return None
    return moment, (found["rest"] or "").strip()


def _day(found: re.Match[str], today: date) -> date:
    if found["word"]:
        return today + timedelta(days=found["word"].casefold() not in _TODAY)
    return date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))

"""What a conversation with an operator is, said in small things that never change.

Every value is kept in the database for months: none is ever used for another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class State(StrEnum):
    """Where a conversation stands."""

    WAITING = "waiting"  # asked for, and nobody has claimed it
    CLAIMED = "claimed"  # one operator has it
    CLOSED = "closed"


class Need(StrEnum):
    """What it is about: the needs of D1, and one for whoever does not know."""

    WORK = "work"
    PAY = "pay"
    SAFETY = "safety"
    PAPERS = "papers"
    HOUSE = "house"
    HEALTH = "health"
    LEGAL = "legal"
    LANGUAGE = "language"
    FAMILY = "family"
    OTHER = "other"


class Who(StrEnum):
    """By whom a person wants to be met."""

    ANYBODY = "anybody"
    WOMAN = "woman"
    MAN = "man"


class Medium(StrEnum):
    """How a person wants to talk."""

    TEXT = "text"
    VOICE = "voice"


class Safe(StrEnum):
    """When the phone is the person's own; the operators' words wait for it."""

    ALWAYS = "always"
    MORNING = "morning"  # 6 to 12
    AFTERNOON = "afternoon"  # 12 to 18
    EVENING = "evening"  # 18 to 23
    SUNDAY = "sunday"


class Urgency(IntEnum):
    """How soon somebody should answer."""

    NORMAL = 0
    SOON = 1
    NOW = 2


class Reason(StrEnum):
    """Why a conversation was closed."""

    ANSWERED = "answered"
    HANDED_ON = "handed-on"
    AT_THE_DESK = "at-the-desk"
    NO_ANSWER = "no-answer"
    BY_PERSON = "by-person"
    NOT_OURS = "not-ours"


class LineKind(StrEnum):
    """What a line is. `canned`: one of `flows.ready_replies`, kept by its key."""

    TEXT = "text"
    CANNED = "canned"
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"
    VIDEO = "video"
    PLACE = "place"
    APPOINTMENT = "appointment"
    OTHER = "other"  # something Antenna cannot carry: said so to both


class LineState(StrEnum):
    """How far a line has come. Those of a person are `kept` from the start."""

    KEPT = "kept"
    WAITS = "waits"  # for the hour in which the phone is the person's own
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"  # not sent: the person cannot be reached
    FAILED = "failed"  # not sent: Telegram does not take it
    UNKNOWN = "unknown"  # nobody knows; never sent again by itself
    UNDONE = "undone"


class Event(StrEnum):
    """What a note tells of; `note` is an operator's own words among colleagues."""

    NOTE = "note"
    ASKED = "asked"
    CLAIMED = "claimed"
    RELEASED = "released"
    TAKEN_OVER = "taken-over"
    URGENCY = "urgency"
    MEDIATOR = "mediator"
    UNDONE = "undone"
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"
    ENDED = "ended"  # by the person
    BLOCKED = "blocked"  # the person cannot be reached any more
    BACK = "back"  # the person can be reached again
    HANDED_ON = "handed-on"
    DELETED = "deleted"  # the person cleaned the chat
    MEETING = "meeting"  # the person booked, moved, cancelled an appointment, or answered to it


class Trouble(StrEnum):
    """Why a conversation is not shown in a topic as it stands; it is in the console."""

    NO_GROUP = "no-group"  # no group of operators is connected for it
    GONE = "gone"  # the bot is no longer in the group, or the group is no more
    RIGHTS = "rights"  # the bot may not do there what it must
    NO_TOPICS = "no-topics"  # the group has none, or has switched them off


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said before anybody answered, so that nobody asks it again.

    `about` is the card or the door they came from; `words` what they wrote, `voice` Telegram's
    file_id of what they said, or empty: both are the first lines of the conversation.
    `level` comes from the self-check, and only where they agreed to pass it on.
    """

    need: Need
    desk: str
    who: Who = Who.ANYBODY
    medium: Medium = Medium.TEXT
    safe: Safe = Safe.ALWAYS
    interpreter: bool = False
    urgency: Urgency = Urgency.NORMAL
    about: str = ""
    words: str = ""
    level: int | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Helper:
    """A desk whose operators talk with people. `hours` and `closed` as `flows.hours` reads them.

    `duty`: who answers there may have to tell a judge what they read (as `Office.duty`).
    """

    key: str
    name: str
    territory: str
    hours: str
    closed: str = ""
    place: str = ""
    duty: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """What a person is told while she waits: how many come before her, and when people answer.

    `opens` is the next moment in which somebody is there, local time without a zone; None while
    the desk is open, and where nobody knows.
    """

    ahead: int
    is_open: bool
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A person's conversation as she is shown it."""

    state: State
    desk: str
    need: Need
    designation: str
    queue: Queue
    rated: bool = False
    answered: bool = False

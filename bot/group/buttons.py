"""The buttons under Antenna's messages in a topic, and what a tap on one says.

Callback data is `h:<verb>` or `h:<verb>:<argument>`. It never says whose conversation it is: the
topic does. An argument is the number of a line within it, the key of a ready answer, a choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.group import words as said
from bot.telegram.incoming import PROMPT as PROMPT
from bot.words import Words
from flows.effects import Json
from flows.handoff_model import Reason, State, Urgency
from flows.text import Text, _, pictured

_DATA = re.compile(r"h:([a-z]{2,12})(?::([a-z0-9-]{1,40}))?")


class Verb(StrEnum):
    """What a button does; kept in chats for as long as its message is there."""

    CLAIM = "claim"
    RELEASE = "release"
    TAKEOVER = "takeover"
    REPLY = "reply"
    READY = "ready"  # the list, or one of it to look at
    SAY = "say"  # a ready answer goes out
    URGENT = "urgent"
    MEDIATOR = "mediator"
    APPOINT = "appoint"
    CLOSE = "close"
    REOPEN = "reopen"
    UNDO = "undo"
    BOTH = "both"  # words and their translation go out
    LEAVE = "leave"  # they do not
    NOTE = "note"  # how to write a note
    MORE = "more"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Press:
    """What a tap says."""

    verb: Verb
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button in a topic."""

    label: Text
    press: Press


Rows = tuple[tuple[Button, ...], ...]


def data(press: Press) -> str:
    """The callback data of a button."""
    return f"h:{press.verb}:{press.argument}" if press.argument else f"h:{press.verb}"


def read(words: str) -> Press | None:
    """What a tap says; None where it is no button of a topic."""
    found = _DATA.fullmatch(words)
    if found is None or found.group(1) not in tuple(Verb):
        return None
    return Press(Verb(found.group(1)), found.group(2) or "")


def markup(rows: Rows, words: Words) -> Json:
    """The buttons as Telegram takes them."""
    return {
        "inline_keyboard": [
            [{"text": words.plain(one.label), "callback_data": data(one.press)} for one in row]
            for row in rows
        ]
    }


def _button(label: Text, verb: Verb, argument: str = "") -> Button:
    return Button(label, Press(verb, argument))


_REPLY = _button(_("✉️ Answer"), Verb.REPLY)
_READY = _button(_("📋 Ready answers"), Verb.READY)
_MORE = _button(_("⋯ More"), Verb.MORE)
_BACK = _button(_("⬅️ Back"), Verb.BACK)

_CARDS: Mapping[State, Rows] = {
    State.WAITING: (
        (_button(_("✋ I take it"), Verb.CLAIM), _REPLY),
        (_READY, _MORE),
    ),
    State.CLAIMED: (
        (_REPLY, _READY),
        (_button(_("↩️ I leave it"), Verb.RELEASE), _MORE),
    ),
    State.CLOSED: ((_button(_("🔓 Open again"), Verb.REOPEN),),),
}


def of_card(state: State, reason: Reason | None = None) -> Rows:
    """Under the summary of a conversation. What the person ended only they begin again."""
    if state is State.CLOSED and reason is Reason.BY_PERSON:
        return ()
    return _CARDS[state]


def of_more() -> Rows:
    """Under the summary, after a tap on *More*."""
    return (
        (
            _button(_("🔴 How urgent"), Verb.URGENT),
            _button(_("🗣️ Mediator"), Verb.MEDIATOR),
        ),
        (
            _button(_("📅 Appointment"), Verb.APPOINT),
            _button(_("🔁 I take over"), Verb.TAKEOVER),
        ),
        (_button(_("✅ Close"), Verb.CLOSE), _BACK),
    )


SIGNS: Mapping[Urgency, str] = {Urgency.NOW: "🔴", Urgency.SOON: "🟠", Urgency.NORMAL: "⚪"}
"""What stands before how urgent it is, and what the name of an open topic begins with."""

URGENCIES: Mapping[Urgency, Text] = {
    urgency: pictured(sign, said.URGENCIES[urgency]) for urgency, sign in SIGNS.items()
}

REASONS: Mapping[Reason, Text] = {
    reason: pictured(sign, said.REASONS[reason])
    for reason, sign in (
        (Reason.ANSWERED, "✅"),
        (Reason.AT_THE_DESK, "🏢"),
        (Reason.HANDED_ON, "➡️"),
        (Reason.NO_ANSWER, "🔇"),
        (Reason.NOT_OURS, "🚫"),
    )
}
"""Why operators close; that the person ended it is for her alone to say."""


def of_urgencies() -> Rows:
    """How urgent it is."""
    rows = tuple(
        (_button(label, Verb.URGENT, str(int(urgency))),) for urgency, label in URGENCIES.items()
    )
    return (*rows, (_BACK,))


def of_reasons() -> Rows:
    """Why it is closed."""
    rows = tuple((_button(label, Verb.CLOSE, reason.value),) for reason, label in REASONS.items())
    return (*rows, (_BACK,))


def of_sent(number: int) -> Rows:
    """Under the acknowledgement of a line that went out, as long as it can be undone."""
    return ((_button(_("↩️ Undo"), Verb.UNDO, str(number)),),)

"""What a topic says of a conversation: its name, the summary, what happened, how far words came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.group import meetings, words
from bot.group.buttons import REASONS, SIGNS, URGENCIES
from bot.meaning.figures import differ
from bot.relay.cargo import read_meant
from flows import talk_words
from flows.handoff_model import (
    Event,
    LineKind,
    LineState,
    Medium,
    Need,
    Reason,
    Safe,
    State,
    Trouble,
    Urgency,
    Who,
)
from flows.hours import next_safe
from flows.library import Library
from flows.ready import find_ready
from flows.report_model import Level
from flows.talk import CHECK
from flows.text import Text, _, ngettext, pictured, titled, verbatim
from storage.handoffs import Handoff, Line, Note
from storage.handoffs.meanings import Meaning
from storage.handoffs.meanings import State as Made

CLOSED: Final = "✅"
"""What the name of a closed conversation's topic begins with."""

NOBODY = verbatim("Antenna")
ELSEWHERE = _("➡️ Another group follows this conversation from now on.")
ONLY_CONSOLE = _("⚠️ This cannot be shown here. Read it in the console.")
GOES_AS = _("🤖 The person reads first, translated by a machine:")
OTHER_NUMBERS = _("⚠️ The numbers are not the same: look at the person's own words.")
NOT_CARRIED = _("⚠️ Something that Antenna cannot carry. The person was told.")

NEEDS: Mapping[Need, Text] = {
    need: pictured(talk_words.NEEDS[need].source.partition(" ")[0], name)
    for need, name in words.NEEDS.items()
}
"""As the console calls it, behind the pictogram that the person tapped."""
WHO: Mapping[Who, Text] = {
    Who.WOMAN: pictured("👩", words.WHO[Who.WOMAN]),
    Who.MAN: pictured("👨", words.WHO[Who.MAN]),
}
MEDIA: Mapping[Medium, Text] = {
    Medium.TEXT: pictured("⌨️", words.MEDIA[Medium.TEXT]),
    Medium.VOICE: pictured("🎤", words.MEDIA[Medium.VOICE]),
}
SAFE: Mapping[Safe, Text] = {
    Safe.ALWAYS: _("📱 The phone is safe at any time"),
    Safe.MORNING: _("📱 The phone is safe in the morning, 6 to 12"),
    Safe.AFTERNOON: _("📱 The phone is safe in the afternoon, 12 to 18"),
    Safe.EVENING: _("📱 The phone is safe in the evening, 18 to 23"),
    Safe.SUNDAY: _("📱 The phone is safe on Sunday"),
}
TROUBLES: Mapping[Trouble | None, Text] = {
    None: _("there is too much at once"),
    Trouble.NO_GROUP: _("no group is connected for them"),
    Trouble.GONE: _("Antenna is no longer in the group"),
    Trouble.RIGHTS: _("Antenna may not do in the group what it must"),
    Trouble.NO_TOPICS: _("the group has no topics: switch them on"),
}

_HOW = _(
    "✍️ To answer the person: reply to a message with 👤, or write /r and the words. Everything "
    "else you write here is a note for colleagues."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed to speak of a conversation and does not stand in it.

    `desk` and `language` are their names, `about` is the card it came from, `names` are those of
    operators, `tongues` those of languages.
    """

    desk: str = ""
    language: str = ""
    about: str = ""
    names: Mapping[int, str] | None = None
    tongues: Mapping[str, str] | None = None

    def name(self, operator_id: int | None) -> Text:
        """Who it was."""
        found = (self.names or {}).get(operator_id) if operator_id is not None else None
        return verbatim(found) if found else NOBODY


def title_of(about: str, library: Library) -> Text | None:
    """The card, or the door, from which somebody asked, by its key."""
    if about == CHECK:
        return _("🔎 The self-check")
    card = library.find_card(about)
    return None if card is None else titled(card.icon, card.title)


def title(handoff: Handoff, facts: Facts) -> list[Text]:
    """The parts of a topic's name: never a name or a number of anybody."""
    sign = CLOSED if handoff.state is State.CLOSED else SIGNS[handoff.urgency]
    parts = [verbatim(f"{sign} {handoff.designation}"), NEEDS[handoff.need]]
    if facts.language:
        parts.append(verbatim(facts.language))
    if handoff.level is not None:
        parts.append(words.LEVELS[Level(handoff.level)])
    return parts


def summary(handoff: Handoff, facts: Facts) -> list[Text]:
    """What the person has answered already, so that nobody asks it again."""
    lines = [_state(handoff, facts), NEEDS[handoff.need]]
    if handoff.urgency is not Urgency.NORMAL:
        lines.append(_("⏱️ How urgent: {urgency}", urgency=URGENCIES[handoff.urgency]))
    if handoff.level is not None:
        lines.append(_("🚦 The self-check says: {level}", level=words.LEVELS[Level(handoff.level)]))
    if facts.about:
        lines.append(_("📇 Comes from: {card}", card=verbatim(facts.about)))
    if facts.language:
        lines.append(_("🌐 Language: {language}", language=verbatim(facts.language)))
    if handoff.interpreter:
        lines.append(_("🗣️ Would like an interpreter"))
    if handoff.mediator:
        lines.append(_("🗣️ A mediator was asked for"))
    if handoff.who in WHO:
        lines.append(WHO[handoff.who])
    lines += [MEDIA[handoff.medium], SAFE[handoff.safe]]
    if facts.desk:
        lines.append(_("📍 Desk: {desk}", desk=verbatim(facts.desk)))
    if not handoff.reachable:
        lines.append(_("🚫 The person cannot be reached now"))
    return lines if handoff.state is State.CLOSED else [*lines, _HOW]


def _state(handoff: Handoff, facts: Facts) -> Text:
    if handoff.state is State.CLOSED:
        reason = handoff.reason
        if reason is None or reason not in REASONS:
            return _("✅ Closed by the person")
        return _("Closed: {reason}", reason=REASONS[reason])
    if handoff.owner is None:
        return _("⏳ Waits: nobody follows it yet")
    return _("✋ Followed by {name}", name=facts.name(handoff.owner))


# -- lines and notes


def words_of(line: Line) -> list[Text]:
    """The words of a line, paragraph by paragraph; a ready answer in the operators' language."""
    said: list[Text] = []
    if line.kind is LineKind.CANNED:
        ready = find_ready(line.text)
        return [] if ready is None else [ready]
    if line.kind is LineKind.OTHER:
        return [NOT_CARRIED]
    if line.kind is LineKind.APPOINTMENT and line.extra.get("when"):
        when = datetime.fromisoformat(str(line.extra["when"]))
        said.append(_("📅 Appointment: {when}", when=when))
        if line.extra.get("place"):
            said.append(_("📍 {place}", place=verbatim(str(line.extra["place"]))))
    said += [verbatim(part) for part in line.text.split("\n") if line.text]
    meant = read_meant(line.content)
    if meant is not None:
        said += [GOES_AS, *(verbatim(part) for part in meant.text.split("\n"))]
    return said


def event(note: Note, facts: Facts) -> Text:
    """What happened, in one line."""
    name = facts.name(note.operator_id)
    if note.event is Event.URGENCY:
        urgency = URGENCIES[Urgency(int(note.text or "0"))]
        return _("{urgency} ({name})", urgency=urgency, name=name)
    if note.event is Event.RATED and note.text in words.RATINGS:
        return _("⭐ How it was: {rating}", rating=words.RATINGS[note.text])
    if note.event is Event.CLOSED:
        reason = REASONS.get(Reason(note.text)) if note.text in tuple(Reason) else None
        if reason is not None:
            return _("{name} has closed this. {reason}", name=name, reason=reason)
    if note.event is Event.REOPENED and note.operator_id is None:
        return _("🔓 Open again: the person has written")
    if note.event is Event.MEETING:
        return meetings.did(note.text)
    told = _EVENTS[note.event](name)
    if note.text and note.event in _WITH_WORDS:
        return _("{told}: {words}", told=told, words=verbatim(note.text))
    return told


_WITH_WORDS = frozenset({Event.TAKEN_OVER, Event.HANDED_ON})
_EVENTS = {
    Event.NOTE: lambda name: _("📝 {name}", name=name),
    Event.ASKED: lambda name: _("🙋 The person asks again to talk"),
    Event.CLAIMED: lambda name: _("✋ {name} follows this", name=name),
    Event.RELEASED: lambda name: _("↩️ {name} leaves this: it is free again", name=name),
    Event.TAKEN_OVER: lambda name: _("🔁 {name} has taken over", name=name),
    Event.URGENCY: lambda name: _("⏱️ How urgent it is has changed ({name})", name=name),
    Event.MEDIATOR: lambda name: _("🗣️ {name} asks for a mediator", name=name),
    Event.UNDONE: lambda name: _("↩️ {name} has taken words back", name=name),
    Event.CLOSED: lambda name: _("✅ {name} has closed this", name=name),
    Event.REOPENED: lambda name: _("🔓 {name} has opened this again", name=name),
    Event.RATED: lambda name: _("⭐ The person has said how it was"),
    Event.ENDED: lambda name: _("✅ The person has closed this"),
    Event.BLOCKED: lambda name: _("🚫 The person cannot be reached: blocked the bot, or gone"),
    Event.BACK: lambda name: _("💬 The person can be reached again"),
    Event.HANDED_ON: lambda name: _("➡️ {name} has handed this on to another desk", name=name),
    Event.DELETED: lambda name: _("🧹 The person has cleaned the chat. What stands here stays."),
}


def meaning(one: Meaning, facts: Facts) -> list[Text]:
    """What a machine made of a person's words, paragraph by paragraph, or why it made nothing."""
    language = verbatim((facts.tongues or {}).get(one.language, one.language))
    if one.state is not Made.MADE:
        return [_NOT_MADE[one.state](language)]
    told = [_("A machine translated this. Language: {language}.", language=language)]
    told += [verbatim(part) for part in one.text.split("\n") if part.strip()]
    return [*told, OTHER_NUMBERS] if differ(one.said, one.text) else told


_NOT_MADE: Mapping[Made, Callable[[Text], Text]] = {
    Made.SAME: lambda language: _("There is nothing to translate."),
    Made.LANGUAGE: lambda language: _(
        "The translator does not know this language: {language}.", language=language
    ),
    Made.LONG: lambda language: _("This is too long for the translator."),
    Made.FAILED: lambda language: _("The translator cannot do this. Ask for a mediator."),
}


# -- how far words came


def acknowledgement(line: Line, handoff: Handoff, local: datetime) -> Text:
    """What became of an operator's line; `local` is what the clocks of Italy show now."""
    if line.state is LineState.SENT:
        return _("✉️ Corrected there too") if line.edit_of is not None else _("✉️ Sent")
    if line.state is LineState.WAITS:
        goes = next_safe(handoff.safe, local)
        if goes is None:
            return _("⏳ Goes out when the phone is safe")
        return _("⏳ Goes out: {moment}", moment=goes)
    return _STATES[line.state]


_STATES: Mapping[LineState, Text] = {
    LineState.KEPT: _("✉️ Kept"),
    LineState.SENDING: _("📤 Is being sent"),
    LineState.BLOCKED: _("🚫 Not sent: the person cannot be reached"),
    LineState.FAILED: _("🚫 Not sent: Telegram does not take it"),
    LineState.UNKNOWN: _("❓ Nobody knows whether it was sent. Antenna does not send it again."),
    LineState.UNDONE: _("↩️ Taken back"),
}


def several_sent(lines: Sequence[Line]) -> Text:
    """That the last words of an operator all went out."""
    return ngettext("✉️ {count} message sent", "✉️ {count} messages sent", len(lines))


# -- alarms


def late(place: Text, count: int, since: datetime, why: Trouble | None, console: str) -> list[Text]:
    """That what people write does not reach a group."""
    lines = [
        ngettext(
            "⚠️ {count} conversation does not reach the group of {place} since {moment}.",
            "⚠️ {count} conversations do not reach the group of {place} since {moment}.",
            count,
            place=place,
            moment=since,
        ),
        _("Why: {why}.", why=TROUBLES[why]),
    ]
    if console:
        lines.append(_("They are all in the console: {address}", address=verbatim(console)))
    return lines


ALL_OFFICES = _("all offices")

"""What is said in the operators' group: numbers, levels, sectors, territories, how many wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.handoff_model import Medium, Need, Reason, Urgency, Who
from flows.report_choices import SECTORS, Sector
from flows.report_model import Level
from flows.text import Text, _, ngettext, verbatim

CONNECTED = _(
    "✅ This group is connected to Antenna. I tell you here that reports wait, never what is in "
    "them."
)
TALKS = _(
    "💬 Conversations with people come here, each in its topic. First everybody links their "
    "account: in the console, “Link my Telegram”. What I understand here: /aiuto"
)
DISCONNECTED = _("👋 This group is no longer connected to Antenna. Another one is.")
FAREWELL = _("👋 This group is no longer connected to Antenna.")
WRONG_WORD = _("This is not the word, or it is too old. Ask for a new one: antenna group connect")
AS_YOURSELF = _(
    "You write as the group. Please write as yourself: switch “Remain anonymous” off and try again."
)
NOT_DELETING = _(
    "⚠️ I may not delete messages here, so I delete mine within two days. Make me an administrator "
    "who deletes messages, and they stay for 30 days."
)
NOT_FORUM = _(
    "⚠️ This group has no topics. Switch them on in its settings; until then conversations are in "
    "the console only."
)
NOT_TOPICS = _(
    "⚠️ I may not make topics here. Make me an administrator who manages topics; until then "
    "conversations are in the console only."
)
COMPLETE = _("✅ Now I may do here all I need.")
TEST = _("🔔 A test: alerts reach this group.")
REPEATED = _("(repeated)")

MOST_NAMED = 30

LEVELS: Mapping[Level, Text] = {
    Level.DANGER: _("🔴 danger"),
    Level.SERIOUS: _("🟠 serious"),
    Level.IRREGULAR: _("🟡 irregular"),
    Level.INFORMATION: _("⚪ information"),
}

NEEDS: Mapping[Need, Text] = {
    Need.WORK: _("Work"),
    Need.PAY: _("Pay"),
    Need.SAFETY: _("Safety"),
    Need.PAPERS: _("Papers"),
    Need.HOUSE: _("House, bed"),
    Need.HEALTH: _("Health"),
    Need.LEGAL: _("Law"),
    Need.LANGUAGE: _("Learn Italian"),
    Need.FAMILY: _("Family"),
    Need.OTHER: _("Something else"),
}
"""What a conversation is about, as operators call it, also in the console."""
REASONS: Mapping[Reason, Text] = {
    Reason.ANSWERED: _("Answered"),
    Reason.AT_THE_DESK: _("Goes on at the desk"),
    Reason.HANDED_ON: _("Handed on to others"),
    Reason.NO_ANSWER: _("No answer any more"),
    Reason.NOT_OURS: _("Nothing for us"),
    Reason.BY_PERSON: _("The person ended it"),
}
"""Why a conversation is closed, also in the console."""
URGENCIES: Mapping[Urgency, Text] = {
    Urgency.NOW: _("Now"),
    Urgency.SOON: _("Soon"),
    Urgency.NORMAL: _("When there is time"),
}
"""How urgent a conversation is, also in the console."""
WHO: Mapping[Who, Text] = {
    Who.WOMAN: _("Would like a woman"),
    Who.MAN: _("Would like a man"),
}
"""With whom somebody would like to talk, where it matters to them, also in the console."""
MEDIA: Mapping[Medium, Text] = {
    Medium.TEXT: _("In writing"),
    Medium.VOICE: _("By voice messages"),
}
"""How somebody would like to talk, also in the console."""
RATINGS: Mapping[str, Text] = {
    "1": _("badly (1 of 3)"),
    "2": _("so-so (2 of 3)"),
    "3": _("well (3 of 3)"),
}
"""How it was, as the person says in the end, also in the console."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A sealed report as the group is told of it, and no more than that."""

    number: str
    level: Level
    sector: Text
    territory: str


def sector_name(key: str) -> Text:
    """The trade of a report in words."""
    return SECTORS.get(key) or SECTORS[Sector.UNKNOWN]


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports of a level wait for an answer, and how many for too long."""

    level: Level
    waiting: int
    over: int


def danger(alerts: Sequence[Alert], console: str) -> list[Text]:
    """Danger now: told at once."""
    title = ngettext(
        "🔴 Danger now: {count} new report.", "🔴 Danger now: {count} new reports.", len(alerts)
    )
    return [title, *_named(alerts), *_where(console)]


def slot(
    at: datetime,
    alerts: Sequence[Alert],
    counts: Sequence[Count],
    leaving: Sequence[str],
    console: str,
) -> list[Text]:
    """What came since the last time, what waits, what has waited for too long, and what goes."""
    lines = [_("📋 Reports, {moment}", moment=at)]
    if alerts:
        lines.append(ngettext("New: {count} report", "New: {count} reports", len(alerts)))
        lines += _named(alerts)
    waiting = [one for one in counts if one.waiting]
    if waiting:
        lines.append(_("⏳ Waiting for an answer:"))
        lines += [_count(one) for one in waiting]
    if leaving:
        lines.append(
            _(
                "🗓️ Deleted in two weeks if nothing happens: {numbers}",
                numbers=verbatim(", ".join(leaving)),
            )
        )
    return [*lines, *_where(console)]


def _named(alerts: Sequence[Alert]) -> list[Text]:
    lines = [
        _(
            "• {number} – {level} – {sector} – {territory}",
            number=verbatim(one.number),
            level=LEVELS[one.level],
            sector=one.sector,
            territory=verbatim(one.territory or "?"),
        )
        for one in alerts[:MOST_NAMED]
    ]
    left = len(alerts) - len(lines)
    if left:
        lines.append(ngettext("and {count} more", "and {count} more", left))
    return lines


def _count(one: Count) -> Text:
    if not one.over:
        return _("{level}: {waiting}", level=LEVELS[one.level], waiting=one.waiting)
    return _(
        "{level}: {waiting}, ⏰ over time: {over}",
        level=LEVELS[one.level],
        waiting=one.waiting,
        over=one.over,
    )


def _where(console: str) -> list[Text]:
    return [_("Read them in the console: {address}", address=verbatim(console))] if console else []

"""What operators read of people's lessons and appointments: in a topic, in General, in the console.

Two words for somebody, a time, and what they did: nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flows.calendar_model import News, Reply
from flows.text import Text, _, ngettext, verbatim
from storage.appointments.telling import Said
from storage.desk_news import DeskNews

_DID: Mapping[News | Reply, Callable[[datetime], Text]] = {
    News.BOOKED: lambda when: _("📅 The person has booked: {when}.", when=when),
    News.MOVED: lambda when: _("📅 The person has chosen another time: {when}.", when=when),
    News.CANCELLED: lambda when: _("❌ The person has cancelled: {when}.", when=when),
    Reply.COMES: lambda when: _("✅ The person comes: {when}.", when=when),
    News.CANNOT: lambda when: _("🚫 The person cannot come: {when}.", when=when),
    News.LATE: lambda when: _("🏃 The person is late: {when}.", when=when),
    News.LOST: lambda when: _("🗺️ The person does not find the place: {when}.", when=when),
}
MOST_LINES = 20
_NEWS: Mapping[News, Callable[[Text, datetime], Text]] = {
    News.LATE: lambda who, when: _("🏃 {who} is late: {when}.", who=who, when=when),
    News.LOST: lambda who, when: _(
        "🗺️ {who} does not find the place: {when}. Can somebody call?", who=who, when=when
    ),
    News.CANNOT: lambda who, when: _("🚫 {who} cannot come: {when}.", who=who, when=when),
    News.CANCELLED: lambda who, when: _("❌ {who} has cancelled: {when}.", who=who, when=when),
    News.MISSED: lambda who, when: _(
        "⚠️ {who} could not be reminded in time: {when}.", who=who, when=when
    ),
    News.BLOCKED: lambda who, when: _(
        "📵 {who} cannot be reached in the chat any more: {when}.", who=who, when=when
    ),
    News.BOOKED: lambda who, when: _("📅 {who} has booked: {when}.", who=who, when=when),
    News.MOVED: lambda who, when: _(
        "📅 {who} has chosen another time: {when}.", who=who, when=when
    ),
    News.LAPSED: lambda who, when: _(
        "⏳ {who} did not answer the offer: {when}.", who=who, when=when
    ),
    News.OFFERED: lambda who, when: _(
        "🎟️ A seat is free for {who}, who has no chat: {when}. Please call.", who=who, when=when
    ),
    News.GAP: lambda who, when: _(
        "🕑 {who} is reminded an hour later, the clocks change: {when}.", who=who, when=when
    ),
}
UNKNOWN = _("📅 The person has answered to an appointment.")


def line(news: DeskNews) -> Text:
    """One line of news: two words for somebody, what happened, and when it is."""
    who = verbatim(news.designation)
    if news.what is News.LATE and news.minutes:
        return ngettext(
            "🏃 {who} is {count} minute late: {when}.",
            "🏃 {who} is {count} minutes late: {when}.",
            news.minutes,
            who=who,
            when=news.event,
        )
    return _NEWS[news.what](who, news.event)


def lines(news: Sequence[DeskNews]) -> list[Text]:
    """A message of several lines; what does not fit is counted."""
    told = [line(one) for one in news[:MOST_LINES]]
    more = len(news) - len(told)
    if more:
        told.append(
            ngettext("{count} more, in the console.", "{count} more, in the console.", more)
        )
    return told


def did(text: str) -> Text:
    """What a person did with an appointment, by the text of its note."""
    said = Said.read(text)
    if said is None or said.what not in _DID:
        return UNKNOWN
    if said.what is News.LATE and said.minutes:
        return ngettext(
            "🏃 The person is {count} minute late: {when}.",
            "🏃 The person is {count} minutes late: {when}.",
            said.minutes,
            when=said.when,
        )
    return _DID[said.what](said.when)

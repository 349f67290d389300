"""How the day calls what people said, what came of a meeting, and what is new."""

from __future__ import annotations

from dataclasses import dataclass

from flows.calendar_model import AppointmentState, News, NoticeState, Reply, Subject
from flows.text import Text, _, ngettext, pgettext
from storage.desk_news import DeskNews
from storage.notices.model import BOOKED, CANCELLED, MOVED

GOOD, SOON, LATE, PLAIN = "good", "soon", "late", "plain"


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words beside a name; `kind` is one of `good`, `soon`, `late`, `plain`."""

    words: Text
    kind: str = PLAIN


STATES: dict[AppointmentState, Chip] = {
    AppointmentState.CANCELLED: Chip(pgettext("appointment", "cancelled")),
    AppointmentState.DONE: Chip(_("came"), GOOD),
    AppointmentState.NO_SHOW: Chip(_("did not come"), LATE),
}
UNSAID = Chip(_("did they come?"), SOON)
UNANSWERED = Chip(_("has not answered"))
NO_CHAT = Chip(_("no reminders: no chat"))
REPLIES: dict[Reply, Chip] = {
    Reply.NOTHING: UNANSWERED,
    Reply.COMES: Chip(_("comes"), GOOD),
    Reply.CANNOT: Chip(_("cannot come"), LATE),
    Reply.LATE: Chip(_("is late"), SOON),
    Reply.LOST: Chip(_("is lost: call"), LATE),
}
NOTICES: dict[NoticeState, Text] = {
    NoticeState.WAITING: _("planned"),
    NoticeState.HANDED: _("on its way"),
    NoticeState.SENT: _("sent"),
    NoticeState.MISSED: _("not sent in time"),
    NoticeState.BLOCKED: _("not sent: they cannot be reached"),
    NoticeState.UNKNOWN: _("nobody knows whether it arrived"),
    NoticeState.STOPPED: _("not wanted any more"),
}
REMINDER = _("Reminder")
STEPS: dict[str, Text] = {
    BOOKED: _("Told of the appointment"),
    MOVED: _("Told of the new time"),
    CANCELLED: _("Told that it is cancelled"),
}
"""What a message about an appointment tells, where it is no reminder."""

URGENT = (News.LOST, News.LATE, News.CANNOT, News.BLOCKED, News.MISSED, News.OFFERED)
"""News of these stand out: somebody has to do something."""

DONE: dict[str, Text] = {
    "seen": _("Seen."),
    "booked": _("Booked. The person is told in the chat, and the reminders go by themselves."),
    "noted": _("Booked. Nothing goes to a chat: tell them day and time yourself."),
    "moved": _("Moved, and the reminders go anew. In the chat the person is told."),
    "cancelled": _("Cancelled, and free for others. In the chat the person is told."),
    "done": _("Noted: they came."),
    "no_show": _("Noted: they did not come."),
    "rewritten": _("Kept. They read the new words from now on."),
    "opening": _("Kept. The times below can be booked."),
    "closed": _("No more times are given. What is booked stays."),
    "opened": _("Times are given again."),
}


def reply_chip(reply: Reply, late: int | None, *, has_chat: bool) -> Chip:
    """What somebody said to a meeting."""
    if reply is Reply.NOTHING and not has_chat:
        return NO_CHAT
    if reply is Reply.LATE and late:
        return Chip(ngettext("{count} minute late", "{count} minutes late", late), SOON)
    return REPLIES[reply]


def news_words(news: DeskNews) -> Text:
    """What is new, after the two words for the person."""
    if news.what is News.LATE and news.minutes:
        return ngettext("is {count} minute late", "is {count} minutes late", news.minutes)
    known = _APPOINTMENT if news.subject is Subject.APPOINTMENT else {}
    return known.get(news.what) or _ANY[news.what]


_ANY: dict[News, Text] = {
    News.MISSED: _("was not reminded in time: call or write"),
    News.BLOCKED: _("cannot be reached any more: no reminder goes"),
    News.CANNOT: _("cannot come"),
    News.LATE: _("is late"),
    News.LOST: _("is lost and asks for the way"),
    News.CANCELLED: _("has left the course"),
    News.MOVED: _("has moved the appointment"),
    News.BOOKED: _("has enrolled"),
    News.OFFERED: _("has a seat kept and no chat: tell them"),
    News.LAPSED: _("did not answer the offer of a seat in time"),
    News.GAP: _("is reminded an hour later: that hour does not exist that night"),
}
_APPOINTMENT: dict[News, Text] = {
    News.CANCELLED: _("has cancelled the appointment"),
    News.BOOKED: _("has booked an appointment"),
}

"""One lesson or appointment: I come, I am late, I am lost, I cannot; the desk is told at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.calendar_effects import (
    CancelAppointment,
    FindSlots,
    GiveReply,
    LeaveCourse,
    MoveAppointment,
    SendCalendarFile,
)
from flows.calendar_model import Reply, Subject
from flows.course_words import named
from flows.engine import Ended
from flows.finding import show_way
from flows.meeting import Meeting, bring_line, find_meeting, slip
from flows.opening import Opening
from flows.slot_choice import TAKEN, choose_slot
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, keep, perform, say
from flows.text import Text, _, ngettext

COMES, LATE, LOST, CANNOT, WHERE = "comes", "late", "lost", "cannot", "where"
MOVE, CANCEL, FILE, COURSE, TALK, TELL = "move", "cancel", "file", "course", "talk", "tell"
GIVE = "give"
ACTS = (COMES, LATE, LOST, CANNOT, WHERE, MOVE, CANCEL)
"""What may be named behind the meeting: `lesson.12.late`."""

MINUTES = (10, 20, 30, 60)
SOON = timedelta(days=1)
"""Late and lost are of the day itself; whoever left the page open since the day before has them."""

_FILE = Option(FILE, _("📄 Into my phone's calendar"))
_TALK = Option(TALK, _("🤝 Talk to someone"))
_GIVEN = _("✅ Somebody else can have your seat. Thank you.")
_REPLIES = {COMES: Reply.COMES, CANNOT: Reply.CANNOT, TELL: Reply.LOST}
GONE = _("⏳ This is over, or it is not in your calendar any more.")
_TOLD = {
    Reply.COMES: _("👍 Good. They know that you come."),
    Reply.CANNOT: _("✅ They know that you cannot come."),
    Reply.LOST: _("✅ They know that you are looking for the place."),
}
_SAID = {
    Reply.COMES: _("👍 You said: I come."),
    Reply.CANNOT: _("✖️ You said: I cannot come."),
    Reply.LATE: _("⏰ You said: I am late."),
    Reply.LOST: _("🧭 You said: I am lost."),
}


def attending(opening: Opening) -> Flow[Ended]:
    """Show one meeting and let the person say whether she comes. `at`: `lesson.12`, or an act of
    hers behind it, `appointment.7.late`, which is done at once.
    """
    subject, meeting_id, act = read_at(opening.at)
    meeting = (yield from find_meeting(subject, meeting_id)) if subject else None
    if meeting is None:
        yield from say(Line(GONE, Style.NOTE))
        return Ended("gone")
    if not act:
        options = _options(opening, meeting)
        act = (yield from choose("meeting", page(meeting), options, sensitive=True)).id
    return (yield from _act(opening, meeting, act))


def read_at(at: str) -> tuple[Subject | None, str, str]:
    """Which meeting, and what to do with it; no subject where it is none of these."""
    kind, meeting_id, act = (*at.split(".", 2), "", "", "")[:3]
    if kind not in (Subject.LESSON, Subject.APPOINTMENT) or not meeting_id:
        return None, "", ""
    return Subject(kind), meeting_id, act if act in ACTS else ""


def page(meeting: Meeting) -> list[Text | Line]:
    """What it is, when, where, what to bring, and what she said."""
    said = _SAID.get(meeting.reply)
    return [
        Line(meeting.title, Style.TITLE),
        Line(_("📅 {moment}", moment=meeting.starts), Style.ACTION),
        *([Line(_("❗ This is a new time."), Style.PART)] if meeting.moved else []),
        *named("📍", meeting.place),
        *named("🏢", meeting.organisation),
        *bring_line(meeting),
        *([Line(said, Style.NOTE)] if said else []),
    ]


def _options(opening: Opening, meeting: Meeting) -> list[Option]:
    """What can be said today; of what was said already, the other things."""
    soon = meeting.starts.date() - opening.today <= SOON
    is_lesson = meeting.subject is Subject.LESSON
    says = meeting.reply
    give = Option(GIVE, _("🪑 Give my seat to somebody else"))
    return [
        *([give] if meeting.is_last and says is Reply.CANNOT else []),
        *([Option(COMES, _("👍 I come"), Weight.PRIMARY)] if says is not Reply.COMES else []),
        *([Option(LATE, _("⏰ I am late")), Option(LOST, _("🧭 I am lost"))] if soon else []),
        *([] if soon else [Option(WHERE, _("🧭 How to get there"))]),
        *([Option(CANNOT, _("✖️ I cannot come"))] if says is not Reply.CANNOT else []),
        *([Option(MOVE, _("📅 Another day"))] if meeting.online else []),
        *([] if is_lesson else [Option(CANCEL, _("🗑️ Cancel it"))]),
        *([] if opening.person.careful else [_FILE]),
        *([Option(COURSE, _("🎓 See the course"))] if is_lesson else []),
    ]


def _act(opening: Opening, meeting: Meeting, act: str) -> Flow[Ended]:
    """Do what was chosen; the page comes again, as it is then."""
    if act in (WHERE, LOST):
        act = yield from _way(opening, meeting, act)
    if act == TALK:
        return Ended(TALK, then=TALK, comes_back=True)
    if act == COURSE:
        return Ended(COURSE, then="courses", at=meeting.course, comes_back=True)
    if act == GIVE:
        return (yield from _give(opening, meeting))
    if act == MOVE:
        return (yield from _move(opening, meeting))
    if act == CANCEL:
        return (yield from _cancel(opening, meeting))
    if act == LATE:
        return (yield from _late(meeting))
    if act == FILE:
        return (yield from _send_file(meeting))
    return (yield from _reply(meeting, _REPLIES[act]))


def _way(opening: Opening, meeting: Meeting, act: str) -> Flow[str]:
    """The way first; that somebody is lost is told with one tap more: it can be only a look. Where
    there is no number to call, somebody answers here."""
    talk = [_TALK] if opening.house.helpers and not meeting.phone else []
    if act == WHERE:
        file = [] if opening.person.careful else [_FILE]
        return (yield from show_way(meeting.spot, _("🧭 How to get there"), [*file, *talk]))
    others = [
        Option(TELL, _("🙋 Tell them that I am lost"), Weight.PRIMARY),
        Option(LATE, _("⏰ I am late")),
        *talk,
    ]
    return (yield from show_way(meeting.spot, _("🧭 I am lost"), others))


def _give(opening: Opening, meeting: Meeting) -> Flow[Ended]:
    """Leave a course of which nothing else is to come: whoever waits has the seat in time."""
    sure = yield from confirm(
        "sure to give",
        [
            Line(meeting.title, Style.TITLE),
            _("Do you not come any more? Then somebody else gets your place."),
        ],
        yes=_("🪑 Yes, give it"),
        no=_("✖️ No, keep it"),
        sensitive=True,
    )
    if not sure:
        return Ended("stays", then="attending", at=meeting.at)
    given = yield from perform("give", LeaveCourse(meeting.course))
    if given and not opening.person.careful:
        yield from keep(Line(_GIVEN, Style.TITLE), Line(meeting.title, Style.ROW))
    else:
        yield from say(Line(_GIVEN if given else GONE, Style.NOTE))
    return Ended("given")


def _send_file(meeting: Meeting) -> Flow[Ended]:
    """A file that the calendar of any phone reads."""
    sent = yield from perform("file", SendCalendarFile(meeting.subject, meeting.id))
    words = _("📄 The file comes now. Open it: your phone keeps the day.")
    yield from say(Line(words if sent else GONE, Style.NOTE))
    return Ended(FILE, then="attending", at=meeting.at)


def _reply(meeting: Meeting, reply: Reply, minutes: int = 0) -> Flow[Ended]:
    """Tell the desk, and say that it knows."""
    asked = GiveReply(meeting.subject, meeting.id, reply, minutes)
    done = yield from perform("reply", asked)
    if not done:
        yield from say(Line(GONE, Style.NOTE))
        return Ended("gone")
    yield from say(Line(_told(reply, minutes), Style.NOTE))
    return Ended(reply.value, then="attending", at=meeting.at)


def _told(reply: Reply, minutes: int) -> Text:
    late = ngettext(
        "✅ They know: you come {count} minute later.",
        "✅ They know: you come {count} minutes later.",
        minutes,
    )
    return _TOLD.get(reply, late)


def _late(meeting: Meeting) -> Flow[Ended]:
    options = [
        Option(str(one), ngettext("⏰ {count} minute", "⏰ {count} minutes", one), shares=True)
        for one in MINUTES
    ]
    lines: list[Text | Line] = [
        Line(_("⏰ How late are you?"), Style.TITLE),
        _("I tell the people there. Come all the same."),
    ]
    chosen = yield from choose("minutes", lines, options, sensitive=True)
    return (yield from _reply(meeting, Reply.LATE, int(chosen.id)))


def _move(opening: Opening, meeting: Meeting) -> Flow[Ended]:
    """Another free time in place of this one; until it is taken, this one stays."""
    while True:
        slots = yield from perform("slots", FindSlots(meeting.desk, meeting.need, meeting.id))
        if not slots:
            return (yield from _nothing_free(opening, meeting))
        slot = yield from choose_slot(_("📅 Choose another day"), slots)
        agreed = yield from confirm(
            "agree",
            [
                Line(_("📅 {moment}", moment=slot.starts), Style.TITLE),
                _("Shall I take this time? The old one goes to others."),
            ],
            yes=_("✅ Yes, this time"),
            no=_("✖️ No, as it was"),
            sensitive=True,
        )
        if not agreed:
            return Ended("stays", then="attending", at=meeting.at)
        taken = yield from perform("move", MoveAppointment(meeting.id, slot.opening, slot.starts))
        if taken:
            if not opening.person.careful:
                yield from keep(*slip(replace(meeting, starts=slot.starts, moved=True)))
            yield from say(Line(_("✅ Done. This is your new time."), Style.NOTE))
            return Ended("moved", then="attending", at=meeting.at)
        yield from say(Line(TAKEN, Style.NOTE))


def _nothing_free(opening: Opening, meeting: Meeting) -> Flow[Ended]:
    """No other time: what was agreed stays, and a person can help."""
    lines: list[Text | Line] = [
        Line(_("📅 No other time is free now"), Style.TITLE),
        _("Your appointment stays as it is."),
        *named("📞", meeting.phone),
    ]
    chosen = yield from choose(
        "none",
        lines,
        [_TALK, Option(CANCEL, _("🗑️ Cancel it"))],
        sensitive=True,
    )
    if chosen.id == TALK:
        return Ended(TALK, then=TALK, comes_back=True)
    return (yield from _cancel(opening, meeting))


def _cancel(opening: Opening, meeting: Meeting) -> Flow[Ended]:
    sure = yield from confirm(
        "sure",
        [
            Line(_("🗑️ Cancel this appointment?"), Style.TITLE),
            _("📅 {moment}", moment=meeting.starts),
            _("Then somebody else can have this time."),
        ],
        yes=_("🗑️ Yes, cancel it"),
        no=_("✖️ No, keep it"),
        sensitive=True,
    )
    if not sure:
        return Ended("stays", then="attending", at=meeting.at)
    done = yield from perform("cancel", CancelAppointment(meeting.id))
    if done and not opening.person.careful:
        yield from keep(_("🗑️ Cancelled: {moment}.", moment=meeting.starts))
    yield from say(Line(_("✅ It is cancelled. The desk knows.") if done else GONE, Style.NOTE))
    return Ended("cancelled")

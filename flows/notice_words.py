"""What a reminder says: what, when, where, what to bring; and the buttons under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows.calendar_model import DateKind, Subject
from flows.course_words import named
from flows.handoff_model import Need
from flows.reminding import BOOKED, CANCELLED, MOVED, NASPI_LAST, NASPI_SOON
from flows.steps import Line, Style
from flows.talk_words import NEEDS
from flows.text import Text, _, verbatim

YES, NO, LATER, WHERE, OPEN = "yes", "no", "later", "where", "open"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A lesson or an appointment. `skipped` is its time where the clocks skip it that night."""

    subject: Subject
    title: Text
    local: datetime
    place: str = ""
    bring: str = ""
    skipped: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A seat that is held for somebody, to a moment."""

    course: str
    title: Text
    starts: datetime | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A message of its own: its lines, and its buttons as where they lead and what is on them."""

    lines: tuple[Text | Line, ...]
    buttons: tuple[tuple[str, Text], ...]


def need_title(need: Need, what: str) -> Text:
    """An appointment, by what the desk called it, or else by its need."""
    return _("📅 {what}", what=verbatim(what)) if what else NEEDS[need]


def of_meeting(meeting: Meeting, notice: str, step: str = "") -> Told:
    """A lesson or an appointment that is near; or what a desk did with it, as the step says."""
    name = _LESSON if meeting.subject is Subject.LESSON else _APPOINTMENT
    name = DONE.get(step, name)
    lines: list[Text | Line] = [
        Line(name, Style.TITLE),
        _row(meeting.title),
        Line(_("🗓️ {moment}", moment=meeting.local), Style.ACTION),
        *named("📍", meeting.place),
        *named("🎒", meeting.bring),
    ]
    if step == CANCELLED:
        return Told(tuple(lines[:3]), ())
    if meeting.skipped is not None:
        lines.append(Line(_("🕑 That night the clocks go forward."), Style.NOTE))
    ways = [(YES, _("✅ Yes, I come")), (NO, _("❌ I cannot come"))]
    if meeting.place:
        ways.append((WHERE, _("📍 Where is it?")))
    ways.append((LATER, _LATER))
    return Told(tuple(lines), _reminder(notice, ways))


DONE = {
    BOOKED: _("📅 A new appointment for you"),
    MOVED: _("🔁 Your appointment has a new time"),
    CANCELLED: _("❌ Your appointment is cancelled"),
}
"""What an operator did, instead of what is said before the event."""

_LESSON = _("⏰ Your lesson")
_APPOINTMENT = _("⏰ Your appointment")
_LATER = _("🔁 Remind me later")


def of_offer(offered: Offered) -> Told:
    """A seat that was waited for."""
    lines: list[Text | Line] = [
        Line(_("🎉 There is a seat for you"), Style.TITLE),
        _row(offered.title),
    ]
    if offered.starts is not None:
        lines.append(_row(_("🗓️ {moment}", moment=offered.starts)))
    lines.append(Line(_("⏳ Answer before {moment}.", moment=offered.until), Style.ACTION))
    lines.append(Line(_("After that the seat goes to the next person."), Style.NOTE))
    where = f"offer/{offered.course}"
    return Told(
        tuple(lines),
        (
            (f"{where}.{YES}", _("✅ Yes, I take it")),
            (f"{where}.{NO}", _("❌ No, thank you")),
            (f"courses/{offered.course}", _("📘 What is this course?")),
        ),
    )


def of_date(kind: DateKind, day: date, today: date, notice: str) -> Told:
    """A date of the person's own."""
    lines = tuple(_day_lines(kind, day, today))
    ways = [(OPEN, _("👣 What do I do now?")), (LATER, _LATER)]
    return Told(lines, _reminder(notice, ways))


def _day_lines(kind: DateKind, day: date, today: date) -> list[Text | Line]:
    if kind is DateKind.PERMIT:
        return [
            _title(_("🪪 Your residence permit ends: {day}", day=day)),
            _("Ask for the new one in time."),
        ]
    if kind is DateKind.HEALTH_CARD:
        return [
            _title(_("🩺 Your health card ends: {day}", day=day)),
            _("Ask for the new one in time."),
        ]
    if kind is DateKind.CONTRACT and today <= day:
        return [_title(_("💼 Your work contract ends: {day}", day=day))]
    if kind is DateKind.PERMIT_STATE:
        return [_title(_("🔎 Is your permit ready? Look today."))]
    lost = _("💼 Your work contract has ended: {day}", day=day)
    if kind is DateKind.JOB_LOST:
        lost = _("📦 Your last day of work: {day}", day=day)
    last = day + timedelta(days=NASPI_LAST)
    lines = [_title(lost), _("You can ask for unemployment money (NASpI).")]
    if today <= day + timedelta(days=NASPI_SOON):
        lines.append(_("Best in the first {count} days.", count=NASPI_SOON))
    return [*lines, Line(_("⏳ The last day: {day}", day=last), Style.ACTION)]


def _title(text: Text) -> Text | Line:
    return Line(text, Style.TITLE)


def _row(text: Text) -> Line:
    return Line(text, Style.ROW)


def veiled(notice: str, neutral: Text) -> Told:
    """What stands in the chat of somebody whose phone is looked at: a tap opens the rest."""
    return Told((neutral,), _reminder(notice, [(OPEN, READ)]))


READ = _("📘 Read")


def _reminder(notice: str, ways: list[tuple[str, Text]]) -> tuple[tuple[str, Text], ...]:
    return tuple((f"reminder/{notice}.{verb}", label) for verb, label in ways)

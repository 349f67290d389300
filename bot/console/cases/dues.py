"""What is due in a case, the latest first: tasks, appointments, answers of the person, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.console.agenda.labels import reply_chip
from bot.console.people import People
from flows import case_words as words
from flows.calendar_model import Reply
from flows.case_model import Said, Stage
from flows.case_rules import OPEN
from flows.text import Text, _
from storage.appointments.model import Appointment
from storage.cases.model import File, Task

SOON = timedelta(days=14)
LATE, NEAR, CALM = "late", "soon", "calm"


@dataclass(frozen=True, slots=True)
class Due:
    """One line: `late`, `soon` or `calm`; `own` are words that somebody wrote."""

    kind: str
    words: Text
    own: str = ""
    day: date = date.min


def dues_of(file: File, staff: People, today: date) -> list[Due]:
    """Everything that asks for something now or soon; one calm line where nothing does."""
    if file.partial:
        return []
    found = [
        *_tasks(file, staff, today),
        *_meetings(file, staff, today),
        *_steps(file, today),
        *_cares(file, today),
    ]
    is_over = file.contact.stage is Stage.CONCLUDED
    if file.contact.owner is None and not is_over:
        found.append(Due(LATE, _("Nobody follows it yet: give it to somebody.")))
    if not found:
        calm = _("The case is concluded. Nothing is due.")
        if not is_over:
            calm = _(
                "Nothing is due. Write down the next thing to do, so that nobody is forgotten."
            )
        found.append(Due(CALM, calm))
    return sorted(found, key=lambda one: (one.kind != LATE, one.day))


def _tasks(file: File, staff: People, today: date) -> list[Due]:
    waiting = [one for one in file.tasks if one.done is None]
    near = [one for one in waiting if one.due <= today + SOON] or waiting[:1]
    return [
        Due(LATE if one.due < today else NEAR, _task(one, staff), one.words, one.due)
        for one in near
    ]


def _task(one: Task, staff: People) -> Text:
    who = staff.name(one.owner) if one.owner else _("whoever is there")
    return _("{day}, {name}:", day=one.due, name=who)


def answer_of(one: Appointment) -> Text:
    """What the person said to an appointment, in the words of the day."""
    return reply_chip(one.reply, one.late_minutes, has_chat=one.person_id is not None).words


def _meetings(file: File, staff: People, today: date) -> list[Due]:
    """Appointments to come, and those of which nobody has said what came of them."""
    found = []
    for one in file.appointments:
        if not one.is_booked or one.day > today + SOON:
            continue
        own = one.words.what
        if one.day < today:
            over = _("The appointment of {when} is over: say whether they came.", when=one.local)
            found.append(Due(LATE, over, own, one.day))
            continue
        who = staff.name(one.operator_id) if one.operator_id else _("whoever is there")
        told = _(
            "Appointment, {when}, {name}: {answer}.",
            when=one.local,
            name=who,
            answer=answer_of(one),
        )
        found.append(Due(LATE if one.reply is Reply.CANNOT else NEAR, told, own, one.day))
    return found


def _steps(file: File, today: date) -> list[Due]:
    found = []
    for one in file.actions:
        if one.state not in OPEN:
            continue
        name = words.SERVICES[one.service]
        if one.said is Said.MOVE:
            asks = _("The person asks for another day: {service}.", service=name)
            found.append(Due(LATE, asks, one.what, one.due or today))
        elif one.due is not None and one.due < today:
            was = _("{service} was planned for {day}.", service=name, day=one.due)
            found.append(Due(LATE, was, one.what, one.due))
        elif one.due is not None and one.due <= today + SOON:
            will = _("{service}, {day}.", service=name, day=one.due)
            found.append(Due(NEAR, will, one.what, one.due))
    return found


def _cares(file: File, today: date) -> list[Due]:
    found = []
    review = None if file.charge is None else file.charge.review
    if review is not None and review <= today + SOON:
        again = _("Look at the whole case again: {day}.", day=review)
        found.append(Due(LATE if review < today else NEAR, again, "", review))
    for one in file.flags:
        if one.ended is None and one.until < today:
            over = _(
                "The flag “{flag}” ran out on {day}: set it again, or end it.",
                flag=words.FLAGS[one.kind],
                day=one.until,
            )
            found.append(Due(LATE, over, one.words, one.until))
    next_day = _day(str(file.sheet.values.get("next_day", "")))
    if next_day is not None and file.charge is None:
        step = str(file.sheet.values.get("next_step", ""))
        kind = LATE if next_day < today else NEAR
        found.append(Due(kind, _("Next step, {day}:", day=next_day), step, next_day))
    return found


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

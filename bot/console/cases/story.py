"""The story of a case in words, the newest moment first."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.people import People
from flows import case_words as words
from flows.calendar_model import AppointmentState
from flows.case_model import (
    Bed,
    Flag,
    Outcome,
    Purpose,
    Service,
    Source,
    Stage,
)
from flows.text import Text, _, verbatim
from storage.cases.files import Kind, Moment, timeline
from storage.cases.model import File

THE_PERSON = 0
MEETINGS = {
    AppointmentState.BOOKED: _("Appointment"),
    AppointmentState.DONE: _("They came to an appointment"),
    AppointmentState.NO_SHOW: _("They did not come to an appointment"),
    AppointmentState.CANCELLED: _("An appointment was cancelled"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One moment as a page shows it: what was done, somebody's own words, when, and by whom."""

    words: Text
    own: str
    when: Text
    who: Text | None


def story(file: File, staff: People) -> list[Told]:
    """Tell a case."""
    return [_told(one, file, staff) for one in timeline(file)]


def _told(one: Moment, file: File, staff: People) -> Told:
    who = None
    if one.operator_id == THE_PERSON:
        who = _("made up") if file.contact.sample else _("the person, in the chat")
    elif one.operator_id is not None:
        who = verbatim(staff.name(one.operator_id))
    own = "" if one.kind is Kind.CHOICE else one.words
    return Told(_what(one, staff), own, Text("{day}", (("day", one.day),), literal=True), who)


def _what(one: Moment, staff: People) -> Text:
    code = one.code
    match one.kind:
        case Kind.OPENED:
            return _("Sheet opened: {how}", how=words.SOURCES[Source(code)])
        case Kind.STAGE:
            return words.STAGES[Stage(code)]
        case Kind.BED:
            return words.BEDS[Bed("" if code == "none" else code)]
        case Kind.CHOICE:
            said = _("yes") if one.words == "yes" else _("no")
            return _("The person said {said}: {what}", said=said, what=_choice(code, staff))
        case Kind.REVOKED:
            return _("Taken back: {what}", what=_choice(code, staff))
        case Kind.PLANNED:
            return _("In the plan: {service}", service=words.SERVICES[Service(code)])
        case Kind.DELIVERED:
            return _("Delivered: {service}", service=words.SERVICES[Service(code)])
        case Kind.OUTCOME:
            return _("Came of it: {outcome}", outcome=words.OUTCOMES[Outcome(code)])
        case Kind.FLAG:
            return _("Flag set: {flag}", flag=words.FLAGS[Flag(code)])
        case Kind.FLAG_ENDED:
            return _("Flag ended: {flag}", flag=words.FLAGS[Flag(code)])
        case Kind.TASK_DONE:
            return _("Something was done")
        case Kind.MEETING:
            return MEETINGS[AppointmentState(code)]


def _choice(code: str, staff: People) -> Text:
    purpose, _colon, office = code.partition(":")
    name = words.PURPOSES[Purpose(purpose)]
    if not office:
        return name
    return _("{purpose} ({office})", purpose=name, office=staff.offices.get(office, office))

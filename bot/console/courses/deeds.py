"""What an operator does with a course: each form changes one thing, or says why it may not."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.console.courses.fields import Fields
from bot.console.courses.reading import Refused, page
from bot.console.visit import Visit
from flows.calendar_model import PlaceState
from flows.text import Text, _
from storage.access import course_for_operator, find_contacts
from storage.audit import Action
from storage.audit import write as write_audit
from storage.cases.finding import Sieve
from storage.cases.model import Contact
from storage.courses.attending import certify, complete
from storage.courses.editing import cancel_course, close_course, open_course
from storage.courses.finding import enrolments, find_enrolment
from storage.courses.lessons import add_lesson
from storage.courses.model import Course, Enrolment
from storage.courses.places import THERE
from storage.courses.seats import enrol, remove, seat_by_desk
from storage.database import Connection
from storage.operators import Operator
from storage.vault import Vault

LONGEST_NAME = 60
LONGEST_PLACE = 200
LEAST_MINUTES, MOST_MINUTES = 15, 720
TWICE = _(
    "Somebody of this name is on the list. If it is another person, write the name otherwise."
)
FULL = _("All seats are taken, and this course has no waiting list.")
NOBODY = _("Write the number of a sheet, or a name.")
UNKNOWN = _("Your office has no open sheet with this number or these words.")
SEVERAL = _("This could be more than one: write the number of the sheet.")
THERE_WAS_NONE = _("There is no free seat any more.")

Deed = Callable[[Connection, Course], object]


class RefusedError(Exception):
    """A deed was not done: the transaction is undone, and the page says why."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words


async def do(visit: Visit, deed: Deed, *, form: str, done: str, at: str) -> web.StreamResponse:
    """Do something with the course of the address, or show its page again with what was typed.

    A deed answers with words where it may not be done, False where there is nothing to do it to,
    and another word for what was done where it was not what was expected.
    """
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("course")

    def change(connection: Connection) -> str:
        course = course_for_operator(connection, who, id_, to_change=True)
        if course is None:
            raise web.HTTPNotFound
        result = deed(connection, course)
        if isinstance(result, Text):
            raise RefusedError(result)
        if result is False:
            raise web.HTTPNotFound
        write_audit(connection, vault, now, who.id, Action.COURSE_CHANGED, course.title)
        return result if isinstance(result, str) else done

    try:
        said = await visit.room.write(change)
    except RefusedError as refused:
        return await page(visit, Refused(form, refused.words, dict(visit.form)))
    return visit.go(f"/courses/{id_}?done={said}#{at}")


# -- who can enrol


async def open_(visit: Visit) -> web.StreamResponse:
    """Let people find the course and enrol."""
    return await _state(visit, open_course, "open")


async def close(visit: Visit) -> web.StreamResponse:
    """Let the course take nobody new."""
    return await _state(visit, close_course, "close")


async def cancel(visit: Visit) -> web.StreamResponse:
    """Call the whole course off."""
    return await _state(visit, cancel_course, "cancel")


async def _state(visit: Visit, change: Callable[..., bool], done: str) -> web.StreamResponse:
    vault, now = visit.room.database.vault, visit.room.now
    return await do(
        visit,
        lambda connection, course: change(connection, vault, course.id, now),
        form="",
        done=done,
        at="state",
    )


# -- its lessons


async def add(visit: Visit) -> web.StreamResponse:
    """Add a lesson that the repetition does not say."""
    vault, now, fields = visit.room.database.vault, visit.room.now, Fields(visit.form)
    day, at = fields.day("day"), fields.clock("at")
    minutes = fields.number("minutes", LEAST_MINUTES, MOST_MINUTES, otherwise=0)
    place = fields.line("place", LONGEST_PLACE)

    def deed(connection: Connection, course: Course) -> object:
        if fields.wrong or day is None or at is None:
            return next(iter(fields.wrong.values()))
        long = minutes or course.minutes
        return add_lesson(connection, vault, course.id, day, at, now, minutes=long, place=place)

    return await do(visit, deed, form="lesson", done="lesson", at="lessons")


# -- its people


async def join(visit: Visit) -> web.StreamResponse:
    """Add somebody: of a sheet of the office, or who has just come in and has only a name."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    fields = Fields(visit.form)
    words, name = fields.line("contact", LONGEST_NAME), fields.line("name", LONGEST_NAME)

    def deed(connection: Connection, course: Course) -> object:
        if fields.wrong:
            return next(iter(fields.wrong.values()))
        if not words and not name:
            return NOBODY
        if not words and name.casefold() in _names(connection, vault, course):
            return TWICE
        whose = _sheet_of(connection, who, words) if words else None
        if isinstance(whose, Text):
            return whose
        place = enrol(
            connection, vault, course.id, contact_id=whose, name=name, now=now, by_desk=True
        )
        return FULL if place.state is PlaceState.NOWHERE else place.state.value

    return await do(visit, deed, form="add", done="enrolled", at="people")


def _names(connection: Connection, vault: Vault, course: Course) -> set[str]:
    """The names on the list now: who taps twice is not there twice."""
    found = enrolments(connection, vault, course.id)
    return {one.name.casefold() for one in found if one.state in THERE}


def _sheet_of(connection: Connection, who: Operator, words: str) -> int | Text:
    """The one sheet of somebody's office that these words name; why not, where it is not one."""
    found = find_contacts(connection, who, Sieve(words=words), limit=20)
    sheets = [one for one in found if one.office == who.office]
    exact = [one for one in sheets if words.casefold() in _called(one)]
    if len(exact or sheets) != 1:
        return SEVERAL if sheets else UNKNOWN
    return (exact or sheets)[0].id


def _called(contact: Contact) -> tuple[str, ...]:
    return contact.number.casefold(), contact.designation.casefold()


def _theirs(visit: Visit, connection: Connection, course: Course) -> Enrolment:
    """The enrolment of the address, if it is of that course."""
    vault = visit.room.database.vault
    one = find_enrolment(connection, vault, visit.id("enrolment"))
    if one is None or one.course_id != course.id:
        raise web.HTTPNotFound
    return one


async def give_seat(visit: Visit) -> web.StreamResponse:
    """Give a seat to somebody who waits, or who says here that they take the one kept for them."""
    vault, now = visit.room.database.vault, visit.room.now

    def deed(connection: Connection, course: Course) -> object:
        one = _theirs(visit, connection, course)
        place = seat_by_desk(connection, vault, one.id, now)
        return None if place.state is PlaceState.ENROLLED else THERE_WAS_NONE

    return await do(visit, deed, form="", done="enrolled", at="people")


async def take_off(visit: Visit) -> web.StreamResponse:
    """Take somebody off the list; the seat goes to the next."""
    vault, now = visit.room.database.vault, visit.room.now

    def deed(connection: Connection, course: Course) -> object:
        return remove(connection, vault, _theirs(visit, connection, course).id, now)

    return await do(visit, deed, form="", done="removed", at="people")


async def complete_one(visit: Visit) -> web.StreamResponse:
    """Write down that somebody attended to the end."""
    return await _achieved(visit, complete, "completed")


async def certify_one(visit: Visit) -> web.StreamResponse:
    """Write down that somebody was given the certificate."""
    return await _achieved(visit, certify, "certified")


async def _achieved(
    visit: Visit, keep: Callable[..., Text | None], done: str
) -> web.StreamResponse:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    fields, is_undone = Fields(visit.form), visit.value("undo") == "1"
    day = None if is_undone else fields.day("day")

    def deed(connection: Connection, course: Course) -> object:
        one = _theirs(visit, connection, course)
        if fields.wrong:
            return fields.wrong["day"]
        return keep(connection, vault, one.id, day, who.id, now)

    return await do(
        visit,
        deed,
        form="",
        done="undone" if is_undone else done,
        at=f"person-{visit.id('enrolment')}",
    )

"""The only way to a case or a conversation: who may see it, who may change it, and what they see.

Every reading of a case is in the audit before a word of it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select, true

from flows.calendar_model import AppointmentState, CourseKind, CourseState
from flows.case_model import Purpose, Result
from storage import audit
from storage.appointments import finding as meetings
from storage.appointments.model import Appointment
from storage.audit import Action
from storage.case_schema import case_choice
from storage.case_schema import contact as contacts
from storage.cases import files, finding
from storage.cases.finding import EVERYTHING, Sieve, find_contact, find_contact_of
from storage.cases.hand import PERSON, Hand
from storage.cases.mine import for_person as for_person
from storage.cases.model import Contact, File
from storage.courses import finding as courses
from storage.courses.model import Course, Enrolment, Rolled
from storage.desks import Desk
from storage.handoffs import finding as talks
from storage.handoffs.model import Handoff
from storage.operators import Operator, Role
from storage.vault import Vault

MOST_OVERSEEN = 500


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody's eyes go.

    An antenna hands on and sees nothing later. An operator reads what is their office's, and of
    another office's case what the person agreed to show them. A coordinator also sees in a list,
    and gives to others, what is of the territory; an administrator what is of all. Neither reads
    the words of another office's case for that.
    """

    operator: Operator

    @property
    def helps(self) -> bool:
        """Whether they read cases and talk with people at all."""
        return self.operator.active and self.operator.role is not Role.ANTENNA

    @property
    def assigns(self) -> bool:
        """Whether they give work to others."""
        coordinates = (Role.COORDINATOR, Role.ADMINISTRATOR)
        return self.operator.active and self.operator.role in coordinates

    def reads(self, contact: Contact) -> bool:
        """Whether a case is their office's own."""
        return self.helps and contact.office == self.operator.office

    def oversees(self, office: str, territory: str) -> bool:
        """Whether work of an office in a territory is theirs to give to others."""
        if not self.assigns:
            return False
        if self.operator.role is Role.ADMINISTRATOR or office == self.operator.office:
            return True
        return bool(self.operator.territory) and territory == self.operator.territory

    def talks_in(self, office: str) -> bool:
        """Whether they talk with people whose conversation is an office's; empty: every one's."""
        return self.helps and office in ("", self.operator.office)

    def answers_at(self, desk: Desk) -> bool:
        """Whether a desk's conversations come to them."""
        return desk.active and desk.talks and self.talks_in(desk.office)

    def listed(self, sieve: Sieve) -> ColumnElement[bool]:
        """Which contacts stand in their lists; what is hidden from them is no way to find one."""
        if not self.helps:
            return false()
        shown = select(case_choice.c.contact_id).where(_shares(self.operator.office))
        mine = or_(contacts.c.office == self.operator.office, contacts.c.id.in_(shown))
        if not self.assigns or _asks_hidden(sieve):
            return mine
        if self.operator.role is Role.ADMINISTRATOR:
            return true()
        if not self.operator.territory:
            return mine
        return or_(mine, contacts.c.territory == self.operator.territory)


def _asks_hidden(sieve: Sieve) -> bool:
    hidden = (sieve.language, sieve.need, sieve.sector, sieve.level, sieve.irregular)
    return any(one is not None for one in hidden)


def _shares(office: str) -> ColumnElement[bool]:
    return and_(
        case_choice.c.purpose == Purpose.SHARE.value,
        case_choice.c.office == office,
        case_choice.c.given,
        case_choice.c.revoked.is_(None),
    )


def _is_shared(connection: Connection, contact_id: int, office: str) -> bool:
    query = select(case_choice.c.id).where(case_choice.c.contact_id == contact_id, _shares(office))
    return connection.execute(query.limit(1)).first() is not None


# -- cases


def for_operator(
    connection: Connection, vault: Vault, operator: Operator, contact_id: int, now: datetime
) -> File | None:
    """Open a case to read; None where it is not theirs to read, which says as much as not there.

    The connection writes: the reading is in the audit when the transaction is committed, so commit
    before anything is shown.
    """
    contact = find_contact(connection, contact_id)
    reach = Reach(operator)
    if contact is None or not reach.helps:
        return None
    own = reach.reads(contact)
    if not own and not _is_shared(connection, contact_id, operator.office):
        return None
    audit.write(connection, vault, now, operator.id, Action.CASE_READ, contact.number)
    if own:
        return files.load_file(connection, vault, contact)
    return files.load_shared(connection, vault, contact, operator.office)


def to_change(
    connection: Connection, vault: Vault, operator: Operator, contact_id: int, now: datetime
) -> Hand | None:
    """The hand that changes a case of one's own office; None where it is not."""
    contact = find_contact(connection, contact_id, hold=True)
    if contact is None or not Reach(operator).reads(contact):
        return None
    return Hand(connection, vault, contact, operator.id, now)


def to_assign(
    connection: Connection, vault: Vault, operator: Operator, contact_id: int, now: datetime
) -> Hand | None:
    """The hand that gives a case to another operator: a colleague's, or a coordinator's."""
    contact = find_contact(connection, contact_id, hold=True)
    if contact is None:
        return None
    reach = Reach(operator)
    if not reach.reads(contact) and not reach.oversees(contact.office, contact.territory):
        return None
    return Hand(connection, vault, contact, operator.id, now)


def of_person(connection: Connection, vault: Vault, person_id: int, now: datetime) -> Hand | None:
    """The hand of the person themself, in their own case."""
    known = find_contact_of(connection, person_id)
    contact = None if known is None else find_contact(connection, known.id, hold=True)
    return None if contact is None else Hand(connection, vault, contact, PERSON, now)


def find_contacts(
    connection: Connection,
    operator: Operator,
    sieve: Sieve = EVERYTHING,
    limit: int = 50,
    skip: int = 0,
) -> list[Contact]:
    """The contacts in somebody's lists; of what they may not read only who follows it and where
    it stands."""
    reach = Reach(operator)
    found = finding.find_among(connection, reach.listed(sieve), sieve, limit, skip)
    shared = _shared_among(connection, [one.id for one in found], operator.office)
    return [
        one if reach.reads(one) else _outline(one) if one.id not in shared else files.shared(one)
        for one in found
    ]


def readable_among(
    connection: Connection, operator: Operator, found: Sequence[Contact]
) -> set[int]:
    """Which of the contacts in somebody's list they may open, whole or in part."""
    reach = Reach(operator)
    own = {one.id for one in found if reach.reads(one)}
    return own | _shared_among(connection, [one.id for one in found], operator.office)


def count_contacts(connection: Connection, operator: Operator, sieve: Sieve = EVERYTHING) -> int:
    """How many contacts stand in somebody's lists."""
    return finding.count_among(connection, Reach(operator).listed(sieve), sieve)


def _shared_among(connection: Connection, ids: Sequence[int], office: str) -> set[int]:
    query = select(case_choice.c.contact_id).where(
        case_choice.c.contact_id.in_(list(ids)), _shares(office)
    )
    return set(connection.execute(query).scalars())


def _outline(contact: Contact) -> Contact:
    hidden = {"need": "", "sector": "", "gender": "", "language": "", "result": Result.UNSAID}
    return replace(files.shared(contact), housing_tied=False, **hidden)  # type: ignore[arg-type]


# -- appointments


def appointments_for_operator(
    connection: Connection,
    operator: Operator,
    first: datetime,
    last: datetime,
    *,
    desk: str | None = None,
    states: Collection[AppointmentState] = (),
) -> list[Appointment]:
    """The appointments of somebody's office from one moment to before another, as they stand in a
    list: without their words. No `states`: those that were not cancelled."""
    if not Reach(operator).helps:
        return []
    office = operator.office
    return meetings.between(connection, None, first, last, office=office, desk=desk, states=states)


def appointment_for_operator(
    connection: Connection,
    vault: Vault,
    operator: Operator,
    appointment_id: int,
    now: datetime,
    *,
    to_change: bool = False,
) -> Appointment | None:
    """Open an appointment of somebody's office, in the audit like a case; None where it is not.

    With `to_change` nobody else changes it until the commit.
    """
    found = meetings.find_appointment(connection, vault, appointment_id, hold=to_change)
    reach = Reach(operator)
    if found is None or not reach.helps or found.office != operator.office:
        return None
    action = Action.APPOINTMENT_CHANGED if to_change else Action.APPOINTMENT_READ
    audit.write(connection, vault, now, operator.id, action, found.designation)
    return found


# -- conversations


def talk_for_operator(
    connection: Connection, operator: Operator, handoff_id: int
) -> Handoff | None:
    """A conversation, for somebody who may take part in it; None where they may not."""
    found = talks.find(connection, handoff_id)
    return found if found is not None and Reach(operator).talks_in(found.office) else None


def talks_for_operator(
    connection: Connection,
    operator: Operator,
    sieve: talks.Sieve = talks.EVERYTHING,
    limit: int = 50,
    skip: int = 0,
) -> list[Handoff]:
    """The conversations that somebody may take part in."""
    if not Reach(operator).helps:
        return []
    mine = _only(sieve, operator)
    return [] if mine is None else talks.find_many(connection, mine, limit, skip)


def count_talks(
    connection: Connection, operator: Operator, sieve: talks.Sieve = talks.EVERYTHING
) -> int:
    """How many conversations somebody may take part in."""
    mine = _only(sieve, operator) if Reach(operator).helps else None
    return 0 if mine is None else talks.count_many(connection, mine)


def find_overseen(connection: Connection, operator: Operator, limit: int = 50) -> list[Handoff]:
    """The open conversations of other offices that are somebody's to give to another desk: who has
    them and how long they wait is theirs to see, and no word of them."""
    reach = Reach(operator)
    if not reach.assigns:
        return []
    everywhere = operator.role is Role.ADMINISTRATOR
    sieve = talks.Sieve(territory=None if everywhere else operator.territory or None)
    found = talks.find_many(connection, sieve, MOST_OVERSEEN)
    overseen = [one for one in found if _is_overseen(reach, one)]
    return overseen[:limit]


def to_hand_on(connection: Connection, operator: Operator, handoff_id: int) -> Handoff | None:
    """A conversation that somebody may give to another desk: their own, or one they oversee."""
    found = talks.find(connection, handoff_id)
    reach = Reach(operator)
    if found is None or not (reach.talks_in(found.office) or _is_overseen(reach, found)):
        return None
    return found


def _is_overseen(reach: Reach, one: Handoff) -> bool:
    return not reach.talks_in(one.office) and reach.oversees(one.office, one.territory)


def _only(sieve: talks.Sieve, operator: Operator) -> talks.Sieve | None:
    """A sieve that lets nothing through but what is the operator's; None where nothing is left."""
    mine = ("", operator.office)
    wanted = mine if sieve.offices is None else tuple(one for one in sieve.offices if one in mine)
    return replace(sieve, offices=wanted) if wanted else None


# -- courses


def courses_for_operator(
    connection: Connection,
    operator: Operator,
    *,
    office: str | None = None,
    desk: str | None = None,
    kind: CourseKind | None = None,
    state: CourseState | None = None,
    words: str = "",
    since: datetime | None = None,
) -> list[Course]:
    """The courses that somebody sees: those of all offices, and the drafts of their own."""
    found = courses.find_courses(
        connection, office=office, desk=desk, kind=kind, state=state, words=words, since=since
    )
    return [one for one in found if _shows(operator, one)]


def course_for_operator(
    connection: Connection, operator: Operator, course_id: int, *, to_change: bool = False
) -> Course | None:
    """A course somebody may look at, or change: then it is their office's, and held until the
    commit. None where they may not, which says as much as not there."""
    found = courses.find_course(connection, course_id, hold=to_change)
    if found is None or not _shows(operator, found):
        return None
    return found if not to_change or _runs(operator, found) else None


def people_for_operator(
    connection: Connection, vault: Vault, operator: Operator, course_id: int, now: datetime
) -> list[Enrolment] | None:
    """Who is or was in a course, by name, for its own office; None where it is not theirs.

    The reading is in the audit when the transaction is committed, so commit before it is shown.
    """
    found = courses.find_course(connection, course_id)
    if found is None or not _runs(operator, found):
        return None
    audit.write(connection, vault, now, operator.id, Action.ROLL_READ, found.title)
    return courses.enrolments(connection, vault, course_id)


def roll_for_operator(
    connection: Connection, vault: Vault, operator: Operator, lesson_id: int, now: datetime
) -> list[Rolled] | None:
    """Who should be at a lesson, by name, for the office of its course; None where it is not
    theirs. The reading is in the audit, like that of a case."""
    lesson = courses.find_lesson(connection, lesson_id)
    found = None if lesson is None else courses.find_course(connection, lesson.course_id)
    if lesson is None or found is None or not _runs(operator, found):
        return None
    about = f"{found.title} {lesson.day}"
    audit.write(connection, vault, now, operator.id, Action.ROLL_READ, about)
    return courses.roll(connection, vault, lesson_id)


def _shows(operator: Operator, course: Course) -> bool:
    """Whether somebody sees that there is this course; nothing in it is of a person."""
    is_own = operator.active and operator.office == course.office
    return is_own or (operator.active and course.state is not CourseState.DRAFT)


def _runs(operator: Operator, course: Course) -> bool:
    """Whether a course and its people are somebody's: their office's, and not an antenna's."""
    return Reach(operator).helps and operator.office == course.office

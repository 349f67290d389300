"""The tables of courses, appointments, personal dates, and of what is to be told when."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.case_schema import contact
from storage.schema import Instant, Number, metadata, office, person


def _person_id(*, nullable: bool = False) -> Column[int]:
    key = ForeignKey(person.c.id, ondelete="CASCADE")
    return Column("person_id", Number, key, nullable=nullable, index=True)


def _contact_id() -> Column[int]:
    key = ForeignKey(contact.c.id, ondelete="CASCADE")
    return Column("contact_id", Number, key, index=True, comment="Whose sheet, where one is.")


def _office() -> Column[str]:
    return Column("office", Text, ForeignKey(office.c.key), nullable=False)


course = Table(
    "course",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random: says no order."),
    Column("ref", Text, nullable=False, comment="What an import knows it by: a UID, or its id."),
    _office(),
    Column("desk", Text, nullable=False, server_default="", comment="Key of a desk."),
    Column("kind", Text, nullable=False, comment="calendar_model.CourseKind"),
    Column("level", Text, nullable=False, server_default="", comment="calendar_model.LEVELS"),
    Column("title", Text, nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False, server_default="", comment="The address."),
    Column("how", Text, nullable=False, server_default="", comment="How to get there."),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("phone", Text, nullable=False, server_default=""),
    Column("languages", Text, nullable=False, server_default="", comment="Codes with commas."),
    Column("cost_cents", Integer, nullable=False, server_default="0"),
    Column("seats", SmallInteger, nullable=False),
    Column("waits", Boolean, nullable=False, server_default=true(), comment="Has a waiting list."),
    Column("offer_hours", SmallInteger, nullable=False, server_default="24"),
    Column("women_only", Boolean, nullable=False, server_default=false()),
    Column("childcare", Boolean, nullable=False, server_default=false()),
    Column("bring", Text, nullable=False, server_default=""),
    Column("zone", Text, nullable=False, server_default="Europe/Rome"),
    Column("first", Date, nullable=False),
    Column("starts", Text, nullable=False, comment="Local, HH:MM."),
    Column("minutes", SmallInteger, nullable=False, comment="How long a lesson is."),
    Column("rule", Text, nullable=False, server_default="", comment="repetition.Repetition."),
    Column("steps", Text, comment="When people are reminded, like 7d,1d; none: as the desk does."),
    Column("state", Text, nullable=False, comment="calendar_model.CourseState"),
    Column("version", Integer, nullable=False, server_default="0", comment="Two people, one form."),
    Column("changed", Instant, nullable=False),
    Column("created_by", BigInteger, nullable=False, comment="0: an import, or the sample."),
    Column("sample", Boolean, nullable=False, server_default=false(), comment="Made up."),
    UniqueConstraint("office", "ref"),
    CheckConstraint("seats >= 0", name="ck_course_seats"),
    comment="A course or an event of an organisation; nothing in it is of a person.",
)

lesson = Table(
    "lesson",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column(
        "course_id", Number, ForeignKey(course.c.id, ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("planned", Text, nullable=False, comment="Local day and time of the rule, ISO."),
    Column("day", Date, nullable=False),
    Column("time", Text, nullable=False, comment="Local, HH:MM, in the zone of the course."),
    Column("minutes", SmallInteger, nullable=False),
    Column("starts", Instant, nullable=False, comment="From day, time and zone."),
    Column("ends", Instant, nullable=False),
    Column("place", Text, nullable=False, server_default="", comment="Empty: as the course."),
    Column("state", Text, nullable=False, comment="calendar_model.LessonState"),
    UniqueConstraint("course_id", "planned"),
    Index("ix_lesson_starts", "starts"),
    comment="When a course meets; what was moved or dropped by hand stays so.",
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("course_id", Number, ForeignKey(course.c.id, ondelete="CASCADE"), nullable=False),
    _person_id(nullable=True),
    _contact_id(),
    Column("designation", Text, nullable=False, comment="Two words for a name."),
    Column("body", LargeBinary, nullable=False, comment="The name for the list, sealed."),
    Column("state", Text, nullable=False, comment="calendar_model.PlaceState"),
    Column("seat", SmallInteger, comment="Two never have the same one."),
    Column("turn", Integer, nullable=False, comment="Order in which they came."),
    Column("offered_until", Instant),
    Column("since", Date, nullable=False),
    Column("completed", Date, comment="Attended to the end, as the teacher said."),
    Column("certificate", Date),
    Column("by_desk", Boolean, nullable=False, server_default=false(), comment="Not by herself."),
    UniqueConstraint("course_id", "person_id"),
    UniqueConstraint("course_id", "contact_id"),
    UniqueConstraint("course_id", "seat"),
    UniqueConstraint("course_id", "turn"),
    CheckConstraint("seat >= 1", name="ck_enrolment_seat"),
    comment="Who has a seat, who waits. The seat is what makes over-booking impossible.",
)

attendance = Table(
    "attendance",
    metadata,
    Column(
        "lesson_id",
        Number,
        ForeignKey(lesson.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "enrolment_id",
        Number,
        ForeignKey(enrolment.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("reply", Text, nullable=False, server_default="", comment="calendar_model.Reply"),
    Column("minutes", SmallInteger, comment="How late they said they are."),
    Column("presence", Text, nullable=False, server_default="", comment="calendar_model.Presence"),
    Column("operator_id", BigInteger),
    sqlite_with_rowid=False,
    comment="What somebody said to a lesson, and whether they were there.",
)

interest = Table(
    "interest",
    metadata,
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kind", Text, primary_key=True, comment="calendar_model.CourseKind"),
    sqlite_with_rowid=False,
    comment="Who wants to be told of new courses.",
)

opening = Table(
    "opening",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _office(),
    Column("desk", Text, nullable=False, comment="Key of a desk."),
    Column("needs", Text, nullable=False, server_default="", comment="Needs; empty: all."),
    Column("title", Text, nullable=False, server_default=""),
    Column("bring", Text, nullable=False, server_default=""),
    Column("hours", Text, nullable=False, comment="Week, as hours.Calendar reads it."),
    Column("closed", Text, nullable=False, server_default="", comment="Exceptions, likewise."),
    Column("first", Date, nullable=False),
    Column("last", Date),
    Column("minutes", SmallInteger, nullable=False, comment="How long one slot is."),
    Column("at_once", SmallInteger, nullable=False, server_default="1", comment="Side by side."),
    Column("lead_hours", SmallInteger, nullable=False, server_default="12"),
    Column("ahead_days", SmallInteger, nullable=False, server_default="30"),
    Column("online", Boolean, nullable=False, server_default=true(), comment="People may book."),
    Column("zone", Text, nullable=False, server_default="Europe/Rome"),
    Column("active", Boolean, nullable=False, server_default=true()),
    comment="When a desk gives appointments.",
)

appointment = Table(
    "appointment",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column(
        "opening_id",
        Number,
        ForeignKey(opening.c.id, ondelete="SET NULL"),
        comment="None: somewhere else, like the Questura.",
    ),
    _office(),
    Column("desk", Text, nullable=False, server_default=""),
    _person_id(nullable=True),
    _contact_id(),
    Column("designation", Text, nullable=False),
    Column("need", Text, nullable=False, comment="handoff_model.Need"),
    Column("body", LargeBinary, nullable=False, comment="What, place, how, bring, note; sealed."),
    Column("day", Date, nullable=False),
    Column("time", Text, nullable=False, comment="Local, HH:MM."),
    Column("minutes", SmallInteger, nullable=False),
    Column("zone", Text, nullable=False, server_default="Europe/Rome"),
    Column("starts", Instant, nullable=False, comment="From day, time and zone."),
    Column("ends", Instant, nullable=False),
    Column("seat", SmallInteger, comment="Which of those side by side; none: it is given back."),
    Column("state", Text, nullable=False, comment="calendar_model.AppointmentState"),
    Column("reply", Text, nullable=False, server_default="", comment="calendar_model.Reply"),
    Column("late_minutes", SmallInteger),
    Column("operator_id", BigInteger, comment="Who meets them, where that is known."),
    Column("created_by", BigInteger, nullable=False, comment="0: the person."),
    Column("created", Date, nullable=False),
    UniqueConstraint("opening_id", "starts", "seat"),
    CheckConstraint("seat >= 1", name="ck_appointment_seat"),
    Index("ix_appointment_starts", "starts"),
    comment="A meeting of a person at a day and a time.",
)

own_date = Table(
    "own_date",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _person_id(),
    Column("body", LargeBinary, nullable=False, comment="Kind and day, sealed: hers alone."),
    comment="Dates that are a person's own; no operator has a way here.",
)

wish = Table(
    "wish",
    metadata,
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("steps", Text, comment="Offsets like 7d,1d; empty: none; NULL: as desks do it."),
    Column("safe", Text, nullable=False, server_default="always", comment="handoff_model.Safe"),
    Column("paused_until", Date, comment="To this day, it included."),
    comment="How somebody wants to be reminded.",
)

notice = Table(
    "notice",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random; in buttons."),
    _person_id(),
    Column("subject", Text, nullable=False, comment="calendar_model.Subject"),
    Column("subject_id", Number, nullable=False),
    Column("occasion", Text, nullable=False, comment="Local day and time of the event, ISO."),
    Column("step", Text, nullable=False, comment="Offset like 7d, 1d, 2h; a snooze; or nothing."),
    Column("due", Instant, nullable=False, comment="From day, time and zone."),
    Column("day", Date, nullable=False),
    Column("time", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("until", Instant, nullable=False, comment="Not sent from then on: the event is there."),
    Column("state", Text, nullable=False, comment="calendar_model.NoticeState"),
    Column("shifted", Boolean, nullable=False, server_default=false(), comment="No such hour."),
    Column("ended", Instant, comment="When it was sent, or known not to be."),
    UniqueConstraint("person_id", "subject", "subject_id", "occasion", "step"),
    Index(
        "ix_notice_due",
        "subject",
        "due",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_notice_mass",
        "subject_id",
        "due",
        sqlite_where=text("state = 'waiting' AND subject = 'mass'"),
        postgresql_where=text("state = 'waiting' AND subject = 'mass'"),
    ),
    Index("ix_notice_subject", "subject", "subject_id"),
    comment="What is to be told to one person at one moment, once: reminders, offers, messages.",
)

mass = Table(
    "mass",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _office(),
    Column("kind", Text, nullable=False, comment="calendar_model.MassKind"),
    Column("course_id", Number, ForeignKey(course.c.id, ondelete="SET NULL")),
    Column("lesson_id", Number, ForeignKey(lesson.c.id, ondelete="SET NULL")),
    Column("audience", Text, nullable=False, comment="JSON: who."),
    Column("words", Text, nullable=False, comment="JSON: words by language, or facts of a kind."),
    Column("until", Instant, nullable=False, comment="Nobody is told from then on."),
    Column("state", Text, nullable=False, comment="calendar_model.MassState"),
    Column("recipients", Integer, nullable=False, server_default="0"),
    Column("created", Instant, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("approved", Instant),
    Column("approved_by", BigInteger),
    Column("ended", Instant),
    Column("version", Integer, nullable=False, server_default="0"),
    comment="A message to many; its recipients are notices.",
)

desk_news = Table(
    "desk_news",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _office(),
    Column("desk", Text, nullable=False, server_default=""),
    Column("what", Text, nullable=False, comment="calendar_model.News"),
    Column("subject", Text, nullable=False, comment="calendar_model.Subject"),
    Column("subject_id", Number, nullable=False),
    Column("designation", Text, nullable=False),
    Column("event", Instant, nullable=False, comment="When the lesson or appointment is."),
    Column("minutes", SmallInteger, comment="How late."),
    Column("at", Instant, nullable=False),
    Column("seen_by", BigInteger),
    Column("posted", Boolean, nullable=False, server_default=false(), comment="In the group."),
    Index("ix_desk_news_office", "office", "at"),
    comment="What a desk should see: who cannot come, is late, or could not be reminded.",
)

feed = Table(
    "feed",
    metadata,
    Column("hash", LargeBinary, primary_key=True, comment="Of the secret in the address."),
    _office(),
    Column("desk", Text, nullable=False, server_default=""),
    Column("created", Date, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False, server_default=false()),
    Column("asked", Date, comment="Day on which somebody last looked."),
    sqlite_with_rowid=False,
    comment="Addresses at which an organisation's courses are read by calendars.",
)

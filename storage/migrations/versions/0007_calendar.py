"""Courses, appointments, personal dates, and what is to be told when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEALED = {
    "enrolment": ("person_id", "contact_id", "designation", "body"),
    "attendance": ("enrolment_id",),
    "interest": ("person_id",),
    "appointment": ("person_id", "contact_id", "designation", "body"),
    "own_date": ("person_id", "body"),
    "wish": ("person_id",),
    "notice": ("person_id", "subject_id", "occasion"),
    "desk_news": ("subject_id", "designation"),
    "feed": ("hash",),
    "outbox": ("notice",),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('course',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random: says no order.'),
    sa.Column('ref', sa.Text(), nullable=False, comment='What an import knows it by: a UID, or its id.'),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), server_default='', nullable=False, comment='Key of a desk.'),
    sa.Column('kind', sa.Text(), nullable=False, comment='calendar_model.CourseKind'),
    sa.Column('level', sa.Text(), server_default='', nullable=False, comment='calendar_model.LEVELS'),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), server_default='', nullable=False),
    sa.Column('place', sa.Text(), server_default='', nullable=False, comment='The address.'),
    sa.Column('how', sa.Text(), server_default='', nullable=False, comment='How to get there.'),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('phone', sa.Text(), server_default='', nullable=False),
    sa.Column('languages', sa.Text(), server_default='', nullable=False, comment='Codes with commas.'),
    sa.Column('cost_cents', sa.Integer(), server_default='0', nullable=False),
    sa.Column('seats', sa.SmallInteger(), nullable=False),
    sa.Column('waits', sa.Boolean(), server_default=sa.true(), nullable=False, comment='Has a waiting list.'),
    sa.Column('offer_hours', sa.SmallInteger(), server_default='24', nullable=False),
    sa.Column('women_only', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('childcare', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('bring', sa.Text(), server_default='', nullable=False),
    sa.Column('zone', sa.Text(), server_default='Europe/Rome', nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('starts', sa.Text(), nullable=False, comment='Local, HH:MM.'),
    sa.Column('minutes', sa.SmallInteger(), nullable=False, comment='How long a lesson is.'),
    sa.Column('rule', sa.Text(), server_default='', nullable=False, comment='repetition.Repetition.'),
    sa.Column('steps', sa.Text(), nullable=True, comment='When people are reminded, like 7d,1d; none: as the desk does.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.CourseState'),
    sa.Column('version', sa.Integer(), server_default='0', nullable=False, comment='Two people, one form.'),
    sa.Column('changed', sa.BigInteger(), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=False, comment='0: an import, or the sample.'),
    sa.Column('sample', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Made up.'),
    sa.CheckConstraint('seats >= 0', name='ck_course_seats'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_course_office'),
    sa.PrimaryKeyConstraint('id', name='pk_course'),
    sa.UniqueConstraint('office', 'ref', name='uq_course_office_ref'),
    comment='A course or an event of an organisation; nothing in it is of a person.',
    )
    op.create_table('lesson',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('course_id', NUMBER, nullable=False),
    sa.Column('planned', sa.Text(), nullable=False, comment='Local day and time of the rule, ISO.'),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('time', sa.Text(), nullable=False, comment='Local, HH:MM, in the zone of the course.'),
    sa.Column('minutes', sa.SmallInteger(), nullable=False),
    sa.Column('starts', sa.BigInteger(), nullable=False, comment='From day, time and zone.'),
    sa.Column('ends', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.Text(), server_default='', nullable=False, comment='Empty: as the course.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.LessonState'),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_lesson_course_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_lesson'),
    sa.UniqueConstraint('course_id', 'planned', name='uq_lesson_course_id_planned'),
    comment='When a course meets; what was moved or dropped by hand stays so.',
    )
    op.create_index('ix_lesson_course_id', 'lesson', ['course_id'], unique=False)
    op.create_index('ix_lesson_starts', 'lesson', ['starts'], unique=False)
    op.create_table('enrolment',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('course_id', NUMBER, nullable=False),
    sa.Column('person_id', NUMBER, nullable=True),
    sa.Column('contact_id', NUMBER, nullable=True, comment='Whose sheet, where one is.'),
    sa.Column('designation', sa.Text(), nullable=False, comment='Two words for a name.'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='The name for the list, sealed.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.PlaceState'),
    sa.Column('seat', sa.SmallInteger(), nullable=True, comment='Two never have the same one.'),
    sa.Column('turn', sa.Integer(), nullable=False, comment='Order in which they came.'),
    sa.Column('offered_until', sa.BigInteger(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('completed', sa.Date(), nullable=True, comment='Attended to the end, as the teacher said.'),
    sa.Column('certificate', sa.Date(), nullable=True),
    sa.Column('by_desk', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Not by herself.'),
    sa.CheckConstraint('seat >= 1', name='ck_enrolment_seat'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_enrolment_contact_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_enrolment_course_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_enrolment_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_enrolment'),
    sa.UniqueConstraint('course_id', 'contact_id', name='uq_enrolment_course_id_contact_id'),
    sa.UniqueConstraint('course_id', 'person_id', name='uq_enrolment_course_id_person_id'),
    sa.UniqueConstraint('course_id', 'seat', name='uq_enrolment_course_id_seat'),
    sa.UniqueConstraint('course_id', 'turn', name='uq_enrolment_course_id_turn'),
    comment='Who has a seat, who waits. The seat is what makes over-booking impossible.',
    )
    op.create_index('ix_enrolment_contact_id', 'enrolment', ['contact_id'], unique=False)
    op.create_index('ix_enrolment_person_id', 'enrolment', ['person_id'], unique=False)
    op.create_table('attendance',
    sa.Column('lesson_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('enrolment_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('reply', sa.Text(), server_default='', nullable=False, comment='calendar_model.Reply'),
    sa.Column('minutes', sa.SmallInteger(), nullable=True, comment='How late they said they are.'),
    sa.Column('presence', sa.Text(), server_default='', nullable=False, comment='calendar_model.Presence'),
    sa.Column('operator_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name='fk_attendance_enrolment_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name='fk_attendance_lesson_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lesson_id', 'enrolment_id', name='pk_attendance'),
    comment='What somebody said to a lesson, and whether they were there.',
    sqlite_with_rowid=False,
    )
    op.create_index('ix_attendance_enrolment_id', 'attendance', ['enrolment_id'], unique=False)
    op.create_table('interest',
    sa.Column('person_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False, comment='calendar_model.CourseKind'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_interest_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'kind', name='pk_interest'),
    comment='Who wants to be told of new courses.',
    sqlite_with_rowid=False,
    )
    op.create_table('opening',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), nullable=False, comment='Key of a desk.'),
    sa.Column('needs', sa.Text(), server_default='', nullable=False, comment='Needs; empty: all.'),
    sa.Column('title', sa.Text(), server_default='', nullable=False),
    sa.Column('bring', sa.Text(), server_default='', nullable=False),
    sa.Column('hours', sa.Text(), nullable=False, comment='Week, as hours.Calendar reads it.'),
    sa.Column('closed', sa.Text(), server_default='', nullable=False, comment='Exceptions, likewise.'),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('minutes', sa.SmallInteger(), nullable=False, comment='How long one slot is.'),
    sa.Column('at_once', sa.SmallInteger(), server_default='1', nullable=False, comment='Side by side.'),
    sa.Column('lead_hours', sa.SmallInteger(), server_default='12', nullable=False),
    sa.Column('ahead_days', sa.SmallInteger(), server_default='30', nullable=False),
    sa.Column('online', sa.Boolean(), server_default=sa.true(), nullable=False, comment='People may book.'),
    sa.Column('zone', sa.Text(), server_default='Europe/Rome', nullable=False),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_opening_office'),
    sa.PrimaryKeyConstraint('id', name='pk_opening'),
    comment='When a desk gives appointments.',
    )
    op.create_table('appointment',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('opening_id', NUMBER, nullable=True, comment='None: somewhere else, like the Questura.'),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), server_default='', nullable=False),
    sa.Column('person_id', NUMBER, nullable=True),
    sa.Column('contact_id', NUMBER, nullable=True, comment='Whose sheet, where one is.'),
    sa.Column('designation', sa.Text(), nullable=False),
    sa.Column('need', sa.Text(), nullable=False, comment='handoff_model.Need'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='What, place, how, bring, note; sealed.'),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('time', sa.Text(), nullable=False, comment='Local, HH:MM.'),
    sa.Column('minutes', sa.SmallInteger(), nullable=False),
    sa.Column('zone', sa.Text(), server_default='Europe/Rome', nullable=False),
    sa.Column('starts', sa.BigInteger(), nullable=False, comment='From day, time and zone.'),
    sa.Column('ends', sa.BigInteger(), nullable=False),
    sa.Column('seat', sa.SmallInteger(), nullable=True, comment='Which of those side by side; none: it is given back.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.AppointmentState'),
    sa.Column('reply', sa.Text(), server_default='', nullable=False, comment='calendar_model.Reply'),
    sa.Column('late_minutes', sa.SmallInteger(), nullable=True),
    sa.Column('operator_id', sa.BigInteger(), nullable=True, comment='Who meets them, where that is known.'),
    sa.Column('created_by', sa.BigInteger(), nullable=False, comment='0: the person.'),
    sa.Column('created', sa.Date(), nullable=False),
    sa.CheckConstraint('seat >= 1', name='ck_appointment_seat'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_appointment_contact_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_appointment_office'),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name='fk_appointment_opening_id', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_appointment_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_appointment'),
    sa.UniqueConstraint('opening_id', 'starts', 'seat', name='uq_appointment_opening_id_starts_seat'),
    comment='A meeting of a person at a day and a time.',
    )
    op.create_index('ix_appointment_contact_id', 'appointment', ['contact_id'], unique=False)
    op.create_index('ix_appointment_person_id', 'appointment', ['person_id'], unique=False)
    op.create_index('ix_appointment_starts', 'appointment', ['starts'], unique=False)
    op.create_table('own_date',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('person_id', NUMBER, nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Kind and day, sealed: hers alone.'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_own_date_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_own_date'),
    comment="Dates that are a person's own; no operator has a way here.",
    )
    op.create_index('ix_own_date_person_id', 'own_date', ['person_id'], unique=False)
    op.create_table('wish',
    sa.Column('person_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('steps', sa.Text(), nullable=True, comment='Offsets like 7d,1d; empty: none; NULL: as desks do it.'),
    sa.Column('safe', sa.Text(), server_default='always', nullable=False, comment='handoff_model.Safe'),
    sa.Column('paused_until', sa.Date(), nullable=True, comment='To this day, it included.'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_wish_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name='pk_wish'),
    comment='How somebody wants to be reminded.',
    )
    op.create_table('notice',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random; in buttons.'),
    sa.Column('person_id', NUMBER, nullable=False),
    sa.Column('subject', sa.Text(), nullable=False, comment='calendar_model.Subject'),
    sa.Column('subject_id', NUMBER, nullable=False),
    sa.Column('occasion', sa.Text(), nullable=False, comment='Local day and time of the event, ISO.'),
    sa.Column('step', sa.Text(), nullable=False, comment='Offset like 7d, 1d, 2h; a snooze; or nothing.'),
    sa.Column('due', sa.BigInteger(), nullable=False, comment='From day, time and zone.'),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('time', sa.Text(), nullable=False),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False, comment='Not sent from then on: the event is there.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.NoticeState'),
    sa.Column('shifted', sa.Boolean(), server_default=sa.false(), nullable=False, comment='No such hour.'),
    sa.Column('ended', sa.BigInteger(), nullable=True, comment='When it was sent, or known not to be.'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_notice_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_notice'),
    sa.UniqueConstraint('person_id', 'subject', 'subject_id', 'occasion', 'step', name='uq_notice_person_id_subject_subject_id_occasion_step'),
    comment='What is to be told to one person at one moment, once: reminders, offers, messages.',
    )
    op.create_index('ix_notice_due', 'notice', ['subject', 'due'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('ix_notice_mass', 'notice', ['subject_id', 'due'], unique=False, sqlite_where=sa.text("state = 'waiting' AND subject = 'mass'"), postgresql_where=sa.text("state = 'waiting' AND subject = 'mass'"))
    op.create_index('ix_notice_person_id', 'notice', ['person_id'], unique=False)
    op.create_index('ix_notice_subject', 'notice', ['subject', 'subject_id'], unique=False)
    op.create_table('mass',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False, comment='calendar_model.MassKind'),
    sa.Column('course_id', NUMBER, nullable=True),
    sa.Column('lesson_id', NUMBER, nullable=True),
    sa.Column('audience', sa.Text(), nullable=False, comment='JSON: who.'),
    sa.Column('words', sa.Text(), nullable=False, comment='JSON: words by language, or facts of a kind.'),
    sa.Column('until', sa.BigInteger(), nullable=False, comment='Nobody is told from then on.'),
    sa.Column('state', sa.Text(), nullable=False, comment='calendar_model.MassState'),
    sa.Column('recipients', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=False),
    sa.Column('approved', sa.BigInteger(), nullable=True),
    sa.Column('approved_by', sa.BigInteger(), nullable=True),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='0', nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_mass_course_id', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name='fk_mass_lesson_id', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_mass_office'),
    sa.PrimaryKeyConstraint('id', name='pk_mass'),
    comment='A message to many; its recipients are notices.',
    )
    op.create_table('desk_news',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), server_default='', nullable=False),
    sa.Column('what', sa.Text(), nullable=False, comment='calendar_model.News'),
    sa.Column('subject', sa.Text(), nullable=False, comment='calendar_model.Subject'),
    sa.Column('subject_id', NUMBER, nullable=False),
    sa.Column('designation', sa.Text(), nullable=False),
    sa.Column('event', sa.BigInteger(), nullable=False, comment='When the lesson or appointment is.'),
    sa.Column('minutes', sa.SmallInteger(), nullable=True, comment='How late.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('seen_by', sa.BigInteger(), nullable=True),
    sa.Column('posted', sa.Boolean(), server_default=sa.false(), nullable=False, comment='In the group.'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_desk_news_office'),
    sa.PrimaryKeyConstraint('id', name='pk_desk_news'),
    comment='What a desk should see: who cannot come, is late, or could not be reminded.',
    )
    op.create_index('ix_desk_news_office', 'desk_news', ['office', 'at'], unique=False)
    op.create_table('feed',
    sa.Column('hash', sa.LargeBinary(), nullable=False, comment='Of the secret in the address.'),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), server_default='', nullable=False),
    sa.Column('created', sa.Date(), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=False),
    sa.Column('revoked', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('asked', sa.Date(), nullable=True, comment='Day on which somebody last looked.'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_feed_office'),
    sa.PrimaryKeyConstraint('hash', name='pk_feed'),
    comment="Addresses at which an organisation's courses are read by calendars.",
    sqlite_with_rowid=False,
    )
    op.add_column(
        "outbox",
        sa.Column("notice", sa.BigInteger(), comment="The notice, like a reminder, that this is."),
    )
    op.add_column(
        "desk",
        sa.Column(
            "how", sa.Text(), server_default="", nullable=False, comment="How to get there."
        ),
    )
    op.add_column("desk", sa.Column("phone", sa.Text(), server_default="", nullable=False))
    op.add_column("desk", sa.Column("latitude", sa.Float()))
    op.add_column("desk", sa.Column("longitude", sa.Float()))
    op.add_column(
        "desk",
        sa.Column("steps", sa.Text(), comment="When it reminds, like 7d,1d,2h; none: as everywhere."),
    )

    # An appointment that was noted as a task stays as one, on its day: only the house's key, which a
    # migration does not have, could make an appointment of its sealed words.
    op.drop_column("case_task", "kind")
    op.drop_column("case_task", "time")

    _keep_no_samples()


def _keep_no_samples() -> None:
    """On PostgreSQL, statistics would keep sealed values longer than the rows they are from."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

"""The reports' own tables: nothing in them tells of a person, an order, or a time finer than a
week."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    false,
)

from storage.schema import NAMES, Number


class Monday(TypeDecorator[date]):
    """A week, said by its Monday; any other day is refused, so that none is ever kept."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:
        """The Monday as it is."""
        if value is not None and value.weekday() != 0:
            raise ValueError("Only Mondays are kept beside a report.")
        return value


def monday_of(day: date) -> date:
    """The Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def week_after(day: date, days: int) -> date:
    """The first Monday on which so many days have passed."""
    return monday_of(day + timedelta(days=days + 6))


metadata = MetaData(naming_convention=NAMES)


def _belongs() -> ForeignKey:
    return ForeignKey("report.id", ondelete="CASCADE")


report = Table(
    "report",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="Random: says no order."),
    Column("number", Text, nullable=False, unique=True, comment="Random: what staff call it."),
    Column("level", SmallInteger, nullable=False, comment="report_model.Level"),
    Column("status", Text, nullable=False, comment="report_model.Status"),
    Column("ending", Text, nullable=False, comment="report_model.Ending"),
    Column("week", Monday, nullable=False, comment="Week in which it came."),
    Column("until", Monday, nullable=False, comment="Deleted in this week."),
    Column("warned", Boolean, nullable=False, server_default=false()),
    Column("unread", SmallInteger, nullable=False, comment="What the office has not read."),
    Column("answered", SmallInteger, nullable=False, comment="What its sender has not read."),
    Column("label", LargeBinary, nullable=False, comment="Sector, province, who has it: sealed."),
    Column("letter", LargeBinary, nullable=False, comment="The answers, sealed."),
    sqlite_with_rowid=False,
    comment="A report. Who sent it is not in this database.",
)

sealed_key = Table(
    "sealed_key",
    metadata,
    Column("report_id", LargeBinary, _belongs(), primary_key=True),
    Column("operator_id", Number, primary_key=True, autoincrement=False, index=True),
    Column("sealed", LargeBinary, nullable=False, comment="The data key, for this operator."),
    sqlite_with_rowid=False,
    comment="Who can open a report: each has its key sealed to their own.",
)

mailbox = Table(
    "mailbox",
    metadata,
    Column("report_id", LargeBinary, _belongs(), primary_key=True),
    Column("locator", LargeBinary, nullable=False, unique=True, comment="From the code."),
    Column("locked", LargeBinary, nullable=False, comment="Its private half; the code opens it."),
    Column("sealed", LargeBinary, nullable=False, comment="The data key, for this mailbox."),
    Column("kept", Boolean, nullable=False, comment="The person said that they have the code."),
    sqlite_with_rowid=False,
    comment="Where somebody with a report code comes back to.",
)

line = Table(
    "line",
    metadata,
    Column("report_id", LargeBinary, _belongs(), primary_key=True),
    Column("until", Monday, nullable=False, comment="Cut in this week."),
    Column("handle", LargeBinary, nullable=False, comment="The chat, sealed under the line's key."),
    sqlite_with_rowid=False,
    comment="How to write to somebody who allowed it; no key to it is on this machine.",
)

line_key = Table(
    "line_key",
    metadata,
    Column(
        "report_id",
        LargeBinary,
        ForeignKey("line.report_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("operator_id", Number, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False, comment="The line's key, for this operator."),
    sqlite_with_rowid=False,
    comment="Who can open a reply line: operators only.",
)

word = Table(
    "word",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="Random: the order is sealed too."),
    Column("report_id", LargeBinary, _belongs(), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    comment="What the office and the sender say to each other later.",
)

note = Table(
    "note",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="Random: the order is sealed too."),
    Column("report_id", LargeBinary, _belongs(), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    comment="Notes among operators, and what they did; nobody who comes with a code sees them.",
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="The name of its sealed file."),
    Column("report_id", LargeBinary, _belongs(), nullable=False, index=True),
    Column("label", LargeBinary, nullable=False, comment="What it is and its digests: sealed."),
    Column("lost", Boolean, nullable=False, server_default=false(), comment="No file is there."),
    sqlite_with_rowid=False,
    comment="The sealed files of a report.",
)

alert = Table(
    "alert",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False, comment="For the house itself, not readable."),
    Column("aged", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
    comment="What the operators' group is still to be told of; deleted when it was.",
)

tally = Table(
    "tally",
    metadata,
    Column("month", Text, primary_key=True, comment="Never finer than a month."),
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True, comment="sent, withdrawn, expired"),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
    comment="All that stays of a report that is gone.",
)

about = Table(
    "about",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
    comment="What the system remembers about this database.",
)

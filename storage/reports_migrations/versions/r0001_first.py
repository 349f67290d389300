"""The first tables: reports, who can open them, and the ways back to whoever sent them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "about",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_about"),
        comment="What the system remembers about this database.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="For the house itself, not readable.",
        ),
        sa.Column("aged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        comment="What the operators' group is still to be told of; deleted when it was.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report",
        sa.Column("id", sa.LargeBinary(), nullable=False, comment="Random: says no order."),
        sa.Column("number", sa.Text(), nullable=False, comment="Random: what staff call it."),
        sa.Column("level", sa.SmallInteger(), nullable=False, comment="report_model.Level"),
        sa.Column("status", sa.Text(), nullable=False, comment="report_model.Status"),
        sa.Column("ending", sa.Text(), nullable=False, comment="report_model.Ending"),
        sa.Column("week", sa.Date(), nullable=False, comment="Week in which it came."),
        sa.Column("until", sa.Date(), nullable=False, comment="Deleted in this week."),
        sa.Column("warned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "unread", sa.SmallInteger(), nullable=False, comment="What the office has not read."
        ),
        sa.Column(
            "answered", sa.SmallInteger(), nullable=False, comment="What its sender has not read."
        ),
        sa.Column(
            "label",
            sa.LargeBinary(),
            nullable=False,
            comment="Sector, province, who has it: sealed.",
        ),
        sa.Column("letter", sa.LargeBinary(), nullable=False, comment="The answers, sealed."),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("number", name="uq_report_number"),
        comment="A report. Who sent it is not in this database.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("month", sa.Text(), nullable=False, comment="Never finer than a month."),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="sent, withdrawn, expired"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "level", "what", name="pk_tally"),
        comment="All that stays of a report that is gone.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.LargeBinary(), nullable=False, comment="The name of its sealed file."),
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column(
            "label", sa.LargeBinary(), nullable=False, comment="What it is and its digests: sealed."
        ),
        sa.Column(
            "lost",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="No file is there.",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_evidence_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        comment="The sealed files of a report.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_evidence_report_id", "evidence", ["report_id"], unique=False)
    op.create_table(
        "line",
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="Cut in this week."),
        sa.Column(
            "handle",
            sa.LargeBinary(),
            nullable=False,
            comment="The chat, sealed under the line's key.",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_line_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_line"),
        comment="How to write to somebody who allowed it; no key to it is on this machine.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mailbox",
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("locator", sa.LargeBinary(), nullable=False, comment="From the code."),
        sa.Column(
            "locked",
            sa.LargeBinary(),
            nullable=False,
            comment="Its private half; the code opens it.",
        ),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="The data key, for this mailbox."
        ),
        sa.Column(
            "kept", sa.Boolean(), nullable=False, comment="The person said that they have the code."
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_mailbox_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_mailbox"),
        sa.UniqueConstraint("locator", name="uq_mailbox_locator"),
        comment="Where somebody with a report code comes back to.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column(
            "id", sa.LargeBinary(), nullable=False, comment="Random: the order is sealed too."
        ),
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_note_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        comment="Notes among operators, and what they did; nobody who comes with a code sees them.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_note_report_id", "note", ["report_id"], unique=False)
    op.create_table(
        "sealed_key",
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("operator_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="The data key, for this operator."
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_sealed_key_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "operator_id", name="pk_sealed_key"),
        comment="Who can open a report: each has its key sealed to their own.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sealed_key_operator_id", "sealed_key", ["operator_id"], unique=False)
    op.create_table(
        "word",
        sa.Column(
            "id", sa.LargeBinary(), nullable=False, comment="Random: the order is sealed too."
        ),
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_word_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_word"),
        comment="What the office and the sender say to each other later.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_report_id", "word", ["report_id"], unique=False)
    op.create_table(
        "line_key",
        sa.Column("report_id", sa.LargeBinary(), nullable=False),
        sa.Column("operator_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="The line's key, for this operator."
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["line.report_id"], name="fk_line_key_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "operator_id", name="pk_line_key"),
        comment="Who can open a reply line: operators only.",
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        keep_no_statistics()


def keep_no_statistics() -> None:
    """Have the server keep no samples of what a table holds: they outlive the rows they are from."""
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        for column in inspector.get_columns(table):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column['name']} SET STATISTICS 0")

"""The first tables: people, conversations, outbox, and what the system keeps about itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "desk",
        sa.Column(
            "key", sa.Text(), nullable=False, comment="Opaque: what the link on a poster carries."
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("territory", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_desk"),
        comment="The desks a person can come from.",
    )
    op.create_table(
        "handled",
        sa.Column("update_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="Pruned after two days."),
        sa.PrimaryKeyConstraint("update_id", name="pk_handled"),
        comment="Updates whose effect is in the database, so that none has its effect twice.",
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False, comment="Never used twice; the order of a chat."),
        sa.Column(
            "person_id", sa.BigInteger(), nullable=True, comment="Whose chat; none for groups."
        ),
        sa.Column("lane", sa.SmallInteger(), nullable=False, comment="outbox.Lane"),
        sa.Column("policy", sa.SmallInteger(), nullable=False, comment="outbox.Policy"),
        sa.Column("slot", sa.SmallInteger(), nullable=False, comment="outbox.Slot"),
        sa.Column("state", sa.SmallInteger(), nullable=False, comment="outbox.State"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True, comment="Not sent before this."),
        sa.Column(
            "wash_at",
            sa.BigInteger(),
            nullable=True,
            comment="The sent message is deleted from the chat then.",
        ),
        sa.Column(
            "body", sa.LargeBinary(), nullable=False, comment="Method and parameters, sealed."
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        comment="What waits to be sent. A row that was sent is deleted.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"], unique=False)
    op.create_table(
        "person",
        sa.Column(
            "id", NUMBER, autoincrement=False, nullable=False, comment="Random: says no order."
        ),
        sa.Column(
            "lookup",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC of the chat id: finds the person again, says nothing without the key.",
        ),
        sa.Column(
            "chat", sa.LargeBinary(), nullable=False, comment="The chat id, sealed for this row."
        ),
        sa.Column(
            "language", sa.Text(), nullable=True, comment="Code of the language spoken with them."
        ),
        sa.Column(
            "careful",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Somebody else looks at their phone.",
        ),
        sa.Column(
            "desk", sa.Text(), nullable=True, comment="Key of the desk whose poster they came from."
        ),
        sa.Column(
            "welcomed",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="They have read the promise.",
        ),
        sa.Column(
            "reachable",
            sa.Boolean(),
            server_default=sa.true(),
            nullable=False,
            comment="False once Telegram said that they blocked the bot.",
        ),
        sa.Column(
            "since", sa.Date(), nullable=False, comment="Day of the first message; never the hour."
        ),
        sa.Column("seen", sa.Date(), nullable=False, comment="Day of the last one; for retention."),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("lookup", name="uq_person_lookup"),
        comment="Somebody who writes to Antenna.",
    )
    op.create_table(
        "quarantine",
        sa.Column("update_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of update; never its content."),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_quarantine"),
        comment="Updates that failed every time and were set aside.",
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
        comment="What the system remembers about itself.",
    )
    op.create_table(
        "useful",
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False, comment="Never finer than a month."),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("card", "language", "month", "useful", name="pk_useful"),
        comment="How often a card was found useful or not: counters, no rows of people.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chat_message",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("message_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column(
            "at", sa.BigInteger(), nullable=False, comment="The hour, for the 48 a bot may delete."
        ),
        sa.Column(
            "wash_at", sa.BigInteger(), nullable=True, comment="Delete it from the chat then."
        ),
        sa.Column("incoming", sa.Boolean(), nullable=False, comment="The person wrote it."),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_chat_message_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_chat_message"),
        comment="What a chat shows, so that it can be cleaned: 48 hours, every chat alike, no content.",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_chat_message_wash_at",
        "chat_message",
        ["wash_at"],
        unique=False,
        sqlite_where=sa.text("wash_at IS NOT NULL"),
        postgresql_where=sa.text("wash_at IS NOT NULL"),
    )
    op.create_table(
        "conversation",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column(
            "state",
            sa.LargeBinary(),
            nullable=True,
            comment="JSON of the conversation, sealed for this person.",
        ),
        sa.Column(
            "living",
            sa.BigInteger(),
            nullable=True,
            comment="Message id of the one living message.",
        ),
        sa.Column(
            "cleaned",
            sa.BigInteger(),
            nullable=True,
            comment="Last outbox row before the chat was cleaned: what was under way is washed too.",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_conversation_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_conversation"),
        comment="Where the conversation with a person stands.",
    )

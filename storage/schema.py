"""The tables, and on every column what it holds and why it may be held."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    false,
    text,
    true,
)

# On SQLite only a column called INTEGER is the row's own key; BIGINT would cost a second index.
Number = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, kept as milliseconds: eight bytes at most, the same on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds since 1970; a time without zone is refused, it would be off by hours."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The aware moment."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def milliseconds(moment: datetime) -> int:
    """A moment as it is kept."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone cannot be kept: it would be off by hours.")
    return round(moment.timestamp() * 1000)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""How indexes and constraints are called, in both databases."""

metadata = MetaData(naming_convention=NAMES)

person = Table(
    "person",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random: says no order."),
    Column(
        "lookup",
        LargeBinary,
        nullable=False,
        unique=True,
        comment="HMAC of the chat id: finds the person again, says nothing without the key.",
    ),
    Column("chat", LargeBinary, nullable=False, comment="The chat id, sealed for this row."),
    Column("language", Text, comment="Code of the language spoken with them."),
    Column(
        "careful",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="Somebody else looks at their phone.",
    ),
    Column("desk", Text, comment="Key of the desk whose poster they came from."),
    Column(
        "welcomed",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="They have read the promise.",
    ),
    Column(
        "reachable",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="False once Telegram said that they blocked the bot.",
    ),
    Column("since", Date, nullable=False, comment="Day of the first message; never the hour."),
    Column("seen", Date, nullable=False, comment="Day of the last one; for retention."),
    comment="Somebody who writes to Antenna.",
)

conversation = Table(
    "conversation",
    metadata,
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("state", LargeBinary, comment="JSON of the conversation, sealed for this person."),
    Column("living", BigInteger, comment="Message id of the one living message."),
    Column(
        "cleaned",
        BigInteger,
        comment="Last outbox row before the chat was cleaned: what was under way is washed too.",
    ),
    comment="Where the conversation with a person stands.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True, comment="Never used twice; the order of a chat."),
    Column("person_id", BigInteger, index=True, comment="Whose chat; none for groups."),
    Column("lane", SmallInteger, nullable=False, comment="outbox.Lane"),
    Column("policy", SmallInteger, nullable=False, comment="outbox.Policy"),
    Column("slot", SmallInteger, nullable=False, comment="outbox.Slot"),
    Column("state", SmallInteger, nullable=False, comment="outbox.State"),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Instant, comment="Not sent before this."),
    Column("wash_at", Instant, comment="The sent message is deleted from the chat then."),
    Column("body", LargeBinary, nullable=False, comment="Method and parameters, sealed."),
    Column(
        "secret",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="Sealed under keys that die: dropped when they are gone.",
    ),
    Column("line", BigInteger, comment="The line of an operator that this brings to the person."),
    Column("notice", BigInteger, comment="The notice, like a reminder, that this is."),
    sqlite_autoincrement=True,
    comment="What waits to be sent. A row that was sent is deleted.",
)

draft = Table(
    "draft",
    metadata,
    Column("lookup", LargeBinary, primary_key=True, comment="Says nothing without fleeting keys."),
    Column("body", LargeBinary, nullable=False, comment="Sealed under a key that dies in a day."),
    sqlite_with_rowid=False,
    comment="Conversations with something secret in them. No column says whose.",
)

chat_message = Table(
    "chat_message",
    metadata,
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("message_id", Number, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, comment="The hour, for the 48 a bot may delete."),
    Column("wash_at", Instant, comment="Delete it from the chat then."),
    Column("incoming", Boolean, nullable=False, comment="The person wrote it."),
    Index(
        "ix_chat_message_wash_at",
        "wash_at",
        sqlite_where=text("wash_at IS NOT NULL"),
        postgresql_where=text("wash_at IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
    comment="What a chat shows, so that it can be cleaned: 48 hours, every chat alike, no content.",
)

handled = Table(
    "handled",
    metadata,
    Column("update_id", Number, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False, comment="Pruned after two days."),
    comment="Updates whose effect is in the database, so that none has its effect twice.",
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("update_id", Number, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, comment="Kind of update; never its content."),
    Column("at", Instant, nullable=False),
    comment="Updates that failed every time and were set aside.",
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="What the system remembers about itself.",
)

desk = Table(
    "desk",
    metadata,
    Column("key", Text, primary_key=True, comment="Opaque: what the link on a poster carries."),
    Column("name", Text, nullable=False),
    Column("territory", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created", Date, nullable=False),
    Column("office", Text, nullable=False, server_default="", comment="Who answers there."),
    Column("hours", Text, nullable=False, server_default="", comment="hours.Calendar, written."),
    Column("closed", Text, nullable=False, server_default="", comment="Days it is closed, ISO."),
    Column("place", Text, nullable=False, server_default="", comment="Where it is, in words."),
    Column("talks", Boolean, nullable=False, server_default=false(), comment="People may ask."),
    Column("how", Text, nullable=False, server_default="", comment="How to get there."),
    Column("phone", Text, nullable=False, server_default=""),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("steps", Text, comment="When it reminds, like 7d,1d,2h; none: as everywhere."),
    comment="The desks a person can come from.",
)

useful = Table(
    "useful",
    metadata,
    Column("card", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("month", Text, primary_key=True, comment="Never finer than a month."),
    Column("useful", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
    comment="How often a card was found useful or not: counters, no rows of people.",
)

office = Table(
    "office",
    metadata,
    Column("key", Text, primary_key=True, comment="Opaque: a report names the offices left out."),
    Column("name", Text, nullable=False),
    Column("duty", Boolean, nullable=False, comment="Its staff may have to tell a judge."),
    Column("province", Text, nullable=False, server_default="", comment="Empty: all of them."),
    Column("hours", Text, nullable=False, server_default="", comment="When somebody reads."),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created", Date, nullable=False),
    comment="The organisations whose operators read reports.",
)

operator = Table(
    "operator",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random: says no order."),
    Column("name", Text, nullable=False, comment="As colleagues call them; kept for the audit."),
    Column("sign_in", Text, nullable=False, comment="The name without case, to sign in with."),
    Column("office", Text, ForeignKey(office.c.key), nullable=False),
    Column("role", Text, nullable=False, comment="operators.Role"),
    Column("language", Text, nullable=False, comment="In which they read the console."),
    Column("active", Boolean, nullable=False, server_default=true(), comment="False: removed."),
    Column("epoch", Integer, nullable=False, server_default="0", comment="Older sessions end."),
    Column("public_key", LargeBinary, comment="What reports are sealed to."),
    Column("private_key", LargeBinary, comment="Its other half, wrapped by their passphrase."),
    Column("totp", LargeBinary, comment="The secret of the second factor, sealed for this row."),
    Column("totp_step", BigInteger, comment="The last code that was used; none is taken twice."),
    Column("created", Date, nullable=False),
    Column("territory", Text, nullable=False, server_default="", comment="A coordinator's own."),
    Column("telegram", LargeBinary, comment="HMAC of their account in the group."),
    Column("link", LargeBinary, comment="Hash of the word that binds that account."),
    Column("link_until", Instant),
    Column("away_from", Date, comment="Not here from this day"),
    Column("away_until", Date, comment="to this one."),
    Index(
        "uq_operator_sign_in",
        "sign_in",
        unique=True,
        sqlite_where=text("active"),
        postgresql_where=text("active"),
    ),
    Index("uq_operator_telegram", "telegram", unique=True),
    comment="Who signs in to the console.",
)

invitation = Table(
    "invitation",
    metadata,
    Column("hash", LargeBinary, primary_key=True, comment="SHA-256 of the token in the link."),
    Column(
        "operator_id",
        Number,
        ForeignKey(operator.c.id, ondelete="CASCADE"),
        nullable=False,
        unique=True,
        comment="A newer link takes the place of the older one.",
    ),
    Column("expires", Instant, nullable=False),
    sqlite_with_rowid=False,
    comment="Links that let an operator set their passphrase, once, for a quarter of an hour.",
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False, comment="Without a gap, from 1."),
    Column("at", Instant, nullable=False),
    Column("operator_id", BigInteger, nullable=False, comment="0: somebody at the terminal."),
    Column("action", Text, nullable=False, comment="audit.Action"),
    Column("object", Text, nullable=False, comment="Of a report its number; never its words."),
    Column("previous", LargeBinary, nullable=False, comment="The hash of the row before."),
    Column("hash", LargeBinary, nullable=False, comment="Over the whole row, with the host's key."),
    comment="What operators did, chained so that no row can be changed, dropped or moved.",
)

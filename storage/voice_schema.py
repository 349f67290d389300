"""Recordings of what Antenna says: whose voice, who approved, and what was listened to."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)

from storage.schema import Instant, Number, metadata, person

recording = Table(
    "recording",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random; in buttons."),
    Column("passage", Text, nullable=False),
    Column("language", Text, nullable=False, comment="What is spoken; also one without a script."),
    Column("mark", Text, nullable=False, comment="Of the words: others, and it is never played."),
    Column("state", Text, nullable=False, comment="recordings.State"),
    Column("sound", LargeBinary, nullable=False, comment="Opus. The voice is all it says of whom."),
    Column("seconds", SmallInteger, nullable=False),
    Column("operator_id", BigInteger, nullable=False, comment="Whose voice it is."),
    Column("at", Instant, nullable=False),
    Column("decided_by", BigInteger, comment="Never whose voice it is."),
    Column("decided", Instant),
    Index("ix_recording_language", "language", "mark"),
    comment="Voices of mediators that read a passage. An older version stays until it is deleted.",
)

voice_file = Table(
    "voice_file",
    metadata,
    Column("name", Text, primary_key=True, comment="Hash of voice and words, or of a recording."),
    Column("bot", BigInteger, primary_key=True, autoincrement=False, comment="Whose file it is."),
    Column("file_id", Text, nullable=False, comment="What Telegram calls it, for that bot."),
    sqlite_with_rowid=False,
    comment="Voices Telegram has already, so that none is sent up twice. Nothing of anybody.",
)

heard = Table(
    "heard",
    metadata,
    Column("passage", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("month", Text, primary_key=True, comment="Never finer than a month."),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
    comment="How often a passage was listened to: counters; nothing of pages that are secret.",
)

spoken = Table(
    "spoken",
    metadata,
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("language", Text, nullable=False),
    sqlite_with_rowid=False,
    comment="The language somebody listens to, where it is not the one they read.",
)

"""The tables of words that were changed or read here: versions, what became of them, who cares."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    false,
)

from storage.schema import Instant, Number, metadata

wording = Table(
    "wording",
    metadata,
    Column("id", Number, primary_key=True, comment="Never used twice; the order of versions."),
    Column("key", Text, nullable=False, comment="Hash of context and source: which message."),
    Column("domain", Text, nullable=False, comment="catalogs.DOMAINS"),
    Column("context", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False, comment="The message as the code and the cards say it."),
    Column("language", Text, nullable=False),
    Column("forms", Text, nullable=False, comment="JSON: the words, one for each plural form."),
    Column("state", Text, nullable=False, comment="wording.State"),
    Column("meaning", Text, nullable=False, comment="Hash of the words this says the same as."),
    Column(
        "changes",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="Once approved, every other language of the message is stale.",
    ),
    Column(
        "shipped",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="Somebody read what the release says; holds as long as it says so.",
    ),
    Column("at", Instant, nullable=False),
    Column("by", BigInteger, nullable=False, comment="An operator; 0: somebody at the terminal."),
    Column("author", Text, nullable=False, server_default="", comment="Of a file: who wrote it."),
    Column("why", Text, nullable=False),
    Index("ix_wording_key", "key", "language"),
    Index("ix_wording_state", "state"),
    sqlite_autoincrement=True,
    comment="Versions of what Antenna says; none is changed or deleted, a newer one replaces it.",
)

wording_deed = Table(
    "wording_deed",
    metadata,
    Column("id", Number, primary_key=True),
    Column("wording_id", Number, ForeignKey(wording.c.id), nullable=False, index=True),
    Column("state", Text, nullable=False, comment="wording.State it has from then on."),
    Column("at", Instant, nullable=False),
    Column("by", BigInteger, nullable=False, comment="An operator; 0: somebody at the terminal."),
    Column("author", Text, nullable=False, server_default="", comment="At the terminal: who."),
    Column("why", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
    comment="What became of a version: who read it, let it out to people, or refused it, and why.",
)

care = Table(
    "care",
    metadata,
    Column("subject", Text, primary_key=True, comment="Id of a card, or numbers.… of a number."),
    Column("owner", BigInteger, comment="The operator who looks after it."),
    Column("checked", Date, comment="Day on which its facts were last checked here."),
    Column("review", Date, comment="Day by which somebody must look again; none: as shipped."),
    Column("at", Instant, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("why", Text, nullable=False, server_default="", comment="Against which source."),
    sqlite_with_rowid=False,
    comment="Who looks after a card, and by when it is checked again.",
)

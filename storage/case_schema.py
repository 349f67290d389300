"""The tables of contact sheets, cases, plans and outcomes; all words in them are sealed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    false,
)

from storage.schema import Instant, Number, metadata, office, person


def _contact_id() -> Column[int]:
    key = ForeignKey("contact.id", ondelete="CASCADE")
    return Column("contact_id", Number, key, nullable=False, index=True)


contact = Table(
    "contact",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random: says no order."),
    Column("number", Text, nullable=False, unique=True, comment="What operators call it."),
    Column("designation", Text, nullable=False, comment="Two words for a name."),
    Column(
        "person_id",
        Number,
        ForeignKey(person.c.id, ondelete="SET NULL"),
        unique=True,
        comment="Whose chat; none of somebody who came to the desk.",
    ),
    Column(
        "chat_before",
        Number,
        ForeignKey(person.c.id, ondelete="SET NULL"),
        index=True,
        comment="Whose chat it was before the chat joined another sheet: for Forget alone.",
    ),
    Column("office", Text, ForeignKey(office.c.key), nullable=False, comment="Whose case it is."),
    Column("desk", Text, nullable=False, server_default=""),
    Column("territory", Text, nullable=False, server_default=""),
    Column("owner", BigInteger, comment="The operator who follows it (referente)."),
    Column("created_by", BigInteger, nullable=False, comment="0: the sample."),
    Column("opened", Date, nullable=False),
    Column("source", Text, nullable=False, comment="case_model.Source"),
    Column("stage", Text, nullable=False, comment="case_model.Stage"),
    Column("language", Text, nullable=False, server_default=""),
    Column("need", Text, nullable=False, server_default=""),
    Column("sector", Text, nullable=False, server_default=""),
    Column("gender", Text, nullable=False, server_default=""),
    Column("age", Text, nullable=False, server_default="", comment="Band, never a date."),
    Column("level", SmallInteger, comment="After the talk, as the operator sees it."),
    Column("result", Text, nullable=False, server_default="", comment="case_model.Result"),
    Column("irregular", Boolean, nullable=False, server_default=false(), comment="Confirmed."),
    Column("housing_tied", Boolean, nullable=False, server_default=false()),
    Column("bed", Text, nullable=False, server_default="", comment="case_model.Bed"),
    Column("sheet", LargeBinary, nullable=False, comment="The fields of D1, sealed."),
    Column("touched", Instant, nullable=False, comment="Last change; two people, one sheet."),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("sample", Boolean, nullable=False, server_default=false(), comment="Made up."),
    Index("ix_contact_office_stage", "office", "stage"),
    comment="The contact and identification sheet; may stay anonymous.",
)

case_file = Table(
    "case_file",
    metadata,
    Column(
        "contact_id",
        Number,
        ForeignKey(contact.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("taken", Date, nullable=False),
    Column("taken_by", BigInteger, nullable=False),
    Column("review", Date, comment="When to look at it again."),
    Column("concluded", Date),
    Column("reason", Text, nullable=False, server_default="", comment="case_model.EndReason"),
    Column("body", LargeBinary, nullable=False, comment="Goals, rules, risk plan, sealed."),
    comment="The taking in charge: with the person's recorded choice.",
)

case_step = Table(
    "case_step",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("before", Text, nullable=False, comment="case_model.Stage"),
    Column("after", Text, nullable=False, comment="case_model.Stage"),
    Column("at", Instant, nullable=False),
    Column("operator_id", BigInteger, nullable=False, comment="0: the person themself."),
    Column("why", LargeBinary, nullable=False, comment="Sealed."),
    comment="Every change of stage: who, when and why.",
)

case_choice = Table(
    "case_choice",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("purpose", Text, nullable=False, comment="case_model.Purpose"),
    Column("office", Text, nullable=False, server_default="", comment="For which organisation."),
    Column("given", Boolean, nullable=False),
    Column("how", Text, nullable=False, comment="case_model.How"),
    Column("at", Instant, nullable=False),
    Column("operator_id", BigInteger, nullable=False, comment="0: the person in the chat."),
    Column("revoked", Instant),
    comment="What the person agreed to or refused, per purpose and organisation.",
)

plan_action = Table(
    "plan_action",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("lane", Text, nullable=False, comment="case_model.Lane"),
    Column("service", Text, nullable=False, comment="case_model.Service"),
    Column("provider", Text, nullable=False, server_default="", comment="Key of an office."),
    Column("body", LargeBinary, nullable=False, comment="What, with whom, support, sealed."),
    Column("due", Date),
    Column("state", Text, nullable=False, comment="case_model.ActionState"),
    Column("said", Text, nullable=False, server_default="", comment="case_model.Said"),
    Column("to_employer", Boolean, nullable=False, server_default=false()),
    Column("minutes", Integer),
    Column("done", Date),
    Column("language", Text, nullable=False, server_default=""),
    Column("in_group", Boolean, nullable=False, server_default=false()),
    Column("created", Date, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    comment="A step of the individual plan: service, provider, date, state.",
)

case_outcome = Table(
    "case_outcome",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("code", Text, nullable=False, comment="case_model.Outcome"),
    Column("day", Date, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed."),
    Column("operator_id", BigInteger, nullable=False),
    comment="What came of it.",
)

case_flag = Table(
    "case_flag",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("kind", Text, nullable=False, comment="case_model.Flag"),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False, comment="No flag stays for ever."),
    Column("ended", Date),
    Column("body", LargeBinary, nullable=False, comment="Sealed."),
    Column("operator_id", BigInteger, nullable=False),
    comment="What to be careful about, with an end.",
)

case_task = Table(
    "case_task",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    _contact_id(),
    Column("body", LargeBinary, nullable=False, comment="Sealed."),
    Column("due", Date, nullable=False),
    Column("owner", BigInteger),
    Column("done", Instant),
    Column("created_by", BigInteger, nullable=False),
    comment="What somebody of the office has to do, and by when.",
)

handover = Table(
    "handover",
    metadata,
    Column("hash", LargeBinary, primary_key=True, comment="Of the code; the code is nowhere."),
    Column("to_desk", Boolean, nullable=False, comment="From chat to desk, or the other way."),
    Column("person_id", Number, ForeignKey(person.c.id, ondelete="CASCADE")),
    Column("contact_id", Number, ForeignKey(contact.c.id, ondelete="CASCADE")),
    Column("operator_id", BigInteger, nullable=False, comment="0: the person."),
    Column("expires", Instant, nullable=False),
    sqlite_with_rowid=False,
    comment="Codes that take a person from chat to desk or back, once.",
)

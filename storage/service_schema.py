"""The table of the services near people: who helps, where, when, and when that was last seen."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from storage.schema import Instant, Number, metadata


def _words(name: str, comment: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", comment=comment or None)


service = Table(
    "service",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False, comment="Random: says no order."),
    Column("ref", Text, nullable=False, comment="What an import knows it by."),
    Column("kind", Text, nullable=False, comment="service_model.Kind"),
    _words("themes", "service_model.Theme with commas; nothing: those of its kind."),
    Column("name", Text, nullable=False),
    _words("organisation"),
    _words("town", "The municipality."),
    _words("place", "The address."),
    _words("how", "How to get there: stop, line."),
    Column("latitude", Float),
    Column("longitude", Float),
    _words("step_free", "service_model.Answer"),
    _words("phone"),
    _words("call_free", "service_model.Answer"),
    _words("whatsapp"),
    _words("email"),
    _words("website"),
    _words("hours", "hours.Calendar, written."),
    _words("closed", "Days it is closed, ISO."),
    Column("always", Boolean, nullable=False, server_default=false(), comment="Day and night."),
    _words("visit", "service_model.Visit"),
    _words("first", "What happens first, in one plain line."),
    _words("cost", "service_model.Cost"),
    _words("papers", "service_model.Papers: is a permit asked for?"),
    _words("bring", "service_model.Bring with commas."),
    _words("bring_words", "What else to bring."),
    _words("languages", "Codes with commas, spoken by who works there."),
    _words("mediators", "Their languages and days, in words."),
    _words("whom", "service_model.Whom with commas; nothing: for all."),
    _words("women_staff", "service_model.Answer: a woman can be asked for."),
    _words("anonymous", "service_model.Answer"),
    _words("duty", "service_model.Duty"),
    _words("children", "service_model.Answer: they may come along."),
    _words("line", "Id of the number in the content whose words say what it is."),
    _words("source", "Where all this is from."),
    Column("checked", Date, comment="Day on which somebody saw that it is so; none: never shown."),
    Column("checked_by", BigInteger, comment="0: as it came with the house, or an import."),
    Column("review", Date, nullable=False, comment="Not shown to people after this day."),
    Column("shown", Boolean, nullable=False, server_default=true(), comment="Not only to offices."),
    _words("notes", "For operators."),
    Column("version", Integer, nullable=False, server_default="0", comment="Two people, one form."),
    Column("changed", Instant, nullable=False),
    Column("created_by", BigInteger, nullable=False, comment="0: an import, or the sample."),
    Column("sample", Boolean, nullable=False, server_default=false(), comment="Made up."),
    UniqueConstraint("ref"),
    Index("ix_service_kind", "kind"),
    comment="A service of an organisation; nothing in it is of a person.",
)

"""The directory of services."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "service",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False, comment="Random: says no order."),
        sa.Column("ref", sa.Text(), nullable=False, comment="What an import knows it by."),
        sa.Column("kind", sa.Text(), nullable=False, comment="service_model.Kind"),
        sa.Column("themes", sa.Text(), server_default="", nullable=False, comment="service_model.Theme with commas; nothing: those of its kind."),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("town", sa.Text(), server_default="", nullable=False, comment="The municipality."),
        sa.Column("place", sa.Text(), server_default="", nullable=False, comment="The address."),
        sa.Column("how", sa.Text(), server_default="", nullable=False, comment="How to get there: stop, line."),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("step_free", sa.Text(), server_default="", nullable=False, comment="service_model.Answer"),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("call_free", sa.Text(), server_default="", nullable=False, comment="service_model.Answer"),
        sa.Column("whatsapp", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False, comment="hours.Calendar, written."),
        sa.Column("closed", sa.Text(), server_default="", nullable=False, comment="Days it is closed, ISO."),
        sa.Column("always", sa.Boolean(), server_default=sa.false(), nullable=False, comment="Day and night."),
        sa.Column("visit", sa.Text(), server_default="", nullable=False, comment="service_model.Visit"),
        sa.Column("first", sa.Text(), server_default="", nullable=False, comment="What happens first, in one plain line."),
        sa.Column("cost", sa.Text(), server_default="", nullable=False, comment="service_model.Cost"),
        sa.Column("papers", sa.Text(), server_default="", nullable=False, comment="service_model.Papers: is a permit asked for?"),
        sa.Column("bring", sa.Text(), server_default="", nullable=False, comment="service_model.Bring with commas."),
        sa.Column("bring_words", sa.Text(), server_default="", nullable=False, comment="What else to bring."),
        sa.Column("languages", sa.Text(), server_default="", nullable=False, comment="Codes with commas, spoken by who works there."),
        sa.Column("mediators", sa.Text(), server_default="", nullable=False, comment="Their languages and days, in words."),
        sa.Column("whom", sa.Text(), server_default="", nullable=False, comment="service_model.Whom with commas; nothing: for all."),
        sa.Column("women_staff", sa.Text(), server_default="", nullable=False, comment="service_model.Answer: a woman can be asked for."),
        sa.Column("anonymous", sa.Text(), server_default="", nullable=False, comment="service_model.Answer"),
        sa.Column("duty", sa.Text(), server_default="", nullable=False, comment="service_model.Duty"),
        sa.Column("children", sa.Text(), server_default="", nullable=False, comment="service_model.Answer: they may come along."),
        sa.Column("line", sa.Text(), server_default="", nullable=False, comment="Id of the number in the content whose words say what it is."),
        sa.Column("source", sa.Text(), server_default="", nullable=False, comment="Where all this is from."),
        sa.Column("checked", sa.Date(), nullable=True, comment="Day on which somebody saw that it is so; none: never shown."),
        sa.Column("checked_by", sa.BigInteger(), nullable=True, comment="0: as it came with the house, or an import."),
        sa.Column("review", sa.Date(), nullable=False, comment="Not shown to people after this day."),
        sa.Column("shown", sa.Boolean(), server_default=sa.true(), nullable=False, comment="Not only to offices."),
        sa.Column("notes", sa.Text(), server_default="", nullable=False, comment="For operators."),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False, comment="Two people, one form."),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False, comment="0: an import, or the sample."),
        sa.Column("sample", sa.Boolean(), server_default=sa.false(), nullable=False, comment="Made up."),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.UniqueConstraint("ref", name="uq_service_ref"),
        comment="A service of an organisation; nothing in it is of a person.",
    )
    op.create_index("ix_service_kind", "service", ["kind"], unique=False)

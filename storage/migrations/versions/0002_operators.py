"""Those who read reports: offices, operators, their invitations, and the log of what they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "office",
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="Opaque: a report names the offices left out.",
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "duty", sa.Boolean(), nullable=False, comment="Its staff may have to tell a judge."
        ),
        sa.Column(
            "province",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Empty: all of them.",
        ),
        sa.Column(
            "hours", sa.Text(), server_default="", nullable=False, comment="When somebody reads."
        ),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_office"),
        comment="The organisations whose operators read reports.",
    )
    op.create_table(
        "operator",
        sa.Column(
            "id", NUMBER, autoincrement=False, nullable=False, comment="Random: says no order."
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="As colleagues call them; kept for the audit.",
        ),
        sa.Column(
            "sign_in",
            sa.Text(),
            nullable=False,
            comment="The name without case, to sign in with.",
        ),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False, comment="operators.Role"),
        sa.Column(
            "language", sa.Text(), nullable=False, comment="In which they read the console."
        ),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.true(),
            nullable=False,
            comment="False: removed.",
        ),
        sa.Column(
            "epoch",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Older sessions end.",
        ),
        sa.Column(
            "public_key", sa.LargeBinary(), nullable=True, comment="What reports are sealed to."
        ),
        sa.Column(
            "private_key",
            sa.LargeBinary(),
            nullable=True,
            comment="Its other half, wrapped by their passphrase.",
        ),
        sa.Column(
            "totp",
            sa.LargeBinary(),
            nullable=True,
            comment="The secret of the second factor, sealed for this row.",
        ),
        sa.Column(
            "totp_step",
            sa.BigInteger(),
            nullable=True,
            comment="The last code that was used; none is taken twice.",
        ),
        sa.Column("created", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.key"], name="fk_operator_office"),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
        comment="Who signs in to the console.",
    )
    op.create_index(
        "uq_operator_sign_in",
        "operator",
        ["sign_in"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "invitation",
        sa.Column(
            "hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the token in the link."
        ),
        sa.Column(
            "operator_id",
            NUMBER,
            nullable=False,
            comment="A newer link takes the place of the older one.",
        ),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_invitation_operator_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_invitation"),
        sa.UniqueConstraint("operator_id", name="uq_invitation_operator_id"),
        comment="Links that let an operator set their passphrase, once, for a quarter of an hour.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit",
        sa.Column(
            "seq", NUMBER, autoincrement=False, nullable=False, comment="Without a gap, from 1."
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "operator_id",
            sa.BigInteger(),
            nullable=False,
            comment="0: somebody at the terminal.",
        ),
        sa.Column("action", sa.Text(), nullable=False, comment="audit.Action"),
        sa.Column(
            "object",
            sa.Text(),
            nullable=False,
            comment="Of a report its number; never its words.",
        ),
        sa.Column(
            "previous", sa.LargeBinary(), nullable=False, comment="The hash of the row before."
        ),
        sa.Column(
            "hash",
            sa.LargeBinary(),
            nullable=False,
            comment="Over the whole row, with the host's key.",
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        comment="What operators did, chained so that no row can be changed, dropped or moved.",
    )

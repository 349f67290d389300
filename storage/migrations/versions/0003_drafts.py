"""What is begun in secret: drafts that nobody finds without keys that die, and rows sealed so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "draft",
        sa.Column(
            "lookup",
            sa.LargeBinary(),
            nullable=False,
            comment="Says nothing without fleeting keys.",
        ),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="Sealed under a key that dies in a day.",
        ),
        sa.PrimaryKeyConstraint("lookup", name="pk_draft"),
        comment="Conversations with something secret in them. No column says whose.",
        sqlite_with_rowid=False,
    )
    op.add_column(
        "outbox",
        sa.Column(
            "secret",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Sealed under keys that die: dropped when they are gone.",
        ),
    )

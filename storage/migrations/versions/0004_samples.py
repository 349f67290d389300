"""On PostgreSQL: no samples of what is sealed or of a person; they outlived the rows they were
from."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = {
    "person": {
        "id": "bigint",
        "lookup": "bytea",
        "chat": "bytea",
        "language": "text",
        "careful": "boolean",
        "desk": "text",
        "welcomed": "boolean",
        "reachable": "boolean",
        "since": "date",
        "seen": "date",
    },
    "conversation": {
        "person_id": "bigint",
        "state": "bytea",
        "living": "bigint",
        "cleaned": "bigint",
    },
    "outbox": {"person_id": "bigint", "body": "bytea"},
    "draft": {"lookup": "bytea", "body": "bytea"},
    "chat_message": {"person_id": "bigint", "message_id": "bigint"},
    "setting": {"value": "text"},
    "operator": {"public_key": "bytea", "private_key": "bytea", "totp": "bytea"},
    "invitation": {"hash": "bytea"},
    "audit": {"previous": "bytea", "hash": "bytea"},
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            # The type it has already: no row is written anew, and the samples there are go.
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

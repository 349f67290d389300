"""What a machine makes of a person's words, for operators, beside the words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEALED = {"handoff_meaning": ("body",)}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('handoff_meaning',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random.'),
    sa.Column('line_id', NUMBER, nullable=False, comment="The person's line it is of: each is translated once."),
    sa.Column('handoff_id', NUMBER, nullable=False),
    sa.Column('state', sa.Text(), nullable=False, comment='meanings.State'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Words and their language, sealed.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('posted', sa.BigInteger(), nullable=True, comment='Message id in the topic; none: not there (yet).'),
    sa.Column('tries', sa.SmallInteger(), server_default='0', nullable=False, comment='Postings begun.'),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name='fk_handoff_meaning_handoff_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['line_id'], ['handoff_line.id'], name='fk_handoff_meaning_line_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_handoff_meaning'),
    sa.UniqueConstraint('line_id', name='uq_handoff_meaning_line_id'),
    comment="What a machine makes of a person's words, for operators, beside the words.",
    )
    op.create_index('ix_handoff_meaning_handoff_id', 'handoff_meaning', ['handoff_id'], unique=False)
    _keep_no_samples()


def _keep_no_samples() -> None:
    """On PostgreSQL, statistics would keep sealed values longer than the rows they are from."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

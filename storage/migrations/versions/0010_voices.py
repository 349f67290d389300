"""Recordings of what Antenna says, and who listens to another language than they read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEALED = {"spoken": ("person_id",)}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('recording',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random; in buttons.'),
    sa.Column('passage', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False, comment='What is spoken; also one without a script.'),
    sa.Column('mark', sa.Text(), nullable=False, comment='Of the words: others, and it is never played.'),
    sa.Column('state', sa.Text(), nullable=False, comment='recordings.State'),
    sa.Column('sound', sa.LargeBinary(), nullable=False, comment='Opus. The voice is all it says of whom.'),
    sa.Column('seconds', sa.SmallInteger(), nullable=False),
    sa.Column('operator_id', sa.BigInteger(), nullable=False, comment='Whose voice it is.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True, comment='Never whose voice it is.'),
    sa.Column('decided', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name='pk_recording'),
    comment='Voices of mediators that read a passage. An older version stays until it is deleted.',
    )
    op.create_index('ix_recording_language', 'recording', ['language', 'mark'], unique=False)
    op.create_table('voice_file',
    sa.Column('name', sa.Text(), nullable=False, comment='Hash of voice and words, or of a recording.'),
    sa.Column('bot', sa.BigInteger(), autoincrement=False, nullable=False, comment='Whose file it is.'),
    sa.Column('file_id', sa.Text(), nullable=False, comment='What Telegram calls it, for that bot.'),
    sa.PrimaryKeyConstraint('name', 'bot', name='pk_voice_file'),
    comment='Voices Telegram has already, so that none is sent up twice. Nothing of anybody.',
    sqlite_with_rowid=False,
    )
    op.create_table('heard',
    sa.Column('passage', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('month', sa.Text(), nullable=False, comment='Never finer than a month.'),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('passage', 'language', 'month', name='pk_heard'),
    comment='How often a passage was listened to: counters; nothing of pages that are secret.',
    sqlite_with_rowid=False,
    )
    op.create_table('spoken',
    sa.Column('person_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_spoken_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name='pk_spoken'),
    comment='The language somebody listens to, where it is not the one they read.',
    sqlite_with_rowid=False,
    )
    _keep_no_samples()


def _keep_no_samples() -> None:
    """On PostgreSQL, statistics would keep sealed values longer than the rows they are from."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

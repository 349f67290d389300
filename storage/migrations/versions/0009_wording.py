"""Words that were changed or read in the console, and who looks after a card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('wording',
    sa.Column('id', NUMBER, nullable=False, comment='Never used twice; the order of versions.'),
    sa.Column('key', sa.Text(), nullable=False, comment='Hash of context and source: which message.'),
    sa.Column('domain', sa.Text(), nullable=False, comment='catalogs.DOMAINS'),
    sa.Column('context', sa.Text(), server_default='', nullable=False),
    sa.Column('source', sa.Text(), nullable=False, comment='The message as the code and the cards say it.'),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('forms', sa.Text(), nullable=False, comment='JSON: the words, one for each plural form.'),
    sa.Column('state', sa.Text(), nullable=False, comment='wording.State'),
    sa.Column('meaning', sa.Text(), nullable=False, comment='Hash of the words this says the same as.'),
    sa.Column('changes', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Once approved, every other language of the message is stale.'),
    sa.Column('shipped', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Somebody read what the release says; holds as long as it says so.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False, comment='An operator; 0: somebody at the terminal.'),
    sa.Column('author', sa.Text(), server_default='', nullable=False, comment='Of a file: who wrote it.'),
    sa.Column('why', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_wording'),
    comment='Versions of what Antenna says; none is changed or deleted, a newer one replaces it.',
    sqlite_autoincrement=True,
    )
    op.create_index('ix_wording_key', 'wording', ['key', 'language'], unique=False)
    op.create_index('ix_wording_state', 'wording', ['state'], unique=False)
    op.create_table('wording_deed',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('wording_id', NUMBER, nullable=False),
    sa.Column('state', sa.Text(), nullable=False, comment='wording.State it has from then on.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False, comment='An operator; 0: somebody at the terminal.'),
    sa.Column('author', sa.Text(), server_default='', nullable=False, comment='At the terminal: who.'),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name='fk_wording_deed_wording_id'),
    sa.PrimaryKeyConstraint('id', name='pk_wording_deed'),
    comment='What became of a version: who read it, let it out to people, or refused it, and why.',
    sqlite_autoincrement=True,
    )
    op.create_index('ix_wording_deed_wording_id', 'wording_deed', ['wording_id'], unique=False)
    op.create_table('care',
    sa.Column('subject', sa.Text(), nullable=False, comment='Id of a card, or numbers.… of a number.'),
    sa.Column('owner', sa.BigInteger(), nullable=True, comment='The operator who looks after it.'),
    sa.Column('checked', sa.Date(), nullable=True, comment='Day on which its facts were last checked here.'),
    sa.Column('review', sa.Date(), nullable=True, comment='Day by which somebody must look again; none: as shipped.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False, comment='Against which source.'),
    sa.PrimaryKeyConstraint('subject', name='pk_care'),
    comment='Who looks after a card, and by when it is checked again.',
    sqlite_with_rowid=False,
    )

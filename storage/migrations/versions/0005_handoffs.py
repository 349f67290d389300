"""Conversations between people and operators, the groups that show them, and who is there."""

from __future__ import annotations

import base64
import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEALED = {
    "staff_group": ("chat", "said"),
    "handoff": ("person_id", "designation", "topic"),
    "handoff_line": ("body", "source", "album", "delivered"),
    "handoff_note": ("body",),
    "operator": ("telegram", "link"),
    "outbox": ("line",),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('staff_group',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random: says no order.'),
    sa.Column('chat', sa.LargeBinary(), nullable=False, comment='The chat id, sealed.'),
    sa.Column('office', sa.Text(), nullable=True, comment="Whose group; none: everybody's."),
    sa.Column('territory', sa.Text(), server_default='', nullable=False, comment='Empty: all of them.'),
    sa.Column('since', sa.BigInteger(), nullable=False, comment='When it was connected.'),
    sa.Column('status', sa.Text(), server_default='', nullable=False, comment='What the bot is there.'),
    sa.Column('may_delete', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('may_topics', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('is_forum', sa.Boolean(), server_default=sa.false(), nullable=False, comment='It has topics.'),
    sa.Column('checked', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('gone', sa.BigInteger(), nullable=True, comment='Since when nothing can be said there.'),
    sa.Column('said', sa.Text(), server_default='', nullable=False, comment='Alerts that go in time.'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_staff_group_office'),
    sa.PrimaryKeyConstraint('id', name='pk_staff_group'),
    comment='The Telegram groups where operators work: views of what is kept here.'
    )
    op.create_table('handoff',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random: says no order.'),
    sa.Column('person_id', NUMBER, nullable=False, comment='One conversation a person: it is closed and opened again.'),
    sa.Column('designation', sa.Text(), nullable=False, comment='Two words for a name.'),
    sa.Column('state', sa.Text(), nullable=False, comment='handoff_model.State'),
    sa.Column('need', sa.Text(), nullable=False, comment='handoff_model.Need'),
    sa.Column('who', sa.Text(), nullable=False, comment='handoff_model.Who: by whom they want to be met.'),
    sa.Column('medium', sa.Text(), nullable=False, comment='handoff_model.Medium'),
    sa.Column('safe', sa.Text(), nullable=False, comment='handoff_model.Safe: when the phone is theirs.'),
    sa.Column('interpreter', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('mediator', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Was asked for.'),
    sa.Column('urgency', sa.SmallInteger(), server_default='0', nullable=False),
    sa.Column('level', sa.SmallInteger(), nullable=True, comment='Of the self-check, where they wanted it passed on.'),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('desk', sa.Text(), server_default='', nullable=False, comment='Key of the desk asked.'),
    sa.Column('office', sa.Text(), server_default='', nullable=False, comment="Empty: every office's."),
    sa.Column('territory', sa.Text(), server_default='', nullable=False),
    sa.Column('owner', sa.BigInteger(), nullable=True, comment='The operator who has claimed it.'),
    sa.Column('lock_until', sa.BigInteger(), nullable=True, comment='So long nobody else answers unaware.'),
    sa.Column('asked', sa.BigInteger(), nullable=False, comment='When it was (last) asked for.'),
    sa.Column('answered', sa.BigInteger(), nullable=True, comment='First answer of an operator since then.'),
    sa.Column('waits_since', sa.BigInteger(), nullable=True, comment="Since when the person's words wait for an answer."),
    sa.Column('stirred', sa.BigInteger(), nullable=False, comment='When something last happened.'),
    sa.Column('closed', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.Text(), server_default='', nullable=False, comment='handoff_model.Reason'),
    sa.Column('rating', sa.SmallInteger(), nullable=True, comment='Satisfaction, 1 to 3.'),
    sa.Column('reachable', sa.Boolean(), server_default=sa.true(), nullable=False, comment='Not 403.'),
    sa.Column('count', sa.Integer(), server_default='0', nullable=False, comment='Lines and notes so far.'),
    sa.Column('group_id', NUMBER, nullable=True),
    sa.Column('topic', sa.BigInteger(), nullable=True, comment='message_thread_id of the topic that shows it.'),
    sa.Column('topic_name', sa.Text(), server_default='', nullable=False, comment='As it was last set.'),
    sa.Column('card', sa.BigInteger(), nullable=True, comment='Message id of the summary in the topic.'),
    sa.Column('card_shows', sa.LargeBinary(), nullable=True, comment='Hash of what the summary says.'),
    sa.Column('trouble', sa.Text(), server_default='', nullable=False, comment='Why the topic is behind.'),
    sa.Column('behind_since', sa.BigInteger(), nullable=True, comment='Since when something is not in the topic.'),
    sa.ForeignKeyConstraint(['group_id'], ['staff_group.id'], name='fk_handoff_group_id', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_handoff_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_handoff'),
    sa.UniqueConstraint('designation', name='uq_handoff_designation'),
    sa.UniqueConstraint('person_id', name='uq_handoff_person_id'),
    comment="A person's conversation with operators. The topic in Telegram only shows it."
    )
    op.create_index('ix_handoff_state', 'handoff', ['state'], unique=False)
    op.create_index('ix_handoff_behind_since', 'handoff', ['behind_since'], unique=False, sqlite_where=sa.text('behind_since IS NOT NULL'), postgresql_where=sa.text('behind_since IS NOT NULL'))
    op.create_table('handoff_line',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random.'),
    sa.Column('handoff_id', NUMBER, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='Order, shared with the notes.'),
    sa.Column('outward', sa.Boolean(), nullable=False, comment="An operator's; else the person's."),
    sa.Column('kind', sa.Text(), nullable=False, comment='handoff_model.LineKind'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment="The words or the file's id, sealed."),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('operator_id', sa.BigInteger(), nullable=True, comment="Who said it; of a person's line none."),
    sa.Column('source', sa.BigInteger(), nullable=True, comment='Message id where it was written; none: the console.'),
    sa.Column('album', sa.Text(), nullable=True, comment='What belongs together.'),
    sa.Column('edit_of', sa.BigInteger(), nullable=True, comment='The line this one corrects.'),
    sa.Column('state', sa.Text(), nullable=False, comment='handoff_model.LineState'),
    sa.Column('delivered', sa.BigInteger(), nullable=True, comment="Message id in the person's chat."),
    sa.Column('delivered_at', sa.BigInteger(), nullable=True),
    sa.Column('posted', sa.BigInteger(), nullable=True, comment='Message id in the topic; none: not there (yet).'),
    sa.Column('tries', sa.SmallInteger(), server_default='0', nullable=False, comment='Postings begun.'),
    sa.Column('ack', sa.BigInteger(), nullable=True, comment='Message id of the acknowledgement in the topic.'),
    sa.Column('acked', sa.Text(), server_default='', nullable=False, comment='The state it shows.'),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name='fk_handoff_line_handoff_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_handoff_line'),
    sa.UniqueConstraint('handoff_id', 'number', name='uq_handoff_line_handoff_id_number'),
    comment='What a person and operators said to each other.'
    )
    op.create_index('ix_handoff_line_handoff_id_posted', 'handoff_line', ['handoff_id', 'posted'], unique=False)
    op.create_table('handoff_note',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random.'),
    sa.Column('handoff_id', NUMBER, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='Order, shared with the lines.'),
    sa.Column('event', sa.Text(), nullable=False, comment='handoff_model.Event'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='The words, sealed.'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('operator_id', sa.BigInteger(), nullable=True, comment='None: the person, or Antenna itself.'),
    sa.Column('source', sa.BigInteger(), nullable=True, comment='Message id in the topic; none: the console.'),
    sa.Column('posted', sa.BigInteger(), nullable=True, comment='Message id in the topic; none: not there (yet).'),
    sa.Column('tries', sa.SmallInteger(), server_default='0', nullable=False),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name='fk_handoff_note_handoff_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_handoff_note'),
    sa.UniqueConstraint('handoff_id', 'number', name='uq_handoff_note_handoff_id_number'),
    comment='What operators note among themselves, and what happened. Never a word to the person.'
    )
    op.add_column('desk', sa.Column('office', sa.Text(), server_default='', nullable=False, comment='Who answers there.'))
    op.add_column('desk', sa.Column('hours', sa.Text(), server_default='', nullable=False, comment='hours.Calendar, written.'))
    op.add_column('desk', sa.Column('closed', sa.Text(), server_default='', nullable=False, comment='Days it is closed, ISO.'))
    op.add_column('desk', sa.Column('place', sa.Text(), server_default='', nullable=False, comment='Where it is, in words.'))
    op.add_column('desk', sa.Column('talks', sa.Boolean(), server_default=sa.false(), nullable=False, comment='People may ask.'))
    op.add_column('operator', sa.Column('territory', sa.Text(), server_default='', nullable=False, comment="A coordinator's own."))
    op.add_column('operator', sa.Column('telegram', sa.LargeBinary(), nullable=True, comment='HMAC of their account in the group.'))
    op.add_column('operator', sa.Column('link', sa.LargeBinary(), nullable=True, comment='Hash of the word that binds that account.'))
    op.add_column('operator', sa.Column('link_until', sa.BigInteger(), nullable=True))
    op.add_column('operator', sa.Column('away_from', sa.Date(), nullable=True, comment='Not here from this day'))
    op.add_column('operator', sa.Column('away_until', sa.Date(), nullable=True, comment='to this one.'))
    op.create_index('uq_operator_telegram', 'operator', ['telegram'], unique=True)
    op.add_column('outbox', sa.Column('line', sa.BigInteger(), nullable=True, comment='The line of an operator that this brings to the person.'))
    _move_group()
    _keep_no_samples()


def _keep_no_samples() -> None:
    """On PostgreSQL, statistics would keep sealed values longer than the rows they are from."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def _move_group() -> None:
    """The one group there was stood among the settings; its chat stays sealed as it is."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT value FROM setting WHERE key = 'group'")).scalar()
    said = connection.execute(sa.text("SELECT value FROM setting WHERE key = 'group said'")).scalar()
    if found:
        kept = json.loads(found)
        groups = sa.table(
            "staff_group",
            *(sa.column(name) for name in ("id", "chat", "territory", "since", "status", "said")),
            sa.column("may_delete", sa.Boolean()),
        )
        connection.execute(
            groups.insert().values(
                id=1,
                chat=base64.b64decode(kept["chat"]),
                territory=kept["territory"],
                since=round(datetime.fromisoformat(kept["since"]).timestamp() * 1000),
                status=kept["status"],
                may_delete=kept["may_delete"],
                said=said or "",
            )
        )
    connection.execute(sa.text("DELETE FROM setting WHERE key IN ('group', 'group said')"))

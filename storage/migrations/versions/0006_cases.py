"""Contact sheets, cases, plans, outcomes, and the codes that lead from chat to desk and back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEALED = {
    "contact": ("person_id", "chat_before", "designation", "sheet"),
    "case_file": ("body",),
    "case_step": ("why",),
    "plan_action": ("body",),
    "case_outcome": ("body",),
    "case_flag": ("body",),
    "case_task": ("body",),
    "handover": ("hash", "person_id", "contact_id"),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('contact',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False, comment='Random: says no order.'),
    sa.Column('number', sa.Text(), nullable=False, comment='What operators call it.'),
    sa.Column('designation', sa.Text(), nullable=False, comment='Two words for a name.'),
    sa.Column('person_id', NUMBER, nullable=True, comment='Whose chat; none of somebody who came to the desk.'),
    sa.Column('chat_before', NUMBER, nullable=True, comment='Whose chat it was before the chat joined another sheet: for Forget alone.'),
    sa.Column('office', sa.Text(), nullable=False, comment='Whose case it is.'),
    sa.Column('desk', sa.Text(), server_default='', nullable=False),
    sa.Column('territory', sa.Text(), server_default='', nullable=False),
    sa.Column('owner', sa.BigInteger(), nullable=True, comment='The operator who follows it (referente).'),
    sa.Column('created_by', sa.BigInteger(), nullable=False, comment='0: the sample.'),
    sa.Column('opened', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False, comment='case_model.Source'),
    sa.Column('stage', sa.Text(), nullable=False, comment='case_model.Stage'),
    sa.Column('language', sa.Text(), server_default='', nullable=False),
    sa.Column('need', sa.Text(), server_default='', nullable=False),
    sa.Column('sector', sa.Text(), server_default='', nullable=False),
    sa.Column('gender', sa.Text(), server_default='', nullable=False),
    sa.Column('age', sa.Text(), server_default='', nullable=False, comment='Band, never a date.'),
    sa.Column('level', sa.SmallInteger(), nullable=True, comment='After the talk, as the operator sees it.'),
    sa.Column('result', sa.Text(), server_default='', nullable=False, comment='case_model.Result'),
    sa.Column('irregular', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Confirmed.'),
    sa.Column('housing_tied', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('bed', sa.Text(), server_default='', nullable=False, comment='case_model.Bed'),
    sa.Column('sheet', sa.LargeBinary(), nullable=False, comment='The fields of D1, sealed.'),
    sa.Column('touched', sa.BigInteger(), nullable=False, comment='Last change; two people, one sheet.'),
    sa.Column('version', sa.Integer(), server_default='0', nullable=False),
    sa.Column('sample', sa.Boolean(), server_default=sa.false(), nullable=False, comment='Made up.'),
    sa.ForeignKeyConstraint(['chat_before'], ['person.id'], name='fk_contact_chat_before', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['office'], ['office.key'], name='fk_contact_office'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_contact_person_id', ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name='pk_contact'),
    sa.UniqueConstraint('number', name='uq_contact_number'),
    sa.UniqueConstraint('person_id', name='uq_contact_person_id'),
    comment='The contact and identification sheet; may stay anonymous.'
    )
    op.create_index('ix_contact_chat_before', 'contact', ['chat_before'], unique=False)
    op.create_index('ix_contact_office_stage', 'contact', ['office', 'stage'], unique=False)
    op.create_table('case_choice',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False, comment='case_model.Purpose'),
    sa.Column('office', sa.Text(), server_default='', nullable=False, comment='For which organisation.'),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False, comment='case_model.How'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('operator_id', sa.BigInteger(), nullable=False, comment='0: the person in the chat.'),
    sa.Column('revoked', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_choice_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_case_choice'),
    comment='What the person agreed to or refused, per purpose and organisation.'
    )
    op.create_index('ix_case_choice_contact_id', 'case_choice', ['contact_id'], unique=False)
    op.create_table('case_file',
    sa.Column('contact_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('taken', sa.Date(), nullable=False),
    sa.Column('taken_by', sa.BigInteger(), nullable=False),
    sa.Column('review', sa.Date(), nullable=True, comment='When to look at it again.'),
    sa.Column('concluded', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), server_default='', nullable=False, comment='case_model.EndReason'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Goals, rules, risk plan, sealed.'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_file_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('contact_id', name='pk_case_file'),
    comment="The taking in charge: with the person's recorded choice."
    )
    op.create_table('case_flag',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False, comment='case_model.Flag'),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False, comment='No flag stays for ever.'),
    sa.Column('ended', sa.Date(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Sealed.'),
    sa.Column('operator_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_flag_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_case_flag'),
    comment='What to be careful about, with an end.'
    )
    op.create_index('ix_case_flag_contact_id', 'case_flag', ['contact_id'], unique=False)
    op.create_table('case_outcome',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('code', sa.Text(), nullable=False, comment='case_model.Outcome'),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Sealed.'),
    sa.Column('operator_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_outcome_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_case_outcome'),
    comment='What came of it.'
    )
    op.create_index('ix_case_outcome_contact_id', 'case_outcome', ['contact_id'], unique=False)
    op.create_table('case_step',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('before', sa.Text(), nullable=False, comment='case_model.Stage'),
    sa.Column('after', sa.Text(), nullable=False, comment='case_model.Stage'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('operator_id', sa.BigInteger(), nullable=False, comment='0: the person themself.'),
    sa.Column('why', sa.LargeBinary(), nullable=False, comment='Sealed.'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_step_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_case_step'),
    comment='Every change of stage: who, when and why.'
    )
    op.create_index('ix_case_step_contact_id', 'case_step', ['contact_id'], unique=False)
    op.create_table('handover',
    sa.Column('hash', sa.LargeBinary(), nullable=False, comment='Of the code; the code is nowhere.'),
    sa.Column('to_desk', sa.Boolean(), nullable=False, comment='From chat to desk, or the other way.'),
    sa.Column('person_id', NUMBER, nullable=True),
    sa.Column('contact_id', NUMBER, nullable=True),
    sa.Column('operator_id', sa.BigInteger(), nullable=False, comment='0: the person.'),
    sa.Column('expires', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_handover_contact_id', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_handover_person_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hash', name='pk_handover'),
    comment='Codes that take a person from chat to desk or back, once.',
    sqlite_with_rowid=False
    )
    op.create_table('plan_action',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('lane', sa.Text(), nullable=False, comment='case_model.Lane'),
    sa.Column('service', sa.Text(), nullable=False, comment='case_model.Service'),
    sa.Column('provider', sa.Text(), server_default='', nullable=False, comment='Key of an office.'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='What, with whom, support, sealed.'),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False, comment='case_model.ActionState'),
    sa.Column('said', sa.Text(), server_default='', nullable=False, comment='case_model.Said'),
    sa.Column('to_employer', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('done', sa.Date(), nullable=True),
    sa.Column('language', sa.Text(), server_default='', nullable=False),
    sa.Column('in_group', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('created', sa.Date(), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_plan_action_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_plan_action'),
    comment='A step of the individual plan: service, provider, date, state.'
    )
    op.create_index('ix_plan_action_contact_id', 'plan_action', ['contact_id'], unique=False)
    op.create_table('case_task',
    sa.Column('id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('contact_id', NUMBER, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False, comment='case_model.TaskKind'),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='Sealed.'),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('time', sa.Text(), server_default='', nullable=False, comment='Local, of an appointment.'),
    sa.Column('owner', sa.BigInteger(), nullable=True),
    sa.Column('done', sa.BigInteger(), nullable=True),
    sa.Column('created_by', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name='fk_case_task_contact_id', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_case_task'),
    comment='What somebody of the office has to do, and by when.'
    )
    op.create_index('ix_case_task_contact_id', 'case_task', ['contact_id'], unique=False)

    _keep_no_samples()


def _keep_no_samples() -> None:
    """On PostgreSQL, statistics would keep sealed values longer than the rows they are from."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

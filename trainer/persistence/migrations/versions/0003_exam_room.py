"""The exam room."""

import json

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _name_kinds()
    op.create_table('accommodation',
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('factor', sa.Double(), nullable=False),
    sa.Column('break_seconds', sa.Integer(), nullable=False),
    sa.Column('larger_type', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_accommodation_account_id')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_accommodation'))
    )
    op.create_table('event',
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('happened_at', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_event_attempt_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'number', name=op.f('pk_event')),
    sqlite_with_rowid=False
    )
    op.create_table('mark',
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_mark_attempt_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'slot', name=op.f('pk_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('mock',
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('learner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('exam', sa.String(length=80), nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.Column('profile_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('factor', sa.Double(), nullable=False),
    sa.Column('break_seconds', sa.Integer(), nullable=False),
    sa.Column('larger_type', sa.Boolean(), nullable=False),
    sa.Column('seats', sa.Text(), nullable=False),
    sa.Column('flags', sa.Text(), nullable=False),
    sa.Column('furthest', sa.Integer(), nullable=False),
    sa.Column('rested', sa.Double(), nullable=False),
    sa.Column('break_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ending', sa.String(length=10), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_mock_attempt_id')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_mock_learner_id')),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_mock'))
    )
    with op.batch_alter_table('mock', schema=None) as batch_op:
        batch_op.create_index('ix_mock_deadline_at_open', ['deadline_at'], unique=False, sqlite_where=sa.text('ending IS NULL'), postgresql_where=sa.text('ending IS NULL'))
        batch_op.create_index('uq_mock_learner_id_exam_open', ['learner_id', 'exam'], unique=True, sqlite_where=sa.text('ending IS NULL'), postgresql_where=sa.text('ending IS NULL'))

    op.create_table('save',
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('saved_at', sa.BigInteger(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_save_attempt_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'slot', 'revision', name=op.f('pk_save')),
    sqlite_with_rowid=False
    )
    op.create_table('regrade',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=254), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_regrade_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regrade'))
    )
    with op.batch_alter_table('regrade', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regrade_item_id'), ['item_id'], unique=False)

    op.create_table('regraded',
    sa.Column('regrade_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('response_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('points_before', sa.Double(), nullable=False),
    sa.Column('correct_before', sa.Boolean(), nullable=False),
    sa.Column('points', sa.Double(), nullable=False),
    sa.Column('correct', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['regrade_id'], ['regrade.id'], name=op.f('fk_regraded_regrade_id')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_regraded_response_id')),
    sa.PrimaryKeyConstraint('regrade_id', 'response_id', name=op.f('pk_regraded'))
    )
    with op.batch_alter_table('regraded', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regraded_response_id'), ['response_id'], unique=False)


def _name_kinds() -> None:
    """An exam asks only the kinds that its profile names."""
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=20), nullable=True))
    connection = op.get_bind()
    current = sa.text(
        'SELECT item.id, item_version.body FROM item JOIN item_version'
        ' ON item_version.item_id = item.id AND item_version.number = item.version'
    )
    kinds = [
        {'id': row_id, 'kind': json.loads(body)['kind']}
        for row_id, body in connection.execute(current)
    ]
    if kinds:
        connection.execute(sa.text('UPDATE item SET kind = :kind WHERE id = :id'), kinds)
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=sa.String(length=20), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_column('kind')
    op.drop_table('regraded')
    op.drop_table('regrade')
    op.drop_table('save')
    with op.batch_alter_table('mock', schema=None) as batch_op:
        batch_op.drop_index('uq_mock_learner_id_exam_open', sqlite_where=sa.text('ending IS NULL'), postgresql_where=sa.text('ending IS NULL'))
        batch_op.drop_index('ix_mock_deadline_at_open', sqlite_where=sa.text('ending IS NULL'), postgresql_where=sa.text('ending IS NULL'))

    op.drop_table('mock')
    op.drop_table('mark')
    op.drop_table('event')
    op.drop_table('accommodation')

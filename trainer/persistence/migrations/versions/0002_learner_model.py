"""Estimates of the learner model, decisions, confidence, study plans.

The estimates start empty: `flask prepare` rebuilds them from the responses.
"""

import json
from math import comb, factorial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

MOST_WAYS = 1000
NOBODY = json.dumps(
    {
        'general': [0.0, 0.84**2, 0.0, 0.39**2, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0.0, '', []],
        'tags': {},
    },
    separators=(',', ':'),
)


def key() -> sa.types.TypeEngine[Any]:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('population',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('through', key(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_population'))
    )
    op.create_table('learner',
    sa.Column('learner_id', key(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('lean', sa.Integer(), nullable=False),
    sa.Column('postponed', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_learner_learner_id')),
    sa.PrimaryKeyConstraint('learner_id', name=op.f('pk_learner'))
    )
    op.create_table('item_state',
    sa.Column('item_id', key(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('variance', sa.Double(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_state_item_id')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_item_state'))
    )
    op.drop_table('mastery')
    op.drop_table('item_memory')
    op.create_table('item_memory',
    sa.Column('learner_id', key(), nullable=False),
    sa.Column('item_id', key(), nullable=False),
    sa.Column('residual', sa.Double(), nullable=False),
    sa.Column('variance', sa.Double(), nullable=False),
    sa.Column('successes', sa.Double(), nullable=False),
    sa.Column('failures', sa.Double(), nullable=False),
    sa.Column('last_outcome', sa.Double(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('last_index', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lapsed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_memory_item_id')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_item_memory_learner_id')),
    sa.PrimaryKeyConstraint('learner_id', 'item_id', name=op.f('pk_item_memory'))
    )
    _add('account', minutes=sa.Integer(), exam_on=sa.Date())
    _add('item', difficulty=sa.Integer(), options=sa.Integer(), enemies=sa.Text())
    _add('response', confidence=sa.String(length=10))
    _add(
        'slot',
        policy=sa.String(length=20),
        expected=sa.Double(),
        reason=sa.Text(),
        skipped_at=sa.DateTime(timezone=True),
    )
    _fill(op.get_bind())
    _require('account', minutes=sa.Integer())
    _require('item', difficulty=sa.Integer(), enemies=sa.Text())


def _add(table: str, **columns: sa.types.TypeEngine[Any]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind in columns.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))


def _require(table: str, **columns: sa.types.TypeEngine[Any]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind in columns.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)


def _fill(connection: sa.Connection) -> None:
    """What the new columns hold for what is there already."""
    connection.execute(sa.text('UPDATE account SET minutes = 20'))
    connection.execute(
        sa.text(
            "INSERT INTO learner (learner_id, answered, state, lean, postponed)"
            " SELECT id, 0, :state, 0, '{}' FROM account"
        ),
        {'state': NOBODY},
    )
    current = sa.text(
        'SELECT item.id, item_version.body FROM item JOIN item_version'
        ' ON item_version.item_id = item.id AND item_version.number = item.version'
    )
    facts = [
        {'id': row_id, **_facts(json.loads(body))} for row_id, body in connection.execute(current)
    ]
    if facts:
        connection.execute(
            sa.text(
                'UPDATE item SET difficulty = :difficulty, options = :options, enemies = :enemies'
                ' WHERE id = :id'
            ),
            facts,
        )


def _facts(body: dict[str, Any]) -> dict[str, object]:
    return {
        'difficulty': body['difficulty'],
        'options': _ways(body),
        'enemies': json.dumps(body.get('enemies', [])),
    }


def _ways(body: dict[str, Any]) -> int | None:
    """As trainer.core.item.ways counted when this was written."""
    match body['kind']:
        case 'single':
            return len(body['options'])
        case 'multiple':
            return min(MOST_WAYS, comb(len(body['options']), len(body['keys'])))
        case 'ordering':
            return min(MOST_WAYS, factorial(len(body['steps'])))
        case 'matching':
            return min(MOST_WAYS, int(len(body['options']) ** len(body['prompts'])))
    return None


def downgrade() -> None:
    for table, columns in {
        'slot': ('skipped_at', 'reason', 'expected', 'policy'),
        'response': ('confidence',),
        'item': ('enemies', 'options', 'difficulty'),
        'account': ('minutes', 'exam_on'),
    }.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_column(column)
    op.drop_table('item_memory')
    op.create_table('item_memory',
    sa.Column('learner_id', key(), nullable=False),
    sa.Column('item_id', key(), nullable=False),
    sa.Column('seen', sa.Integer(), nullable=False),
    sa.Column('last_correct', sa.Boolean(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_memory_item_id')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_item_memory_learner_id')),
    sa.PrimaryKeyConstraint('learner_id', 'item_id', name=op.f('pk_item_memory'))
    )
    op.create_table('mastery',
    sa.Column('learner_id', key(), nullable=False),
    sa.Column('subtopic', sa.String(length=80), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('points', sa.Double(), nullable=False),
    sa.Column('correct', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_mastery_learner_id')),
    sa.PrimaryKeyConstraint('learner_id', 'subtopic', name=op.f('pk_mastery'))
    )
    op.drop_table('item_state')
    op.drop_table('learner')
    op.drop_table('population')

"""Accounts get a trial

Revision ID: 2a1f00000002
Revises: 2a1f00000001
"""
from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "2a1f00000002"
down_revision: Union[str, None] = "2a1f00000001"
branch_labels: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("trial_ends_at", sa.DateTime(), nullable=True))
    op.add_column("accounts", sa.Column("seats", sa.SmallInteger(), server_default="1", nullable=False))
    op.add_column("accounts", sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("members.id", ondelete="SET NULL")))
    op.add_column("accounts", sa.Column("code", sa.String(12), unique=True))
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_members_position"), ["position"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_column("position")
    op.drop_column("accounts", "code")
    op.drop_column("accounts", "owner_id")
    op.drop_column("accounts", "seats")
    op.drop_column("accounts", "trial_ends_at")

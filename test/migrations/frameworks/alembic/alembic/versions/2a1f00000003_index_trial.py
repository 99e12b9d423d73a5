"""Index the end of trials without stopping writes

Revision ID: 2a1f00000003
Revises: 2a1f00000002
"""
from alembic import op

revision = "2a1f00000003"
down_revision = "2a1f00000002"


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_accounts_trial", "accounts", ["trial_ends_at"], postgresql_concurrently=True, if_not_exists=True
        )
        op.drop_index(op.f("ix_members_position"), table_name="members", postgresql_concurrently=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index("ix_accounts_trial", table_name="accounts", postgresql_concurrently=True)

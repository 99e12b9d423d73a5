"""Keys in two steps

Revision ID: 2a1f00000005
Revises: 2a1f00000004
"""
from alembic import op

revision = "2a1f00000005"
down_revision = "2a1f00000004"

TABLE = "members"


def upgrade():
    op.create_unique_constraint("members_account_nickname", TABLE, ["account_id", "nickname"])
    op.create_foreign_key(
        "accounts_first_member", "accounts", TABLE, ["owner_id"], ["id"], postgresql_not_valid=True, ondelete="CASCADE"
    )
    op.execute("ALTER TABLE accounts VALIDATE CONSTRAINT accounts_first_member")
    op.create_check_constraint("seats_positive", "accounts", "seats > 0")
    op.drop_constraint("members_account_nickname", TABLE, type_="unique")


def downgrade():
    op.drop_constraint("seats_positive", "accounts", type_="check")
    op.drop_constraint("accounts_first_member", "accounts", type_="foreignkey")

"""Require a nickname

Revision ID: 2a1f00000004
Revises: 2a1f00000003
"""
import sqlalchemy as sa
from alembic import op

revision = "2a1f00000004"
down_revision = "2a1f00000003"


def upgrade():
    op.execute("UPDATE members SET nickname = 'unknown' WHERE nickname IS NULL")
    op.alter_column("members", "nickname", existing_type=sa.Unicode(40), nullable=False)
    op.alter_column("members", "email", type_=sa.String(length=320), existing_type=sa.Text())
    op.alter_column("accounts", "seats", server_default=None)
    op.alter_column("accounts", "name", new_column_name="title")


def downgrade():
    pass

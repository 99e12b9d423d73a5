"""Currency of an order

Revision ID: 2a1f00000008
Revises: 2a1f00000007
"""
import sqlalchemy as sa
from alembic import op

revision = "2a1f00000008"
down_revision = "2a1f00000007"


def upgrade():
    op.add_column("orders", sa.Column("currency", sa.CHAR(3), server_default="EUR", nullable=False))


def downgrade():
    op.drop_column("orders", "currency")

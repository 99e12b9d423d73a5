"""Weight of an order

Revision ID: 2a1f00000009
Revises: 2a1f00000007
"""
import sqlalchemy as sa
from alembic import op

revision = "2a1f00000009"
down_revision = "2a1f00000007"


def upgrade():
    op.add_column("orders", sa.Column("weight", sa.Numeric(8, 3)))


def downgrade():
    op.drop_column("orders", "weight")

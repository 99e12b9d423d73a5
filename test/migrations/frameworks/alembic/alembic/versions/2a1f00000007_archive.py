"""Archive old orders

Revision ID: 2a1f00000007
Revises: 2a1f00000006
"""
import sqlalchemy as sa
from alembic import op

revision = "2a1f00000007"
down_revision = "2a1f00000006"


def _create(name):
    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), sa.Column("body", sa.LargeBinary))


def upgrade():
    _create("order_archive")
    conn = op.get_bind()
    conn.execute(
        sa.text(
            """
            INSERT INTO order_archive (id)
            SELECT id FROM orders
             WHERE placed_on < '2020-01-01'
            """
        )
    )
    op.rename_table("order_archive", "archived_orders")


def downgrade():
    raise NotImplementedError("archived rows are not brought back")

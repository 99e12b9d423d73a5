"""Orders

Revision ID: 2a1f00000006
Revises: 2a1f00000005
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2a1f00000006"
down_revision = "2a1f00000005"

order_state = postgresql.ENUM("open", "paid", name="order_state", create_type=False)


def upgrade():
    postgresql.ENUM("open", "paid", name="order_state").create(op.get_bind())
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("state", order_state, nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String()), nullable=True),
        sa.Column("placed_on", sa.Date(), index=True),
        sa.Column("total", sa.Float()),
    )
    for column in ("account_id", "state"):
        op.create_index(f"ix_orders_{column}", "orders", [column])
    op.create_index("ix_orders_first", "orders", [sa.text("lower(tags[1])")], postgresql_where=sa.text("total > 0"))


def downgrade():
    op.drop_table("orders")
    op.execute("DROP TYPE order_state")

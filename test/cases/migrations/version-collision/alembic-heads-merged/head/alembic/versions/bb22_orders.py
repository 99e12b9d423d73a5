"""Create orders"""
import sqlalchemy as sa
from alembic import op

revision = "bb22"
down_revision = "aa11"


def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("orders")

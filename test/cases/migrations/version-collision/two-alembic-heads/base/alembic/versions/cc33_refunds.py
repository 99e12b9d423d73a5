"""Create refunds"""
import sqlalchemy as sa
from alembic import op

revision = "cc33"
down_revision = "bb22"


def upgrade():
    op.create_table("refunds", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("refunds")

"""Create invoices, which accounting asks for"""
import sqlalchemy as sa
from alembic import op

revision = "dd44"
down_revision = "bb22"


def upgrade():
    op.create_table("invoices", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("invoices")

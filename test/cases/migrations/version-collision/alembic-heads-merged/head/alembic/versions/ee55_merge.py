"""Merge invoices and refunds"""
revision = "ee55"
down_revision = ("cc33", "dd44")


def upgrade():
    pass


def downgrade():
    pass

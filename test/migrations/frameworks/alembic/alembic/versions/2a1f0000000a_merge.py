"""Merge both branches

Revision ID: 2a1f0000000a
Revises: 2a1f00000008, 2a1f00000009
"""
revision = "2a1f0000000a"
down_revision = ("2a1f00000008", "2a1f00000009")


def upgrade():
    pass


def downgrade():
    pass

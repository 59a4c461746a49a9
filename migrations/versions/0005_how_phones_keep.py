"""How phones keep what waits: what the browser promised, what came late, what could not be done."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("device") as batch_op:
        batch_op.add_column(sa.Column("promises_to_keep", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("late_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_stuck", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("device") as batch_op:
        batch_op.drop_column("is_stuck")
        batch_op.drop_column("late_on")
        batch_op.drop_column("promises_to_keep")

"""The order of changes: where each stands, what was said last, and receipts of parts of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("change") as batch_op:
        batch_op.add_column(sa.Column("clock", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("device_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column("plan_clock", sa.Integer(), nullable=False, server_default="0")
        )

    with op.batch_alter_table("receipt") as batch_op:
        batch_op.alter_column("change_id", existing_type=sa.Integer(), nullable=True)

    op.create_table(
        "last_word",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_last_word_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_last_word_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("participant_id", "about", name=op.f("pk_last_word")),
    )
    with op.batch_alter_table("last_word") as batch_op:
        batch_op.create_index(batch_op.f("ix_last_word_change_id"), ["change_id"])

    op.create_table(
        "long_wait",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_long_wait")),
    )

    count_what_is_there()


def count_what_is_there() -> None:
    """Until now, changes stood in the order in which they came: that is what their numbers say."""
    op.execute("UPDATE change SET clock = id")
    op.execute(
        "UPDATE person SET plan_clock = COALESCE("
        "(SELECT MAX(change.id) FROM change WHERE change.participant_id = person.id), 0)"
    )


def downgrade() -> None:
    op.drop_table("long_wait")
    op.drop_table("last_word")
    # What the older version does not know: receipts without a change, and changes that came late.
    op.execute("DELETE FROM receipt WHERE change_id IS NULL")
    op.execute("UPDATE change SET outcome = 'refused' WHERE outcome = 'overtaken'")
    op.execute("UPDATE history_entry SET event = 'refused' WHERE event = 'overtaken'")

    with op.batch_alter_table("receipt") as batch_op:
        batch_op.alter_column("change_id", existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("plan_clock")

    with op.batch_alter_table("change") as batch_op:
        batch_op.drop_column("device_id")
        batch_op.drop_column("clock")

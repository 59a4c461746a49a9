"""Reminders: what a person chose, their phones, and the messages that go out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("within_seconds", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "way", "outcome", "within_seconds", name=op.f("pk_delivery_count")
        ),
    )
    op.create_table(
        "heartbeat",
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "push_service",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_push_service")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("shows_titles", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("auth_secret", sa.String(), nullable=False),
        sa.Column("server_key", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_push_subscription_device_id_device")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_push_subscription_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("device_id", name=op.f("uq_push_subscription_device_id")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("push_subscription") as batch_op:
        batch_op.create_index(batch_op.f("ix_push_subscription_person_id"), ["person_id"])

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "reminder",
                "reminder_again",
                "proposal",
                "told",
                "help_answer",
                "help_request",
                "answer",
                "comment",
                "no_phone",
                "summary",
                "try",
                name="noticekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "accepted",
                "missed",
                "failed",
                "nowhere",
                "silent",
                name="noticestate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_notice_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_notice_device_id_device")
        ),
        sa.ForeignKeyConstraint(
            ["help_request_id"],
            ["help_request.id"],
            name=op.f("fk_notice_help_request_id_help_request"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_notice_participant_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_notice_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_change_id"), ["change_id"])
        batch_op.create_index(batch_op.f("ix_notice_device_id"), ["device_id"])
        batch_op.create_index(batch_op.f("ix_notice_help_request_id"), ["help_request_id"])
        batch_op.create_index(batch_op.f("ix_notice_participant_id"), ["participant_id"])
        batch_op.create_index(batch_op.f("ix_notice_person_id_due_at"), ["person_id", "due_at"])
        batch_op.create_index(
            "ix_notice_planned",
            ["next_try_at"],
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.create_index(batch_op.f("ix_notice_task_id"), ["task_id"])

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column(
            "way", sa.Enum("push", "mail", name="way", native_enum=False, length=30), nullable=False
        ),
        sa.Column("subscription_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "gone",
                "our_fault",
                "refused",
                "unreachable",
                name="sent",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "notice_id",
            "way",
            "subscription_id",
            name=op.f("uq_delivery_notice_id_way_subscription_id"),
        ),
    )
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column("reminders_on", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("reminders_paused", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column(
                "remind_all",
                sa.Enum("evening_before", "never", name="remindon", native_enum=False, length=30),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("remind_all_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("reminds_again", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("reminders_a_day", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "lock_screen",
                sa.Enum("neutral", "full", name="lockscreen", native_enum=False, length=30),
                nullable=False,
                server_default="neutral",
            )
        )
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("mail_to", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("remind_not_now_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("kept_zone", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("planned_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("no_phone_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_planned_until"), ["planned_until"])

    with op.batch_alter_table("device") as batch_op:
        batch_op.add_column(
            sa.Column("wants_messages", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(
            sa.Column(
                "remind_on",
                sa.Enum("evening_before", "never", name="remindon", native_enum=False, length=30),
                nullable=True,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("remind_on")

    with op.batch_alter_table("device") as batch_op:
        batch_op.drop_column("wants_messages")

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_planned_until"))
        batch_op.drop_column("no_phone_since")
        batch_op.drop_column("planned_until")
        batch_op.drop_column("kept_zone")
        batch_op.drop_column("remind_not_now_until")
        batch_op.drop_column("mail_to")
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("quiet_from")
        batch_op.drop_column("lock_screen")
        batch_op.drop_column("reminders_a_day")
        batch_op.drop_column("reminds_again")
        batch_op.drop_column("remind_all_minutes")
        batch_op.drop_column("remind_all")
        batch_op.drop_column("reminders_paused")
        batch_op.drop_column("reminders_on")

    op.drop_table("delivery")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_task_id"))
        batch_op.drop_index(
            "ix_notice_planned",
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.drop_index(batch_op.f("ix_notice_person_id_due_at"))
        batch_op.drop_index(batch_op.f("ix_notice_participant_id"))
        batch_op.drop_index(batch_op.f("ix_notice_help_request_id"))
        batch_op.drop_index(batch_op.f("ix_notice_device_id"))
        batch_op.drop_index(batch_op.f("ix_notice_change_id"))

    op.drop_table("notice")
    with op.batch_alter_table("push_subscription") as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_subscription_person_id"))

    op.drop_table("push_subscription")
    op.drop_table("calendar_feed")
    op.drop_table("push_service")
    op.drop_table("heartbeat")
    op.drop_table("delivery_count")

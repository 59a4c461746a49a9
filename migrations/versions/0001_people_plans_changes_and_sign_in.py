"""The first form: people, plans, changes and sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "participant",
                "coach",
                "mentor",
                "employer",
                "administrator",
                name="role",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "language",
            sa.Enum("fr", "en", name="language", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column(
            "region",
            sa.Enum("FR", "CA", "GB", name="region", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column(
            "pace",
            sa.Enum(
                "slower", "steady", "faster", "pause", name="pace", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("text_size", sa.Integer(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "system", "light", "dark", "contrast", name="theme", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "voice_speed",
            sa.Enum("slow", "normal", "fast", name="voicespeed", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column(
            "time_style",
            sa.Enum("words", "digits", name="timestyle", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "door",
            sa.Enum("code", "password", name="door", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("subject_hash", sa.String(), nullable=True),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_address_hash_tried_at"),
            ["address_hash", "tried_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_subject_hash"), ["subject_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_tried_at"), ["tried_at"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "applied",
                "proposed",
                "asked",
                "refused",
                name="outcome",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_change_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_change_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_change_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "android",
                "iphone",
                "tablet",
                "computer",
                "other",
                name="devicekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_person_id"), ["person_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_goal_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_goal_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "sign_in_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("shown", "sent", name="cardkind", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("link_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_sign_in_card_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_card_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_card")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sign_in_card_link_hash")),
    )
    with op.batch_alter_table("sign_in_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_card_code_hash"), ["code_hash"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sign_in_card_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sign_in_card_person_id"), ["person_id"], unique=False)

    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("supporter_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_support_participant_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["person.id"], name=op.f("fk_support_supporter_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_support_participant_id"), ["participant_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_support_supporter_id"), ["supporter_id"], unique=False)

    op.create_table(
        "history_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "applied",
                "proposed",
                "asked",
                "refused",
                name="outcome",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_history_entry_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_history_entry_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_history_entry_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_entry_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_history_entry_participant_id_happened_at"),
            ["participant_id", "happened_at"],
            unique=False,
        )

    op.create_table(
        "next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_next_step_goal_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    with op.batch_alter_table("next_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_next_step_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_receipt_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_receipt_change_id_change")
        ),
        sa.PrimaryKeyConstraint("actor_id", "client_id", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_change_id"), ["change_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_session_device_id_device")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_device_id"), ["device_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Time(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("repeat_rule", sa.String(), nullable=True),
        sa.Column("is_fixed_by_workplace", sa.Boolean(), nullable=False),
        sa.Column("remind_minutes_before", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_task_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_task_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_task_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("done", "later", "not_today", name="markstate", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("moved_time", sa.Time(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_mark_change_id_change")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_mark_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint("task_id", "day", name=op.f("uq_mark_task_id_day")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_change_id"), ["change_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_step_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_task_id"), ["task_id"], unique=False)

    op.create_table(
        "step_tick",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_tick_step_id_step")),
        sa.PrimaryKeyConstraint("step_id", "day", name=op.f("pk_step_tick")),
    )


def downgrade() -> None:
    op.drop_table("step_tick")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_task_id"))

    op.drop_table("step")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_change_id"))

    op.drop_table("mark")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_participant_id"))
        batch_op.drop_index(batch_op.f("ix_task_goal_id"))

    op.drop_table("task")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_device_id"))

    op.drop_table("session")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_change_id"))

    op.drop_table("receipt")
    with op.batch_alter_table("next_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_next_step_goal_id"))

    op.drop_table("next_step")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_entry_participant_id_happened_at"))
        batch_op.drop_index(batch_op.f("ix_history_entry_change_id"))
        batch_op.drop_index(batch_op.f("ix_history_entry_actor_id"))

    op.drop_table("history_entry")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_supporter_id"))
        batch_op.drop_index(batch_op.f("ix_support_participant_id"))

    op.drop_table("support")
    with op.batch_alter_table("sign_in_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_card_person_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_card_made_by_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_card_code_hash"))

    op.drop_table("sign_in_card")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_participant_id"))

    op.drop_table("goal")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_person_id"))

    op.drop_table("device")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_participant_id"))
        batch_op.drop_index(batch_op.f("ix_change_actor_id"))

    op.drop_table("change")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_tried_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_subject_hash"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_address_hash_tried_at"))

    op.drop_table("sign_in_attempt")
    op.drop_table("person")

"""Proposals and answers, the pace, goals that move on, calls for help, and steps with a risk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_draft_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_draft_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("owner_id", "participant_id", "form", name=op.f("pk_draft")),
    )
    op.create_table(
        "photo",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_photo_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_photo")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("is_first_plan", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_proposal_participant_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["person.id"], name=op.f("fk_proposal_proposer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_participant_id"), ["participant_id"])
        batch_op.create_index(batch_op.f("ix_proposal_proposer_id"), ["proposer_id"])

    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "not_understood",
                "not_found",
                "late",
                "not_nice",
                "unwell",
                "something_else",
                "talk",
                "fixed_time",
                "problem",
                name="helpreason",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("about_change_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_change_id"], ["change.id"], name=op.f("fk_help_request_about_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_help_request_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_help_request_participant_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["person.id"], name=op.f("fk_help_request_seen_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_help_request_task_id_task")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["person.id"], name=op.f("fk_help_request_to_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_about_change_id"), ["about_change_id"])
        batch_op.create_index(batch_op.f("ix_help_request_change_id"), ["change_id"])
        batch_op.create_index(batch_op.f("ix_help_request_participant_id"), ["participant_id"])
        batch_op.create_index(batch_op.f("ix_help_request_seen_by_id"), ["seen_by_id"])
        batch_op.create_index(batch_op.f("ix_help_request_task_id"), ["task_id"])
        batch_op.create_index(batch_op.f("ix_help_request_to_id"), ["to_id"])

    op.create_table(
        "risk_plan",
        sa.Column("next_step_id", sa.Integer(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=True),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum("try", "smaller", "not_now", name="decision", native_enum=False, length=30),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feeling_after", sa.Integer(), nullable=True),
        sa.Column(
            "look_back",
            sa.Enum("again", "differently", name="lookback", native_enum=False, length=30),
            nullable=True,
        ),
        sa.Column("looked_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["next_step_id"], ["next_step.id"], name=op.f("fk_risk_plan_next_step_id_next_step")
        ),
        sa.ForeignKeyConstraint(["who_id"], ["person.id"], name=op.f("fk_risk_plan_who_id_person")),
        sa.PrimaryKeyConstraint("next_step_id", name=op.f("pk_risk_plan")),
    )
    with op.batch_alter_table("risk_plan") as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_plan_who_id"), ["who_id"])

    op.create_table(
        "risk_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("next_step_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("well", sa.JSON(), nullable=False),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("feeling", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_risk_view_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["next_step_id"], ["next_step.id"], name=op.f("fk_risk_view_next_step_id_next_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_view")),
        sa.UniqueConstraint(
            "next_step_id", "author_id", name=op.f("uq_risk_view_next_step_id_author_id")
        ),
    )
    with op.batch_alter_table("risk_view") as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_view_author_id"), ["author_id"])

    op.create_table(
        "help_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("comes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_help_answer_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["help_request.id"], name=op.f("fk_help_answer_request_id_help_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_answer")),
    )
    with op.batch_alter_table("help_answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_help_answer_author_id"), ["author_id"])
        batch_op.create_index(batch_op.f("ix_help_answer_request_id"), ["request_id"])

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_follow_up_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_follow_up_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["person.id"], name=op.f("fk_follow_up_participant_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_change_id"), ["change_id"])
        batch_op.create_index(batch_op.f("ix_follow_up_checked_by_id"), ["checked_by_id"])
        batch_op.create_index(batch_op.f("ix_follow_up_participant_id"), ["participant_id"])

    op.create_table(
        "follow_up_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_follow_up_comment_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=op.f("fk_follow_up_comment_follow_up_id_follow_up"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_comment")),
    )
    with op.batch_alter_table("follow_up_comment") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_comment_author_id"), ["author_id"])
        batch_op.create_index(batch_op.f("ix_follow_up_comment_follow_up_id"), ["follow_up_id"])

    with op.batch_alter_table("change") as batch_op:
        batch_op.add_column(
            sa.Column("why", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
        batch_op.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "answer",
                sa.Enum(
                    "yes", "not_now", "no", "talk", name="answer", native_enum=False, length=30
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("comes_back_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("person_is_told", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_change_proposal_id"), ["proposal_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_change_proposal_id_proposal"), "proposal", ["proposal_id"], ["id"]
        )

    with op.batch_alter_table("goal") as batch_op:
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "open", "reached", "let_go", name="goalstate", native_enum=False, length=30
                ),
                nullable=False,
                server_default="open",
            )
        )
        batch_op.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_goal_change_id"), ["change_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_goal_change_id_change"), "change", ["change_id"], ["id"]
        )

    with op.batch_alter_table("next_step") as batch_op:
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "open",
                    "chosen",
                    "later",
                    "not_this",
                    "done",
                    name="nextstepstate",
                    native_enum=False,
                    length=30,
                ),
                nullable=False,
                server_default="open",
            )
        )
        batch_op.add_column(sa.Column("state_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("could_go_wrong", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_next_step_change_id"), ["change_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_next_step_change_id_change"), "change", ["change_id"], ["id"]
        )

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column("paces", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(
            sa.Column(
                "agreed_pace",
                sa.Enum(
                    "slower", "steady", "faster", "pause", name="pace", native_enum=False, length=30
                ),
                nullable=False,
                server_default="steady",
            )
        )
        batch_op.add_column(sa.Column("answers_on", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("answers_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("answers_until", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("step") as batch_op:
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(
            sa.Column("earlier", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(sa.Column("agreed", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_task_change_id"), ["change_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_task_change_id_change"), "change", ["change_id"], ["id"]
        )

    # Who was here before this form existed has a plan that counts.
    op.execute("UPDATE person SET welcomed_at = created_at, agreed_pace = pace")


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_change_id_change"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_task_change_id"))
        batch_op.drop_column("removed_at")
        batch_op.drop_column("change_id")
        batch_op.drop_column("stopped_on")
        batch_op.drop_column("agreed")
        batch_op.drop_column("earlier")

    with op.batch_alter_table("step") as batch_op:
        batch_op.drop_column("removed_at")

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("welcomed_at")
        batch_op.drop_column("answers_until")
        batch_op.drop_column("answers_from")
        batch_op.drop_column("answers_on")
        batch_op.drop_column("agreed_pace")
        batch_op.drop_column("paces")

    with op.batch_alter_table("next_step") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_next_step_change_id_change"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_next_step_change_id"))
        batch_op.drop_column("removed_at")
        batch_op.drop_column("change_id")
        batch_op.drop_column("could_go_wrong")
        batch_op.drop_column("state_since")
        batch_op.drop_column("state")

    with op.batch_alter_table("goal") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_goal_change_id_change"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_goal_change_id"))
        batch_op.drop_column("removed_at")
        batch_op.drop_column("change_id")
        batch_op.drop_column("state")

    with op.batch_alter_table("change") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_change_proposal_id_proposal"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_change_proposal_id"))
        batch_op.drop_column("noticed_at")
        batch_op.drop_column("person_is_told")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("comes_back_on")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer")
        batch_op.drop_column("proposal_id")
        batch_op.drop_column("why")

    with op.batch_alter_table("help_answer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_answer_request_id"))
        batch_op.drop_index(batch_op.f("ix_help_answer_author_id"))

    op.drop_table("help_answer")
    with op.batch_alter_table("risk_view") as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_view_author_id"))

    op.drop_table("risk_view")
    with op.batch_alter_table("risk_plan") as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_plan_who_id"))

    op.drop_table("risk_plan")
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_request_to_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_task_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_seen_by_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_participant_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_change_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_about_change_id"))

    op.drop_table("help_request")
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_proposer_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_participant_id"))

    with op.batch_alter_table("follow_up_comment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_comment_follow_up_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_comment_author_id"))

    op.drop_table("follow_up_comment")
    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_participant_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_checked_by_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_change_id"))

    op.drop_table("follow_up")
    op.drop_table("proposal")
    op.drop_table("photo")
    op.drop_table("draft")

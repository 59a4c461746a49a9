"""Messages that go out to people: each is planned, handed over once, and its outcome is kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, stored_enum
from webapp.models.change import Change
from webapp.models.help import HelpRequest
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.models.sign_in import Device


class NoticeKind(StrEnum):
    """What a notice tells. The first five go to a participant, the next four to their team."""

    REMINDER = "reminder"
    REMINDER_AGAIN = "reminder_again"
    PROPOSAL = "proposal"
    TOLD = "told"
    HELP_ANSWER = "help_answer"
    HELP_REQUEST = "help_request"
    ANSWER = "answer"
    COMMENT = "comment"
    NO_PHONE = "no_phone"
    SUMMARY = "summary"
    TRY = "try"

    @property
    def is_reminder(self) -> bool:
        """Say whether it speaks of a task at a time that the person asked for."""
        return self in (NoticeKind.REMINDER, NoticeKind.REMINDER_AGAIN)


class NoticeState(StrEnum):
    """Where a notice stands. Nobody claims that it was read: push services do not say so.

    `accepted` means that a push or mail service took it; `missed` that its moment had passed
    before it could go; `failed` that every way was closed; `nowhere` that the person has no
    phone and no e-mail for it; `silent` that a pause kept it back.
    """

    PLANNED = "planned"
    ACCEPTED = "accepted"
    MISSED = "missed"
    FAILED = "failed"
    NOWHERE = "nowhere"
    SILENT = "silent"


class PushSubscription(Base):
    """Where a push service takes messages for one browser. Its address is a secret of its owner.

    `server_key` is the public key that it was made for: another one of ours cannot use it.
    `checked_on` is the last day on which the browser said that it still has it.
    """

    __tablename__ = "push_subscription"
    # No number is given twice: what became of a message on a phone must not stand for another.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey(Device.id), unique=True)
    endpoint: Mapped[str] = mapped_column(Text, unique=True)
    public_key: Mapped[str]
    auth_secret: Mapped[str]
    server_key: Mapped[str]
    added_at: Mapped[datetime]
    checked_on: Mapped[date]


class Notice(Base):
    """One message to one person. It is written in the transaction that causes it.

    `key` says what it is about, so that it exists once. It is worth sending from `due_at` until
    `useful_until`. Whoever sends takes it by moving `next_try_at` ahead, under a `claim` of their
    own: where they die, it falls due again. `device_id` is the only device that it is for.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_planned",
            "next_try_at",
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index(None, "person_id", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    kind: Mapped[NoticeKind] = mapped_column(stored_enum(NoticeKind))
    key: Mapped[str] = mapped_column(unique=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey(Task.id), index=True)
    day: Mapped[date | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey(HelpRequest.id), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey(Device.id), index=True)
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(
        stored_enum(NoticeState), default=NoticeState.PLANNED
    )
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None]
    settled_at: Mapped[datetime | None]


IS_PLANNED = Notice.__table__.c.state == literal_column("'planned'")
"""That a notice waits, written out: so both databases see that their index answers it."""


class Way(StrEnum):
    """How a notice goes out."""

    PUSH = "push"
    MAIL = "mail"


class Sent(StrEnum):
    """What became of a notice on one way to one device.

    `accepted`: the service took it. `gone`: the phone is not there any more, and was removed.
    `our_fault`: the service refused our key. `refused`: it refused the message itself.
    `unreachable`: it did not answer as long as the notice was of use.
    """

    ACCEPTED = "accepted"
    GONE = "gone"
    OUR_FAULT = "our_fault"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Delivery(Base):
    """The end of one notice on one way; `subscription_id` is none for an e-mail.

    The subscription itself may be gone by then.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("notice_id", "way", "subscription_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id))
    way: Mapped[Way] = mapped_column(stored_enum(Way))
    subscription_id: Mapped[int | None]
    outcome: Mapped[Sent] = mapped_column(stored_enum(Sent))
    settled_at: Mapped[datetime]


class DeliveryCount(Base):
    """How many notices ended how on a day (UTC), without names and content; kept for ever.

    `within_seconds` is the smallest of 10, 60 and 3600 that the delay since they were due did
    not pass; 0 where there is none: it was later, or never went.
    """

    __tablename__ = "delivery_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    within_seconds: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class PushService(Base):
    """A push service that asked us to wait, or refused our key.

    `refused_at` stays until it accepts something again; meanwhile somebody must look.
    """

    __tablename__ = "push_service"

    host: Mapped[str] = mapped_column(primary_key=True)
    waits_until: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    status: Mapped[int | None]


class Heartbeat(Base):
    """A reminders process that is alive, or was."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    beat_at: Mapped[datetime]


class CalendarFeed(Base):
    """A person's calendar under a secret address, which is worked out from `nonce` and our key."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    shows_titles: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]

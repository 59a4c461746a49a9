"""Sign-in cards, the devices that are signed in, their sessions, and attempts to guess."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.person import Person


class CardKind(StrEnum):
    """How a sign-in card reaches the person: shown face to face, or sent."""

    SHOWN = "shown"
    SENT = "sent"


class SignInCard(Base):
    """A way in that works once. Its link and code are worked out from `nonce` and the secret key.

    Whoever reads only the database can therefore not sign in. `used_by_hash` knows the browser
    that used it again, where the answer was lost on its way.
    """

    __tablename__ = "sign_in_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    kind: Mapped[CardKind] = mapped_column(stored_enum(CardKind))
    nonce: Mapped[str]
    link_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None] = mapped_column(index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_hash: Mapped[str | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)


class DeviceKind(StrEnum):
    """What a device looks like, so that its owner knows it in a list."""

    ANDROID = "android"
    IPHONE = "iphone"
    TABLET = "tablet"
    COMPUTER = "computer"
    OTHER = "other"

    @property
    def is_phone(self) -> bool:
        """Say whether its owner would call it a phone."""
        return self in (DeviceKind.ANDROID, DeviceKind.IPHONE)


class Device(Base):
    """One browser of one person. `wants_messages` says that they asked for messages there.

    `promises_to_keep` says whether the browser promised to keep what waits there; None where it
    did not say. On `late_on` something came that had waited there for more than a day. `is_stuck`
    says whether something stands there that could not be done; None where nobody has told.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    kind: Mapped[DeviceKind] = mapped_column(stored_enum(DeviceKind))
    added_at: Mapped[datetime]
    wants_messages: Mapped[bool] = mapped_column(default=False)
    promises_to_keep: Mapped[bool | None]
    late_on: Mapped[date | None]
    is_stuck: Mapped[bool | None]

    person: Mapped[Person] = relationship()


class Session(Base):
    """A time during which a device is signed in. Only the hash of its token is kept."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey(Device.id), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    device: Mapped[Device] = relationship()


class Door(StrEnum):
    """Where somebody may try to guess their way in."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - the name of a door, not a password


class SignInAttempt(Base):
    """One try at a door. Addresses and e-mail addresses are kept as keyed hashes only."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index(None, "address_hash", "tried_at"),
        Index(None, "subject_hash"),
        Index(None, "tried_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[Door] = mapped_column(stored_enum(Door))
    address_hash: Mapped[str]
    subject_hash: Mapped[str | None]
    succeeded: Mapped[bool]
    tried_at: Mapped[datetime]

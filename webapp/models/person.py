"""People, what they chose for their screens, and who stands beside whom."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum


class Role(StrEnum):
    """What a person is here for. One person has one role."""

    PARTICIPANT = "participant"
    COACH = "coach"
    MENTOR = "mentor"
    EMPLOYER = "employer"
    ADMINISTRATOR = "administrator"


class Language(StrEnum):
    """The languages of the screens."""

    FR = "fr"
    EN = "en"


class Region(StrEnum):
    """Where the words are read: it decides on dates, spaces and some words."""

    FR = "FR"
    CA = "CA"
    GB = "GB"


class Pace(StrEnum):
    """How much comes, how fast: chosen by the person."""

    SLOWER = "slower"
    STEADY = "steady"
    FASTER = "faster"
    PAUSE = "pause"


class Theme(StrEnum):
    """The colours of the screens; `system` follows the phone."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class RemindOn(StrEnum):
    """What a person may choose about a reminder instead of a number of minutes before."""

    EVENING_BEFORE = "evening_before"
    NEVER = "never"


class LockScreen(StrEnum):
    """What a message shows while the phone is locked."""

    NEUTRAL = "neutral"
    FULL = "full"


class VoiceSpeed(StrEnum):
    """How fast the texts are read aloud."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


class TimeStyle(StrEnum):
    """How a time is written: "9 heures 30 du matin" or "9:30"."""

    WORDS = "words"
    DIGITS = "digits"


TEXT_SIZES = (20, 24, 28, 32)
"""The sizes of the body text, in CSS pixels, that a person may choose from."""


class Person(Base):
    """Somebody who may sign in. Never anything about a diagnosis or a disability.

    `paces` are the steps of the pace in time, as pairs of a day and a pace: each counts from its
    day on. `agreed_pace` is the one at which the plan was agreed. `welcomed_at` is when the
    person answered their first plan, or began without one. `answers_on` are the weekdays
    (RFC 5545: "MO,TU") on which a member of staff answers, between two times of their own clock.

    `reminders_on` is their own "Remind me". `remind_all` and `remind_all_minutes` count for every
    task that has no choice of its own. `quiet_from` and `quiet_until` are wall-clock times.
    `mail_to` is an e-mail address for messages, where they want them there too. `kept_zone` is a
    time zone that their phone was in and that they did not want. `planned_until` is how far their
    reminders are planned, `no_phone_since` since when no message can reach them.

    `plan_clock` counts the changes of their plan: it orders what is said on several phones, whose
    own clocks may be wrong.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    language: Mapped[Language] = mapped_column(stored_enum(Language))
    region: Mapped[Region] = mapped_column(stored_enum(Region))
    time_zone: Mapped[str]
    pace: Mapped[Pace] = mapped_column(stored_enum(Pace), default=Pace.STEADY)
    paces: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    agreed_pace: Mapped[Pace] = mapped_column(stored_enum(Pace), default=Pace.STEADY)
    telephone: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    text_size: Mapped[int] = mapped_column(default=TEXT_SIZES[0])
    theme: Mapped[Theme] = mapped_column(stored_enum(Theme), default=Theme.SYSTEM)
    voice_speed: Mapped[VoiceSpeed] = mapped_column(
        stored_enum(VoiceSpeed), default=VoiceSpeed.NORMAL
    )
    time_style: Mapped[TimeStyle] = mapped_column(stored_enum(TimeStyle), default=TimeStyle.WORDS)
    answers_on: Mapped[str | None]
    answers_from: Mapped[time | None]
    answers_until: Mapped[time | None]
    reminders_on: Mapped[bool] = mapped_column(default=False)
    reminders_paused: Mapped[bool] = mapped_column(default=False)
    remind_all: Mapped[RemindOn | None] = mapped_column(stored_enum(RemindOn))
    remind_all_minutes: Mapped[int | None]
    reminds_again: Mapped[bool] = mapped_column(default=False)
    reminders_a_day: Mapped[int | None]
    lock_screen: Mapped[LockScreen] = mapped_column(
        stored_enum(LockScreen), default=LockScreen.NEUTRAL
    )
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    mail_to: Mapped[str | None]
    remind_not_now_until: Mapped[date | None]
    kept_zone: Mapped[str | None]
    planned_until: Mapped[datetime | None] = mapped_column(index=True)
    no_phone_since: Mapped[datetime | None]
    plan_clock: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    welcomed_at: Mapped[datetime | None]

    @property
    def is_participant(self) -> bool:
        """Say whether this person has a plan."""
        return self.role is Role.PARTICIPANT


class Support(Base):
    """Somebody stands beside a participant, from an instant until another."""

    __tablename__ = "support"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    supporter_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    participant: Mapped[Person] = relationship(foreign_keys=participant_id)
    supporter: Mapped[Person] = relationship(foreign_keys=supporter_id)

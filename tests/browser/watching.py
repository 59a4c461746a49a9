"""What the browser tests show of messages that went out, and of phones that need a look."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import update

from tests.browser.stage import MONDAY, NOW, Household, Stage
from webapp.models.notice import DeliveryCount, PushService, Sent, Way
from webapp.models.person import Person
from webapp.models.sign_in import Device

HOST = "updates.push.services.mozilla.com"
ENDS = {
    0: {(Way.PUSH, Sent.ACCEPTED): 1204, (Way.MAIL, Sent.ACCEPTED): 12, (Way.PUSH, Sent.GONE): 3},
    1: {(Way.PUSH, Sent.ACCEPTED): 980, (Way.PUSH, Sent.UNREACHABLE): 2},
}
"""How many messages ended how, by days ago."""


def numbers(page: Page, home: Household, stage: Stage) -> None:
    """Let messages have gone out, one service refuse our key, and somebody have no phone."""
    with stage.database.transaction() as session:
        for ago, ends in ENDS.items():
            for (way, outcome), count in ends.items():
                key = {"day": MONDAY - timedelta(days=ago), "way": way, "outcome": outcome}
                session.merge(DeliveryCount(**key, within_seconds=10, count=count))
        session.merge(PushService(host=HOST, refused_at=NOW, status=403))
    phone_gone(page, home, stage)


def phone_gone(page: Page, home: Household, stage: Stage) -> None:
    """Let reminders not reach somebody for 3 days, and see the page; then all is as before."""
    wants = {"reminders_on": True, "no_phone_since": NOW - timedelta(days=3)}
    with stage.database.session(reading=True) as session:
        person = session.get_one(Person, home.empty)
        before = {name: getattr(person, name) for name in wants}
    stage.choose(home.empty, **wants)
    page.reload()
    stage.choose(home.empty, **before)


def came_late(page: Page, home: Household, stage: Stage) -> None:
    """Let something have come late from a phone, and see the page; then all is as before."""
    _phones_tell(page, stage, home.empty, late_on=MONDAY)


def may_lose(page: Page, home: Household, stage: Stage) -> None:
    """Let a phone not have promised to keep what waits."""
    _phones_tell(page, stage, home.empty, promises_to_keep=False)


def stuck(page: Page, home: Household, stage: Stage) -> None:
    """Let something stand on a phone that could not be done."""
    _phones_tell(page, stage, home.empty, is_stuck=True)


def own_phone(page: Page, home: Household, stage: Stage) -> None:
    """Let all of it be so for somebody who looks at the phone in their hand."""
    told = {"late_on": MONDAY, "promises_to_keep": False, "is_stuck": True}
    _phones_tell(page, stage, home.paused, **told)


def _phones_tell(page: Page, stage: Stage, person: int, **told: Any) -> None:
    cookie = stage.cookie(person)
    of_theirs = update(Device).where(Device.person_id == person)
    with stage.database.transaction() as session:
        session.execute(of_theirs.values(**told))
    page.reload()
    with stage.database.transaction() as session:
        session.execute(of_theirs.values(dict.fromkeys(told)))
    stage.sign_off(cookie)

"""What the browser tests show of the messages that went out, and of a phone that is gone."""

from datetime import timedelta

from playwright.sync_api import Page

from tests.browser.stage import MONDAY, NOW, Household, Stage
from webapp.models.notice import DeliveryCount, PushService, Sent, Way
from webapp.models.person import Person

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

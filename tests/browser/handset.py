"""A phone that may show messages: what it supposes, what the server knows of it, what comes."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page, Worker
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.kept_phone import TOO_LONG
from tests.browser.stage import NOW, Stage
from tests.views.phones import AUTH, P256DH
from webapp.domain import subscriptions
from webapp.domain.subscriptions import Address
from webapp.models.sign_in import Device

REMINDERS = "/me/reminders"
PERMISSION = "value => Object.defineProperty(Notification, 'permission', {get: () => value})"
ANSWER = "value => { Notification.requestPermission = async () => value; }"
WATCH = """what => {
  const post = ServiceWorker.prototype.postMessage;
  ServiceWorker.prototype.postMessage = function (said, ...more) {
    window.isCalled ||= said.ask === what || undefined;
    return post.call(this, said, ...more);
  };
}"""
NO_PUSH = "name => { delete window[name]; }"
AGENT = "agent => Object.defineProperty(navigator, 'userAgent', {get: () => agent})"
REGISTER = "() => navigator.serviceWorker.register('/service-worker.js').then(() => null)"
READY = "() => navigator.serviceWorker.ready.then(() => null)"
NO_REPAIR = "() => { ServiceWorker.prototype.postMessage = () => {}; }"
"""The browser of the tests has no push service: it can make no address of its own."""
COUNT = """() => {
  const show = registration.showNotification;
  self.shownSoFar = 0;
  registration.showNotification = async function (...details) {
    await show.apply(this, details);
    self.shownSoFar += 1;
  };
}"""
HAS_SHOWN = f"""(wanted) => Promise.race([{TOO_LONG}, new Promise((end) => {{
  const look = () => (self.shownSoFar < wanted ? setTimeout(look) : end());
  look();
}})])"""


def message(title: str, notice: int = 0) -> dict[str, object]:
    """Return a message as the server sends it."""
    told = {"title": title, "lang": "en", "navigate": "/today", "data": {"notice": notice}}
    return {"web_push": 8030, "notification": told}


@dataclass
class Handset:
    """A phone of somebody new, with the tools of its browser."""

    stage: Stage
    page: Page
    person: int

    def choose(self, **values: object) -> None:
        """Change what the person has chosen."""
        self.stage.choose(self.person, **values)

    def supposes(self, script: str, value: str) -> None:
        """Let every page suppose something of the phone."""
        self.page.add_init_script(f"({script})({json.dumps(value)})")

    def is_known(self) -> None:
        """Let the server know where the phone takes messages, as if it had said so."""
        with self.stage.database.transaction() as session:
            device = self._device(session)
            endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/{device.id}"
            subscriptions.save(session, device, Address(endpoint, P256DH, AUTH, "key"), NOW)

    def refuses(self) -> None:
        """Let it be that the person wanted no messages on this phone any more."""
        with self.stage.database.transaction() as session:
            self._device(session).wants_messages = False

    def _device(self, session: Session) -> Device:
        newest = select(Device).where(Device.person_id == self.person).order_by(Device.id.desc())
        device = session.scalars(newest).first()
        assert device
        return device

    def open(self, path: str = REMINDERS) -> Page:
        """Open a page."""
        self.page.goto(path)
        return self.page

    def receives(self, message: dict[str, object] | str) -> None:
        """Let the browser hand a message to the worker, as if it had come from outside."""
        tools = self.page.context.new_cdp_session(self.page)
        registered: list[str] = []

        def note(event: dict[str, list[dict[str, str]]]) -> None:
            registered.extend(each["registrationId"] for each in event["registrations"])

        tools.on("ServiceWorker.workerRegistrationUpdated", note)
        tools.send("ServiceWorker.enable")
        self.page.evaluate(READY)
        assert registered
        text = message if isinstance(message, str) else json.dumps(message)
        to = {"origin": self.stage.url, "registrationId": registered[-1], "data": text}
        tools.send("ServiceWorker.deliverPushMessage", to)

    def worker(self) -> Worker:
        """Return the worker, which counts from now on what it has shown."""
        self.page.evaluate(REGISTER)
        self.page.evaluate(READY)
        [worker] = self.page.context.service_workers
        worker.evaluate(COUNT)
        return worker

    def shown(self, worker: Worker, count: int) -> list[str]:
        """Return the titles of the messages that the phone shows, once the worker has shown them.

        Chromium forgets a message that it is asked for while it shows it: it is asked but once.
        """
        worker.evaluate(HAS_SHOWN, count)
        titles: list[str] = self.page.evaluate(
            "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
            ".map(({title}) => title)"
        )
        return titles

"""What stands around the app in one test: a push service, our sender, and phones of people."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import TypeVar

from flask import Flask, Response, request, request_finished, request_started
from playwright.sync_api import Error, Page, Playwright, expect
from sqlalchemy import delete, select

from tests.browser.gestures import button
from tests.browser.stage import NOW, Stage
from tests.browser.words import WORDS as WORDS_OF_PAGES
from tests.push.certificate import Certificate
from tests.push.desktop import desktop
from tests.push.google import HOSTS, google
from tests.push.handset import Handset, Launch, chromium, firefox
from tests.push.mozilla import mozilla
from tests.push.post_office import PostOffice, encoded
from tests.push.watched import Watched
from tests.push.words import WORDS, Words
from webapp.jobs.flow import run_round
from webapp.jobs.office import Office
from webapp.models.notice import Delivery, Notice, NoticeState, PushSubscription
from webapp.models.person import Language
from webapp.models.plan import Task
from webapp.web.pushing import Pushing
from webapp.webpush import Guard, Letter, Result, Sender, Target, public_key

T = TypeVar("T")
FIREFOX, CHROMIUM = "firefox", "chromium"
LANGUAGES = {FIREFOX: "fr", CHROMIUM: "en"}
"""Each browser is read in one language, so that both are."""
SAVED = "/me/reminders/phone"
"""Where a browser tells the app its address."""
A_WHILE_SECONDS = 1.0
SUBJECT = "mailto:somebody@example.org"


def go(page: Page, path: str) -> None:
    """Open a page; Firefox may begin that anew by itself when the worker has just come."""
    try:
        page.goto(path)
    except Error as error:
        if "interrupted by another navigation" not in str(error):
            raise
        page.wait_for_url(f"**{path}")


@dataclass(frozen=True)
class Service:
    """A push service that runs: how its browser is started, how our sender gets there."""

    office: PostOffice
    launch: Launch
    authority: Path
    connect: dict[str, str] = field(default_factory=dict)


@contextmanager
def service_of(
    kind: str, certificate: Certificate, now: Callable[[], datetime]
) -> Iterator[Service]:
    """Run the push service of a kind of browser."""
    if kind == FIREFOX:
        with mozilla(now) as (office, address):
            yield Service(office, firefox(address), certificate.authority)
    else:
        with google(certificate, now) as (office, ports):
            launch = chromium(ports, certificate.fingerprint)
            connect = {host: f"127.0.0.1:{ports['posted']}" for host in HOSTS}
            yield Service(office, launch, certificate.authority, connect)


@dataclass(frozen=True)
class Due:
    """A reminder that has gone out, and the task that it speaks of."""

    notice: int
    task: int
    day: date
    title: str

    @property
    def address(self) -> re.Pattern[str]:
        """Return what the address of its page ends with."""
        return re.compile(f"/tasks/{self.task}/{self.day}$")


@dataclass
class Outside:
    """The outside of the app for one test with one kind of browser."""

    kind: str
    stage: Stage = field(repr=False)
    playwright: Playwright = field(repr=False)
    service: Service
    folder: Path = field(repr=False)
    closing: ExitStack = field(repr=False)
    sending: Office = field(init=False, repr=False)
    handsets: list[Handset] = field(default_factory=list, repr=False)
    answered: list[tuple[str, int]] = field(default_factory=list, repr=False)
    requests: Watched = field(default_factory=Watched, repr=False)

    @property
    def language(self) -> str:
        """Return the language that is read in this browser."""
        return LANGUAGES[self.kind]

    @property
    def words(self) -> Words:
        """Return what is read and pressed in that language."""
        return WORDS[self.language]

    def newcomer(self) -> int:
        """Make a person with a plan of their own."""
        return self.stage.newcomer(Language(self.language))

    def phone(self, person: int) -> tuple[Handset, Page]:
        """Give a person a new phone, on which they sign in with a card."""
        folder = self.folder / f"phone-{len(self.handsets)}"
        folder.mkdir()
        screen = self.closing.enter_context(desktop(folder))
        launch, profile = self.service.launch, folder / "profile"
        handset = Handset(self.playwright, launch, screen, profile, self.stage.url, self.language)
        self.handsets.append(handset)
        page = handset.start()
        page.goto(self.stage.card(person)[0])
        button(page, WORDS_OF_PAGES[self.language].its_me).click()
        page.wait_for_url(re.compile("/today$"))
        return handset, page

    def remind_me(self, page: Page) -> None:
        """Ask for reminders on a phone, as a person does.

        The page that follows compares at once what the browser has with what the app knows: a test
        goes on when that is over, so that it knows what it meets.
        """
        before = len(self.answers(SAVED))
        go(page, "/me/reminders")
        switch = page.locator("push-switch")
        expect(switch).to_have_attribute("data-state", "ready")
        switch.get_by_role("button", name=self.words.remind_me).click()
        expect(switch).to_have_attribute("data-state", "here")
        self.until_answered(lambda: len(self.answers(SAVED)) >= before + 2, "the comparison")

    def send_as(self, key: str) -> None:
        """Let our sender sign with this key from now on."""
        service, clock = self.service, self.stage.clock
        guard = Guard(tuple(HOSTS), to_loopback=True)
        connect, trusted = service.connect, service.authority
        sender = Sender(key, SUBJECT, guard, now=clock, connect=connect, ca_file=trusted)
        self.closing.enter_context(sender)
        stage = self.stage
        self.sending = Office(stage.database, stage.url, public_key(key), sender, clock=clock)

    def send(self) -> None:
        """Let our sender send what is due."""
        run_round(self.sending)

    def next_reminder(self, person: int, title: str | None = None) -> Due:
        """Let time pass until a person's next reminder, or that of a task, and send it alone."""
        planned = (Notice.person_id == person) & (Notice.state == NoticeState.PLANNED)
        with self.stage.database.transaction() as session:
            for notice in session.scalars(select(Notice).where(planned).order_by(Notice.due_at)):
                due = self._due(session.get_one(Task, notice.task_id), notice)
                self.stage.clock.now = notice.due_at
                if title in (None, due.title):
                    break
                notice.state = NoticeState.SILENT
        self.send()
        return due

    def _due(self, task: Task, notice: Notice) -> Due:
        assert notice.day
        return Due(notice.id, task.id, notice.day, getattr(task.title, self.language))

    def send_again(self, due: Due) -> None:
        """Send once more what went out, as after a sender that died before it could write so."""
        with self.stage.database.transaction() as session:
            notice = session.get_one(Notice, due.notice)
            notice.state, notice.next_try_at = NoticeState.PLANNED, self.stage.clock.now
            session.execute(delete(Delivery).where(Delivery.notice_id == due.notice))
        self.send()

    def send_octets(self, person: int, payload: bytes) -> None:
        """Send whatever to a person's phones, encrypted and signed, past all that writes words."""
        wanted = select(PushSubscription).where(PushSubscription.person_id == person)
        with self.stage.database.session(reading=True) as session:
            rows = session.scalars(wanted).all()
        targets = [Target(row.endpoint, row.public_key, row.auth_secret) for row in rows]
        letters = [Letter(target, payload, 60, "high", "whatever") for target in targets]
        replies = [reply.result for _letter, reply in self.sending.sender.send(letters)]
        assert replies == [Result.ACCEPTED] * len(rows)

    def take_another_key(self) -> None:
        """Let the app and our sender have another key, as after a move that lost the first."""
        key = encoded(secrets.token_bytes(32))
        extensions = self.stage.app.extensions
        before: Pushing = extensions["pushing"]
        self.closing.callback(extensions.update, pushing=before)
        extensions["pushing"] = replace(before, server_key=public_key(key))
        self.send_as(key)

    def endpoints(self, person: int) -> list[str]:
        """Return where the app sends a person's messages."""
        wanted = select(PushSubscription.endpoint).where(PushSubscription.person_id == person)
        with self.stage.database.session(reading=True) as session:
            return list(session.scalars(wanted))

    def answers(self, path: str) -> list[int]:
        """Return how the app has answered the requests for an address so far."""
        return [status for asked, status in self.answered if asked == path]

    @contextmanager
    def overtaking(self, path: str) -> Iterator[Event]:
        """Let the first request for an address wait a while, so that another can overtake it.

        The event tells when it waits.
        """
        is_held = Event()

        def wait(_app: Flask) -> None:
            if request.path == path and not is_held.is_set():
                is_held.set()
                with self.requests.lock:
                    self.requests.lock.wait_for(lambda: self.answers(path), A_WHILE_SECONDS)

        with request_started.connected_to(wait, self.stage.app):
            yield is_held

    def until_answered(self, look: Callable[[], T], what: str) -> T:
        """Return what `look` finds, as soon as a request to the app has brought it about."""
        return self.requests.until(look, what)


@contextmanager
def watching(outside: Outside) -> Iterator[Outside]:
    """Wake who waits for the app after each request; clean up afterwards."""

    def answered(_app: Flask, response: Response) -> None:
        with outside.requests.lock:
            outside.answered.append((request.path, response.status_code))
            outside.requests.changed()

    request_finished.connect(answered, outside.stage.app)
    try:
        yield outside
    finally:
        request_finished.disconnect(answered, outside.stage.app)
        for handset in outside.handsets:
            handset.close()
        outside.stage.clock.now = NOW
        with outside.stage.database.transaction() as session:
            session.execute(delete(PushSubscription))

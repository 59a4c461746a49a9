"""Tells a story of two people in the browser: a participant and their coach, each on a phone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, link
from tests.browser.stage import MONDAY, NOW, PLANS, SAMPLES, Stage
from webapp.domain import plans
from webapp.models.person import Language, Person

TOMORROW = MONDAY + timedelta(days=1)
NEXT_MONDAY = MONDAY + timedelta(days=7)
COACH = "Camille"
ANSWERS = {
    "fr": {"yes": "Oui", "not_now": "Pas maintenant", "no": "Non", "talk": "On en parle"},
    "en": {"yes": "Yes", "not_now": "Not now", "no": "No", "talk": "Let's talk"},
}
PROPOSE = {"fr": "Proposer un changement", "en": "Propose a change"}

SAID: dict[str, dict[str, tuple[str, str]]] = {
    "fr": {
        "done": ("Vous avez dit : c'est fait.", "{} a dit : c'est fait."),
        "proposes": ("Vous proposez cela.", "{} propose cela."),
        "yes": ("Vous avez dit : oui.", "{} a dit : oui."),
        "not_now": ("Vous avez dit : pas maintenant.", "{} a dit : pas maintenant."),
        "no": ("Vous avez dit : non.", "{} a dit : non."),
        "talk": ("Vous avez dit : on en parle.", "{} a dit : on en parle."),
        "sent": (
            "Vous avez envoyé votre liste de changements.",
            "{} a envoyé une liste de changements.",
        ),
        "withdrew": ("Vous avez retiré cette proposition.", "{} a retiré cette proposition."),
        "changed": ("Vous avez changé cela.", "{} a changé cela."),
        "undid": ("Vous avez annulé cela.", "{} a annulé cela."),
        "problem": (
            "Vous avez dit : cela me pose un problème.",
            "{} a dit : cela me pose un problème.",
        ),
        "asked": ("Vous avez demandé de l'aide.", "{} a demandé de l'aide."),
        "saw": ("Vous avez vu la demande d'aide.", "{} a vu la demande d'aide."),
        "answered": (
            "Vous avez répondu à la demande d'aide.",
            "{} a répondu à la demande d'aide.",
        ),
        "closed": (
            "Vous n'avez plus besoin d'aide pour cela.",
            "{} n'a plus besoin d'aide pour cela.",
        ),
        "reopened": (
            "Vous avez de nouveau besoin d'aide pour cela.",
            "{} a de nouveau besoin d'aide pour cela.",
        ),
        "view": ("Vous avez donné votre avis.", "{} a donné son avis."),
    },
    "en": {
        "done": ("You said: done.", "{} said: done."),
        "proposes": ("You propose this.", "{} proposes this."),
        "yes": ("You said: yes.", "{} said: yes."),
        "not_now": ("You said: not now.", "{} said: not now."),
        "no": ("You said: no.", "{} said: no."),
        "talk": ("You said: let's talk.", "{} said: let's talk."),
        "sent": ("You sent your list of changes.", "{} sent a list of changes."),
        "withdrew": ("You took this proposal back.", "{} took this proposal back."),
        "changed": ("You changed this.", "{} changed this."),
        "undid": ("You took this back.", "{} took this back."),
        "problem": (
            "You said: this is a problem for me.",
            "{} said: this is a problem for me.",
        ),
        "asked": ("You asked for help.", "{} asked for help."),
        "saw": ("You saw the call for help.", "{} saw the call for help."),
        "answered": ("You answered the call for help.", "{} answered the call for help."),
        "closed": ("You need no more help with this.", "{} needs no more help with this."),
        "reopened": ("You need help with this again.", "{} needs help with this again."),
        "view": ("You gave your view.", "{} gave a view."),
    },
}
"""The sentences of the history: to the one who did it, and to the others."""

Told = tuple[str, str, str]
"""A line of the history: who ("me", "coach" or a name), which sentence, and what it is about."""


@dataclass(frozen=True)
class Story:
    """A participant and their coach, and the phones on which the story happens."""

    stage: Stage
    language: str
    person: int
    name: str
    page: Page
    coach: Page

    def says(self, page: Page, answer: str) -> None:
        """Tap one of the four answers to a proposal, by its word."""
        words = ANSWERS[self.language][answer]
        go(link(page, words) if answer == "not_now" else button(page, words))

    def coach_opens(self) -> None:
        """Let the coach come from the list of people to the plan of this person."""
        if "/people/" in self.coach.url:
            go(self.coach.locator(".plan-frame-back"))
        go(self.coach.locator(f".people-list-link[href^='/people/{self.person}/']"))

    def coach_opens_page(self, name: str) -> None:
        """Let the coach open what stands behind the person's name: choices, changes."""
        self.coach_opens()
        go(self.coach.locator(".plan-frame-name"))
        go(self.coach.locator(f".setting-row[href='/people/{self.person}/{name}']"))

    def coach_asks(self, title: str, verb: str) -> None:
        """Let the coach begin to change a task: they come to it, and unfold what can be changed."""
        self.coach_opens()
        go(self.coach.locator(".now-card-title a, .task-row-link").filter(has_text=title).first)
        for each in self.coach.locator(".fold-heading").all():
            each.tap()
        go(self.coach.locator(f".change-links a[href*='{verb}']"))

    def coach_asks_for_time(self, title: str, at: str, why: str) -> None:
        """Let the coach answer all questions about another time, from tomorrow on."""
        self.coach_asks(title, "task.move")
        choose(self.coach, "same")
        choose(self.coach, at)
        go(self.coach.locator("[name=answer][aria-current=true]"))
        choose(self.coach, TOMORROW.isoformat())
        write(self.coach, why)

    def day(self, page: Page, title: str) -> list[str]:
        """Read from My days at which times a task comes, one line a day."""
        place(page, "/days")
        found = page.locator(".timeline-task-link").filter(has_text=title)
        return [plain(each.inner_text()) for each in found.all()]

    def opens_me(self, path: str) -> None:
        """Let the person come from Today to what stands under their name: choices, changes."""
        place(self.page, "/today")
        go(self.page.locator(".top-bar-item[href='/me']"))
        go(self.page.locator(f".setting-row[href='{path}']"))

    def assert_told(self, told: Sequence[Told]) -> None:
        """Read the history at both: the same lines, newest first, each in the reader's words."""
        self.opens_me("/changes")
        self._assert_reads(self.page, "me", told)
        self.coach_opens_page("changes")
        self._assert_reads(self.coach, "coach", [line for line in told if line[1] != "done"])

    def _assert_reads(self, page: Page, reader: str, told: Sequence[Told]) -> None:
        names = {"me": self.name, "coach": COACH}
        words = SAID[self.language]
        wanted = [
            words[what][0] if who == reader else words[what][1].format(names.get(who, who))
            for who, what, _about in told
        ]
        lines = page.locator(".history-line").all()
        read = [plain(line.locator(".history-line-said").inner_text()) for line in lines]
        assert read[::-1] == wanted, read
        for line, (_who, _what, about) in zip(reversed(lines), told, strict=True):
            expect(line).to_contain_text(about)


def begin(stage: Stage, phone: OpenPhone, language: str, **options: object) -> Story:
    """Bring a new participant and their coach, both signed in, on their first pages."""
    person = stage.newcomer(Language(language))
    name = f"Ada {person}"
    stage.choose(person, name=name)
    page = phone(person, language=language, **options)
    page.goto("/today")
    return Story(stage, language, person, name, page, coach_of(stage, phone, language, **options))


def coach_of(stage: Stage, phone: OpenPhone, language: str, **options: object) -> Page:
    """Sign the coach in, on the list of people."""
    coach = phone(stage.homes[Language(language)].coach, language=language, **options)
    coach.goto("/people")
    return coach


def arriving(stage: Stage, language: str) -> int:
    """Make somebody to whom their coach proposes a first plan, and who was never here."""
    content = (SAMPLES / f"{PLANS[Language(language)]}.json").read_bytes()
    with stage.database.transaction() as session:
        coach = session.get_one(Person, stage.homes[Language(language)].coach)
        return plans.propose_plan(session, plans.read(content).plan, NOW, coach).id


@contextmanager
def days_later(stage: Stage, days: int) -> Iterator[None]:
    """Let it be so many days later, as long as the story goes on there."""
    stage.clock.now = NOW + timedelta(days=days)
    try:
        yield
    finally:
        stage.clock.now = NOW


def go(found: Locator) -> None:
    """Tap what leads to another page, and wait until that page is there."""
    with found.page.expect_navigation():
        found.tap()


def place(page: Page, path: str) -> None:
    """Tap one of the four places at the bottom."""
    go(page.locator(f".place-bar-link[href$='{path}']"))


def choose(page: Page, value: str) -> None:
    """Answer a question with a tap, and unfold first what hides the answer."""
    answer = page.locator(f"[name=answer][value='{value}']")
    if not answer.is_visible():
        fold = page.locator(".question-choices-fold").filter(has=answer)
        fold.locator("summary").tap()
    go(answer)


def write(page: Page, sentence: str) -> None:
    """Answer a question in words."""
    page.locator("[name=answer]").fill(sentence)
    send(page)


def send(page: Page) -> None:
    """Tap the main button of a page."""
    go(page.locator("main .button[data-kind=main]"))


def waits(page: Page) -> Locator:
    """Come back to Today and find what waits there for the person."""
    place(page, "/today")
    return page.locator(".waiting-card-link")


def plain(words: str) -> str:
    """Return words with plain spaces, on one line."""
    return " ".join(words.split())

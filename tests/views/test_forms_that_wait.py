"""What a participant does in daily life waits on the phone where there is no network.

Every page that Ada can open is opened. Each form on it may wait, or stands here with its reason.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.page import Element
from tests.views.route_table import TABLE
from tests.views.whole_plan import Names, World, whole_plan
from tests.visitor import Visitor

GOES_AT_ONCE = {
    "accompaniment.stop": "it ends what the team may see, at that moment",
    "adding.change_goal": "question by question; the page keeps what is begun",
    "adding.change_task": "question by question; the page keeps what is begun",
    "adding.goal": "question by question; the page keeps what is begun",
    "adding.next_step": "question by question; the page keeps what is begun",
    "adding.task": "question by question; the page keeps what is begun",
    "calendar.stop": "whoever knows the address reads on until it is stopped",
    "calendar.titles": "it changes what others can read at a secret address",
    "devices.end": "a lost phone is signed out, or it is not",
    "language.switch": "the words come from the server",
    "photos.give": "a photo is too large to wait",
    "photos.remove": "the team sees it until it is removed",
    "reminder_phones.remove": "that phone gets messages until it is removed",
    "reminder_ways.mail": "a wrong address is said at once",
    "reminders.turn_on": "the browser and its push service must agree first",
    "sign_in.sign_out": "a session ends, or it does not",
}
"""Forms that need the network, by the view that takes them, each with its reason."""

WAITS = {
    *("tasks.done", "tasks.move", "tasks.not_today", "tasks.tick", "tasks.undo"),
    *("choices.answer", "choices.noticed", "choices.problem", "changes.undo"),
    *("goals.let_go", "goals.open_again", "goals.reach"),
    *("next_steps.choose", "next_steps.done", "next_steps.later"),
    *("next_steps.not_this", "next_steps.put_back"),
    *("risks.decide", "risks.look_back", "risks.question", "risks.warn"),
    *("asking.send", "help_requests.close", "help_requests.reopen", "follow_ups.comment"),
    *("me.setting", "pace.change", "task_reminders.choose"),
    *("reminders.choose", "reminders.pause", "reminders.stop", "reminders.take_up"),
    "reminder_ways.quiet_hours",
}
"""Views whose forms wait: what a person does in daily life."""

AFTERWARDS = ("/choices?answered=99", "/today", "/me/reminders")
"""Pages that have more to show once the person has chosen: what they were told, and their pause."""

PART = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")

Taken = tuple[str, Element]
"""The view that takes a form, and the form."""


def pages_of_ada() -> list[str]:
    """Return the rules of all closed addresses at which Ada gets a page; photos are none."""
    hers = [route for route, got in TABLE.items() if got["ada"] == 200 and got["nobody"] != 200]
    return [
        route.removeprefix("GET ")
        for route in hers
        if route.startswith("GET ") and "/photos/" not in route
    ]


def addresses(names: Names) -> Iterator[str]:
    """Give every address of hers, with each thing that there is for each part."""
    for rule in pages_of_ada():
        for values in product(*(names[part] for part in PART.findall(rule))):
            yield filled(rule, iter(values))


def filled(rule: str, values: Iterator[object]) -> str:
    return PART.sub(lambda _found: str(next(values)), rule)


@pytest.fixture
def forms(visit: Callable[..., Visitor], session: Session, cast: Cast, app: Flask) -> list[Taken]:
    """Return the forms of all pages of Ada, with the view that takes each."""
    names = whole_plan(World(session, cast, app.extensions["clock"]()))
    browser = visit(cast.ada)
    pages = [browser.get(path) for path in addresses(names)]
    browser.post("/me/reminders/pause")
    browser.post("/me/pace/pause")
    pages += [browser.get(path) for path in AFTERWARDS]
    adapter = app.url_map.bind("localhost")
    return [
        (adapter.match(urlsplit(form["action"]).path, "POST")[0], form)
        for page in pages
        for form in page.root.all("form", method="post")
        if "action" in form.attributes  # the one that scripts fill (kept_state) has none
    ]


def test_each_form_of_a_participant_waits_or_has_a_reason_not_to(forms: list[Taken]) -> None:
    waiting = {view for view, form in forms if "data-waits" in form.attributes}
    at_once = {view for view, form in forms if "data-waits" not in form.attributes}
    assert waiting == WAITS
    assert at_once == set(GOES_AT_ONCE)
    for view, form in forms:
        if view in WAITS:
            assert form["data-subject"], view
            assert says_something(form), view


def says_something(form: Element) -> bool:
    """Say whether there are words to show afterwards: the form's, or those of what was pressed."""
    return bool(form.attributes.get("data-said")) or all(each.words for each in form.all("button"))

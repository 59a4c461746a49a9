"""The server of the model goes by the rules of the real one: both are asked the same cases."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.offline.conftest import OpenPage
from webapp.domain import clocks
from webapp.models.change import Change, LastWord
from webapp.models.person import Person

CASES = json.loads(Path(__file__).with_name("clock_cases.json").read_text(encoding="utf-8"))
Case = dict[str, Any]

ASK = """async ({ overtaken, tick }) => {
    const server = await import("/proof/model/server.js");
    return {
        overtaken: overtaken.map(({ last, change }) => server.isLater(last, change)),
        tick: tick.map(({ plan, told }) => server.tick(plan, told)),
    };
}"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Give a page of an origin with our scripts."""
    return open_page()


def test_the_model_answers_every_case(page: Page) -> None:
    answers = page.evaluate(ASK, CASES)
    for kind, wanted in (("overtaken", "is"), ("tick", "then")):
        for case, answer in zip(CASES[kind], answers[kind], strict=True):
            assert answer == case[wanted], case["what"]


def change(place: dict[str, int]) -> Change:
    return Change(clock=place["clock"], device_id=place["device"])


@pytest.mark.parametrize("case", CASES["overtaken"], ids=lambda case: case["what"])
def test_the_server_answers_who_is_overtaken(case: Case) -> None:
    words = {"task 1": LastWord(change=change(case["last"]))} if case["last"] else {}
    assert clocks.overtaken(words, change(case["change"])) == ({"task 1"} if case["is"] else set())


@pytest.mark.parametrize("case", CASES["tick"], ids=lambda case: case["what"])
def test_the_server_counts_every_change(case: Case) -> None:
    person = Person(plan_clock=case["plan"])
    clocks.tick(person, case["told"])
    assert person.plan_clock == case["then"]

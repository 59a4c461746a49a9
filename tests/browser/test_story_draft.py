"""What is half typed: kept when the person leaves, on another phone too, until thrown away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Event

import pytest
from flask import Flask, Response, request_finished
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.telling import begin, go, place
from tests.browser.words import MOVABLE_TASK

PATIENCE_SECONDS = 10
HALF = {"fr": "J'apprends à", "en": "I learn to"}
KEPT = {"fr": "Vos mots sont gardés.", "en": "Your words are kept."}


@contextmanager
def _kept_when_leaving(stage: Stage) -> Iterator[None]:
    """Wait until the server has kept what a page sends of itself while it goes."""
    kept = Event()

    def note(_app: Flask, response: Response, **_more: object) -> None:
        if response.status_code == HTTPStatus.NO_CONTENT:
            kept.set()

    with request_finished.connected_to(note, stage.app):
        yield
        assert kept.wait(PATIENCE_SECONDS)


@pytest.mark.parametrize("language", LOCALES)
def test_half_a_sentence_stays(stage: Stage, phone: OpenPhone, language: str) -> None:
    story = begin(stage, phone, language)
    page = story.page
    place(page, "/goals")
    go(page.locator(".goal-ways a[href='/goals/new']"))
    page.locator("[name=answer]").fill(HALF[language])
    expect(page.locator(".kept-draft-said")).to_have_text(KEPT[language])
    more = f"{HALF[language]} x"
    page.locator("[name=answer]").fill(more)
    with _kept_when_leaving(stage):
        place(page, "/today")
    expect(page.locator("main")).to_contain_text(MOVABLE_TASK[language])

    place(page, "/goals")
    go(page.locator(".goal-ways a[href='/goals/new']"))
    expect(page.locator("[name=answer]")).to_have_value(more)

    other = phone(story.person, language=language)
    other.goto("/goals")
    go(other.locator(".goal-ways a[href='/goals/new']"))
    expect(other.locator("[name=answer]")).to_have_value(more)
    go(other.locator(".question-end a"))
    go(other.locator(".action button[data-kind=wide]"))
    expect(other).to_have_url(re.compile("/goals$"))
    expect(other.locator("main")).not_to_contain_text(HALF[language])

    place(page, "/goals")
    go(page.locator(".goal-ways a[href='/goals/new']"))
    expect(page.locator("[name=answer]")).to_have_value("")
    expect(page.locator(".question-end")).to_have_count(0)

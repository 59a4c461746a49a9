"""The attributes of a form that a phone may keep."""

from collections.abc import Iterator

import pytest
from flask import Flask, g

from webapp.models.person import Language, Person, Region
from webapp.models.text import BilingualText
from webapp.web import i18n
from webapp.web.waiting_forms import waits


@pytest.fixture(autouse=True)
def _reader(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        i18n.choose(Person(language=Language.EN, region=Region.CA))
        assert g.language == Language.EN
        yield


def test_a_form_says_what_it_speaks_of_and_what_stands_there_afterwards() -> None:
    assert waits("pace", "Slower", "how-long", next="/today", title="My pace") == (
        ' data-waits data-subject="pace" data-said="Slower" data-icon="how-long"'
        ' data-next="/today" data-title="My pace"'
    )


def test_what_is_not_said_is_not_written() -> None:
    assert waits("help", "") == ' data-waits data-subject="help" data-icon="done"'


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (BilingualText(en="Sweep", fr="Balayer"), ' data-title="Sweep"'),
        (BilingualText(fr="Balayer"), ' data-title="Balayer"'),
        (BilingualText(), ""),
    ],
)
def test_the_title_is_the_one_that_the_reader_reads(title: BilingualText, written: str) -> None:
    plain = ' data-waits data-subject="task-1-2026-11-23" data-said="Done" data-icon="done"'
    assert waits("task-1-2026-11-23", "Done", title=title) == plain + written


def test_words_of_people_stay_words() -> None:
    assert "<script" not in waits("help", "Done", title='"><script>')

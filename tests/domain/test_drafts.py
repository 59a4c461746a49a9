"""What is half answered is kept, each for its owner, its plan and its form."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import changes, drafts
from webapp.domain.changes import Asked

ANSWERS = {"title": {"title": {"en": "I work"}}}


def keep(session: Session, cast: Cast, now: datetime, form: str = "goal.add:") -> None:
    drafts.keep(session, cast.cora, cast.ada, form, answers=ANSWERS, now=now)
    session.commit()
    session.expire_all()


def test_what_was_begun_is_found_long_after(session: Session, cast: Cast, now: datetime) -> None:
    keep(session, cast, now - timedelta(days=4000))
    assert drafts.find(session, cast.cora, cast.ada, "goal.add:") == ANSWERS


def test_what_is_kept_again_takes_the_place_of_the_first(
    session: Session, cast: Cast, now: datetime
) -> None:
    keep(session, cast, now)
    drafts.keep(session, cast.cora, cast.ada, "goal.add:", answers={"why": {}}, now=now)
    session.commit()
    session.expire_all()
    assert drafts.find(session, cast.cora, cast.ada, "goal.add:") == {"why": {}}


@pytest.mark.parametrize(
    ("owner", "participant", "form"),
    [("dan", "ada", "goal.add:"), ("cora", "ben", "goal.add:"), ("cora", "ada", "goal.add:1")],
)
def test_others_find_nothing(
    session: Session, cast: Cast, now: datetime, owner: str, participant: str, form: str
) -> None:
    keep(session, cast, now)
    people = getattr(cast, owner), getattr(cast, participant)
    assert drafts.find(session, *people, form) is None
    drafts.throw_away(session, *people, form)
    assert drafts.find(session, cast.cora, cast.ada, "goal.add:") == ANSWERS


def test_what_is_thrown_away_is_gone(session: Session, cast: Cast, now: datetime) -> None:
    keep(session, cast, now)
    drafts.throw_away(session, cast.cora, cast.ada, "goal.add:")
    session.commit()
    assert drafts.find(session, cast.cora, cast.ada, "goal.add:") is None


def test_what_is_found_can_be_changed_without_changing_what_is_kept(
    session: Session, cast: Cast, now: datetime
) -> None:
    keep(session, cast, now)
    found = drafts.find(session, cast.cora, cast.ada, "goal.add:")
    assert found is not None
    found["more"] = {}
    assert drafts.find(session, cast.cora, cast.ada, "goal.add:") == ANSWERS


def test_a_form_that_was_sent_is_known_by_its_id(
    session: Session, cast: Cast, now: datetime
) -> None:
    asked = Asked("one-and-the-same", "goal.add", {"title": {"en": "I work"}})
    assert not drafts.was_sent(session, cast.ada, asked.client_id)
    changes.make(session, cast.ada, cast.ada, asked, now)
    assert drafts.was_sent(session, cast.ada, asked.client_id)
    assert not drafts.was_sent(session, cast.cora, asked.client_id)

"""What a phone keeps, as it is sent: whose pages, which of them, and nothing that is not theirs."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests import factories, pictures
from tests.cast import Cast
from tests.conftest import Clock
from tests.kept import Pack, ask, kept
from tests.statements import counted
from tests.visitor import Visitor, everything
from webapp.domain import changes, photos
from webapp.domain.changes import Asked
from webapp.domain.repeats import instant
from webapp.models.person import Person, Support
from webapp.models.plan import Task
from webapp.web import kept as kept_pages
from webapp.web.database import Database

Visit = Callable[..., Visitor]
DAYS = [f"2026-11-{day}" for day in range(23, 31)]
BEGINS = [
    [day, instant(date.fromisoformat(day), time(), "America/Toronto").timestamp() * 1000]
    for day in DAYS
]

OWN = re.compile(
    r"/(?:today|goals|changes|me|not-kept|not-sent|help|days|choices)"
    r"|/days/[\d-]+|/tasks/\d+/[\d-]+(?:/later)?"
    r"|/goals/\d+(?:/choose)?|/next-steps/\d+(?:/try(?:/look-back|/view/\w+)?)?"
    r"|/choices/(?:answered|\d+(?:/\d+)?(?:/not-now)?)|/help/ask(?:/\d)?|/help-requests/\d+"
    r"|/me/(?:language|region|text-size|theme|voice-speed|time-style|sending)"
    r"|/me/pace(?:/\w+)?|/me/reminders(?:/(?:stop|when|quiet(?:/hours)?|most|again|lock-screen))?"
)
"""Every address that a participant's phone may keep (standards, H19)."""


@pytest.fixture
def sweep(session: Session, cast: Cast, now: datetime) -> Task:
    """Give Ada a plan with something of every kind, and Ben something that is his alone."""
    task = factories.task(session, cast.ada, "Sweep the hall")
    factories.steps(session, task, "I take the broom.")
    factories.tried_step(session, cast.ada)
    factories.help_request(session, cast.ada, now, sentence="I am lost.")
    factories.task(session, cast.ben, "Feed the parrot")
    factories.goal(session, cast.ben, "I own a parrot.")
    session.commit()
    return task


def test_a_participant_keeps_the_days_ahead(visit: Visit, cast: Cast, sweep: Task) -> None:
    pack = kept(visit(cast.ada))
    assert pack.days_of("/today") == pack.days_of("/days") == DAYS
    for day in DAYS:
        assert pack.days_of(f"/tasks/{sweep.id}/{day}") == [DAYS[0]]
        assert pack.days_of(f"/tasks/{sweep.id}/{day}/later") == [day]
        assert f"/days/{day}" in pack.paths
    named = (pack["person"], pack["role"], pack["day"], pack["begins"])
    assert named == (cast.ada.id, "participant", DAYS[0], BEGINS)


def test_only_what_may_be_kept_is_kept(visit: Visit, cast: Cast, sweep: Task) -> None:
    paths = kept(visit(cast.ada)).paths
    assert [path for path in paths if not OWN.fullmatch(path)] == []
    assert {"/help/ask/6", "/me/theme", "/me/pace/pause", "/choices", "/not-sent"} <= paths
    assert "/me/reminders/quiet/hours" in paths
    for kind in (r"/goals/\d+", r"/next-steps/\d+/try/look-back", r"/help-requests/\d+"):
        assert any(re.fullmatch(kind, path) for path in paths), kind


def test_nothing_of_anybody_else_is_kept(visit: Visit, cast: Cast, sweep: Task) -> None:
    own, bens = kept(visit(cast.ada)), kept(visit(cast.ben))
    assert "Sweep the hall" in own.text
    assert "parrot" not in own.text
    assert "parrot" in bens.text
    for words in ("Sweep the hall", "I am lost.", "Cora"):
        assert words not in bens.text
    assert not {each for each in own.paths if each.startswith("/tasks")} & bens.paths


def test_a_page_is_the_one_that_the_app_shows(visit: Visit, cast: Cast, sweep: Task) -> None:
    ada = visit(cast.ada)
    page = kept(ada).page("/goals")
    shown = ada.get("/goals").text
    assert re.findall(r"<h\d.*", page) == re.findall(r"<h\d.*", shown)
    assert '<html lang="en-CA"' in page
    assert 'data-kept data-as-of="2026-11-23"' in page
    assert "data-kept" not in shown


def test_no_kept_form_has_a_token_or_an_id(visit: Visit, cast: Cast, sweep: Task) -> None:
    for person in (cast.ada, cast.cora):
        text = kept(visit(person)).text
        assert 'name="csrf_token" value=""' in text
        assert re.findall(r'name="(?:csrf_token|change_id)"[^>]* value="[^"]+"', text) == []
        assert "<fresh-plan" not in text


def test_a_token_is_empty_in_forms_of_the_library_too(
    visit: Visit, cast: Cast, sweep: Task
) -> None:
    visitor = visit(cast.ada)
    visitor.app.config["WTF_CSRF_ENABLED"] = True
    assert re.findall(r'name="csrf_token"[^>]* value="[^"]+"', kept(visitor).text) == []
    assert re.search(r'name="csrf_token"[^>]* value="[^"]+"', visitor.get("/help/ask/1").text)


def test_who_is_new_keeps_help_and_themselves(
    visit: Visit, session: Session, cast: Cast, sweep: Task
) -> None:
    session.execute(update(Person).where(Person.id == cast.ada.id).values(welcomed_at=None))
    session.commit()
    assert kept(visit(cast.ada)).paths == {"/help", "/me", "/not-kept", "/not-sent"}


def test_a_coach_keeps_the_plans_of_their_people(visit: Visit, cast: Cast, sweep: Task) -> None:
    pack = kept(visit(cast.cora))
    of_ada = {f"/people/{cast.ada.id}/{x}" for x in ("today", "days", "goals", "help", "choices")}
    assert pack.paths == {"/people", "/me", "/me/sending", "/not-kept", "/not-sent"} | of_ada
    assert "Sweep the hall" in pack.page(f"/people/{cast.ada.id}/today")
    assert "parrot" not in pack.text
    assert pack["role"] == "coach"


def test_what_ends_is_gone_with_the_next_pack(
    visit: Visit, session: Session, cast: Cast, sweep: Task, now: datetime
) -> None:
    cora = visit(cast.cora)
    known = ask(cora).headers["ETag"]
    session.execute(update(Support).values(ended_at=now - timedelta(minutes=1)))
    session.commit()
    answer = ask(cora, If_None_Match=known)
    assert answer.status_code == 200
    assert not [path for path in Pack(answer.json).paths if str(cast.ada.id) in path]


@pytest.mark.parametrize(
    ("who", "status"), [("mia", 404), ("emil", 404), ("olga", 404), (None, 401)]
)
def test_others_keep_nothing(visit: Visit, cast: Cast, who: str | None, status: int) -> None:
    assert ask(visit(getattr(cast, who) if who else None)).status_code == status


def test_who_is_signed_out_is_told_so(visit: Visit, cast: Cast) -> None:
    answer = ask(visit())
    assert (answer.status_code, answer.json) == (401, {"state": "signed-out"})


def test_what_the_phone_has_is_not_made_again(
    visit: Visit, cast: Cast, sweep: Task, database: Database
) -> None:
    ada = visit(cast.ada)
    first = ask(ada)
    assert first.headers["ETag"] == f'"{first.json["version"]}"'
    with counted(database.engine) as said:
        again = ask(ada, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert len(said) <= 8
    small = f'"{first.json["version"]}:gzip"'
    assert ask(ada, If_None_Match=small).status_code == 304


def test_each_change_makes_a_new_version(
    visit: Visit, session: Session, cast: Cast, sweep: Task, clock: Clock, now: datetime
) -> None:
    ada, cora = visit(cast.ada), visit(cast.cora)

    def give_photo() -> None:
        photos.give(session, session.get_one(Person, cast.cora.id), pictures.photo(), now)
        session.commit()

    known = ask(ada).headers["ETag"]
    for act in (
        lambda: ada.post(f"/tasks/{sweep.id}/2026-11-23/done"),
        lambda: ada.post("/me/theme", value="dark"),
        lambda: cora.post("/me/hours", on="MO", begins="09:00", ends="17:00"),
        give_photo,
        lambda: clock.move(days=1),
    ):
        act()
        answer = ask(ada, If_None_Match=known)
        assert answer.status_code == 200
        known = answer.headers["ETag"]
        assert ask(ada, If_None_Match=known).status_code == 304


def test_keeping_leaves_nothing_behind(
    visit: Visit, cast: Cast, sweep: Task, database: Database
) -> None:
    ada = visit(cast.ada)
    ada.get("/me")
    ada.post(f"/tasks/{sweep.id}/2026-11-23/done")
    before = everything(database)
    answer = ask(ada)
    assert "Set-Cookie" not in answer.headers
    assert "This is done." not in answer.text
    assert everything(database) == before
    assert ada.get("/today").notices == ["This is done."]


def test_photos_and_files_are_named(
    visit: Visit, session: Session, cast: Cast, sweep: Task, now: datetime
) -> None:
    photos.give(session, cast.cora, pictures.photo(), now)
    session.commit()
    ada = visit(cast.ada)
    pack = kept(ada)
    [photo] = pack["photos"]
    assert photo.startswith(f"/photos/{cast.cora.id}/")
    for path in (photo, *pack["files"]):
        assert ada.client.get(path).status_code == 200
    named = set(re.findall(r"[\"'(](/static/[^\"'#)]+)", pack.text))
    left_out = {path for path in named - set(pack["files"]) if not path.endswith(".png")}
    assert left_out == set()
    elements = {f"/static/{pack['release']}/js/elements/{name}.js" for name in pack.elements}
    assert elements <= set(pack["files"])


def test_a_page_that_stumbles_spoils_no_pack(
    visit: Visit, cast: Cast, sweep: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = visit(cast.ada)
    monkeypatch.setitem(ada.app.view_functions, "goals.show", lambda: 1 / 0)
    assert ask(ada).status_code == 503


def test_a_coach_far_away_gets_the_new_day_of_their_people(
    visit: Visit, session: Session, cast: Cast, sweep: Task, clock: Clock
) -> None:
    session.execute(update(Person).values(time_zone="America/Vancouver"))
    session.execute(update(Person).where(Person.id == cast.ada.id).values(time_zone="Asia/Tokyo"))
    session.commit()
    clock.now = datetime(2026, 11, 23, 14, 50, tzinfo=UTC)
    cora = visit(cast.cora)
    known = ask(cora).headers["ETag"]
    clock.move(minutes=20)
    assert ask(cora, If_None_Match=known).status_code == 200


def test_many_packs_at_once_stop_nobody_who_looks_at_a_page(
    visit: Visit, cast: Cast, sweep: Task
) -> None:
    ada = visit(cast.ada)
    known = ask(ada).headers["ETag"]
    with ExitStack() as busy:
        for _pack in range(kept_pages.MOST_AT_ONCE):
            busy.enter_context(kept_pages.MAKING)
        assert ask(ada).status_code == 503
        assert ask(ada, If_None_Match=known).status_code == 304
        assert ada.get("/today").status == 200
    assert ask(ada).status_code == 200


def test_what_was_said_long_ago_is_not_kept(
    visit: Visit, session: Session, cast: Cast, now: datetime
) -> None:
    long_ago, lately = now - timedelta(days=8), now - timedelta(days=6)
    ada = session.get_one(Person, cast.ada.id)
    factories.task(session, ada, "Sweep", at_time=time(9))
    for asked_at, sentence in ((long_ago, "I was lost."), (lately, "I am cold.")):
        factories.help_request(session, ada, asked_at, sentence=sentence)
    factories.help_request(
        session, ada, long_ago, sentence="It rained.", closed_at=now, about="late"
    )
    asked = Asked("long-ago", "settings.change", {"setting": "theme", "value": "dark"})
    changes.make(session, ada, ada, asked, long_ago)
    session.commit()
    for person in (cast.ada, cast.cora):
        text = kept(visit(person)).text
        assert "I am cold." in text
        assert "I was lost." not in text
        assert "It rained." not in text
    assert "You changed" not in kept(visit(cast.ada)).page("/changes")
    assert "I was lost." in visit(cast.ada).get("/help").text

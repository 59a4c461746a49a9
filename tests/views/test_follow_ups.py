"""The page of what must be done, as Ada sees it and as her coach does."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.visitor import Visitor, rows
from webapp.models.change import Change
from webapp.models.follow_up import FollowUp, FollowUpComment
from webapp.models.person import Language
from webapp.web.database import Database

Visit = Callable[..., Visitor]

OWN = "/me/follow-up"
RULE = "The rule of the town"


@pytest.fixture
def step(session: Session, cast: Cast, clock: Clock) -> FollowUp:
    """Give Ada something that must be done."""
    made = factories.follow_up(session, cast.ada, clock.now)
    session.commit()
    return made


@pytest.fixture
def cora(visit: Visit, cast: Cast) -> Visitor:
    """Give her coach's browser."""
    return visit(cast.cora)


@pytest.fixture
def hers(cast: Cast) -> str:
    """Return where her coach sees it."""
    return f"/people/{cast.ada.id}{OWN}"


def address(step: FollowUp, last: str) -> str:
    return f"/follow-ups/{step.id}/{last}"


def test_a_coach_adds_it_and_the_person_sees_it(ada: Visitor, cora: Visitor, hers: str) -> None:
    assert "There is nothing here now." in ada.get(OWN).words
    page = cora.follow(cora.post(hers, title=" Sign the paper ", rule=RULE))
    assert page.notices == ["Ada can read this now."]
    page = ada.get(OWN)
    assert page.title == "What must be done"
    [card] = page.main.all(class_="follow-up-card card")
    assert card.one("h2").words == "Sign the paper"
    assert f"This rule asks for it: {RULE}" in card.words
    assert "checked" not in card.words
    assert page.actions == set()


def test_the_person_is_told_by_whom_and_by_which_rule(
    ada: Visitor, cora: Visitor, hers: str
) -> None:
    cora.post(hers, title="Sign the paper", rule=RULE)
    page = ada.get("/choices")
    assert page.title == "Cora changed this"
    for words in ("Sign the paper", "This must be done.", RULE):
        assert words in page.words
    assert not [each for each in page.actions if each.endswith("/undo")]


@pytest.mark.parametrize(
    ("title", "rule", "said"),
    [
        ("", RULE, ["Write what must be done."]),
        ("Sign the paper", " ", ["Write which rule asks for it."]),
        ("\u200b", "", ["Write what must be done.", "Write which rule asks for it."]),
        ("a" * 201, RULE, ["Write a shorter sentence."]),
        ("Sign the paper", "two\nlines", ["Write 1 sentence."]),
    ],
)
def test_both_are_needed_and_what_was_typed_is_kept(
    cora: Visitor, hers: str, database: Database, title: str, rule: str, said: list[str]
) -> None:
    page = cora.post(hers, title=title, rule=rule)
    assert page.status == 422
    assert [each.words for each in page.root.all(class_="error-summary-link")] == said
    assert page.main.one("input", name="title")["value"] == title
    assert page.main.one("input", name="rule")["value"] == rule
    assert rows(database, FollowUp) == rows(database, Change) == []


def test_a_coach_checks_it_off_and_takes_it_back(
    ada: Visitor, cora: Visitor, hers: str, step: FollowUp
) -> None:
    form = cora.get(hers).main.one("form", action=address(step, "check"))
    sent = {each["name"]: each["value"] for each in form.all("input", type="hidden")}
    assert (sent["why"], sent["checked"]) == (RULE, "1")
    page = cora.follow(cora.post(address(step, "check"), **sent))
    assert page.notices == ["This is checked."]
    assert "You checked this on Monday 23 November." in page.words
    assert "Cora checked this on Monday 23 November." in ada.get(OWN).words
    back = cora.get(hers).main.one("form", action=address(step, "check"))
    assert back.one("input", name="checked")["value"] == "0"
    cora.post(address(step, "check"), checked="0", why=RULE)
    assert "checked" not in ada.get(OWN).words
    said = [each.words for each in ada.get("/changes").main.all(class_="history-line-said")]
    assert said == ["Cora took this back.", "Cora checked this."]


def test_the_day_is_that_of_the_persons_own_clock(
    visit: Visit, cast: Cast, step: FollowUp, clock: Clock
) -> None:
    clock.move(hours=15, minutes=30)
    visit(cast.cora).post(address(step, "check"), checked="1", why=RULE)
    assert clock.now.day == factories.MONDAY.day + 1
    assert "Cora checked this on Monday 23 November." in visit(cast.ada).get(OWN).words


def test_checking_needs_the_rule(cora: Visitor, step: FollowUp, database: Database) -> None:
    page = cora.post(address(step, "check"), checked="1")
    assert page.status == 409
    assert "Please say why." in page.words
    assert cora.post(address(step, "check"), checked="0", why=RULE).status == 409
    [kept] = rows(database, FollowUp)
    assert kept.checked_at is None


def test_the_person_says_something_and_the_coach_reads_it(
    ada: Visitor, cora: Visitor, hers: str, step: FollowUp
) -> None:
    assert address(step, "comment") in ada.get(OWN).links
    page = ada.get(address(step, "comment"))
    assert page.title == "Say something about it"
    assert "Sign the paper" in page.words
    assert "Your coach can read it." in page.words
    page = ada.follow(ada.post(address(step, "comment"), sentence=" I have it. "))
    assert page.notices == ["Your coach can read this now."]
    assert "You said: I have it." in page.words
    assert "Ada said: I have it." in cora.get(hers).words
    [line] = cora.get(hers.replace(OWN, "/changes")).main.all(class_="history-line")
    for words in ("Ada said something about this.", "Sign the paper", "I have it."):
        assert words in line.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [("  ", "Write a sentence."), ("a" * 201, "Write a shorter sentence.")],
)
def test_a_sentence_that_cannot_be_kept_stays_in_its_place(
    ada: Visitor, step: FollowUp, database: Database, typed: str, said: str
) -> None:
    page = ada.post(address(step, "comment"), sentence=typed)
    assert page.status == 422
    assert page.root.one(class_="error-summary-link").words == said
    assert page.main.one("input", name="sentence")["value"] == typed
    assert rows(database, FollowUpComment) == []


def test_the_same_sentence_sent_twice_is_kept_once(
    ada: Visitor, step: FollowUp, database: Database
) -> None:
    for _again in range(2):
        ada.post(address(step, "comment"), sentence="I have it.", change_id="the-same-id")
    assert len(rows(database, FollowUpComment)) == 1


def test_each_keeps_to_their_part(
    ada: Visitor, cora: Visitor, hers: str, step: FollowUp, database: Database
) -> None:
    assert ada.post(address(step, "check"), checked="1", why=RULE).status == 403
    assert ada.post(hers, title="Sign", rule=RULE).status == 403
    assert cora.get(address(step, "comment")).status == 403
    assert cora.post(address(step, "comment"), sentence="Hello.").status == 403
    assert address(step, "comment") not in cora.get(hers).links
    [kept] = rows(database, FollowUp)
    assert kept.checked_at is None
    assert rows(database, FollowUpComment) == []


def test_others_find_nothing(visit: Visit, cast: Cast, hers: str, step: FollowUp) -> None:
    for other in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        browser = visit(other)
        for path in (hers, address(step, "comment")):
            assert browser.get(path).status == 404
        assert browser.post(hers, title="Sign", rule=RULE).status == 404
        assert browser.post(address(step, "check"), checked="1", why=RULE).status == 404
        assert browser.post(address(step, "comment"), sentence="Hello.").status == 404
    assert "Sign the paper" not in visit(cast.ben).get(OWN).words
    assert visit(cast.mia).get(OWN).status == 404
    for path in (OWN, hers, address(step, "comment")):
        assert visit().get(path).location == "/sign-in"


def test_me_leads_there_where_there_is_something(
    ada: Visitor, cora: Visitor, session: Session, cast: Cast, hers: str, clock: Clock
) -> None:
    assert OWN not in ada.get("/me").links
    assert hers in cora.get(f"/people/{cast.ada.id}/me").links
    factories.follow_up(session, cast.ada, clock.now)
    session.commit()
    assert OWN in ada.get("/me").links


def test_before_the_first_welcome_the_coach_proposes_it(
    ada: Visitor, cora: Visitor, session: Session, cast: Cast, hers: str, database: Database
) -> None:
    cast.ada.welcomed_at = None
    session.commit()
    page = cora.follow(cora.post(hers, title="Sign the paper", rule=RULE))
    assert page.notices == ["Ada sees your proposal."]
    assert rows(database, FollowUp) == []
    page = cora.get(f"/people/{cast.ada.id}/choices")
    assert "This must be done." in page.words
    page = ada.get("/welcome/plan")
    for words in ("Sign the paper", "This must be done."):
        assert words in page.words


def test_it_reads_in_french(
    ada: Visitor, session: Session, cast: Cast, step: FollowUp, clock: Clock
) -> None:
    cast.ada.language = Language.FR
    session.commit()
    page = ada.get(OWN)
    assert page.title == "Ce qu'il faut faire"
    assert page.main.one("h2").one("span", lang="en").words == "Sign the paper"


@pytest.mark.parametrize("name", ["ada", "cora"])
def test_the_page_costs_the_same_with_1_step_and_with_20(
    visit: Visit, session: Session, cast: Cast, database: Database, clock: Clock, name: str
) -> None:
    browser = visit(getattr(cast, name))
    path = OWN if name == "ada" else f"/people/{cast.ada.id}{OWN}"
    browser.get("/me")

    def costs(steps: int) -> int:
        for _number in range(steps):
            made = factories.follow_up(session, cast.ada, clock.now)
            made.checked_at, made.checked_by_id = clock.now, cast.cora.id
            said = {"author_id": cast.ada.id, "sentence": "Yes.", "written_at": clock.now}
            session.add(FollowUpComment(follow_up_id=made.id, **said))
        session.commit()
        with counted(database.engine) as statements:
            assert browser.get(path).status == 200
        return len(statements)

    few = costs(1)
    assert costs(19) == few <= 6

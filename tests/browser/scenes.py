"""Every page in every state that somebody may see, and how to come there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import acts, choosing, following, kept_scenes, reminding, sending, watching
from tests.browser.acts import Come
from tests.browser.portraits import choose_photo, give_photo
from tests.browser.question_scenes import FOLDED, UNFOLDED
from tests.browser.stage import Household, Stage
from webapp.models.plan import NextStepState
from webapp.models.sign_in import CardKind


@dataclass(frozen=True)
class Scene:
    """A page in one state: who looks, where it is, and what is done there first."""

    name: str
    who: str
    path: Callable[[Household], str]
    status: int = 200
    act: Come | None = None

    @property
    def is_staff(self) -> bool:
        """Say whether only staff see this page."""
        return self.who in {"coach", "lonely", "administrator"} or "staff" in self.name

    @property
    def has_mistakes(self) -> bool:
        """Say whether a form came back: then what matters first is the list of its mistakes."""
        return "mistake" in self.name

    @property
    def is_long_form(self) -> bool:
        """Say whether this is a form of many questions: what comes first is the first of them."""
        return self.name == "new person"

    def open(self, page: Page, home: Household, stage: Stage) -> None:
        """Come to the page, and make sure that it is the one that was meant."""
        answer = page.goto(self.path(home))
        assert answer
        if self.act is None:
            assert answer.status == self.status, f"{self.name}: {answer.status}"
        else:
            self.act(page, home, stage)
        page.wait_for_function("() => !document.querySelector(':not(:defined), [inert]')")

    def person(self, home: Household) -> int | None:
        """Return who looks at it, or None for somebody who is not signed in."""
        found: int | None = getattr(home, self.who) if self.who else None
        return found


def _fixed(path: str) -> Callable[[Household], str]:
    return lambda home: path


def _task(name: str, *more: str) -> Callable[[Household], str]:
    return lambda home: home.task_path(getattr(home, name), *more)


def _risk(*more: str) -> Callable[[Household], str]:
    return lambda home: home.risk_path(*more)


def _call(state: str) -> Callable[[Household], str]:
    return lambda home: f"/help-requests/{getattr(home.calls, state)}"


def _plan(last: str, who: str = "full") -> Callable[[Household], str]:
    return lambda home: f"/people/{getattr(home, who)}/{last}"


def _goal(name: str, *more: str) -> Callable[[Household], str]:
    return lambda home: "/".join(("/goals", str(getattr(home.goals, name)), *more))


def _next_step(state: NextStepState) -> Callable[[Household], str]:
    return lambda home: f"/next-steps/{home.goals.steps[state]}"


SETTINGS = ("language", "region", "text-size", "theme", "voice-speed", "time-style")

SCENES = (
    Scene("sign-in", "", _fixed("/sign-in")),
    Scene("sign-in after signing out", "", _fixed("/sign-in"), act=acts.signed_out),
    Scene("code", "", _fixed("/sign-in/code")),
    Scene("code with a mistake", "", _fixed("/sign-in/code"), act=acts.send_wrong_code),
    Scene("staff", "", _fixed("/sign-in/staff")),
    Scene("staff with mistakes", "", _fixed("/sign-in/staff"), act=acts.send),
    Scene("confirm", "", _fixed("/sign-in"), act=acts.link),
    Scene("old card", "", _fixed("/sign-in"), act=acts.old_link),
    Scene("about, nobody", "", _fixed("/about")),
    Scene("error 404, nobody", "", _fixed("/nowhere"), 404),
    Scene("today full", "full", _fixed("/today")),
    Scene("today with a notice", "full", _fixed("/today"), act=acts.said_and_taken_back),
    Scene("today empty", "empty", _fixed("/today")),
    Scene("today all done", "done", _fixed("/today")),
    Scene("task with steps", "full", _task("with_steps")),
    Scene("task, step 1", "full", _task("with_steps"), act=acts.step(1)),
    Scene("task, step 2", "full", _task("with_steps"), act=acts.step(2)),
    Scene("task, end of the steps", "full", _task("with_steps"), act=acts.finish),
    Scene("task without steps", "full", _task("without_steps")),
    Scene("task done", "full", _task("finished")),
    Scene("task not today", "full", _task("not_today")),
    Scene("task in the other language", "full", _task("foreign")),
    Scene("step in the other language", "full", _task("foreign"), act=acts.step(1)),
    Scene("later", "full", _task("movable", "later")),
    Scene("days", "full", _fixed("/days")),
    Scene("days empty", "empty", _fixed("/days")),
    Scene("days before", "full", _fixed("/days/2026-11-16")),
    Scene("days week", "full", _fixed("/days/week/2026-11-23")),
    Scene("days month", "full", _fixed("/days/month/2026-11")),
    Scene("goals", "full", _fixed("/goals")),
    Scene("goals empty", "empty", _fixed("/goals")),
    Scene("goal", "full", _goal("walked")),
    Scene("goal without a next step", "full", _goal("fresh")),
    Scene("goal that ended", "full", _goal("ended")),
    Scene("choose a next step", "full", _goal("fresh", "choose")),
    *(Scene(f"next step {state}", "full", _next_step(state)) for state in NextStepState),
    Scene("risk", "done", _risk()),
    Scene("risk, no mark", "done", lambda home: f"/next-steps/{home.unmarked}/try"),
    Scene("risk, what could go wrong", "done", _risk("view", "wrong")),
    Scene("risk, feeling", "done", _risk("view", "feeling")),
    Scene("risk with a mistake", "done", _risk("plan", "day"), act=acts.send_past_day),
    Scene("risk, what helps", "done", _risk("plan", "helps")),
    Scene("risk, who", "done", _risk("plan", "who")),
    Scene("risk, day", "done", _risk("plan", "day")),
    Scene("risk, decisions", "done", _risk("decisions")),
    Scene("risk, look back", "done", _risk("look-back")),
    *(Scene(*each) for each in FOLDED),
    *(Scene(*each, act=acts.unfold) for each in UNFOLDED),
    Scene("ask goal with a mistake", "full", _fixed("/goals/new"), act=acts.send),
    Scene("help", "full", _fixed("/help")),
    Scene("help with calls", "done", _fixed("/help")),
    Scene("help, what about", "full", _fixed("/help/ask")),
    Scene("help, whom to ask", "full", _fixed("/help/ask/3")),
    *(Scene(f"help {state}", "done", _call(state)) for state in ("waiting", "answered", "closed")),
    Scene("me", "full", _fixed("/me")),
    *(Scene(f"setting {name}", "full", _fixed(f"/me/{name}")) for name in SETTINGS),
    Scene("photo", "full", _fixed("/me/photo")),
    Scene("photo given", "full", _fixed("/me/photo"), act=give_photo),
    Scene("photo chosen", "full", _fixed("/me/photo"), act=choose_photo),
    Scene("photo with a mistake", "full", _fixed("/me/photo"), act=acts.send_no_photo),
    Scene("remove photo", "full", _fixed("/me/photo/remove")),
    Scene("pace", "full", _fixed("/me/pace")),
    Scene("pace in a pause", "paused", _fixed("/me/pace")),
    Scene("pace that counts now", "full", _fixed("/me/pace/steady")),
    Scene("slower", "full", _fixed("/me/pace/slower")),
    Scene("faster", "full", _fixed("/me/pace/faster")),
    Scene("pause until when", "full", _fixed("/me/pace/pause")),
    Scene("pause", "full", _fixed("/me/pace/pause?until=2026-11-30")),
    Scene("today in a pause", "paused", _fixed("/today")),
    Scene("phones", "paused", _fixed("/me/phones"), act=acts.with_another_phone),
    Scene("phones, late", "paused", _fixed("/me/phones"), act=watching.own_phone),
    Scene("calendar, no address", "full", _fixed("/me/reminders/calendar")),
    Scene("calendar", "done", _fixed("/me/reminders/calendar")),
    Scene("calendar, what it shows", "done", _fixed("/me/reminders/calendar/titles")),
    Scene("calendar, stop", "done", _fixed("/me/reminders/calendar/stop")),
    Scene("not kept", "full", _fixed("/not-kept")),
    Scene("not kept, coach", "coach", _fixed("/not-kept")),
    Scene("not sent", "full", _fixed("/not-sent")),
    Scene("install", "full", _fixed("/install")),
    Scene("install on android", "full", _fixed("/install?phone=android")),
    Scene("install on an iphone", "full", _fixed("/install?phone=iphone")),
    Scene("sign out", "full", _fixed("/sign-in/out")),
    Scene("about", "full", _fixed("/about")),
    *(Scene(name, who, path) for name, who, path in (*choosing.PAGES, *following.PAGES)),
    *(Scene(name, who, path) for name, who, path in reminding.PAGES),
    *(Scene(name, "full", _fixed(path), act=act) for name, path, act in reminding.DONE),
    *(Scene(name, who, _fixed(path), act=act) for name, who, path, act in sending.SCENES),
    *(Scene(name, who, path, act=act) for name, who, path, act in kept_scenes.SCENES),
    Scene("say something, a mistake", "asked", following.comment_path, act=acts.send),
    Scene("person must do, a mistake", "coach", following.hers_path, act=acts.send_nothing),
    Scene("error 404", "full", _fixed("/nowhere"), 404),
    Scene("error 409", "full", _task("movable", "later"), act=acts.impossible),
    Scene("error 500", "full", _fixed("/broken"), 500),
    Scene("people", "coach", _fixed("/people")),
    Scene("people empty", "lonely", _fixed("/people")),
    Scene("people, something came late", "coach", _fixed("/people"), act=watching.came_late),
    Scene("people, no reminder arrives", "coach", _fixed("/people"), act=watching.phone_gone),
    Scene("person today", "coach", _plan("today")),
    Scene("person today empty", "coach", _plan("today", "empty")),
    Scene("person today all done", "coach", _plan("today", "done")),
    Scene("person days", "coach", _plan("days")),
    Scene("person week", "coach", _plan("days/week/2026-11-23")),
    Scene("person month", "coach", _plan("days/month/2026-11")),
    Scene("person goals", "coach", _plan("goals")),
    Scene("person goals empty", "coach", _plan("goals", "empty")),
    Scene("person goal", "coach", _goal("walked")),
    Scene("person goal that ended", "coach", _goal("ended")),
    Scene("person next step choice", "coach", _goal("fresh", "choose")),
    Scene("person next step", "coach", _next_step(NextStepState.CHOSEN)),
    Scene("person risk", "coach", _risk()),
    Scene("person risk, view", "coach", _risk("view", "helps")),
    Scene("person risk, proposal", "coach", _risk("decision", "decision")),
    Scene("person risk, why", "coach", _risk("plan", "why")),
    Scene("person help", "coach", _plan("help")),
    Scene("person help with calls", "coach", _plan("help", "done")),
    Scene("person asks for help", "coach", _call("waiting")),
    Scene("person asks for help, a mistake", "coach", _call("answered"), act=acts.send_no_answer),
    Scene("coach hours", "coach", _fixed("/me/hours")),
    Scene("coach hours with a mistake", "coach", _fixed("/me/hours"), act=acts.send_wrong_hours),
    Scene("person me", "coach", _plan("me")),
    Scene("person me, phone gone", "coach", _plan("me", "empty"), act=watching.phone_gone),
    Scene("person me, phone is stuck", "coach", _plan("me", "empty"), act=watching.stuck),
    Scene("person me, phone may lose", "coach", _plan("me", "empty"), act=watching.may_lose),
    Scene("person pace", "coach", _plan("me/pace")),
    Scene("person pace, slower", "coach", _plan("me/pace/slower")),
    Scene("person phones", "coach", _plan("me/phones"), act=acts.with_many_phones),
    Scene("person phones, none", "coach", _plan("me/phones", "empty")),
    Scene("person task", "coach", _task("with_steps")),
    Scene("person task, step 1", "coach", _task("with_steps"), act=acts.step(1)),
    Scene("person task done", "coach", _task("finished")),
    Scene("new person", "coach", _fixed("/people/new")),
    Scene("new person with mistakes", "coach", _fixed("/people/new"), act=acts.send_wrong_person),
    Scene("card choice", "coach", _plan("sign-in-card")),
    Scene("card shown", "coach", _plan("sign-in-card"), act=acts.card(CardKind.SHOWN)),
    Scene("card sent", "coach", _plan("sign-in-card"), act=acts.card(CardKind.SENT)),
    Scene("coach me", "coach", _fixed("/me")),
    Scene("administrator me", "administrator", _fixed("/me")),
    Scene("messages sent", "administrator", _fixed("/organisation/messages"), act=watching.numbers),
    Scene("coach photo", "coach", _fixed("/me/photo")),
    Scene("coach signs out", "coach", _fixed("/sign-in/out")),
    Scene("password", "coach", _fixed("/me/password")),
    Scene("password with a mistake", "coach", _fixed("/me/password"), act=acts.send_easy_password),
    Scene("error 403", "coach", _plan("today"), act=acts.refused),
)

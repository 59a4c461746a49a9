"""Lets an open page of somebody's plan ask again and again what is new, at little cost.

The page carries the version of all that it shows, and its element sends it back. Where it still
holds, the answer is 304: nothing is loaded and no template is filled.
"""

from hashlib import sha256

from flask import Flask, Response, current_app, g, request

from webapp.domain.repeats import wall_clock
from webapp.domain.versions import plan_version
from webapp.models.person import Person
from webapp.web import database
from webapp.web.assets import Assets
from webapp.web.who import actor, find_participant, is_kept, is_own, now

PAGES = {"today.show", "days.show", "goals.show", "choices.show", "changes.show"}
"""The pages that refresh by themselves while somebody of the team looks at them; never kept ones:
they would ask again and again for what is not there."""


def init_app(app: Flask) -> None:
    """Answer what has not changed before its page is made, and name the version of the others."""
    app.before_request(_answer_unchanged)
    app.after_request(_name_version)
    app.context_processor(_facts)


def _facts() -> dict[str, object]:
    """Return the versions of the page and its plan, where it has one, and whether it is open.

    What has just happened is told to whoever opens a page, and not to a page that asks again.
    """
    version = g.get("page_version")
    return {
        "page_version": version,
        "plan_version": g.get("plan_version"),
        "is_open_already": bool(version and request.if_none_match),
    }


def _answer_unchanged() -> Response | None:
    whose = find_participant()
    if request.endpoint not in PAGES or whose is None or is_own() or is_kept():
        return None
    g.plan_version = plan_version(database.session(), whose)
    g.page_version = _version(whose, g.plan_version)
    return Response(status=304) if request.if_none_match.contains_weak(g.page_version) else None


def _version(participant: Person, plan: int) -> str:
    """Return a word for all that the page is made of: the plan, the minute and the reader."""
    assets: Assets = current_app.extensions["assets"]
    reader = actor()
    day, clock = wall_clock(now(), participant.time_zone)
    made_of = (
        assets.release,
        request.full_path,
        (reader.id, reader.language, reader.region, reader.time_style),
        (reader.text_size, reader.theme, reader.voice_speed),
        (participant.id, participant.name),
        (day, f"{clock:%H:%M}"),
        plan,
    )
    return sha256(repr(made_of).encode()).hexdigest()[:16]


def _name_version(response: Response) -> Response:
    if "page_version" in g and response.status_code in (200, 304):
        response.set_etag(g.page_version, weak=True)
    return response

"""My phones: where a person is signed in, and how to end it."""

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.domain import kept_on_phones, sessions
from webapp.domain.sessions import SignedInDevice
from webapp.web import database
from webapp.web.device_lines import DeviceLine, device_line
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.who import actor, find_participant, now

bp = Blueprint("devices", __name__)


@bp.get("/me/phones")
@bp.get("/people/<int:person_id>/me/phones")
def show(person_id: int | None = None) -> str:
    """Show the devices that are signed in, and what is to know of how they keep what waits."""
    person = find_participant() or actor()
    found = sessions.devices_for(database.session(), person, now(), current=g.sign_in)
    return render_template(
        "devices.html",
        person=person,
        devices=[_line(each, person.time_zone) for each in found],
        is_own=person is actor(),
        came_late=kept_on_phones.came_late(found, g.today),
    )


def _line(device: SignedInDevice, zone: str) -> DeviceLine:
    return device_line(
        device.id,
        device.kind,
        device.added_at,
        zone,
        is_this=device.is_this_one,
        may_lose=kept_on_phones.may_lose(device),
        is_stuck=bool(device.is_stuck),
    )


@bp.post("/devices/<int:device_id>/end")
def end(device_id: int) -> Response:
    """Sign a device out at once: another one of one's own, or the lost phone of a participant.

    The device in the hand is asked about first, as by every other way out.
    """
    if device_id == g.sign_in.device_id:
        return redirect(url_for("sign_in.sign_out"), 303)
    device = sessions.end_device(database.session(), actor(), device_id, now())
    tell(_("This device is signed out."), "done")
    if device.person_id == actor().id:
        return redirect(url_for(".show"), 303)
    return redirect(url_for(".show", person_id=device.person_id), 303)

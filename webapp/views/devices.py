"""My phones: where a person is signed in, and how to end it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.domain import sessions
from webapp.domain.repeats import today_in
from webapp.domain.sessions import SignedInDevice
from webapp.models.sign_in import DeviceKind
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.labels import label
from webapp.web.notices import tell
from webapp.web.who import actor, find_participant, now

ICONS = {DeviceKind.COMPUTER: "computer"}

bp = Blueprint("devices", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One device, as its owner knows it."""

    id: int
    words: str
    icon: str
    is_phone: bool
    added_on: date
    is_this: bool


@bp.get("/me/phones")
@bp.get("/people/<int:person_id>/me/phones")
def show(person_id: int | None = None) -> str:
    """Show the devices that are signed in."""
    person = find_participant() or actor()
    found = sessions.devices_for(database.session(), person, now(), current=g.sign_in)
    lines = [_line(device, person.time_zone) for device in found]
    return render_template("devices.html", person=person, devices=lines, is_own=person is actor())


def _line(device: SignedInDevice, zone: str) -> Line:
    return Line(
        id=device.id,
        words=label(device.kind),
        icon=ICONS.get(device.kind, "phone-device"),
        is_phone=device.kind.is_phone,
        added_on=today_in(zone, device.added_at),
        is_this=device.is_this_one,
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

"""A phone or computer of a person, as its owner knows it."""

from dataclasses import dataclass
from datetime import date, datetime

from webapp.domain.repeats import today_in
from webapp.models.sign_in import DeviceKind
from webapp.web.labels import label


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One line of a list of devices. `is_this` says that the reader holds it; `may_lose`, that its
    browser did not promise to keep what waits there; `is_stuck`, that something could not be done.
    """

    id: int
    words: str
    icon: str
    is_phone: bool
    added_on: date
    is_this: bool
    may_lose: bool = False
    is_stuck: bool = False


def device_line(
    number: int, kind: DeviceKind, added_at: datetime, zone: str, **facts: bool
) -> DeviceLine:
    """Return the line of a device with this number, added at an instant. `facts` as in the line."""
    return DeviceLine(
        id=number,
        words=label(kind),
        icon="computer" if kind is DeviceKind.COMPUTER else "phone-device",
        is_phone=kind.is_phone,
        added_on=today_in(zone, added_at),
        **facts,
    )

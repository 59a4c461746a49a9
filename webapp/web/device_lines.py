"""A phone or computer of a person, as its owner knows it."""

from dataclasses import dataclass
from datetime import date, datetime

from webapp.domain.repeats import today_in
from webapp.models.sign_in import DeviceKind
from webapp.web.labels import label


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One line of a list of devices. `is_this` says that the reader holds it."""

    id: int
    words: str
    icon: str
    is_phone: bool
    added_on: date
    is_this: bool


def device_line(
    number: int, kind: DeviceKind, added_at: datetime, zone: str, *, is_this: bool
) -> DeviceLine:
    """Return the line of a device with this number, added at an instant."""
    return DeviceLine(
        id=number,
        words=label(kind),
        icon="computer" if kind is DeviceKind.COMPUTER else "phone-device",
        is_phone=kind.is_phone,
        added_on=today_in(zone, added_at),
        is_this=is_this,
    )

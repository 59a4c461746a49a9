"""The numbers to call when somebody is in danger, for each region."""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.models.person import Region
from webapp.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number, whom it reaches, and whether it is written to instead of called."""

    number: str
    words: str
    by_message: bool = False


def emergency_numbers(region: Region) -> list[EmergencyNumber]:
    """Return the numbers of a region: first the one for any danger."""
    return _NUMBERS[region]()


_NUMBERS: dict[Region, Callable[[], list[EmergencyNumber]]] = {
    Region.FR: lambda: [
        EmergencyNumber("112", _("Any danger")),
        EmergencyNumber("15", _("Health")),
        EmergencyNumber("114", _("Any danger, in a message"), by_message=True),
        EmergencyNumber("3114", _("When you think of dying")),
    ],
    Region.CA: lambda: [
        EmergencyNumber("911", _("Any danger")),
        EmergencyNumber("988", _("When you think of dying")),
    ],
    Region.GB: lambda: [
        EmergencyNumber("999", _("Any danger")),
        EmergencyNumber("116 123", _("When you think of dying")),
    ],
}

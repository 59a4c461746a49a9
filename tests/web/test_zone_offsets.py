"""What a page says of a zone's clocks is what they show, in every hour of more than a year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.web.zone_offsets import zone_clock, zone_offsets

SINCE = date(2026, 11, 22)
BEGIN = datetime(2026, 11, 22, tzinfo=UTC)
ZONES = [
    "America/Toronto",
    "Europe/Paris",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
]


@pytest.mark.parametrize("zone", ZONES)
def test_in_each_hour_of_400_days_it_is_the_offset_of_the_zone(zone: str) -> None:
    told = [tuple(map(int, each.split(":"))) for each in zone_offsets(zone, SINCE).split(" ")]
    for hour in range(-14, 400 * 24):
        instant = BEGIN + timedelta(hours=hour)
        [*_before, (_since, offset)] = [
            each for each in told if each[0] * 60 <= instant.timestamp()
        ]
        assert timedelta(minutes=offset) == instant.astimezone(ZoneInfo(zone)).utcoffset(), instant


def test_the_clocks_change_to_the_minute() -> None:
    spring, autumn = datetime(2027, 3, 14, 7, tzinfo=UTC), datetime(2027, 11, 7, 6, tzinfo=UTC)
    _first, *changes = zone_offsets("America/Toronto", SINCE).split(" ")
    assert changes == [
        f"{int(spring.timestamp()) // 60}:-240",
        f"{int(autumn.timestamp()) // 60}:-300",
    ]


def test_without_a_change_one_offset_is_told() -> None:
    assert zone_offsets("Asia/Kolkata", SINCE).endswith(":330")
    assert " " not in zone_offsets("Asia/Kolkata", SINCE)


def test_a_clock_is_told_in_each_quarter_of_a_year() -> None:
    told = [each.split(":") for each in zone_clock("America/Toronto", SINCE).split(" ")]
    days = [(datetime.fromtimestamp(int(minute) * 60, UTC) - BEGIN).days for minute, _ in told]
    assert days == [0, 91, 182, 273]
    assert [offset for _, offset in told] == ["-300", "-300", "-240", "-240"]

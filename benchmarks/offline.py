"""The rows of the table that tell how it goes without a network, on a slow phone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks import outboxes
from benchmarks.household import FULL_DAY, LONG_DAY, Resident, file_settings, settle_in
from benchmarks.phones import Phone, browser_path, driver, sign_in
from benchmarks.site import SECRET, counts, free_port, reachable
from benchmarks.table import Row, heading
from benchmarks.visits import Ratio
from webapp.clock import utc_now

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLD_STARTS = 5
COLD_SLOWER = 4
TAPS = 9
TAP_SLOWER = 6
FEW, MANY = 50, 500
"""Changes that wait."""
SENT_A_MONTH = 300
"""Changes that were sent and are kept for a server that loses them: ten on each of 30 days."""

CARD = "day-plan:defined :is(.now-card, .empty-state)"
"""What comes now, when the phone itself has said what that is."""
FLOOR = "h1"
TOLD = (".kept-state-said > span", ".kept-state-where > [data-when=waiting]")
"""What a tap shows at once, and when it is kept."""
TOOK = "took "
"""How a page begins to tell how long a tap took."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The site, who lives there, and their phones."""

    playwright: Any
    folder: Path
    port: int
    residents: Mapping[str, Resident]

    @property
    def url(self) -> str:
        """Return where the app answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def floor_url(self) -> str:
        """Return where the floors answer: another place for a browser, and the same process."""
        return f"http://localhost:{self.port}/floor"

    def site(self) -> AbstractContextManager[None]:
        """Let the site be reachable for a while."""
        return reachable(self.folder, self.port)

    def phone(self, name: str) -> Phone:
        """Return somebody's phone; the same one each time."""
        return Phone(self.playwright, self.folder / f"phone-{name}")


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows that a browser must measure."""
    yield heading("no network, in Chromium")
    if browser_path() is None:
        yield Row("Left out: there is no Chromium here")
        return
    port = free_port()
    settings = file_settings(folder, f"http://127.0.0.1:{port}", SECRET)
    residents = settle_in(settings, utc_now() - timedelta(minutes=1))
    with driver() as playwright:
        bench = Bench(playwright, folder, port, residents)
        yield from _cold_start(bench)
        yield from _kept(bench)
        yield from _taps(bench)
        yield from _sending(bench)


def _cold_start(bench: Bench) -> Iterator[Row]:
    """Measure from the closed browser to Today, where nothing answers, and the same for a floor."""
    phone = bench.phone("usual")
    with bench.site(), phone.awake() as page:
        _live_in(bench, page, "usual")
        size = page.evaluate("path => bench.keptSize(path)", "/today")
        page.goto(f"{bench.floor_url}/page")
        page.evaluate("size => bench.keepFloor(size)", size)
    found = [
        (_started(phone, f"{bench.url}/today", CARD), _started(phone, _floor_page(bench), FLOOR))
        for _each in range(COLD_STARTS)
    ]
    own, floor = zip(*found, strict=True)
    yield _time_row(f"Cold start to Today, processor ÷ {COLD_SLOWER}", own, 1000)
    yield Row("The same, to a bare worker that answers one kept page", _ratio(own, floor))


def _floor_page(bench: Bench) -> str:
    return f"{bench.floor_url}/page"


def _started(phone: Phone, url: str, selector: str) -> float:
    """Start the browser and open a page; return the milliseconds until it is to be seen.

    The browser's tool slows the page alone. So the time in the worker counts as often as it would
    be slower.
    """
    with phone.awake(slower=COLD_SLOWER) as page:
        page.goto(url, wait_until="commit")
        shown: float = page.evaluate("selector => bench.shown(selector)", selector)
        in_the_worker: float = page.evaluate("() => bench.inTheWorker()")
        return shown + (COLD_SLOWER - 1) * in_the_worker


def _live_in(bench: Bench, page: "Page", name: str) -> None:
    """Sign somebody in, and wait until the phone keeps all that it shows without a network."""
    resident = bench.residents[name]
    sign_in(page, bench.url, resident)
    page.goto(f"{bench.url}/today")
    page.evaluate("person => bench.hasKept(person)", resident.person_id)


def _kept(bench: Bench) -> Iterator[Row]:
    """Count what is kept, photos left out, with a month of changes that were sent."""
    for name, words in (("usual", "a usual plan"), ("full", f"{FULL_DAY} tasks a day")):
        resident = bench.residents[name]
        with bench.site(), bench.phone(name).awake() as page:
            _live_in(bench, page, name)
            sent = outboxes.sent(resident, SENT_A_MONTH)
            page.evaluate("all => bench.put(...all)", [_database(resident), "sent", sent])
            sizes: dict[str, int] = page.evaluate("() => bench.kept()")
        own = sum(size for each, size in sizes.items() if not each.startswith("photos-"))
        yield Row(
            f"Kept on the phone, {words}", words=f"{own / 1000:,.0f} KB", wanted="500 KB or less"
        )


def _taps(bench: Bench) -> Iterator[Row]:
    """Measure from a tap to what it shows, to the words "Kept on this phone", and their floor."""
    with bench.site():
        shown, kept, floor = zip(*_tap_times(bench), strict=True)
    told = f"{LONG_DAY} tasks, processor ÷ {TAP_SLOWER}"
    yield _time_row(f"Tap to “Done”, {told}", shown, 100)
    yield Row("The same, to one kept row and one changed text", _ratio(shown, floor))
    yield _time_row(f"Tap to “Kept on this phone”, {told}", kept)
    yield Row("The same, to one kept row and one changed text", _ratio(kept, floor))


def _tap_times(bench: Bench) -> list[tuple[float, ...]]:
    """Return of each tap the milliseconds until it shows, until it is kept, and of the floor."""
    resident = bench.residents["long"]
    found: list[tuple[float, ...]] = []
    with bench.phone("long").awake(slower=TAP_SLOWER, with_worker=False) as page:
        sign_in(page, bench.url, resident)
        for _each in range(TAPS + 1):
            page.goto(_floor_page(bench))
            page.evaluate("() => bench.prepareFloor()")
            (floor,) = _tap(page, "button", "#said")
            page.goto(f"{bench.url}/today")
            page.evaluate("all => bench.isEmpty(...all)", [_database(resident), "items"])
            page.goto(f"{bench.url}/today", wait_until="networkidle")
            found.append((*_tap(page, ".now-card .main-action button", *TOLD), floor))
            page.evaluate("all => bench.isEmpty(...all)", [_database(resident), "items"])
    return found[1:]


def _tap(page: "Page", button: str, *words: str) -> list[float]:
    """Tap on a button without a network; return the milliseconds until each of these words shows.

    The finger is the browser's own and the page tells by itself how long it took: whatever a tool
    asks of a page meanwhile would count, and so would what a locator leaves in it, which listens
    to every finger.
    """
    page.context.set_offline(True)
    middle = page.evaluate("button => bench.middle(button)", button)
    page.evaluate("words => bench.watchTap(words)", words)
    with page.expect_console_message(lambda told: told.text.startswith(TOOK)) as told:
        page.touchscreen.tap(*middle)
    page.keyboard.press("Shift")  # somebody who goes on here: the page stays when it is sent
    page.context.set_offline(False)
    took: list[float] = json.loads(told.value.text.removeprefix(TOOK))
    return took


def _sending(bench: Bench) -> Iterator[Row]:
    """Measure what sending kept changes costs, each of them."""
    resident = bench.residents["full"]
    phone = bench.phone("sending")
    with bench.site():
        with phone.awake() as page:
            _live_in(bench, page, "full")
        few, _bytes = _sent(bench, phone, resident, FEW)
        many, size = _sent(bench, phone, resident, MANY)
        floor = _sent_to_floor(bench, phone)
    yield Row(f"Sending {MANY} kept changes, each", words=f"{many:.1f} ms, {size:,.0f} bytes")
    yield Row(f"The same, to {FEW} kept changes", Ratio(*(many / few,) * 3), "1, flat")
    yield Row("The same, to a bare form that commits one row", Ratio(*(many / floor,) * 3))


def _sent(bench: Bench, phone: Phone, resident: Resident, number: int) -> tuple[float, float]:
    """Let so many changes wait and then go; return milliseconds and bytes of each."""
    database = _database(resident)
    items = outboxes.items(resident, number)
    with phone.awake() as page:
        page.goto(f"{bench.url}/service-worker.js")
        page.evaluate("all => bench.put(...all)", [database, "items", items])
        counts(bench.port)
        page.goto(f"{bench.url}/today")
        page.evaluate("all => bench.isEmpty(...all)", [database, "items"])
    posts, size, seconds = counts(bench.port)["app"]
    if posts != number:
        raise RuntimeError(f"{number} changes went in {posts} forms")
    return 1000 * seconds / number, size / number


def _sent_to_floor(bench: Bench, phone: Phone) -> float:
    with phone.awake() as page:
        page.goto(_floor_page(bench))
        counts(bench.port)
        page.evaluate("count => bench.sendRows(count)", MANY)
    posts, _size, seconds = counts(bench.port)["floor"]
    return 1000 * seconds / posts


def _database(resident: Resident) -> str:
    return f"my-pace-{resident.person_id}"


def _ratio(own: Sequence[float], floor: Sequence[float]) -> Ratio:
    each = [one / other for one, other in zip(own, floor, strict=True)]
    return Ratio(median(each), min(each), max(each))


def _time_row(name: str, times: Sequence[float], most: int | None = None) -> Row:
    words = "".join(f"{number(times):5.0f} ms" for number in (median, min, max))
    return Row(name, words=words, wanted=f"{most:,} ms or less" if most else "")

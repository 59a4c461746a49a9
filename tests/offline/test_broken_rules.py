"""The real code with one line broken: the model sees each, so it runs what it claims to run."""

import secrets
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Route

from tests.offline.conftest import FOLDERS, ORIGIN, serve

MOST_SEEDS = 2_000
RUN = 'async (wanted) => (await import("/proof/model/run.js")).runSeeds(wanted)'


@dataclass(frozen=True)
class Break:
    """What stands in a file of the real code, and what is put in its place."""

    file: str
    right: str
    wrong: str = ""


BREAKS = {
    "clocks stand still": Break("rules", "return latestClock(...seen) + 1;", "return 7;"),
    "an answer need not name the item": Break("rules", "body?.change === id && "),
    "a page shows nothing that is sent": Break("rules", "item.sent_clock > pageClock", "false"),
    "a page shows all that is sent": Break("rules", "isSentAfter(item, pageClock) && "),
    "a page shows what was overtaken": Break("rules", ' && item.outcome !== "overtaken"'),
    "it is kept before it is written": Break("store", "[acts, completed(transaction)]", "[acts]"),
    "a refusal is forgotten": Break(
        "store", 'items.put({ ...item, state: "refused", words: said.words })', "items.delete(id)"
    ),
    "what was sent is forgotten": Break("store", "sent.put(", "void ("),
    "a tab knows its own clock alone": Break(
        "store", 'nextClock(await answered(known.get("clock")), clock)', "nextClock(clock)"
    ),
    "nothing is offered again": Break("outbox", "await this.store.offerAgain(round.at);"),
    "anybody's token will do": Break("outbox", '? null : "other-person"', "? null : null"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_model_sees_every_broken_line(browser: Browser, what: str) -> None:
    broken = BREAKS[what]
    source = (FOLDERS["js"] / f"offline/{broken.file}.js").read_text(encoding="utf-8")
    assert source.count(broken.right) == 1
    content = source.replace(broken.right, broken.wrong)

    def serve_broken(route: Route) -> None:
        route.fulfill(body=content, content_type="text/javascript")

    page = browser.new_page()
    page.route(f"{ORIGIN}/**", serve)
    page.route(f"{ORIGIN}/js/offline/{broken.file}.js", serve_broken)
    page.goto(f"{ORIGIN}/")
    base = secrets.randbelow(2**31 - MOST_SEEDS)
    ran = page.evaluate(RUN, {"first": base, "count": MOST_SEEDS})
    page.close()
    assert ran["wrong"], f"hidden in the seeds from {base} on"

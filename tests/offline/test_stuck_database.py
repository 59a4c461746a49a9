"""A database that does not answer, held by a page that sleeps: a tap is told so."""

from tests.offline.conftest import OpenPage

HOLD = """async () => {
    const { openStore } = await import("/js/offline/store.js");
    await openStore("ada");
    await new Promise((held) => {
        indexedDB.open("my-pace-ada").onsuccess = ({ target }) => {
            const rows = target.result.transaction("items", "readwrite").objectStore("items");
            const again = () => {
                held();
                if (!window.isOver) rows.get("none").onsuccess = again;
            };
            again();
        };
    });
}"""
"""Holds the rows as long as the page wants."""
OPEN = """async () => {
    const { openStore } = await import("/js/offline/store.js");
    return openStore("ada").then(() => "open", (error) => error.name);
}"""
START = """async () => {
    const wait = setTimeout;
    window.setTimeout = (act, delay, ...given) => wait(act, delay / 20, ...given);
    const { calm } = await import("/proof/real/pages.js");
    window.ada = await calm("ada");
}"""
"""Opens somebody's outbox, on a page on which time goes 20 times as fast."""
KEEP = """async (number) => {
    const { facts } = await import("/proof/real/pages.js");
    return ada.outbox.keep(facts(number)).then(({ said }) => said, (error) => error.name);
}"""
SAID = """async () => {
    const { openStore } = await import("/js/offline/store.js");
    return (await (await openStore("ada")).all()).map(({ said }) => said);
}"""


def test_who_cannot_write_hears_so_and_nothing_is_kept_in_secret(open_page: OpenPage) -> None:
    sleeping, page = open_page(), open_page()
    page.evaluate(START)
    sleeping.evaluate(HOLD)
    assert page.evaluate(KEEP, 1) == "CannotKeep"
    assert page.evaluate(OPEN) == "CannotKeep"
    sleeping.evaluate("() => { window.isOver = true; }")
    assert page.evaluate(KEEP, 2) == "v2"
    assert page.evaluate(SAID) == ["v2"]

"""The outbox and its server, one request after the other: what is sent, and what ends a round."""

from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page

HARNESS = """async ([person, answers, acts]) => {
    const { Outbox } = await import("/js/offline/outbox.js");
    const { openStore } = await import("/js/offline/store.js");
    const pages = await import("/proof/real/pages.js");
    const asked = [];
    let plan = 8;
    const greeting = { person, csrf: "token", clock: 3, knows_latest: true };
    const fetch = async (address, { method, headers, body }) => {
        const said = body && body.get("said");
        asked.push({ address, method, headers, sent: body && Object.fromEntries(body) });
        const usual = [200, said ? {} : greeting];
        const [status, told] = answers[said ?? address]?.shift() ?? usual;
        if (!status) throw new TypeError("no network");
        const named = { change: headers["Outbox-Change"], state: "taken", clock: (plan += 1) };
        const whole = status > 200 ? {} : said ? named : greeting;
        return Response.json({ ...whole, ...told }, { status });
    };
    const clock = { now: 1e12, heard: 0 };
    const options = { fetch, hear: () => (clock.heard += 1), now: () => clock.now };
    const outbox = new Outbox({ person, store: await openStore(person), ...options });
    const tap = (number, more) => outbox.keep({ ...pages.facts(number), ...more });
    const rounds = [];
    const flush = async (wanted) => {
        const told = await outbox.flush(wanted);
        rounds.push({ told: [...told.values()].map(({ kind }) => kind), why: outbox.why });
    };
    const made = await new Function("outbox", "tap", "flush", "clock", `return (async () => {
        ${acts} })()`)(outbox, tap, flush, clock);
    const said = (rows) => rows.map((row) => row.said);
    const left = { sent: said(await outbox.store.sent()), all: said(await outbox.store.all()) };
    return { asked, rounds, made, clock, ...left, state: await outbox.state() };
}"""

OTHER = {"person": 13}
FORGOT = {"knows_latest": False}
PERSONS = count(100)
Ran = dict[str, Any]


def run(page: Page, acts: str, **answers: list[list[Any]]) -> Ran:
    """Run some acts on an outbox; `answers` come instead, by what was said, or to `greet`."""
    told = {("/outbox" if name == "greet" else name): given for name, given in answers.items()}
    ran: Ran = page.evaluate(HARNESS, [next(PERSONS), told, acts])
    return ran


def posts(ran: Ran) -> list[str]:
    return [each["sent"]["said"] for each in ran["asked"] if each["sent"]]


def test_it_asks_first_and_sends_all_in_order(page: Page) -> None:
    acts = "const one = await tap(1); await tap(2); await flush({ shows: one.id }); return one"
    ran = run(page, acts)
    greet, first, second = ran["asked"]
    assert (greet["address"], greet["method"], greet["headers"]) == ("/outbox", "GET", {})
    kept = ran["made"]
    assert first["sent"] == {
        "subject": "task-1",
        "said": "v1",
        "csrf_token": "token",
        "change_id": kept["id"],
    }
    assert first["headers"] == {
        "Outbox-Change": kept["id"],
        "Outbox-Person": kept["person"],
        "Outbox-Clock": str(kept["clock"]),
        "Outbox-Age": "0",
        "Outbox-Stuck": "no",
        "Outbox-Lasts": "no",
        "Outbox-Shows": "yes",
    }
    assert "Outbox-Shows" not in second["headers"]
    assert ran["rounds"] == [{"told": ["taken", "taken"], "why": None}]
    assert (ran["sent"], ran["all"]) == (["v1", "v2"], [])


SAYS = {
    "() => Promise.resolve(true)": "yes",
    "() => Promise.resolve(false)": "no",
    "() => Promise.reject(new TypeError())": None,
    "undefined": None,
}


@pytest.mark.parametrize("persisted", SAYS)
def test_it_tells_whether_the_browser_promised_to_keep(page: Page, persisted: str) -> None:
    acts = f"navigator.storage.persisted = {persisted}; await tap(1); await flush(); return 0"
    ran = run(page, acts)
    greet, sent = ran["asked"]
    assert "Outbox-Lasts" not in greet["headers"]
    assert sent["headers"].get("Outbox-Lasts") == SAYS[persisted]
    assert ran["rounds"] == [{"told": ["taken"], "why": None}]


def test_it_tells_whether_something_could_not_be_done(page: Page) -> None:
    """It may be refused in the same round, or before; put aside, it is told no more."""
    acts = """
        const fetch = outbox.fetch;
        outbox.fetch = async (address, wanted) => {
            const answer = await fetch(address, wanted);
            if (wanted.body?.get("said") !== "v1") return answer;
            const named = { change: wanted.headers["Outbox-Change"], state: "refused", clock: 4 };
            return Response.json(named, { status: 404 });
        };
        for (const n of [1, 2]) await tap(n);
        await flush();
        await tap(3);
        await flush();
        for (const { id } of await outbox.store.refused()) await outbox.store.forget(id);
        await tap(4);
        await flush()"""
    ran = run(page, acts)
    assert posts(ran) == ["v1", "v2", "v3", "v4"]
    told = [each["headers"].get("Outbox-Stuck") for each in ran["asked"]]
    assert told == [None, "no", "yes", None, "yes", None, "no"]


ENDS = {
    "signed-out": [401, {"state": "signed-out"}],
    "other-person": [200, OTHER],
    "network": [0, None],
    "server": [502, None],
}


@pytest.mark.parametrize("why", ENDS)
def test_where_nobody_may_send_nothing_is_sent(page: Page, why: str) -> None:
    ran = run(page, "await tap(1); await flush()", greet=[ENDS[why]])
    assert ran["rounds"] == [{"told": [], "why": why}]
    assert (posts(ran), ran["all"]) == ([], ["v1"])


STOPS = {**ENDS, "other-person": [403, {"state": "other-person"}], "server": [429, {}]}


@pytest.mark.parametrize("why", STOPS)
def test_it_does_not_hammer(page: Page, why: str) -> None:
    ran = run(page, "await tap(1); await tap(2); await flush()", v1=[STOPS[why]])
    assert ran["rounds"] == [{"told": ["wait"], "why": why}]
    assert (posts(ran), ran["all"]) == (["v1"], ["v1", "v2"])


def test_a_bad_item_does_not_stop_the_others(page: Page) -> None:
    acts = "for (const n of [1, 2, 5, 3]) await tap(n); await flush(); await flush()"
    ran = run(page, acts, v1=[[500, {}]])
    assert posts(ran) == ["v1", "v2", "v3", "v1", "v5"]
    assert ran["rounds"][0] == {"told": ["wait", "taken", "taken"], "why": None}
    assert ran["all"] == []


def test_what_fails_again_and_again_holds_nothing_up(page: Page) -> None:
    bad = [[500, {}]] * 20
    acts = "for (const n of [1, 2, 3, 4, 5]) await tap(n); for (const n of '12345') await flush()"
    ran = run(page, acts, v1=bad, v2=bad[:], v3=bad[:])
    assert ran["rounds"][0] == {"told": ["wait"] * 3, "why": "server"}
    assert (ran["sent"], ran["all"]) == (["v4", "v5"], ["v1", "v2", "v3"])


def test_a_refusal_is_shown_and_the_others_go_on(page: Page) -> None:
    refusal = "{ change: outbox.id, state: 'refused', words: 'No.', clock: 4 }"
    acts = f"""
        const ids = {{}};
        for (const n of [1, 2]) ids[`v${{n}}`] = (await tap(n)).id;
        const fetch = outbox.fetch;
        outbox.fetch = async (address, wanted) => {{
            const answer = await fetch(address, wanted);
            if (wanted.body?.get("said") !== "v1") return answer;
            outbox.id = ids.v1;
            return Response.json({refusal}, {{ status: 409 }});
        }};
        await flush();
        const [refused] = await outbox.store.refused();
        const again = [await outbox.store.again(ids.v1), await outbox.store.waiting()];
        outbox.fetch = fetch;
        await flush();
        return {{ refused, again }}"""
    ran = run(page, acts)
    assert ran["rounds"][0] == {"told": ["refused", "taken"], "why": None}
    assert ran["made"]["refused"]["words"] == "No."
    [done, [waits]] = ran["made"]["again"]
    assert done and waits["id"] == ran["made"]["refused"]["id"] and waits["clock"] > 4
    assert ran["sent"] == ["v2", "v1"]


def test_an_old_token_is_fetched_anew_once(page: Page) -> None:
    old = [400, {"state": "old-token"}]
    ran = run(
        page, "await tap(1); await flush(); await tap(2); await flush()", v1=[old], v2=[old, old]
    )
    assert posts(ran) == ["v1", "v1", "v2", "v2"]
    assert [each["why"] for each in ran["rounds"]] == [None, "old-token"]
    assert ran["all"] == ["v2"]


def test_a_server_that_lost_something_is_told_again(page: Page) -> None:
    acts = "for (const n of [1, 2]) await tap(n); await flush(); await tap(3); await flush()"
    ran = run(page, acts, greet=[[200, {}], [200, FORGOT]])
    assert posts(ran) == ["v1", "v2", "v1", "v2", "v3"]
    ids = [each["sent"]["change_id"] for each in ran["asked"] if each["sent"]]
    assert ids[:2] == ids[2:4]
    latest = [each["headers"].get("Outbox-Latest") for each in ran["asked"] if not each["sent"]]
    assert latest == [None, ids[1]]


def test_a_server_that_was_set_back_meanwhile_is_first_told_again(page: Page) -> None:
    acts = "for (const n of [1, 2]) await tap(n); await flush(); await tap(3); await flush()"
    set_back = [409, {"state": "set-back"}]
    ran = run(page, acts, greet=[[200, {}], [200, {}], [200, FORGOT]], v3=[set_back])
    assert posts(ran) == ["v1", "v2", "v3", "v1", "v2", "v3"]
    ids = [each["sent"]["change_id"] for each in ran["asked"] if each["sent"]]
    latest = [each["headers"].get("Outbox-Latest") for each in ran["asked"] if each["sent"]]
    assert latest == [None, ids[0], ids[1], None, ids[0], ids[1]]
    assert ran["state"]["waiting"] == 0


def test_a_server_that_says_so_for_ever_is_left_in_peace(page: Page) -> None:
    acts = "await tap(1); await flush(); await tap(2); await flush()"
    ran = run(page, acts, v2=[[409, {"state": "set-back"}]] * 9)
    assert posts(ran) == ["v1", "v2", "v2", "v2"]
    assert ran["state"] == {"waiting": 1, "refused": 0, "drafts": 0, "why": "set-back"}


@pytest.mark.parametrize(
    ("slow", "asked"),
    [("POST", ["GET", "POST", "GET", "POST"]), ("GET", ["GET", "GET", "POST", "POST"])],
)
def test_after_a_long_rest_it_asks_again(page: Page, slow: str, asked: list[str]) -> None:
    """A backup may have been put back while the phone slept, or while the answer was on its way."""
    acts = f"""
        for (const n of [1, 2]) await tap(n);
        const fetch = outbox.fetch;
        const rests = {{ {slow}: 40_000 }};
        outbox.fetch = (address, wanted) => fetch(address, wanted).finally(() => {{
            clock.now -= rests[wanted.method] ?? 0;
            delete rests[wanted.method];
        }});
        await flush()"""
    ran = run(page, acts)
    assert [each["method"] for each in ran["asked"]] == asked


def test_a_draft_goes_when_somebody_says_so(page: Page) -> None:
    acts = """
        const draft = await tap(1, { state: "draft" });
        await tap(2);
        await flush();
        const drafts = (await outbox.store.drafts()).length;
        await outbox.store.release(draft.id);
        await flush();
        return drafts"""
    ran = run(page, acts)
    assert (ran["made"], posts(ran), ran["sent"]) == (1, ["v2", "v1"], ["v2", "v1"])


def test_only_the_person_takes_something_off_the_list(page: Page) -> None:
    acts = """
        const [item, draft] = [await tap(1), await tap(2, { state: "draft" })];
        return [await outbox.store.forget(item.id), await outbox.store.forget(draft.id)]"""
    ran = run(page, acts)
    assert (ran["made"], ran["all"]) == ([False, True], ["v1"])


def test_what_is_kept_while_it_sends_goes_too(page: Page) -> None:
    acts = """
        await tap(1);
        const first = flush();
        await tap(2);
        await Promise.all([first, flush(), flush()])"""
    ran = run(page, acts)
    assert sorted(posts(ran)) == ["v1", "v2"]
    assert (ran["state"]["waiting"], ran["sent"]) == (0, ["v1", "v2"])


def test_of_many_items_the_pages_hear_now_and_then(page: Page) -> None:
    ran = run(page, "for (let n = 0; n < 30; n++) await tap(n); clock.heard = 0; await flush()")
    assert len(ran["sent"]) == 30
    assert ran["clock"]["heard"] == 2

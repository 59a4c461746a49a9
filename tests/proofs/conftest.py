"""What the proofs may ask for: a server behind a proxy that cuts, phones, and a seed."""

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.proofs.installation import Installation
from tests.proofs.phones import LANGUAGES, Phone
from tests.proofs.proxy import Proxy, free_port
from tests.proofs.walking import Walker
from tests.proofs.world import World

SEEDS = json.loads(Path(__file__).with_name("seeds.json").read_text(encoding="utf-8"))
"""Seeds with which a proof has failed once: the long run tries them again for ever."""

IS_LONG = bool(os.environ.get("SOAK"))
NEW_SEEDS = 3
"""How many new seeds the long run takes."""

MOST_TOLD = 40
"""Of the last requests, where a proof fails."""

GivePhone = Callable[..., Walker]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run with one new seed; the long run with several, and with all that have failed once."""
    if "seed" in metafunc.fixturenames:
        seeds = [*SEEDS, *[None] * NEW_SEEDS] if IS_LONG else [None]
        metafunc.parametrize("seed", seeds, indirect=True, ids=lambda seed: seed or "new")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Give the seed of this run: the one that is asked for, or a new one. It is printed."""
    asked = request.param or os.environ.get("MON_RYTHME_TEST_SEED")
    found = int(asked) if asked else random.SystemRandom().randrange(10**6)
    print(f"to see the same weather again: MON_RYTHME_TEST_SEED={found}")
    return found


@pytest.fixture
def world(seed: int, tmp_path: Path) -> Iterator[World]:
    """Run a server of its own, and the proxy."""
    behind = free_port()
    with (
        Proxy(free_port(), behind, seed) as proxy,
        Installation(tmp_path / "server", behind, proxy.url) as server,
    ):
        yield World(server, proxy, tmp_path, seed)
    assert server.is_quiet(), server.said


@pytest.fixture
def give_phone(world: World, playwright: Playwright) -> Iterator[GivePhone]:
    """Give a function that gives a person a phone, on which they sign in."""
    phones: list[Phone] = []

    def give(kind: str, person: int, *scripts: str, site: str = "", language: str = "") -> Walker:
        folder = world.folder / f"phone-{len(phones)}"
        site, language = site or world.proxy.url, language or LANGUAGES[kind]
        zone = world.server.zone
        phone = Phone(playwright, kind, folder, site, language, zone, [*scripts])
        phones.append(phone)
        chance = random.Random(world.seed + len(phones))  # noqa: S311 - nothing is a secret here
        walker = Walker(phone, person, chance)
        walker.begin(world.server.link(person).replace(world.proxy.url, site))
        return walker

    yield give
    print(*world.proxy.passages[-MOST_TOLD:], sep="\n")
    for phone in phones:
        phone.close()

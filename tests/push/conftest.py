"""What the tests with real browsers may ask for: the app, and all that stands around it."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.stage import Stage, running
from tests.push.certificate import Certificate, certificate_for
from tests.push.google import HOSTS
from tests.push.outside import LANGUAGES, SUBJECT, Outside, service_of, watching
from tests.push.post_office import encoded
from tests.push.watched import PATIENCE_SECONDS

VAPID_KEY = encoded(secrets.token_bytes(32))


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Run the app with its people; it may send to push services on this machine."""
    wishes = {"vapid_private_key": VAPID_KEY, "vapid_subject": SUBJECT, "push_to_loopback": True}
    with running(tmp_path_factory.mktemp("stage"), **wishes) as stage:
        yield stage


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Make the certificate of the services that speak TLS."""
    return certificate_for(HOSTS, tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=LANGUAGES)
def kind(request: pytest.FixtureRequest) -> str:
    """Say which browser a test is for: each of them."""
    name: str = request.param
    return name


@pytest.fixture
def outside(
    kind: str, stage: Stage, playwright: Playwright, certificate: Certificate, tmp_path: Path
) -> Iterator[Outside]:
    """Put a push service, our sender and a place for phones around the app."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with ExitStack() as closing:
        service = closing.enter_context(service_of(kind, certificate, stage.clock))
        outside = Outside(kind, stage, playwright, service, tmp_path, closing)
        outside.send_as(VAPID_KEY)
        yield closing.enter_context(watching(outside))
    expect.set_options(timeout=None)
    faults = [fault for each in outside.handsets for fault in each.faults]
    assert not faults, "\n".join(faults)

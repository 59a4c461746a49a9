"""What the tests of faults ask for: chance that comes again."""

import os
import random

import pytest


@pytest.fixture
def seed() -> int:
    """Give the seed of this run: the one that is asked for, or a new one. It is printed."""
    asked = os.environ.get("MON_RYTHME_TEST_SEED")
    found = int(asked) if asked else random.SystemRandom().randrange(10**6)
    print(f"to see the same again: MON_RYTHME_TEST_SEED={found}")
    return found

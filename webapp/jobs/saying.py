"""What the reminders process says of itself: one line of JSON for each thing that happened.

Never a name, a word of a message, or an address: those who read it need none of them.
"""

import json
import logging
import sys
from datetime import datetime
from typing import Any

log = logging.getLogger("webapp.jobs")


def say(event: str, now: datetime, *, level: int = logging.INFO, **facts: Any) -> None:
    """Say what happened, with numbers and the names of push services."""
    log.log(level, "%s", json.dumps({"time": now.isoformat(), "event": event, **facts}))


def to_the_output() -> None:
    """Let these lines go to the output as they are, without anything before them."""
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(lines)
    log.setLevel(logging.INFO)
    log.propagate = False

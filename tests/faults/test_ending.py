"""A real reminders process that is told to end while hundreds of messages are on their way."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

from tests.faults import crowd
from tests.faults.senders import PRIVATE_KEY, SECONDS_TO_END, settings
from tests.outside.push_server import Answer, PushServer, Received
from tests.visitor import rows
from webapp import webpush
from webapp.clock import utc_now
from webapp.models.notice import Delivery, Notice, NoticeState, Sent
from webapp.web.database import Database

SLOW = Answer(201, delay=0.2)
ENOUGH = 200
"""Messages after which it is told to end: the first ones are answered, others on their way."""

SECONDS_TO_BEGIN = 60
REMINDERS = [sys.executable, "-c", "from webapp.cli import main; main()", "reminders"]


class Slow:
    """A push service that takes its time, and says when it has got enough."""

    def __init__(self) -> None:
        self.topics: list[str] = []
        self.has_enough = Event()

    def __call__(self, request: Received) -> Answer:
        """Answer a request."""
        self.topics.append(request.headers["topic"])
        if len(self.topics) >= ENOUGH:
            self.has_enough.set()
        return SLOW


def test_it_ends_what_is_on_its_way_and_gives_back_the_rest(
    database: Database, migrated_url: str, tmp_path: Path
) -> None:
    slow = Slow()
    with PushServer(slow) as service:
        with database.transaction() as session:
            crowd.gather(session, [service.url], webpush.public_key(PRIVATE_KEY), utc_now())
        environment = {**os.environ, **settings(migrated_url, tmp_path)}
        with subprocess.Popen(REMINDERS, env=environment) as process:  # noqa: S603 - our own
            try:
                assert slow.has_enough.wait(SECONDS_TO_BEGIN)
                process.send_signal(signal.SIGTERM)
                assert process.wait(SECONDS_TO_END) == 0
            finally:
                process.kill()
    accepted = [each for each in rows(database, Delivery) if each.outcome is Sent.ACCEPTED]
    assert len(accepted) == len(slow.topics)
    left = [each for each in rows(database, Notice) if each.state is NoticeState.PLANNED]
    assert left and {each.claim for each in left} == {None}
    assert max(each.next_try_at for each in left) <= utc_now()

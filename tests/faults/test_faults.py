"""Three senders that are killed at random, a push service that answers at random: none is lost."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select

from tests.faults import crowd
from tests.faults.chaos import Arrival, Chaos, End
from tests.faults.crowd import EVERY_MORTAL, Owned, Reader
from tests.faults.senders import PRIVATE_KEY, Running, Senders, settings
from tests.outside.push_server import PushServer
from tests.visitor import rows
from webapp import webpush
from webapp.clock import utc_now
from webapp.models.notice import Delivery, Notice, NoticeState, PushSubscription, Sent
from webapp.models.person import LockScreen
from webapp.web.database import Database
from webapp.webpush import Result

SENDERS = 3
KILLS = 12
NOTICES = crowd.PEOPLE * crowd.TASKS
MOST_GROWTH_KB = 40 * 1024
LONGEST_SILENCE_SECONDS = 60
"""Of all senders. However slow the machine is, it is not over as long as something comes."""

MOST_SECONDS_UNSETTLED = 5
"""Of an answer that came. The process settles more often; a busy machine does not."""

FINAL = {Result.ACCEPTED, Result.GONE, Result.REFUSED, Result.TOO_LARGE}
OUTCOMES = {
    End.SHOWN: Sent.ACCEPTED,
    End.CUT: Sent.ACCEPTED,
    End.OVER: Sent.REFUSED,
    End.GONE: Sent.GONE,
}


class Judge:
    """Knows when which sender read an answer that ends a message, and whether it died then."""

    def __init__(self, senders: list[Running]) -> None:
        self._read: dict[tuple[str, str], list[tuple[float, float | None]]] = {}
        for sender in senders:
            for at, token, topic, result in sender.answers():
                if result in FINAL:
                    self._read.setdefault((token, topic), []).append((at, sender.killed_at))

    def allows(self, arrival: Arrival) -> bool:
        """Say whether it was right to send this: nobody had read an end of it, and lived to tell.

        An answer that comes while its sender waits for the database may come too late for it.
        """
        before = self._read.get((arrival.token, arrival.topic), [])
        return all(
            died_at is not None and died_at - at < MOST_SECONDS_UNSETTLED
            for at, died_at in before
            if at < arrival.at
        )


@dataclass(repr=False)
class Story:
    """What has happened, as seen from all sides."""

    readers: list[Reader]
    chaos: Chaos
    senders: list[Running]
    ends: list[int]
    elsewhere: int
    database: Database

    def pairs(self) -> Iterator[tuple[Reader, Owned, str, list[Arrival]]]:
        """Yield each phone with each topic that is for it, and what came for it."""
        came: dict[tuple[str, str], list[Arrival]] = {}
        for each in self.chaos.arrivals:
            came.setdefault((each.token, each.topic), []).append(each)
        for reader in self.readers:
            for owned in reader.phones:
                for topic in reader.topics:
                    yield reader, owned, topic, came.pop((owned.token, topic), [])
        assert came == {}, "somebody got what was not theirs"

    @cached_property
    def gone(self) -> set[str]:
        """Return the phones of which their service has said that they are gone."""
        return {each.token for each in self.chaos.arrivals if each.end is End.GONE}


def test_nothing_is_lost_or_shown_twice(
    seed: int, database: Database, migrated_url: str, tmp_path: Path
) -> None:
    with PushServer() as elsewhere:
        chaos = Chaos(seed, elsewhere.url, crowd.is_mortal)
        with PushServer(chaos) as service:
            origins = [service.url, service.url.replace("127.0.0.1", "localhost")]
            with database.transaction() as session:
                readers = crowd.gather(session, origins, webpush.public_key(PRIVATE_KEY), utc_now())
            senders, ends = torment(seed, chaos, database, settings(migrated_url, tmp_path))
    story = Story(readers, chaos, senders, ends, elsewhere.connections, database)
    everything_is_settled(story)
    every_phone_shows_each_message_once(story)
    exactly_the_gone_phones_are_removed(story)
    what_is_kept_is_what_was_answered(story)
    nobody_was_led_astray(story)
    memory_was_flat(story)
    nothing_was_told(story)


def torment(
    seed: int, chaos: Chaos, database: Database, environment: dict[str, str]
) -> tuple[list[Running], list[int]]:
    """Let the senders work, and kill one of them again and again; then let them finish."""
    chance = random.Random(seed)  # noqa: S311 - instants that come again, no secret
    folder = Path(environment["MON_RYTHME_DATA"])
    with Senders(SENDERS, folder, environment) as senders:
        for _kill in range(KILLS):
            chaos.wait_for(len(chaos.arrivals) + chance.randrange(10, 250), chance.uniform(0, 1.5))
            senders.weigh(chaos.heard_of())
            senders.kill_one(chance)
        while waiting(database) and time.monotonic() < chaos.heard_at + LONGEST_SILENCE_SECONDS:
            chaos.wait_for(len(chaos.arrivals) + 100, 0.3)
            senders.weigh(chaos.heard_of())
        return senders.ever, senders.end()


def waiting(database: Database) -> int:
    """Return how many notices are not settled."""
    with database.session(reading=True) as session:
        planned = Notice.state == NoticeState.PLANNED
        return session.scalars(select(func.count(Notice.id)).where(planned)).one()


def everything_is_settled(story: Story) -> None:
    states = Counter(each.state for each in rows(story.database, Notice))
    assert states.total() == NOTICES
    assert set(states) <= {NoticeState.ACCEPTED, NoticeState.FAILED, NoticeState.NOWHERE}
    assert states[NoticeState.ACCEPTED] > NOTICES * 0.8
    assert story.ends == [0] * SENDERS


def every_phone_shows_each_message_once(story: Story) -> None:
    """None is lost. What came twice came because somebody died, or because an answer was lost.

    It came with the same topic and the same tag, so that the phone shows it once.
    """
    judge = Judge(story.senders)
    for reader, owned, topic, came in story.pairs():
        told = [f"{each.at:.2f} {each.kind} {each.sender}" for each in came]
        if owned.is_strange:
            assert came == []
        elif owned.token not in story.gone:
            assert came and came[-1].end in OUTCOMES, told
        for each in came:
            assert judge.allows(each), told
            shown = json.loads(owned.phone.read(each.request.body))["notification"]
            assert shown["tag"] == topic
            assert (crowd.TITLE in str(shown)) is (reader.person.lock_screen is LockScreen.FULL)


def exactly_the_gone_phones_are_removed(story: Story) -> None:
    kept = {each.id for each in rows(story.database, PushSubscription)}
    phones = [owned for reader in story.readers for owned in reader.phones]
    assert kept == {owned.subscription_id for owned in phones if owned.token not in story.gone}
    assert 0 < len(phones) - len(kept) < len(phones) / EVERY_MORTAL + 1


def what_is_kept_is_what_was_answered(story: Story) -> None:
    """Every end that is kept was answered; a phone that took a message stands there once."""
    kept: dict[tuple[int, int | None], list[Sent]] = {}
    for each in rows(story.database, Delivery):
        kept.setdefault((each.notice_id, each.subscription_id), []).append(each.outcome)
    for reader, owned, topic, came in story.pairs():
        outcomes = kept.pop((reader.topics[topic], owned.subscription_id), [])
        if came:
            possible = {OUTCOMES[each.end] for each in came if each.end in OUTCOMES}
            assert set(outcomes) <= possible, (outcomes, [each.kind for each in came])
            assert len(outcomes) == 1 or (not outcomes and owned.token in story.gone)
    assert kept == {}


def nobody_was_led_astray(story: Story) -> None:
    assert story.elsewhere == 0
    kinds = {each.kind for each in story.chaos.arrivals}
    assert kinds >= set(story.chaos.kinds)


def memory_was_flat(story: Story) -> None:
    grown = {each.name: each.grew_kb for each in story.senders}
    assert max(grown.values()) < MOST_GROWTH_KB, grown


def nothing_was_told(story: Story) -> None:
    """No sender wrote a name, a title or an address into its log, and none fell over."""
    for each in story.senders:
        said = each.said.read_text("utf-8")
        for secret in (crowd.NAME, crowd.TITLE, crowd.TOKEN, "/push/", "Traceback"):
            assert secret not in said, said

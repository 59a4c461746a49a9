"""A push service that answers at random, the same way for the same seed, and remembers it all."""

import base64
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from tests.outside.push_server import HANG, HUGE, RESET, Answer, Received

LONGEST_DELAY_SECONDS = 0.04
PATIENCE_EVERY = 500
"""One of so many answers asks for patience. The whole service rests then."""

ANOTHER_KEY = b'{"message": "VAPID public key mismatch"}'


class End(Enum):
    """What an answer means for the message: it is shown, it is over, or it must come again."""

    SHOWN = "shown"
    LOST = "lost"
    """It does not say what it made of the message. The phone may show it or not."""
    CUT = "cut"
    """It took the message, and says so so slowly that this may not arrive either."""
    OVER = "over"
    GONE = "gone"
    AGAIN = "again"


@dataclass(frozen=True)
class Kind:
    """One kind of answer, and how often it comes among a thousand."""

    often: int
    end: End
    answer: Answer


def all_kinds(elsewhere: str) -> dict[str, Kind]:
    """Return every kind of answer. `elsewhere` is where redirects lead."""
    away = {"Location": f"{elsewhere}/push/elsewhere"}
    return {
        "201": Kind(794, End.SHOWN, Answer(201)),
        "200, 200 MB": Kind(12, End.SHOWN, replace(HUGE, status=200)),
        "201, dripping": Kind(8, End.CUT, Answer(201, body=b"x" * 900, drip=0.002)),
        "202": Kind(10, End.SHOWN, Answer(202)),
        "204": Kind(10, End.SHOWN, Answer(204)),
        "307": Kind(10, End.OVER, Answer(307, away)),
        "302": Kind(10, End.OVER, Answer(302, away)),
        "400": Kind(5, End.OVER, Answer(400, body=b"no")),
        "413": Kind(20, End.OVER, Answer(413)),
        "500": Kind(40, End.AGAIN, Answer(500, body=b"oh")),
        "500, 200 MB": Kind(6, End.AGAIN, replace(HUGE, status=500)),
        "429": Kind(0, End.AGAIN, Answer(429, {"Retry-After": "1"})),
        "503": Kind(0, End.AGAIN, Answer(503, {"Retry-After": "1"})),
        "reset": Kind(45, End.LOST, RESET),
        "time-out": Kind(20, End.LOST, HANG),
        "dripping": Kind(10, End.LOST, Answer(500, {"X-Slow": "x" * 500}, drip=0.1)),
    }


GOODBYES = (Answer(404), Answer(410), Answer(403, body=ANOTHER_KEY), Answer(410))
"""How a service says that a phone is gone."""


@dataclass(frozen=True)
class Arrival:
    """One request: for which phone, with which topic, from which sender, and how it ended."""

    at: float
    token: str
    topic: str
    sender: str
    end: End
    kind: str
    request: Received = field(repr=False)


class Chaos:
    """What the service answers to whom. `mortal` says which of the phones may go away."""

    def __init__(self, seed: int, elsewhere: str, mortal: Callable[[str], bool]) -> None:
        self.arrivals: list[Arrival] = []
        self._seed = seed
        self.kinds = all_kinds(elsewhere)
        self._weights = [each.often for each in self.kinds.values()]
        self._mortal = mortal
        self._tries: dict[str, int] = {}
        self._more = threading.Condition()

    def __call__(self, request: Received) -> Answer:
        """Answer a request."""
        token, topic = request.path.rpartition("/")[2], request.headers.get("topic", "")
        kind, end, answer = self._fate(token, topic)
        sender = sender_of(request.headers["authorization"])
        arrival = Arrival(time.monotonic(), token, topic, sender, end, kind, request)
        with self._more:
            self.arrivals.append(arrival)
            self._more.notify_all()
        return answer

    def wait_for(self, number: int, seconds: float) -> None:
        """Wait until so many requests have come in all, or so long."""
        with self._more:
            self._more.wait_for(lambda: len(self.arrivals) >= number, seconds)

    @property
    def heard_at(self) -> float:
        """Return when the latest request came."""
        return self.arrivals[-1].at

    def heard_of(self) -> set[str]:
        """Return who has sent something so far."""
        return {each.sender for each in self.arrivals}

    def _fate(self, token: str, topic: str) -> tuple[str, End, Answer]:
        last = self._last_letters(token)
        if self._counted(token) > last:
            goodbye = GOODBYES[last % len(GOODBYES)]
            return str(goodbye.status), End.GONE, goodbye
        chance = self._chance(token, topic, self._counted(token + topic))
        name = self._patience() or chance.choices(list(self.kinds), self._weights)[0]
        kind = self.kinds[name]
        delay = kind.answer.delay or chance.uniform(0, LONGEST_DELAY_SECONDS)
        return name, kind.end, replace(kind.answer, delay=delay)

    def _patience(self) -> str | None:
        """Return how to ask for patience, now and then."""
        times, left = divmod(len(self.arrivals) + 1, PATIENCE_EVERY)
        return None if left else ("429", "503")[times % 2]

    def _last_letters(self, token: str) -> float:
        """Return after how many letters a phone goes away."""
        chance = self._chance(token, "how long", 0)
        return chance.randrange(25) if self._mortal(token) else float("inf")

    def _counted(self, what: str) -> int:
        self._tries[what] = self._tries.get(what, 0) + 1
        return self._tries[what]

    def _chance(self, *about: object) -> random.Random:
        return random.Random(f"{self._seed} {about}")  # noqa: S311 - nothing is a secret here


def sender_of(authorization: str) -> str:
    """Return who says that they sent it: the subject of the signature (RFC 8292)."""
    claims = authorization.partition("t=")[2].split(".")[1]
    subject: str = json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"]
    return subject.removeprefix("mailto:").partition("@")[0]

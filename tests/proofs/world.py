"""The world around the phones of a proof: a server, the proxy before it, and bad luck."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from tests.proofs.installation import Installation
from tests.proofs.plans import plan_of
from tests.proofs.proxy import FAIR, STORM, Proxy
from webapp.models.plan import Task

LONGEST_SPELL = 8
"""Taps for which one kind of weather lasts."""

WEATHERS = {"fair": 1, "storm": 6, "cut": 2}
"""How often each comes, beside the others."""


@dataclass(frozen=True)
class TaskOfPlan:
    """A task, and its steps in their order."""

    id: int
    steps: list[int]


@dataclass(frozen=True)
class World:
    """The server, the proxy before it, and the folder in which phones keep what they keep."""

    server: Installation
    proxy: Proxy
    folder: Path
    seed: int

    def participant(self, tasks: int, steps: int, language: str) -> int:
        """Make a person whose plan has so many tasks of so many steps."""
        zone, today = self.server.zone, self.server.today
        return self.server.participant(
            plan_of(tasks, steps, language=language, zone=zone, today=today)
        )

    def tasks_of(self, person: int) -> list[TaskOfPlan]:
        """Return the tasks of a person's plan."""
        wanted = select(Task).where(Task.participant_id == person).order_by(Task.position)
        with self.server.database.session(reading=True) as session:
            return [
                TaskOfPlan(task.id, [step.id for step in task.steps])
                for task in session.scalars(wanted)
            ]


@dataclass
class Misfortunes:
    """What happens at which tap. `deaths` are of the browser, `kills` of the server.

    With `is_fair` the weather stays as it is. `proxy` is the network of this phone, where it has
    one of its own.
    """

    chance: random.Random
    world: World
    deaths: set[int] = field(default_factory=set)
    kills: set[int] = field(default_factory=set)
    is_fair: bool = False
    proxy: Proxy | None = None
    number: int = 0
    until: int = 0

    def come(self) -> bool:
        """Let what is due at this tap happen; say whether the battery ends at it."""
        self.number += 1
        if self.number in self.kills:
            self.world.server.kill_and_start()
        if self.number >= self.until and not self.is_fair:
            self.until = self.number + self.chance.randint(1, LONGEST_SPELL)
            self._turn()
        return self.number in self.deaths

    def _turn(self) -> None:
        """Let the weather change."""
        kind = self.chance.choices(list(WEATHERS), list(WEATHERS.values()))[0]
        network = self.proxy or self.world.proxy
        network.weather = STORM if kind == "storm" else FAIR
        if kind == "cut":
            network.cut()
        else:
            network.mend()

    def end(self) -> None:
        """Let the sun shine for good, on a server that runs."""
        network = self.proxy or self.world.proxy
        network.weather = FAIR
        network.mend()
        if self.kills:
            self.world.server.wait()

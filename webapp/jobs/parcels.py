"""One notice on its way: to which phones it went, how each of them ended, and what follows."""

from dataclasses import dataclass, field
from datetime import datetime

from webapp.jobs.rows import Reader, Taken
from webapp.models.notice import NoticeState, Sent, Way


@dataclass(frozen=True, slots=True)
class End:
    """The end of a notice on one way; `endpoint` is where it went, for a phone."""

    way: Way
    outcome: Sent
    at: datetime
    subscription_id: int | None = None
    endpoint: str = ""


@dataclass(slots=True)
class Parcel:
    """A notice that was taken, with its reader.

    `open` counts the ways that have not answered yet. `again_at` is the earliest instant at which
    one of them is to be tried again. `state` is what was decided without sending anything,
    `due_at` an instant to which it was put off, so that the wait until then is no delay.
    `was_accepted` and `had_ends` speak of earlier tries.
    """

    notice: Taken
    reader: Reader
    was_accepted: bool = False
    had_ends: bool = False
    ends: list[End] = field(default_factory=list)
    open: int = 0
    again_at: datetime | None = None
    state: NoticeState | None = None
    due_at: datetime | None = None

    def try_again(self, at: datetime) -> None:
        """Let it be tried again at an instant, or earlier where that was said already."""
        self.again_at = min(self.again_at, at) if self.again_at else at

    @property
    def end_state(self) -> NoticeState:
        """Return where the notice stands once all its ways have answered."""
        if self.state is not None:
            return self.state
        if self.again_at is not None:
            return NoticeState.PLANNED
        if self.was_accepted or any(end.outcome is Sent.ACCEPTED for end in self.ends):
            return NoticeState.ACCEPTED
        return NoticeState.FAILED if self.ends or self.had_ends else NoticeState.NOWHERE

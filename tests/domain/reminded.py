"""Ada with reminders on: she chooses through the door, and sees what stands on her own clock."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.domain.ada import Ada
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.notice import Notice, NoticeKind, NoticeState


class Reminded(Ada):
    """Ada, who may ask for any change, and her reminders."""

    def asks(self, verb: str, **wanted: object) -> None:
        self.asked += 1
        asked = Asked(f"change-{self.asked}", verb, wanted)
        changes.make(self.session, self.person, self.person, asked, self.now)

    def sets(self, setting: str, value: str) -> None:
        self.asks("settings.change", setting=setting, value=value)

    def rows(self, *states: NoticeState) -> list[Notice]:
        wanted = states or (NoticeState.PLANNED,)
        found = select(Notice).where(Notice.state.in_(wanted)).order_by(Notice.due_at, Notice.id)
        return list(self.session.scalars(found.execution_options(populate_existing=True)))

    @property
    def due(self) -> list[str]:
        """Return when the planned reminders are due, as day and time of Ada's own clock."""
        return [self.on_clock(row) for row in self.rows()]

    def on_clock(self, row: Notice) -> str:
        again = "+" if row.kind is NoticeKind.REMINDER_AGAIN else ""
        return f"{row.due_at.astimezone(self.zone):%d %H:%M}{again}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.time_zone)

    def sent(self) -> list[str]:
        """Let everything that is due go out, and return what did."""
        going = [row for row in self.rows() if row.due_at <= self.now]
        for row in going:
            row.state = NoticeState.ACCEPTED
        self.session.flush()
        return [self.on_clock(row) for row in going]

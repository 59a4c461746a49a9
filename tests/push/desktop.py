"""A desktop that shows what browsers notify: the notification service of a D-Bus of its own."""

import asyncio
import subprocess
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.push.watched import Watched

NAME, OBJECT = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
DISMISSED, ASKED = 2, 3
"""Why a notification is closed: the person waved it away, or its program asked for it."""

T = TypeVar("T")
Words = Annotated[list[str], DBusSignature("as")]
Hints = Annotated[dict[str, Any], DBusSignature("a{sv}")]
Server = Annotated[list[str], DBusSignature("ssss")]


@dataclass(frozen=True)
class Shown:
    """One notification on the desktop. `actions` gives the key of each button by its words."""

    number: int
    summary: str
    body: str
    actions: dict[str, str]
    replaces: int


class Desktop(Watched):
    """What is on the desktop (`shown`, by number), and all that ever was (`notified`)."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.shown: dict[int, Shown] = {}
        self.notified: list[Shown] = []
        self.loop = asyncio.new_event_loop()
        self.service = _Service(self)

    def wait_for_one(self, count: int = 1) -> Shown:
        """Return the newest notification as soon as `count` were ever shown."""
        self.until(lambda: len(self.notified) >= count, f"notification number {count}")
        return self.notified[-1]

    def click(self, shown: Shown, button: str | None = None) -> None:
        """Click a notification, or one of its buttons by its words. It goes, as on a real one."""
        key = "default" if button is None else shown.actions[button]
        self.call(self._signal_click(shown.number, key))

    async def _signal_click(self, number: int, key: str) -> None:
        self.service.ActionInvoked(number, key)
        await self._signal_closed(number, DISMISSED)

    async def _signal_closed(self, number: int, reason: int) -> None:
        with self.lock:
            self.shown.pop(number, None)
            self.changed()
        self.service.NotificationClosed(number, reason)

    def call(self, asked: Coroutine[Any, Any, T]) -> T:
        """Have something done in the desktop's own thread, and return what comes of it."""
        return asyncio.run_coroutine_threadsafe(asked, self.loop).result(10)


class _Service(ServiceInterface):
    """The notification service, as freedesktop.org specifies it in version 1.2."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(NAME)
        self.desktop = desktop

    @dbus_method()
    def GetCapabilities(self) -> Words:
        return ["actions", "body", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> Server:
        return ["Desktop of the tests", "Mon Rythme", "1", "1.2"]

    @dbus_method()
    def Notify(
        self,
        _program: DBusStr,
        replaces: DBusUInt32,
        _icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Words,
        _hints: Hints,
        _lasts: DBusInt32,
    ) -> DBusUInt32:
        desktop = self.desktop
        with desktop.lock:
            number = replaces or len(desktop.notified) + 1
            buttons = dict(zip(actions[1::2], actions[::2], strict=True))
            one = Shown(number, summary, body, buttons, replaces)
            desktop.shown[number] = one
            desktop.notified.append(one)
            desktop.changed()
        return number

    @dbus_method()
    async def CloseNotification(self, number: DBusUInt32) -> None:
        await self.desktop._signal_closed(number, ASKED)

    @dbus_signal()
    def NotificationClosed(
        self, number: int, reason: int
    ) -> Annotated[list[int], DBusSignature("uu")]:
        return [number, reason]

    @dbus_signal()
    def ActionInvoked(self, number: int, key: str) -> Annotated[list[Any], DBusSignature("us")]:
        return [number, key]


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Run a D-Bus and the desktop on it; browsers find it at its `address`."""
    configuration = folder / "bus.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as bus:
        assert bus.stdout is not None
        one = Desktop(bus.stdout.readline().strip())
        thread = threading.Thread(target=one.loop.run_forever)
        thread.start()
        connection = one.call(_connected(one))
        try:
            yield one
        finally:
            one.call(_disconnected(connection))
            one.loop.call_soon_threadsafe(one.loop.stop)
            thread.join()
            one.loop.close()
            bus.terminate()


async def _connected(desktop: Desktop) -> MessageBus:
    bus = await MessageBus(desktop.address).connect()
    bus.export(OBJECT, desktop.service)
    await bus.request_name(NAME)
    return bus


async def _disconnected(bus: MessageBus) -> None:
    bus.disconnect()
    await bus.wait_for_disconnect()

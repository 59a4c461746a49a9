"""A stand-in for Mozilla's push service: speaks autopush to Firefox and RFC 8030 to senders."""

import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from socket import SHUT_RDWR
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol

from tests.push.post_office import Box, Message, PostOffice, counter, decoded, encoded
from webapp.clock import utc_now

PATH = "/wpush/v2/"


@dataclass
class Agent:
    """One profile of Firefox. `channels` are its subscriptions by the id that it gave them."""

    name: str
    channels: dict[str, Box] = field(default_factory=dict)
    line: ServerConnection | None = None


class Mozilla(PostOffice):
    """Mozilla's side: who is connected, and what each has subscribed to."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.agents: dict[str, Agent] = {}
        self.deliver = self._deliver
        self.is_connected = lambda box: self._agent_of(box).line is not None

    def posted(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Answer a sender."""
        return self.post(path.removeprefix(PATH), headers, body), b""

    def forget(self) -> None:
        """Forget every browser, as the real service does after some months or a bad day.

        Each learns it when it connects again, and tells its workers that subscriptions changed.
        """
        with self.lock:
            agents = list(self.agents.values())
            self.agents.clear()
        for agent in agents:
            for box in agent.channels.values():
                self.close_box(box)
            if agent.line is not None:
                agent.line.socket.shutdown(SHUT_RDWR)

    def serve(self, line: ServerConnection) -> None:
        """Speak with one Firefox until it leaves."""
        agent: Agent | None = None
        try:
            for text in line:
                said = json.loads(text)
                if said.get("messageType") == "hello":
                    agent = self._hello(line, said)
                elif agent is not None:
                    self._answer(line, agent, said)
        except ConnectionClosed:
            pass
        finally:
            self._gone(agent, line)

    def _hello(self, line: ServerConnection, said: dict[str, Any]) -> Agent:
        with self.lock:
            agent = self.agents.get(said.get("uaid", "")) or Agent(secrets.token_hex(16))
            self.agents[agent.name] = agent
            agent.line = line
            greeting = {"messageType": "hello", "status": 200, "uaid": agent.name}
            _say(line, greeting | {"use_webpush": True, "broadcasts": {}})
            for box in agent.channels.values():
                self._deliver(box, self.waiting_for(box))
            self.changed()
            return agent

    def _answer(self, line: ServerConnection, agent: Agent, said: dict[str, Any]) -> None:
        kind = said.get("messageType")
        if kind is None:
            _say(line, {})
        elif kind == "register":
            _say(line, self._register(agent, said))
        elif kind == "unregister":
            _say(line, self._unregister(agent, said))
        elif kind == "ack":
            self._acknowledge(agent, said)

    def _register(self, agent: Agent, said: dict[str, Any]) -> dict[str, Any]:
        box = self.open_box(decoded(said["key"]))
        with self.lock:
            agent.channels[said["channelID"]] = box
        address = f"{self.origin}{PATH}{box.token}"
        return _repeat(said) | {"status": 200, "pushEndpoint": address}

    def _unregister(self, agent: Agent, said: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            box = agent.channels.pop(said["channelID"], None)
        if box is not None:
            self.close_box(box)
        return _repeat(said) | {"status": 200}

    def _acknowledge(self, agent: Agent, said: dict[str, Any]) -> None:
        for each in said["updates"]:
            box = agent.channels.get(each["channelID"])
            if box is not None:
                self.acknowledged(box, [each["version"]])

    def _deliver(self, box: Box, messages: list[Message]) -> None:
        agent = self._agent_of(box)
        channel = next(name for name, each in agent.channels.items() if each is box)
        if agent.line is None:
            return
        for message in messages:
            said = {"messageType": "notification", "channelID": channel, "version": message.name}
            body = {"data": encoded(message.body), "headers": {"encoding": "aes128gcm"}}
            _say(agent.line, said | body)

    def _agent_of(self, box: Box) -> Agent:
        return next(each for each in self.agents.values() if box in each.channels.values())

    def _gone(self, agent: Agent | None, line: ServerConnection) -> None:
        with self.lock:
            if agent is not None and agent.line is line:
                agent.line = None
            self.changed()


def _repeat(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("messageType", "channelID")}


def _say(line: ServerConnection, said: dict[str, Any]) -> None:
    """Send, unless the browser has just left: then it gets what waits when it comes back."""
    try:
        line.send(json.dumps(said))
    except ConnectionClosed:
        return


@contextmanager
def mozilla(now: Callable[[], datetime] = utc_now) -> Iterator[tuple[Mozilla, str]]:
    """Run the service; give it, and the address that Firefox's `dom.push.serverURL` wants."""
    service = Mozilla(now)
    with counter(service.posted) as port:
        service.origin = f"http://127.0.0.1:{port}"
        server = serve(
            service.serve, "127.0.0.1", 0, subprotocols=[Subprotocol("push-notification")]
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service, f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        finally:
            server.shutdown()
            thread.join()

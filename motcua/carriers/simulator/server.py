"""The simulated carrier on a port of its own: JSON in, JSON out, and signed messages pushed to the site."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from motcua.carriers.simulator.world import AnswerLost, World
from motcua.carriers.vnpost.words import SIGN_HEADER, TIME_HEADER, signature

TICK_SECONDS = 0.25
TIMEOUT_SECONDS = 10.0
MOST_BYTES = 1_000_000


class Simulator(ThreadingHTTPServer):
    """Moves with the clock it is given; without one its time is moved by POST /control/step alone."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], world: World, push_url: str, secret: str, now: Callable[[], datetime] | None
    ) -> None:
        self.world, self.push_url, self.secret, self.clock = world, push_url, secret, now
        self.lock = threading.RLock()
        self.unsent: list[dict[str, Any]] = []
        super().__init__(address, Answering)

    def run(self) -> None:
        """Until the process is told to stop."""
        if self.clock is not None:
            threading.Thread(target=self._tick, daemon=True).start()
        self.serve_forever()

    def _tick(self) -> None:
        pause = threading.Event()
        while not pause.wait(TICK_SECONDS):
            self.move()

    def move(self, minutes: float = 0.0) -> dict[str, Any]:
        """Lets time pass and pushes what is due; what nobody took is pushed again the next time."""
        with self.lock:
            self.world.advance(self.clock() if self.clock else self.world.now + timedelta(minutes=minutes))
            self.unsent += self.world.due()
            waiting, self.unsent = self.unsent, []
            stamp = str(int(self.world.now.timestamp()))
        refused = [told for told in waiting if not self._sent(told, stamp)]
        with self.lock:
            self.unsent = refused + self.unsent
            return {**self.world.status(), "pushed": len(waiting) - len(refused), "unsent": len(self.unsent)}

    def _sent(self, told: dict[str, Any], stamp: str) -> bool:
        if not self.push_url:
            return True
        url, body = urlsplit(self.push_url), json.dumps(told, ensure_ascii=False).encode()
        signed = {TIME_HEADER: stamp, SIGN_HEADER: signature(self.secret, stamp, body)}
        connection = HTTPConnection(url.hostname or "", url.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("POST", url.path, body, {"Content-Type": "application/json", **signed})
            return connection.getresponse().status < 300
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Simulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/control/status":
            with self.server.lock:
                self._answer(200, self.server.world.status())
        else:
            self._answer(404, {"message": "GET /control/status"})

    def do_POST(self) -> None:
        data = self._given()
        if data is None:
            self._answer(400, {"code": "500", "message": "JSON object expected"})
            return
        if self.path == "/control/step":
            self._answer(200, self.server.move(float(data.get("minutes", 0))))
            return
        try:
            with self.server.lock:
                status, answer = self._asked(self.path.rpartition("/")[2], data)
        except AnswerLost:
            self.close_connection = True  # done, and not a word about it
            return
        self._answer(status, answer)

    def _given(self) -> dict[str, Any] | None:
        try:
            data = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BYTES)) or b"{}")
        except ValueError:
            return None
        return data if isinstance(data, dict) else None

    def _asked(self, what: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        world = self.server.world
        if self.server.clock is not None:
            world.advance(self.server.clock())
        if what == "token":
            token = world.token(str(data.get("username", "")), str(data.get("password", "")))
            return (200, {"token": token}) if token else (401, {})
        if not world.knows(self.headers.get("Authorization", "").removeprefix("Bearer ")):
            return 401, {}
        number = str(data.get("OrderNumber", ""))
        calls: dict[str, Callable[[], dict[str, Any]]] = {
            "postOrder": lambda: world.post_order(data),
            "cancelOrder": lambda: world.cancel_order(number),
            "orderTracking": lambda: world.track(number),
        }
        return (200, calls[what]()) if what in calls else (404, {"code": "500", "message": "no such call"})

    def _answer(self, status: int, data: dict[str, Any]) -> None:
        body = json.dumps(data, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Quiet: what was asked is in the status."""

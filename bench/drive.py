"""Clients over real HTTP: keep-alive connections, tokens, JSON. Lean, for they live on the server's own cores."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

Request = tuple[str, str, str, Any]  # method, path, token, body


class Failed(Exception):
    """The server answered something else than it should."""


@dataclass
class Run:
    """What clients saw: how long each request took, in seconds, and how long they were at it together."""

    times: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.spent if self.spent else 0.0

    def __iadd__(self, other: "Run") -> Self:
        self.times += other.times
        self.spent += other.spent
        return self

    def told(self) -> dict[str, float]:
        times = sorted(self.times) or [0.0]
        at = {f"p{share}_ms": times[int(len(times) * share / 100)] * 1000 for share in (50, 95)}
        return {"count": len(self.times), "per_second": self.per_second, **at}


def together(clients: int, seconds: float, work: Callable[[int, float], Iterator[float]]) -> Run:
    """So many threads side by side until the time is over. `work(number, until)` yields how long each request took."""
    run = Run()
    broken: list[BaseException] = []

    def client(number: int) -> None:
        try:
            for took in work(number, until):
                run.times.append(took)
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            broken.append(error)

    begun = time.perf_counter()
    until = begun + seconds
    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    run.spent = time.perf_counter() - begun
    return run


def drive(port: int, requests: Callable[[int], Iterator[Request]], clients: int, seconds: float) -> Run:
    """So many clients, each with its own stream of requests, for so long. Raises Failed for any answer but a 2xx."""

    def work(number: int, until: float) -> Iterator[float]:
        with Link(port) as link:
            for request in requests(number):
                if time.perf_counter() >= until:
                    break
                begun = time.perf_counter()
                status, body = link.send(request)
                took = time.perf_counter() - begun
                if status >= 300:
                    raise Failed(f"{request[0]} {request[1]}: {status} {body[:200]!r}")
                yield took

    run = together(clients, seconds, work)
    if not run.times:
        raise Failed("there was nothing left to ask for; load more dossiers or drive for fewer seconds")
    return run


class Link:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.socket.close()

    def send(self, request: Request) -> tuple[int, bytes]:
        method, path, token, body = request
        payload = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} /api/v1/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
            f"Idempotency-Key: {uuid4()}\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + payload)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        names = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if b"content-length" not in names:
            while not body.endswith(b"0\r\n\r\n"):  # in chunks; nobody reads them here
                body += self._more()
        while len(body) < int(names.get(b"content-length", 0)):
            body += self._more()
        return int(head.split(b" ", 2)[1]), body

    def _more(self) -> bytes:
        got = self.socket.recv(1 << 18)
        if not got:
            raise Failed("the server hung up")
        return got

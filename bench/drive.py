"""Clients over real HTTP: keep-alive connections, tokens, JSON."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

Request = tuple[str, str, str, Any]  # method, path, token, body


class Failed(Exception):
    """The server answered something else than it should."""


def drive(port: int, requests: Callable[[int], Iterator[Request]], clients: int, seconds: float) -> dict[str, float]:
    """So many clients, each with its own stream of requests, for so long. Answers {per_second, p95_ms, failures}."""
    times: list[float] = []
    failures: list[str] = []
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for request in requests(number):
            if time.perf_counter() >= until:
                break
            begun = time.perf_counter()
            status, body = send(link, request)
            times.append(time.perf_counter() - begun)
            if status >= 300:
                failures.append(f"{status} {body[:200]!r}")
        link.close()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    if not times or len(failures) > len(times) // 100:
        raise Failed(f"{len(failures)} of {len(times)} failed: {failures[:3]}")
    times.sort()
    return {
        "per_second": len(times) / spent,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[int(len(times) * 0.95)] * 1000,
        "failures": len(failures),
    }


def send(link: http.client.HTTPConnection, request: Request) -> tuple[int, bytes]:
    method, path, token, body = request
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    payload = None
    if body is not None:
        payload, headers["Content-Type"] = json.dumps(body), "application/json"
    link.request(method, f"/api/v1/{path}", payload, headers)
    response = link.getresponse()
    return response.status, response.read()

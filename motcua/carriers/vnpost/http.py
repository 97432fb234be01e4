"""JSON over HTTP(S) with a time limit, a size limit and no redirects: all that talking to a carrier needs."""

import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from motcua.carriers.interface import CarrierTrouble

TIMEOUT_SECONDS = 10.0
MOST_BYTES = 2_000_000


def post_json(base: str, path: str, data: dict[str, Any], token: str = "") -> tuple[int, dict[str, Any]]:
    """(status, answer). Raises CarrierTrouble where no readable answer came; what was sent is in no message."""
    url = urlsplit(base)
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection = _connection(url.scheme, url.hostname or "", url.port)
    try:
        body = json.dumps(data, ensure_ascii=False).encode()
        connection.request("POST", f"{url.path.rstrip('/')}/{path}", body, headers)
        answer = connection.getresponse()
        read = answer.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise CarrierTrouble(f"{path}: no answer ({type(error).__name__})") from error
    finally:
        connection.close()
    return answer.status, _read(path, answer.status, read)


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)


def _read(path: str, status: int, body: bytes) -> dict[str, Any]:
    if status == 401:
        return {}
    if status != 200 or len(body) > MOST_BYTES:
        raise CarrierTrouble(f"{path}: status {status}, {len(body)} bytes")
    try:
        data = json.loads(body)
    except ValueError as error:
        raise CarrierTrouble(f"{path}: the answer is no JSON") from error
    if not isinstance(data, dict):
        raise CarrierTrouble(f"{path}: the answer is no object")
    return data

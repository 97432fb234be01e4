"""VNPost's words in ours and ours in VNPost's; and whether a pushed message is really from there. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from motcua.carriers.interface import Heard, NotTheCarrier, Party, Waybill
from motcua.carriers.lifecycle import Said
from motcua.carriers.rules import SIGNED_FOR

TIME_HEADER, SIGN_HEADER = "X-Vnpost-Timestamp", "X-Vnpost-Signature"


@cache
def table() -> dict[str, dict[str, str]]:
    """What each code means: data, so that it can be mended without touching the program."""
    data: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("statuses.json").read_text("utf-8"))
    return data


def said_by(code: str) -> Said | None:
    found = table()["events"].get(code)
    return Said(found) if found else None


def order_fields(waybill: Waybill, customer: str) -> dict[str, Any]:
    """The body of postOrder."""
    return {
        "CustomerCode": customer,
        "OrderNumber": waybill.number,
        "ItemCode": waybill.item,
        "codAmount": waybill.cod,
        **_party("sender", waybill.sender),
        **_party("receiver", waybill.receiver),
        "senderDesc": waybill.contents[:500],
        "description": waybill.note[:500],
    }


def _party(side: str, party: Party) -> dict[str, str]:
    return {
        f"{side}Name": party.name,
        f"{side}Address": party.address,
        f"{side}Tel": party.phone,
        f"{side}Email": party.email,
        f"{side}Province": party.province,
        f"{side}District": party.district,
    }


def read_event(raw: Any, number: str = "") -> Heard:
    """One event as VNPost writes it; whatever cannot be read is left empty, and the words are kept as they came."""
    if not isinstance(raw, dict):
        return Heard(number, "", None, "", None, raw={"unreadable": str(raw)[:2000]})
    code = _text(raw, "status", 40)
    return Heard(
        number=_text(raw, "OrderNumber", 60) or number,
        item=_text(raw, "ItemCode", 40),
        said=said_by(code),
        code=code,
        at=_instant(raw.get("time")),
        place=_text(raw, "place", 200),
        note=_text(raw, "note", 300),
        recipient=_text(raw, "receiverName", 250),
        relation=_text(raw, "relation", 60),
        raw=raw,
    )


def _text(raw: dict[str, Any], name: str, most: int) -> str:
    value = raw.get(name)
    return " ".join(str(value).replace("\x00", " ").split())[:most] if isinstance(value, str | int) else ""


def _instant(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the instant and the body exactly as sent."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def check_signature(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raises NotTheCarrier for a missing, false or stale signature, and where no secret is agreed."""
    stamp, given = headers.get(TIME_HEADER, ""), headers.get(SIGN_HEADER, "")
    right = hmac.compare_digest(signature(secret, stamp, body).encode(), given.encode("utf-8", "replace"))
    if not (secret and given and right):
        raise NotTheCarrier("signature")
    age = abs(now.timestamp() - int(stamp)) if stamp.isdecimal() and len(stamp) < 13 else float("inf")
    if age > SIGNED_FOR.total_seconds():
        raise NotTheCarrier("stale")


def read_push(body: bytes) -> list[Heard]:
    """The events of a pushed message: one, or a list under `events`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return [read_event(body[:2000].decode("utf-8", "replace"))]
    rows = data.get("events") if isinstance(data, dict) and "events" in data else [data]
    return [read_event(row) for row in rows[:500]] if isinstance(rows, list) else [read_event(data)]

"""The law this installation lives under, built once a process from the published values."""

import time

from motcua.kernel.problems import Problem, Refused
from motcua.law.model import LawValue as PureValue
from motcua.law.model import Pack
from motcua.law.reader import from_values
from motcua.procedures.models import LawValue, Release

# How long a process may go on with the law it read before it asks whether a newer release exists, in seconds.
_TRUST = 5.0


class _Cache:
    release: object = None
    pack: Pack | None = None
    asked: float = 0.0


def current_law() -> Pack:
    """The pack in force here. Refuses when nothing has been published yet."""
    if _Cache.pack is not None and time.monotonic() - _Cache.asked < _TRUST:
        return _Cache.pack
    newest = Release.objects.order_by("-published_at", "-id").values_list("id", flat=True).first()
    if newest is None:
        raise Refused(
            [
                Problem(
                    "law.none",
                    "Chưa có gói quy định nào được công bố. Quản trị viên hãy chạy: motcua pack load.",
                )
            ]
        )
    if newest != _Cache.release or _Cache.pack is None:
        _Cache.pack, _Cache.release = from_values(published_values()), newest
    _Cache.asked = time.monotonic()
    return _Cache.pack


def forget_law() -> None:
    """Makes the next look read the published values again (after a release in this process)."""
    _Cache.pack, _Cache.release, _Cache.asked = None, None, 0.0


def published_values() -> list[PureValue]:
    """Every published value, oldest first."""
    return [
        PureValue(v.kind, v.key, v.valid_from, v.value, v.source, v.confidence)
        for v in LawValue.objects.order_by("id").iterator(chunk_size=2000)
    ]


def releases() -> list[Release]:
    return list(Release.objects.order_by("-published_at", "-id"))

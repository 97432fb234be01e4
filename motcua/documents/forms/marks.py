"""How a value of a form is put on paper. Data classes say it beside each field; the view obeys.

`Line`, `Prose` … are `str` for whoever fills them; on paper they are composed Unicode, cut with … where a
page must stay a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Cut:
    """At most so many letters; `lines` keeps the writer's line ends."""

    most: int
    lines: bool = False


@dataclass(frozen=True, slots=True)
class AsMoney:
    """A whole number of đồng: in figures and in words."""


@dataclass(frozen=True, slots=True)
class AsBars:
    """Code 128 with the text under it."""


@dataclass(frozen=True, slots=True)
class AsQr:
    """A QR code. Anybody can read it, so identity numbers are refused."""


Word = Annotated[str, Cut(40)]
Line = Annotated[str, Cut(160)]
Place = Annotated[str, Cut(240)]
Prose = Annotated[str, Cut(2000, lines=True)]
Dong = Annotated[int, AsMoney()]
BarText = Annotated[str, AsBars()]
QrText = Annotated[str, AsQr()]

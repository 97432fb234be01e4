"""Official papers as PDF/A-2b. `render("receipt", Receipt(...))`, or a dictionary of the same fields.

Kinds and their data are in `data.py`; number and title of a form come from the pack by day (`Form.of`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.documents.forms import data as papers
from motcua.documents.forms.build import build
from motcua.documents.forms.engine import ForkedTooLate, set_pages
from motcua.documents.forms.view import view

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "ForkedTooLate", "render"]

KINDS: dict[str, type[Any]] = {
    "receipt": papers.Receipt,
    "supplement": papers.Supplement,
    "refusal": papers.Refusal,
    "apology": papers.Apology,
    "stop": papers.Stop,
    "control_slip": papers.ControlSlip,
    "postal_slip": papers.PostalSlip,
    "manifest": papers.Manifest,
    "custody_trail": papers.CustodyTrail,
    "guidance": papers.Guidance,
    "result_letter": papers.ResultLetter,
    "money_receipt": papers.MoneyReceipt,
    "parcel_label": papers.ParcelLabel,
    "stickers": papers.Stickers,
    "stop_list": papers.StopList,
}


def render(kind: str, data: Mapping[str, Any] | Any) -> bytes:
    """The PDF of one paper. KeyError: no such kind. TypeError: a field is missing, unknown or of another type.

    ValueError: something that must not be printed (a person's number in a QR code). Refused
    `clock.naive_instant`: an instant without a zone. Deterministic: the same data give the same bytes.
    """
    cls = KINDS[kind]
    paper = data if isinstance(data, cls) else build(cls, data)
    return set_pages(kind, view(paper), paper.issued_at)

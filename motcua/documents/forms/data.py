"""What each paper says. Faces and acts fill these; instants are aware datetimes, money is int đồng.

Numbers and titles of official forms are never written here: they come from the pack by day of issue (`Form.of`).
Texts may be as people typed them; the view composes, cleans and cuts them.
"""

from motcua.documents.forms.official import (
    Apology,
    ControlSlip,
    Extension,
    Move,
    Receipt,
    Refusal,
    ResultLetter,
    Settlement,
    Stop,
    Supplement,
)
from motcua.documents.forms.parts import Contact, FeeLine, Form, PaperLine, Party, Signer
from motcua.documents.forms.postal import (
    CustodyTrail,
    Guidance,
    Manifest,
    ManifestLine,
    MoneyReceipt,
    ParcelLabel,
    PostalSlip,
    Sticker,
    Stickers,
    StopLine,
    StopList,
    TrailStep,
)

__all__ = [
    "Apology",
    "Contact",
    "ControlSlip",
    "CustodyTrail",
    "Extension",
    "FeeLine",
    "Form",
    "Guidance",
    "Manifest",
    "ManifestLine",
    "MoneyReceipt",
    "Move",
    "PaperLine",
    "ParcelLabel",
    "Party",
    "PostalSlip",
    "Receipt",
    "Refusal",
    "ResultLetter",
    "Settlement",
    "Signer",
    "Sticker",
    "Stickers",
    "Stop",
    "StopLine",
    "StopList",
    "Supplement",
    "TrailStep",
]

"""Stickers for papers and their covers: an opaque id each, on a sheet of labels or on a thermal printer's roll."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.custody.models import Paper
from motcua.documents.forms import data as forms
from motcua.kernel.keys import digits_of
from motcua.looks.access import NotFound, visible_to
from motcua.people.rules import Actor

MOST_DOSSIERS = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the labels are printed on: columns, rows, margins at the sides and ends in mm; `roll` for one on a piece."""

    label: str
    columns: int = 1
    rows: int = 1
    margins: tuple[int, int] = (0, 0)
    roll: bool = False

    @property
    def places(self) -> int:
        return self.columns * self.rows


SHEETS = {
    "3x8": Sheet("Giấy A4 24 tem (70 × 37 mm)", 3, 8),
    "5x13": Sheet("Giấy A4 65 tem (40 × 21 mm)", 5, 13, (6, 10)),
    "50x30": Sheet("Máy in tem nhiệt 50 × 30 mm", roll=True),
}


def labels(papers: Iterable[Paper], sheet: str, skip: int, at: datetime) -> forms.Stickers:
    """A sticker for each paper, and one for each cover they lie in. NotFound for no papers, no such sheet, or a start
    beyond its last label."""
    on, shown = SHEETS.get(sheet), list(papers)
    if on is None or not shown or not 0 <= skip < on.places:
        raise NotFound("stickers")
    covers = dict.fromkeys(paper.envelope for paper in shown if paper.envelope)
    return forms.Stickers(
        stickers=(*(_sticker(cover, "Phong bì") for cover in covers), *(_sticker(paper.sticker) for paper in shown)),
        columns=on.columns, rows=on.rows, margins=on.margins, skip=skip, roll=on.roll, issued_at=at,
    )  # fmt: skip


def _sticker(sticker: str, note: str = "") -> forms.Sticker:
    return forms.Sticker(square=digits_of(sticker), text=sticker, note=note)


def papers_to_label(actor: Actor, references: list[str]) -> list[Paper]:
    """The papers of these dossiers as far as the actor sees them, dossier by dossier in the order asked."""
    asked = {reference: place for place, reference in enumerate(references[:MOST_DOSSIERS])}
    seen = visible_to(actor).filter(reference__in=asked).values("pk")
    found = Paper.objects.filter(dossier__in=seen).select_related("dossier").order_by("id")
    return sorted(found, key=lambda paper: asked[paper.dossier.reference])

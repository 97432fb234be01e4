"""The list that goes with a bag."""

from motcua.custody.models import Line, Manifest
from motcua.documents.forms import data as papers
from motcua.law.model import Pack
from motcua.looks.bags import lines_of
from motcua.looks.papers.common import name_of, postal_head


def manifest_paper(manifest: Manifest, law: Pack) -> papers.Manifest:
    """The list of one bag, printed once for each side, as it was sealed (or as it stands while it is filled)."""
    giver = law.office(manifest.giver_id)
    taker = law.office(manifest.taker_id)
    return papers.Manifest(
        **postal_head(law, giver, manifest.sealed_at or manifest.opened_at),
        number=manifest.number,
        purpose="Bàn giao hồ sơ và kết quả giải quyết thủ tục hành chính",
        giving_office=giver.name,
        taking_office=taker.name,
        seal=manifest.seal,
        lines=tuple(_line(line) for line in lines_of(manifest)),
        giver=name_of(manifest.sealed_by_id or manifest.opened_by_id),
        carrier=manifest.carrier,
        taker=name_of(manifest.closed_by_id),
    )


def _line(line: Line) -> papers.ManifestLine:
    paper = line.paper
    kind = {"original": "originals", "result": "originals", "certified": "copies", "copy": "copies"}.get(
        paper.kind, "others"
    )
    found = (
        f"{line.get_finding_display()}. {line.note}".strip(". ") if line.finding and line.finding != "received" else ""
    )
    return papers.ManifestLine(
        code=str(paper.dossier),
        item=paper.sticker,
        name=paper.dossier.applicant.name,
        what=paper.name,
        note=found,
        **{kind: paper.quantity},
    )

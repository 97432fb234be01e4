"""The rows of the post office's lists: results, items, homes, papers, postmen."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.custody.lifecycle import LIVE_PARCEL, ParcelState
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.law.model import Pack
from motcua.looks.rounds import DOUBT_AGES, Tour
from motcua.looks.stops import address_of
from motcua.looks.story import reason_words
from motcua.people.holders import parse_holder
from motcua.web.ui import Cell, Column, Row, Table
from motcua.web.words import dong, when


def tours_table(tours: Iterable[Tour], place: str) -> Table:
    """A line for each postman; every figure opens his list at its place."""
    columns = [
        Column(_("Bưu tá")),
        Column(_("Chờ nhận"), "number"),
        Column(_("Đang phát"), "number"),
        Column(_("Đã phát"), "number"),
        Column(_("Chưa được"), "number"),
        Column(_("Nhận tại nhà"), "number"),
        Column(_("Phí trong tay"), "number"),
        Column(_("Cước trong tay"), "number"),
    ]
    rows = []
    for tour in tours:
        here = f"{reverse('round:tour', args=[tour.postman.username])}?{urlencode({'noi': place})}"
        figures = [
            (tour.assigned, "#cho-nhan"),
            (tour.out, "#dang-phat"),
            (tour.done, "#da-phat"),
            (tour.failed, "#chua-duoc"),
        ]
        homes = f"{tour.fetched}/{tour.fetched + tour.homes}"
        cells = [
            Cell(tour.postman.name, here),
            *(Cell(str(n), here + at) if n else Cell("0") for n, at in figures),
            Cell(homes, here + "#nhan") if tour.homes else Cell(homes),
            *(Cell(dong(tour.money[purse]), here + "#tien") for purse in ("state", "post")),
        ]
        rows.append(Row(cells, "soon" if tour.failed else ""))
    return Table(_("Chuyến hôm nay"), columns, rows)


def doubts_table(papers: Iterable[Paper], law: Pack, names: dict[str, str], now: datetime) -> Table:
    """Papers that were offered and not taken, longest first."""
    columns = [Column(_("Giấy tờ")), Column(_("Đang giữ")), Column(_("Giao cho")), Column(_("Từ"), "when")]
    rows = []
    for p in papers:
        assert p.offered_at is not None
        cells = [
            Cell(p.name, note=f"{p.dossier} · {p.sticker}"),
            Cell(_holder(p.holder, law, names)),
            Cell(_holder(p.offered_to, law, names)),
            Cell(when(p.offered_at)),
        ]
        rows.append(Row(cells, "late" if now - p.offered_at > DOUBT_AGES else ""))
    return Table(_("Đã giao, chưa ai nhận"), columns, rows)


def carried_table(papers: Iterable[Paper], law: Pack, names: dict[str, str]) -> Table:
    """Papers in postmen's bags that belong at the office; ticked to be taken over."""
    columns = [Column(_("Giấy tờ")), Column(_("Hồ sơ")), Column(_("Đang giữ")), Column(_("Từ"), "when")]
    rows = []
    for p in papers:
        cells = [Cell(p.name), Cell(str(p.dossier)), Cell(_holder(p.holder, law, names)), Cell(when(p.held_since))]
        rows.append(Row(cells, "", p.sticker, True))
    return Table(_("Giấy tờ bưu tá mang về"), columns, rows, "giay")


def _holder(text: str, law: Pack, names: dict[str, str]) -> str:
    holder = parse_holder(text)
    if holder.kind == "office":
        return law.office(holder.name).short if holder.name in law.office_map else holder.name
    return names.get(holder.name, _("bưu tá")) if holder.kind == "person" else _("người nộp")


def results_table(papers: list[Paper], law: Pack, ticked: set[str]) -> Table:
    columns = [Column(_("Hồ sơ")), Column(_("Người nhận")), Column(_("Địa chỉ")), Column(_("Nằm đây từ"), "when")]
    rows = []
    for paper in papers:
        d = paper.dossier
        to = d.delivery
        where = address_of(to.get("address") or d.applicant.address, to.get("unit_code", ""), law)
        cells = [Cell(str(d)), Cell(to.get("name") or d.applicant.name), Cell(where), Cell(when(paper.held_since))]
        rows.append(Row(cells, pick=d.reference, picked=d.reference in ticked))
    return Table(_("Kết quả chờ lập bưu gửi"), columns, rows, "ho-so")


def parcels_table(
    parcels: list[Parcel],
    law: Pack,
    today: date,
    caption: str,
    pick: str = "",
    ticked: Collection[str] = (),
    when_label: str = "",
    mixed: bool = True,
) -> Table:
    """Items; of one postman and in one state (not `mixed`) they need no columns that say so on every line."""
    columns = [
        Column(_("Bưu gửi")),
        Column(_("Hồ sơ")),
        Column(_("Người nhận, địa chỉ")),
        *([Column(_("Bưu tá")), Column(_("Tình trạng"))] if mixed else [Column(_("Đã đến"))]),
        Column(when_label or _("Hạn"), "when"),
    ]
    rows = []
    for p in parcels:
        to = p.dossier.delivery
        where = address_of(to.get("address") or p.dossier.applicant.address, to.get("unit_code", ""), law)
        tries = _("%d lần") % p.attempts if p.attempts else ""
        note = ", ".join(part for part in (tries, reason_words(p.last_reason)) if part)
        until = p.held_until if p.state == ParcelState.HELD else p.due_on
        live = p.state in LIVE_PARCEL
        cells = [
            Cell(p.item, reverse("round:item", args=[p.item])),
            Cell(str(p.dossier)),
            Cell(to.get("name") or p.dossier.applicant.name, note=where),
            *(
                [Cell(p.postman.name if p.postman else "–"), Cell(_(ParcelState(p.state).label), note=note)]
                if mixed
                else [Cell(note or "–")]
            ),
            Cell(when(until if live else p.ended_at)),
        ]
        overdue = bool(live and until and until < today)
        tone: Literal["late", "soon", ""] = "late" if overdue else "soon" if p.state == ParcelState.FAILED else ""
        rows.append(Row(cells, tone, p.item, p.item in ticked))
    return Table(caption, columns, rows, pick)


def pickups_table(
    pickups: list[Pickup], law: Pack, today: date, caption: str, pick: str, ticked: Collection[str]
) -> Table:
    """Homes to visit, with why an earlier visit brought nothing."""
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Người nộp")),
        Column(_("Địa chỉ")),
        Column(_("Hẹn đến"), "when"),
        Column(_("Đã đến")),
    ]
    rows = []
    for p in pickups:
        note = ", ".join(part for part in (p.window, p.note) if part)
        cells = [
            Cell(str(p.dossier), reverse("round:visit", args=[p.pk])),
            Cell(p.dossier.applicant.name, note=p.phone),
            Cell(address_of(p.address, p.unit_code, law)),
            Cell(when(p.wanted_on), note=note),
            Cell(_("%d lần") % p.attempts if p.attempts else "–", note=reason_words(p.last_reason)),
        ]
        rows.append(Row(cells, "late" if p.wanted_on < today else "", str(p.pk), str(p.pk) in ticked))
    return Table(caption, columns, rows, pick)

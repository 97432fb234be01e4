"""The figures of the province on one page; each number opens the dossiers it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.config import clock
from motcua.custody.models import Discrepancy
from motcua.dossiers.models import Channel, ReturnBy
from motcua.law.model import Pack
from motcua.looks.access import local_day
from motcua.looks.discrepancies import open_discrepancies
from motcua.looks.tills import balances, money_with_people
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.stats.figures import Figure, Load, Urgency, by_channel, loads
from motcua.stats.queries import Month, load_now, monthly
from motcua.web.board.cuts import GROUPS, PURSES, list_url, office_name, read_month, soon_after
from motcua.web.board.frame import shown
from motcua.web.charts import Chart, bars_by_day, stacked
from motcua.web.shared.door import page
from motcua.web.ui import Cell, Column, Row, Table
from motcua.web.words import dong, when

_MONTHS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that says how it goes, with the list behind it."""

    label: str
    value: str
    url: str
    kind: str = ""


@page(Role.PROVINCE)
def home(request: HttpRequest) -> HttpResponse:
    """The whole province: this month, now, and the money."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, now = current_law(), clock.now()
    everything = monthly()
    months = sorted({row.month for row in everything}, reverse=True)
    month = read_month(request.GET.get("thang", "")) or (months[0] if months else local_day(now).replace(day=1))
    rows = sorted((r for r in everything if r.month == month), key=lambda r: office_name(r.agency, law))
    load, due = load_now(), loads(now, soon_after(law, now))
    differences = open_discrepancies(actor)
    return shown(
        request,
        "board/home.html",
        {
            "month": month,
            "months": months,
            "tiles": _tiles(rows, load, due, len(differences), month),
            "course": _course(everything),
            "on_time": _on_time(rows, law, month),
            "monthly": _monthly(rows, law, month),
            "load": _load(load, due, law),
            "differences": _differences(differences),
            "balances": _balances(),
            "people": _people(actor),
            "channels": _channels(month),
        },
    )


def _tiles(
    rows: list[Month], load: list[dict[str, object]], due: list[Load], differences: int, month: date
) -> list[Tile]:
    filed, closed, on_time = (sum(getattr(r, name) for r in rows) for name in ("filed", "closed", "on_time"))
    late, soon = sum(d.late for d in due), sum(d.soon for d in due)
    open_ = sum(int(str(row["n"])) for row in load)
    return [
        Tile(_("Tiếp nhận trong tháng"), number(filed), list_url(figure=Figure.FILED, month=month)),
        Tile(_("Đã giải quyết trong tháng"), number(closed), list_url(figure=Figure.CLOSED, month=month)),
        Tile(_("Giải quyết đúng hạn"), share(on_time, closed), list_url(figure=Figure.ON_TIME, month=month)),
        Tile(_("Còn mở"), number(open_), list_url(group="dang-mo")),
        Tile(_("Đang trễ hạn"), number(late), list_url(urgency=Urgency.LATE), "late" if late else ""),
        Tile(_("Sắp đến hạn"), number(soon), list_url(urgency=Urgency.SOON), "soon" if soon else ""),
        Tile(_("Chênh lệch chưa xử lý"), number(differences), "#chenh-lech", "late" if differences else ""),
    ]


def _course(everything: list[Month]) -> Chart:
    """Dossiers accepted month by month."""
    sums: dict[date, int] = {}
    for row in everything:
        sums[row.month] = sums.get(row.month, 0) + row.filed
    drawn = [(f"{month:%m/%Y}", sums[month]) for month in sorted(sums)[-_MONTHS_DRAWN:]]
    return bars_by_day(_("Hồ sơ tiếp nhận theo tháng"), _("Mỗi cột là một tháng, cả tỉnh cộng lại."), drawn, _("hồ sơ"))


def _on_time(rows: list[Month], law: Pack, month: date) -> Chart:
    """What was solved this month in time and late, an agency a line."""
    solved = [(office_name(r.agency, law), (r.on_time, 0, r.closed - r.on_time)) for r in rows if r.closed]
    title = _("Đúng hạn theo cơ quan, tháng %s") % f"{month:%m/%Y}"
    return stacked(title, _("Hồ sơ đã giải quyết trong tháng: đúng hạn và trễ hạn."), solved, _("đã giải quyết"))


def _monthly(rows: list[Month], law: Pack, month: date) -> Table:
    columns = [
        Column(_("Cơ quan")),
        Column(_("Tiếp nhận"), "number"),
        Column(_("Đã giải quyết"), "number"),
        Column(_("Đúng hạn"), "number"),
        Column(_("Trễ hạn"), "number"),
        Column(_("Tỷ lệ đúng hạn"), "number"),
    ]
    lines = []
    for r in rows:
        counts = {
            Figure.FILED: r.filed,
            Figure.CLOSED: r.closed,
            Figure.ON_TIME: r.on_time,
            Figure.LATE: r.closed - r.on_time,
        }
        cells = [linked(n, agency=r.agency, figure=figure, month=month) for figure, n in counts.items()]
        name = Cell(office_name(r.agency, law), list_url(agency=r.agency))
        lines.append(Row([name, *cells, Cell(share(r.on_time, r.closed))]))
    filed, closed, on_time = (sum(getattr(r, name) for r in rows) for name in ("filed", "closed", "on_time"))
    sums = [Cell(_("Cả tỉnh")), *(Cell(number(n)) for n in (filed, closed, on_time, closed - on_time))]
    return Table(_("Theo cơ quan trong tháng"), columns, lines, totals=[*sums, Cell(share(on_time, closed))])


def _load(load: list[dict[str, object]], due: list[Load], law: Pack) -> Table:
    """Open dossiers: agencies down, whose turn it is across, then what is near its date and late."""
    counts: dict[str, dict[str, int]] = {}
    for row in load:
        agency, state, n = str(row["agency_id"]), str(row["state"]), int(str(row["n"]))
        for key, (_label, states) in GROUPS.items():
            if state in states:
                own = counts.setdefault(agency, {})
                own[key] = own.get(key, 0) + n
    urgent = {d.agency: d for d in due}
    columns = [Column(_("Cơ quan")), *(Column(_(label), "number") for label, _states in GROUPS.values())]
    columns += [Column(_("Sắp đến hạn"), "number"), Column(_("Trễ hạn"), "number")]
    lines = []
    for agency in sorted(counts, key=lambda code: office_name(code, law)):
        own, standing = counts[agency], urgent.get(agency, Load(agency, 0, 0, 0))
        cells = [linked(own.get(key, 0), agency=agency, group=key) for key in GROUPS]
        cells.append(linked(standing.soon, agency=agency, urgency=Urgency.SOON))
        cells.append(linked(standing.late, agency=agency, urgency=Urgency.LATE))
        name = Cell(office_name(agency, law), list_url(agency=agency))
        lines.append(Row([name, *cells], "late" if standing.late else ""))
    sums = [sum(own.get(key, 0) for own in counts.values()) for key in GROUPS]
    sums += [sum(d.soon for d in due), sum(d.late for d in due)]
    return Table(
        _("Việc đang nằm ở đâu"), columns, lines, totals=[Cell(_("Cả tỉnh")), *(Cell(number(n)) for n in sums)]
    )


def _differences(cases: Iterable[Discrepancy]) -> Table:
    columns = [
        Column(_("Vụ việc")),
        Column(_("Chênh lệch")),
        Column(_("Giấy tờ, hồ sơ")),
        Column(_("Nơi xử lý")),
        Column(_("Ghi lúc"), "when"),
        Column(_("Hạn xử lý"), "when"),
    ]
    rows = []
    for found in cases:
        d, what = found.about_dossier, found.paper.name if found.paper else ""
        rows.append(
            Row(
                [
                    Cell(found.number, reverse("bags:discrepancy", args=[found.number])),
                    Cell(_(found.get_kind_display()), note=found.note),
                    Cell(str(d), reverse("board:dossier", args=[d.reference]), note=what) if d else Cell("–"),
                    Cell(found.owner.name, note=found.manifest.number if found.manifest else ""),
                    Cell(when(found.opened_at)),
                    Cell(when(found.due_at)),
                ],
                "late",
            )
        )
    return Table(_("Chênh lệch khi bàn giao chưa xử lý"), columns, rows)


def _balances() -> Table:
    columns = [
        Column(_("Khoản")),
        Column(_("Đã thu"), "number"),
        Column(_("Đã nộp"), "number"),
        Column(_("Còn giữ"), "number"),
        Column(_("Đối chiếu")),
    ]
    rows = []
    for purse, b in balances().items():
        kinds = (("all", b.collected), ("remitted", b.remitted), ("hand", b.in_hand))
        cells = [Cell(dong(n), list_url(money=kind, purse=purse) if n else "") for kind, n in kinds]
        verdict = _("khớp") if b.balances else _("KHÔNG khớp, hãy chạy kiểm tra sổ")
        rows.append(Row([Cell(_(PURSES[purse])), *cells, Cell(verdict)], "" if b.balances else "late"))
    return Table(_("Tiền thu hộ, hai khoản riêng"), columns, rows)


def _people(actor: Actor) -> Table:
    columns = [Column(_("Người giữ")), Column(_("Nơi")), Column(_("Khoản")), Column(_("Số tiền"), "number")]
    rows = [
        Row(
            [
                Cell(row["shift__account__name"]),
                Cell(row["shift__office__name"]),
                Cell(_(PURSES[row["purse"]])),
                Cell(dong(row["amount"]), list_url(money="people", purse=row["purse"], money_at=row["shift__office"])),
            ]
        )
        for row in money_with_people(actor)
    ]
    return Table(_("Tiền còn trong tay từng người"), columns, rows)


def _channels(month: date) -> Table:
    """How dossiers came and how their results go back; what goes through the post, both ways."""
    ways = by_channel(month)
    total = sum(n for _channel, _back, n in ways)
    rows = []
    for kind, choices, place in (("channel", Channel, 0), ("return_by", ReturnBy, 1)):
        for value, label in choices.choices:
            n = sum(way[2] for way in ways if way[place] == value)
            where = _("Nộp") if kind == "channel" else _("Trả")
            cell = linked(n, **{kind: value}, figure=Figure.FILED, month=month)
            rows.append(Row([Cell(f"{where}: {_(str(label))}"), cell, Cell(share(n, total))]))
    posted = sum(n for channel, back, n in ways if channel in {Channel.POST, Channel.PICKUP} or back == ReturnBy.POST)
    columns = [Column(_("Kênh")), Column(_("Hồ sơ"), "number"), Column(_("Tỷ lệ"), "number")]
    sums = [Cell(_("Qua bưu chính ít nhất một chiều")), Cell(number(posted)), Cell(share(posted, total))]
    return Table(_("Kênh nộp và trả, hồ sơ tiếp nhận trong tháng"), columns, rows, totals=sums)


def linked(n: int, **asked: object) -> Cell:
    """A number that opens its list; nought opens nothing."""
    return Cell(number(n), list_url(**asked) if n else "")


def number(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """A share in percent with one decimal, as Vietnamese writes it; a dash where there is nothing to share."""
    if not whole:
        return "–"
    per_mille = (2000 * part + whole) // (2 * whole)
    return f"{per_mille // 10},{per_mille % 10} %"

"""Who works in the demo. Every name says that it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random
from uuid import UUID

from motcua.journal.actions import Act, once
from motcua.journal.rules import Command
from motcua.law.model import Pack
from motcua.people.actions import appoint, open_account
from motcua.people.rules import Role

R = Role

# The agencies whose desks are staffed; each has its own receiver, two handlers, leader and clerk of records.
AGENCIES = (
    "ubnd-thanh-sen",
    "ubnd-ha-huy-tap",
    "ubnd-cam-xuyen",
    "cong-an-thanh-sen",
    "cong-an-tinh",
    "cn-dkdd-ha-tinh",
    "vp-dang-ky-dat-dai",
    "so-nnmt",
    "so-noi-vu",
    "bhxh-tinh",
    "tt-dich-vu-viec-lam",
)
DESKS = ("mot-cua-tinh", "mot-cua-thanh-sen", "mot-cua-ha-huy-tap", "mot-cua-cam-xuyen")
COUNTERS = ("bd-mot-cua-tinh", "bd-thanh-sen", "bd-ha-huy-tap", "bd-cam-xuyen")
POST_OFFICES = ("buu-cuc-ha-tinh", "buu-cuc-thanh-sen", "buu-cuc-cam-xuyen")

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phan", "Đặng", "Võ", "Hồ", "Bùi", "Dương", "Hoàng")
_MIDDLE = ("An", "Bình", "Hạ", "Đông", "Minh", "Thu")
_GIVEN = (
    "Bưởi",
    "Cam",
    "Quýt",
    "Mít",
    "Ổi",
    "Na",
    "Chanh",
    "Khế",
    "Sung",
    "Vải",
    "Nhãn",
    "Roi",
    "Đào",
    "Mận",
    "Hồng",
)
_STREETS = ("đường Ví Dụ", "đường Thử Nghiệm", "ngõ Minh Hoạ", "đường Giả Định", "thôn Mẫu")


@dataclass(frozen=True, slots=True)
class Worker:
    username: str
    name: str
    role: Role
    office: str


def workers(law: Pack) -> list[Worker]:
    """The whole staff; offices the pack does not know are left out. Names follow the order, so they stay the same."""
    names = _names()
    staff = [
        Worker("kiem-soat", "Ông Thanh Mẫu", R.PROVINCE, "vp-ubnd-tinh"),
        Worker("quan-tri", "Anh Khôi Mẫu", R.ADMIN, "vp-ubnd-tinh"),
    ]

    def add(username: str, role: Role, office: str) -> None:
        staff.append(Worker(username, next(names), role, office))

    for code in COUNTERS:
        add(f"quay-{code.removeprefix('bd-')}", R.CLERK_POSTAL, code)
    for code in DESKS:
        add(f"mot-cua-{code.removeprefix('mot-cua-')}", R.CLERK_CIVIL, code)
    for code in AGENCIES:
        tail = code.removeprefix("ubnd-")
        for username, role in (
            (f"nhan-{tail}", R.RECEIVER),
            (f"thu-ly-{tail}", R.HANDLER),
            (f"thu-ly-{tail}-2", R.HANDLER),
            (f"lanh-dao-{tail}", R.LEADER),
            (f"van-thu-{tail}", R.RECORDS),
        ):
            add(username, role, code)
    for code in POST_OFFICES:
        tail = code.removeprefix("buu-cuc-")
        add(f"dieu-phoi-{tail}", R.DISPATCHER, code)
        add(f"buu-ta-{tail}", R.POSTMAN, code)
        add(f"buu-ta-{tail}-2", R.POSTMAN, code)
    return [w for w in staff if w.office in law.office_map]


def _names() -> Iterator[str]:
    """Names nobody has: a form of address, a fruit, and the word for "sample"."""
    for round_ in count(1):
        for n, given in enumerate(_GIVEN):
            second = "" if round_ == 1 else f" {_MIDDLE[(n + round_) % len(_MIDDLE)]}"
            yield f"{('Chị', 'Anh', 'Bà', 'Ông')[(n + round_) % 4]} {given}{second} Mẫu".replace("Mẫu Mẫu", "Mẫu")


CITIZENS = ("ba-hoa", "ong-binh", "co-cuc", "anh-dinh")
_CITIZEN_NAMES = ("Bà Phan Thị Hoa Mẫu", "Ông Lê Văn Bình Mẫu", "Cô Võ Thị Cúc Mẫu", "Anh Hồ Văn Định Mẫu")


def hire(key: UUID, at: datetime, law: Pack) -> dict[str, UUID]:
    """Opens all accounts in one command. Answers username → account id."""
    ids: dict[str, UUID] = {}

    def do(act: Act) -> dict[str, int]:
        for worker in workers(law):
            account = open_account(act, username=worker.username, name=worker.name, is_demo=True)
            appoint(act, account, worker.role, worker.office, new=True)
            ids[worker.username] = account.pk
        for username, name in zip(CITIZENS, _CITIZEN_NAMES, strict=True):
            account = open_account(act, username=username, name=name, phone="0912000000", is_demo=True)
            appoint(act, account, R.CITIZEN, None, new=True)
            ids[username] = account.pk
        return {"people": len(ids)}

    once(Command(key, "demo.hire", None, at), do)
    return ids


def citizen_person(username: str, unit_code: str) -> dict[str, object]:
    """Who a citizen of the demo is: the same person in each of their dossiers, wherever it is filed."""
    name = dict(zip(CITIZENS, _CITIZEN_NAMES, strict=True))[username]
    called, _, own_name = name.partition(" ")
    sex = "female" if called in {"Bà", "Cô"} else "male"
    return {**invented_person(Random(username), unit_code, sex), "name": own_name}  # noqa: S311


def invented_person(random: Random, unit_code: str, sex: str = "") -> dict[str, object]:
    """A person nobody could mistake for a real one; the number has a right shape and a year that fits."""
    year, sex = random.randint(1950, 2005), sex or random.choice(("male", "female"))
    century = (0 if year < 2000 else 2) + (sex == "female")
    given = random.choice(_GIVEN)
    return {
        "name": f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {given} Mẫu",
        "id_number": f"042{century}{year % 100:02d}{random.randint(0, 999999):06d}",
        "sex": sex,
        "phone": f"09{random.randint(10, 99)}{random.randint(0, 999999):06d}",
        "address": f"Số {random.randint(1, 200)} {random.choice(_STREETS)}",
        "unit_code": unit_code,
    }

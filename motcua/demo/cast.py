"""Who works in the demo. Every name says that it is invented."""

from dataclasses import dataclass
from datetime import datetime
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
_MIDDLE = ("Thị", "Văn", "Thử", "Mẫu", "Minh", "Thu")
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
    "Lê Ki Ma",
)
_STREETS = ("đường Ví Dụ", "đường Thử Nghiệm", "ngõ Minh Hoạ", "đường Giả Định", "thôn Mẫu")


@dataclass(frozen=True, slots=True)
class Worker:
    username: str
    name: str
    role: Role
    office: str


def workers(law: Pack) -> list[Worker]:
    """The whole staff; offices the pack does not know are left out."""
    staff = [
        Worker("kiem-soat", "Ông Mẫu Kiểm Soát", R.PROVINCE, "vp-ubnd-tinh"),
        Worker("quan-tri", "Anh Mẫu Quản Trị", R.ADMIN, "vp-ubnd-tinh"),
    ]
    for code in AGENCIES:
        tail = code.removeprefix("ubnd-")
        short = law.office_map[code].short if code in law.office_map else code
        staff += [
            Worker(f"nhan-{tail}", f"Chị Nhận Mẫu ({short})", R.RECEIVER, code),
            Worker(f"thu-ly-{tail}", f"Anh Thụ Lý Mẫu ({short})", R.HANDLER, code),
            Worker(f"thu-ly-{tail}-2", f"Chị Thụ Lý Mẫu ({short})", R.HANDLER, code),
            Worker(f"lanh-dao-{tail}", f"Bà Lãnh Đạo Mẫu ({short})", R.LEADER, code),
            Worker(f"van-thu-{tail}", f"Anh Văn Thư Mẫu ({short})", R.RECORDS, code),
        ]
    for code in DESKS:
        tail = code.removeprefix("mot-cua-")
        staff.append(
            Worker(f"mot-cua-{tail}", f"Anh Một Cửa Mẫu {tail.replace('-', ' ').title()}", R.CLERK_CIVIL, code)
        )
    for code in COUNTERS:
        tail = code.removeprefix("bd-")
        staff.append(Worker(f"quay-{tail}", f"Chị Quầy Mẫu {tail.replace('-', ' ').title()}", R.CLERK_POSTAL, code))
    for code in POST_OFFICES:
        tail = code.removeprefix("buu-cuc-")
        staff += [
            Worker(f"dieu-phoi-{tail}", f"Chị Điều Phối Mẫu {tail.replace('-', ' ').title()}", R.DISPATCHER, code),
            Worker(f"buu-ta-{tail}", f"Anh Bưu Tá Mẫu {tail.replace('-', ' ').title()}", R.POSTMAN, code),
            Worker(f"buu-ta-{tail}-2", f"Anh Bưu Tá Thử {tail.replace('-', ' ').title()}", R.POSTMAN, code),
        ]
    return [w for w in staff if w.office in law.office_map]


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


def invented_person(random: Random, unit_code: str) -> dict[str, object]:
    """A person nobody could mistake for a real one; the number has a right shape and a year that fits."""
    year, sex = random.randint(1950, 2005), random.choice(("male", "female"))
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

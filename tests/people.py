"""The characters of the tests. Each has one face; the strangers must get nothing."""

from datetime import datetime
from uuid import uuid4

from motcua.journal.actions import Act, once
from motcua.journal.rules import Command
from motcua.people.actions import appoint, issue_token, open_account
from motcua.people.models import Account
from motcua.people.queries import account_by_username, actor_of
from motcua.people.rules import Actor, Role

# Each by user name: what they are called, their role, and where.
CAST: dict[str, tuple[str, Role, str | None]] = {
    "hoa": ("Bà Phan Thị Hoa Thử", Role.CITIZEN, None),
    "stranger": ("Ông Người Lạ", Role.CITIZEN, None),
    "lan": ("Chị Lan Giao Dịch", Role.CLERK_POSTAL, "bd-thanh-sen"),
    "mai": ("Chị Mai Giao Dịch", Role.CLERK_POSTAL, "bd-ha-huy-tap"),
    "tung": ("Anh Tùng Một Cửa", Role.CLERK_CIVIL, "mot-cua-thanh-sen"),
    "quy": ("Anh Quý Một Cửa", Role.CLERK_CIVIL, "mot-cua-ha-huy-tap"),
    "cuong": ("Anh Cường Nhận Hồ Sơ", Role.RECEIVER, "ubnd-thanh-sen"),
    "son": ("Ông Sơn Thụ Lý", Role.HANDLER, "ubnd-thanh-sen"),
    "dung": ("Bà Dung Lãnh Đạo", Role.LEADER, "ubnd-thanh-sen"),
    "thu": ("Chị Thư Văn Thư", Role.RECORDS, "ubnd-thanh-sen"),
    "minh": ("Anh Minh Bưu Tá", Role.POSTMAN, "buu-cuc-thanh-sen"),
    "kien": ("Anh Kiên Bưu Tá", Role.POSTMAN, "buu-cuc-thanh-sen"),
    "hai": ("Chị Hải Điều Phối", Role.DISPATCHER, "buu-cuc-thanh-sen"),
    "giang": ("Ông Giang Kiểm Soát", Role.PROVINCE, "vp-ubnd-tinh"),
    "an": ("Anh An Quản Trị", Role.ADMIN, "vp-ubnd-tinh"),
    # The same trades elsewhere: whatever the first ones see, these must not.
    "xa-lan": ("Chị Xa Giao Dịch", Role.CLERK_POSTAL, "bd-ky-anh"),
    "xa-tung": ("Anh Xa Một Cửa", Role.CLERK_CIVIL, "mot-cua-ky-anh"),
    "xa-cuong": ("Anh Xa Nhận Hồ Sơ", Role.RECEIVER, "ubnd-ky-anh"),
    "xa-son": ("Ông Xa Thụ Lý", Role.HANDLER, "ubnd-ky-anh"),
    "xa-dung": ("Bà Xa Lãnh Đạo", Role.LEADER, "ubnd-ky-anh"),
    "xa-thu": ("Chị Xa Văn Thư", Role.RECORDS, "ubnd-ky-anh"),
    "xa-minh": ("Anh Xa Bưu Tá", Role.POSTMAN, "buu-cuc-ky-anh"),
    "xa-hai": ("Chị Xa Điều Phối", Role.DISPATCHER, "buu-cuc-ky-anh"),
}
PASSWORD = "mot-cua-468"


def hire(at: datetime) -> None:
    """Opens the accounts of the whole cast."""

    def do(act: Act) -> dict[str, int]:
        for username, (name, role, office) in CAST.items():
            account = open_account(act, username=username, name=name, is_demo=True)
            appoint(act, account, role, office, new=True)
        return {"people": len(CAST)}

    once(Command(uuid4(), "test.hire", None, at), do)


def account(username: str) -> Account:
    found = account_by_username(username)
    assert found is not None, username
    return found


def actor(username: str) -> Actor:
    return actor_of(account(username))


def token(username: str, at: datetime) -> str:
    """A bearer token of one of the cast."""
    made: list[str] = []

    def do(act: Act) -> dict[str, bool]:
        made.append(issue_token(act, account(username)))
        return {"issued": True}

    once(Command(uuid4(), "test.token", None, at), do)
    return made[0]

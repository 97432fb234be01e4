"""Who may act where. Pure values."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    CITIZEN = "citizen"
    CLERK_CIVIL = "clerk_civil"
    CLERK_POSTAL = "clerk_postal"
    RECEIVER = "receiver"
    HANDLER = "handler"
    LEADER = "leader"
    RECORDS = "records"
    POSTMAN = "postman"
    DISPATCHER = "dispatcher"
    PROVINCE = "province"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.CITIZEN: "Người dân, doanh nghiệp",
    Role.CLERK_CIVIL: "Công chức một cửa",
    Role.CLERK_POSTAL: "Giao dịch viên bưu điện",
    Role.RECEIVER: "Người nhận hồ sơ của cơ quan",
    Role.HANDLER: "Chuyên viên thụ lý",
    Role.LEADER: "Lãnh đạo cơ quan",
    Role.RECORDS: "Văn thư",
    Role.POSTMAN: "Bưu tá",
    Role.DISPATCHER: "Điều phối bưu cục",
    Role.PROVINCE: "Kiểm soát thủ tục hành chính của tỉnh",
    Role.ADMIN: "Quản trị hệ thống",
}

COUNTER = frozenset({Role.CLERK_CIVIL, Role.CLERK_POSTAL})
AGENCY = frozenset({Role.RECEIVER, Role.HANDLER, Role.LEADER, Role.RECORDS})
POST = frozenset({Role.CLERK_POSTAL, Role.POSTMAN, Role.DISPATCHER})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: a snapshot of an account and its roles, taken once a request.

    `appointments` holds (role, office code). A citizen's own role carries no office.
    """

    id: UUID | None
    name: str
    appointments: frozenset[tuple[Role, str]] = frozenset()
    username: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.appointments)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def offices(self, *roles: Role) -> frozenset[str]:
        """Codes of the offices where the actor holds one of the roles (any role when none is named)."""
        return frozenset(
            office for role, office in self.appointments if office and (not roles or role in roles)
        )

    def roles_at(self, office: str) -> frozenset[Role]:
        return frozenset(role for role, at in self.appointments if at == office)

    def at(self, office: str) -> "Actor":
        """The same person with the roles of one office only: who works at several acts for the one they sit at."""
        return Actor(
            self.id, self.name, frozenset((r, o) for r, o in self.appointments if o == office), self.username
        )

    def office_as(self, *roles: Role) -> str:
        """The first office (by code) where the actor holds one of the roles, or ''."""
        return min(self.offices(*roles), default="")


NOBODY = Actor(None, "", frozenset())
SYSTEM = Actor(None, "Hệ thống", frozenset())


def token_digest(secret: str) -> bytes:
    """What is kept of a bearer token."""
    return hashlib.sha256(secret.encode()).digest()

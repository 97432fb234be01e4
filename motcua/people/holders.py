"""Who can hold a paper or money. Written as one text, 'office:bd-thanh-sen', so that it compares and indexes."""

from dataclasses import dataclass
from uuid import UUID

CARRIER_NAMES = {"vnpost": "VNPost"}


@dataclass(frozen=True, slots=True)
class Holder:
    """An applicant, an office (by code), a person of the service (by account id) or an outside carrier (by its key)."""

    kind: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind

    @property
    def office_code(self) -> str:
        return self.name if self.kind == "office" else ""

    @property
    def carrier_name(self) -> str:
        """What people call an outside carrier; '' for every other holder."""
        return CARRIER_NAMES.get(self.name, self.name) if self.kind == "carrier" else ""


APPLICANT = Holder("applicant")


def office(code: str) -> Holder:
    return Holder("office", code)


def person(account_id: UUID | None) -> Holder:
    return Holder("person", str(account_id))


def carrier(key: str) -> Holder:
    return Holder("carrier", key)


def parse_holder(text: str) -> Holder:
    kind, _, name = text.partition(":")
    return Holder(kind, name)

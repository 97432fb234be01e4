"""What a number written on a paper is, and whether it is right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from motcua.kernel.codes import (
    citizen_id_problems,
    is_citizen_id,
    is_old_id,
    normal_phone,
    normal_s10,
    parse_code,
    tax_code_ok,
)

_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_PROCEDURE = re.compile(r"[1-9]\.[0-9]{6}(\.000\.00\.00\.[GH][0-9]{2})?")
_DOSSIER = re.compile(r"[0-9A-Z.]+-[0-9]{6,8}-[0-9]{4,7}")
_TAX = re.compile(r"[0-9]{10}(-?[0-9]{3})?")
_PHONE = re.compile(r"(\+84|0)[0-9 .()-]{7,16}")


@dataclass(frozen=True, slots=True)
class Identified:
    """`kind`: dossier_code, s10, citizen_id, old_id, tax_code, phone, procedure_code, unknown.

    `normal`: the one way to write it. `says`: what it tells, in Vietnamese, or why it is wrong.
    """

    kind: str
    right: bool
    normal: str
    says: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"is": self.kind, "right": self.right, "normal": self.normal, "says": self.says}


def identify(text: str) -> Identified:
    """What `text` is. Ten digits can be a tax code or a phone number: the one that checks out wins."""
    typed = text.strip()
    for look in (_dossier, _procedure, _item, _person, _tax_or_phone):
        found = look(typed)
        if found:
            return found
    return Identified("unknown", right=False, normal=typed, says="Không phải loại mã nào mà phần mềm biết.")


def _dossier(typed: str) -> Identified | None:
    code = parse_code(typed)
    if code:
        layout = "kiểu cũ (trước khi đổi bố cục)" if code.layout == "old" else "kiểu mới"
        says = f"Mã hồ sơ {layout}: cơ quan {code.agency_id}, nhận ngày {code.day:%d/%m/%Y}, số thứ tự {code.seq}."
        return Identified("dossier_code", right=True, normal=code.text, says=says)
    bare = "".join(typed.split()).upper()
    if _DOSSIER.fullmatch(bare):
        says = "Giống mã hồ sơ nhưng sai mã định danh, ngày hoặc số thứ tự. Hãy đối chiếu với giấy tiếp nhận."
        return Identified("dossier_code", right=False, normal=bare, says=says)
    return None


def _procedure(typed: str) -> Identified | None:
    if _PROCEDURE.fullmatch(typed):
        return Identified("procedure_code", right=True, normal=typed, says="Mã thủ tục hành chính.")
    return None


def _item(typed: str) -> Identified | None:
    bare = "".join(typed.split()).upper()
    if not _S10.fullmatch(bare):
        return None
    if normal_s10(bare):
        return Identified("s10", right=True, normal=bare, says="Mã bưu gửi S10, số kiểm tra đúng.")
    return Identified("s10", right=False, normal=bare, says="Mã bưu gửi S10 sai số kiểm tra. Hãy quét hoặc gõ lại.")


def _person(typed: str) -> Identified | None:
    bare = "".join(typed.split())
    if is_citizen_id(bare):
        problems = citizen_id_problems(bare)
        says = " ".join(problem.text for problem in problems) or "Số định danh cá nhân (căn cước), đúng cấu trúc."
        return Identified("citizen_id", right=not problems, normal=bare, says=says)
    if is_old_id(bare):
        says = "Số chứng minh nhân dân cũ (9 chữ số), không có số kiểm tra."
        return Identified("old_id", right=True, normal=bare, says=says)
    return None


def _tax_or_phone(typed: str) -> Identified | None:
    bare = "".join(typed.split())
    phone = normal_phone(typed)
    if _TAX.fullmatch(bare) and tax_code_ok(bare) and not phone:
        return Identified("tax_code", right=True, normal=bare, says="Mã số thuế, số kiểm tra đúng.")
    if phone:
        also = " Cũng đúng số kiểm tra của mã số thuế." if tax_code_ok(bare) else ""
        return Identified("phone", right=True, normal=phone, says=f"Số điện thoại Việt Nam.{also}")
    if _TAX.fullmatch(bare):
        says = "Có dạng mã số thuế nhưng sai số kiểm tra. Hãy đối chiếu với giấy đăng ký."
        return Identified("tax_code", right=False, normal=bare, says=says)
    if _PHONE.fullmatch(typed):
        says = "Giống số điện thoại nhưng không thuộc đầu số nào. Hãy hỏi lại người nộp."
        return Identified("phone", right=False, normal=bare, says=says)
    return None

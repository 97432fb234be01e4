"""Every number people write on papers: dossier codes, agency ids, postal items, persons, firms, phones.

Parsers forgive what a hand or a scanner does (small letters, blanks, other dashes) and answer None when
the text is no such code; makers refuse what does not fit.
"""

from motcua.kernel.codes.dossier import (
    LAYOUTS,
    NEW_LAYOUT,
    OLD_LAYOUT,
    DossierCodeLayout,
    ParsedCode,
    agency_id_form,
    format_code,
    parse_code,
)
from motcua.kernel.codes.identity import (
    citizen_birth_year,
    citizen_id_problems,
    citizen_sex,
    is_citizen_id,
    is_old_id,
    masked,
    tax_code_ok,
)
from motcua.kernel.codes.phone import normal_phone, phone_ok
from motcua.kernel.codes.postal import looks_like_s10, normal_s10, s10, s10_ok

__all__ = [
    "LAYOUTS",
    "NEW_LAYOUT",
    "OLD_LAYOUT",
    "DossierCodeLayout",
    "ParsedCode",
    "agency_id_form",
    "citizen_birth_year",
    "citizen_id_problems",
    "citizen_sex",
    "format_code",
    "is_citizen_id",
    "is_old_id",
    "looks_like_s10",
    "masked",
    "normal_phone",
    "normal_s10",
    "parse_code",
    "phone_ok",
    "s10",
    "s10_ok",
    "tax_code_ok",
]

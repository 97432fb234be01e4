"""The API object: what every operation shares, and how refusals are answered."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from motcua.acts.inputs import Invalid
from motcua.acts.tracking import TooMany
from motcua.api.auth import RevokedPhone, Token
from motcua.config import clock
from motcua.journal.canonical import plain
from motcua.journal.rules import Command, KeyReused, Stale
from motcua.kernel.calendar import local
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound
from motcua.people.rules import Actor

# Operations that make something new out of nothing: without a key a repeat would make a second one.
_KEY_NEEDED = frozenset({"/api/v1/dossiers"})
_KEYLESS = frozenset({"/api/v1/uploads"})


class Api(NinjaAPI):
    """Tells in its description that every act takes an `Idempotency-Key`."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for path, operations in schema["paths"].items():
            if "post" in operations and path not in _KEYLESS:
                operations["post"].setdefault("parameters", []).append(_key_parameter(path in _KEY_NEEDED))
        return schema


def _key_parameter(required: bool) -> dict[str, Any]:
    return {
        "in": "header",
        "name": "Idempotency-Key",
        "required": required,
        "schema": {"type": "string", "format": "uuid"},
        "description": "The same key with the same body gets the first answer again; with another body 409.",
    }


api = Api(
    title="Motcua",
    version="1",
    description="Một cửa qua bưu chính công ích: hồ sơ, giấy tờ, tiền và đường về của kết quả.",
    auth=Token(),
    urls_namespace="api",
)


def answer(data: Any, status: int = 200) -> HttpResponse:
    """JSON in one pass: what acts answer needs no second validation on its way out."""
    body = json.dumps(data, default=_written, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/json; charset=utf-8", status=status)


def _written(value: Any) -> Any:
    """Instants in the province's own time, with their offset."""
    return local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else plain(value)


def actor_of(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]


def command(request: HttpRequest, name: str, payload: dict[str, Any], *, key_needed: bool = False) -> Command:
    """The command of a request; `Idempotency-Key` (a UUID) makes repeating it harmless."""
    given = request.headers.get("Idempotency-Key", "")
    if not given and not key_needed:
        key = uuid4()
    else:
        try:
            key = UUID(given)
        except ValueError:
            raise Invalid(
                [
                    Problem(
                        "input.key",
                        "Hãy gửi tiêu đề Idempotency-Key là một UUID; gửi lại cùng khoá sẽ nhận cùng câu trả lời.",
                        field="Idempotency-Key",
                    )
                ]
            ) from None
    return Command(key, name, actor_of(request).id, clock.now(), payload)


def problems_answer(problems: Any, status: int) -> HttpResponse:
    return answer({"problems": problems_of(problems)}, status)


def problems_of(problems: Any) -> list[dict[str, str]]:
    return [
        {"code": p.code, "message": p.text, **({"field": p.field} if p.field else {})}
        for p in problems
    ]  # fmt: skip


# A code that the law of this installation does not have is wrong input, wherever it is found out.
_UNKNOWN_CODES = frozenset({"procedure.unknown", "office.unknown", "unit.unknown"})


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problems_answer(error.problems, 422 if _UNKNOWN_CODES.issuperset(error.codes) else 409)


@api.exception_handler(Invalid)
def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    return problems_answer(error.problems, 422)


@api.exception_handler(NotFound)
def not_found(request: HttpRequest, error: NotFound) -> HttpResponse:
    return problems_answer([Problem("not_found", "Không tìm thấy, hoặc bạn không có quyền xem.")], 404)


@api.exception_handler(Stale)
def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    return problems_answer(
        [Problem("dossier.stale", "Vừa có người khác xử lý. Hãy đọc lại rồi gửi với phiên bản mới.")], 409
    )


@api.exception_handler(KeyReused)
def key_reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
    return problems_answer(
        [Problem("input.key_reused", "Khoá này đã dùng cho một yêu cầu khác. Hãy gửi với khoá mới.")], 409
    )


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    return problems_answer([Problem("track.too_many", "Tra cứu quá nhiều lần. Hãy thử lại sau 10 phút.")], 429)


@api.exception_handler(RevokedPhone)
def revoked(request: HttpRequest, error: RevokedPhone) -> HttpResponse:
    words = "Điện thoại này đã bị thu hồi. Dữ liệu trên máy được xoá; hãy báo bưu cục."
    return problems_answer([Problem("device.revoked", words)], 401)


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems_answer([Problem("auth.needed", "Cần mã truy cập hợp lệ (Authorization: Bearer …).")], 401)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault: told as such, logged in full, and nothing of it leaks."""
    structlog.get_logger("motcua.api").exception("unexpected", path=request.path, error=str(error))
    return problems_answer([Problem("server.broken", "Hệ thống gặp lỗi. Hãy gửi lại cùng khoá sau ít phút.")], 500)


_WORDS = {
    "missing": "Thiếu mục này.",
    "string_too_long": "Nội dung quá dài.",
    "string_type": "Phải là chữ.",
    "int_parsing": "Phải là số nguyên.",
    "int_type": "Phải là số nguyên.",
    "date_from_datetime_parsing": "Phải là ngày có thật, dạng năm-tháng-ngày.",
    "date_parsing": "Phải là ngày có thật, dạng năm-tháng-ngày.",
    "uuid_parsing": "Phải là một UUID.",
    "extra_forbidden": "Không có mục này.",
    "greater_than_equal": "Số quá nhỏ.",
    "less_than_equal": "Số quá lớn.",
}


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja answers 400 to a body that is no JSON, before any operation sees it."""
    if error.status_code != 400:
        return problems_answer([Problem("input.refused", "Không thực hiện được yêu cầu này.")], error.status_code)
    return problems_answer(
        [Problem("input.not_json", "Không đọc được nội dung gửi lên. Hãy gửi JSON hợp lệ.", field="body")], 422
    )


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems_answer(shape_problems(error.errors), 422)


def shape_problems(errors: Any) -> list[Problem]:
    """What is wrong with the shape of something, each naming its field."""
    problems = []
    for e in errors:
        where = [str(part) for part in e["loc"] if part not in {"body", "query", "path", "data"}]
        words = _WORDS.get(e["type"], "Giá trị không hợp lệ.")
        problems.append(Problem(f"input.{e['type']}", words, field=".".join(where) or "body"))
    return problems

"""The administrator's acts on accounts: opened, appointed, relieved, given a new password; each in the journal."""

import re
from collections.abc import Iterable

from django.db import connection

from motcua.custody.models import Paper
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.codes import normal_phone
from motcua.kernel.problems import Problem, Refused, refusal, refuse_if
from motcua.kernel.text import squeeze
from motcua.looks.access import NotFound, local_day
from motcua.money.models import Payment
from motcua.people import actions
from motcua.people.holders import person
from motcua.people.models import Account, Appointment
from motcua.people.rules import AGENCY, POST, Actor, Role
from motcua.procedures.queries import current_law

PASSWORD_LEAST, PASSWORD_MOST, NAME_MOST = 10, 200, 200
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
# The kinds of office where a role can be held; a citizen's role has no office.
PLACES: dict[Role, frozenset[str]] = {
    Role.CLERK_CIVIL: frozenset({"one_stop", "post_point"}),
    Role.CLERK_POSTAL: frozenset({"post_point", "post_office"}),
    Role.POSTMAN: frozenset({"post_office"}),
    Role.DISPATCHER: frozenset({"post_office"}),
    **dict.fromkeys((*AGENCY, Role.PROVINCE, Role.ADMIN), frozenset({"agency"})),
}


def open_staff(
    command: Command, actor: Actor, username: str, name: str, phone: str, role: str, office: str, password: str
) -> Answer:
    """Does: a new account with its first role. Refuses: a name in use or unfit, a weak password, a place that does
    not fit the role. Records: account.opened, account.appointed."""

    def do(act: Act) -> Answer:
        _as_admin(act, actor)
        given = _role(role)
        refuse_if(
            [
                *_name_problems(username, name, phone),
                *password_problems(password, username),
                *_place_problems(given, office, act),
            ]
        )
        account = actions.open_account(
            act, username=username, name=name, password=password, phone=normal_phone(phone) or ""
        )
        actions.appoint(act, account, given, office or None, new=True)
        return {"username": username}

    return once(command, do)


def appoint(command: Command, actor: Actor, username: str, role: str, office: str) -> Answer:
    """Does: one more role at an office, from now on; ends the person's log-ins.

    Refuses: a place that does not fit, a role already held, and whatever would let the post decide.
    Records: account.appointed, account.renewed.
    """

    def do(act: Act) -> Answer:
        _as_admin(act, actor)
        account, given = _account(username), _role(role)
        held = _held(account)
        refuse_if([*_place_problems(given, office, act), *_wall_problems(given, {Role(a.role) for a in held})])
        if any((a.role, a.office_id or "") == (given, office) for a in held):
            raise refusal("staff.held", "Người này đang giữ vai trò đó tại nơi này rồi.", field="role")
        actions.appoint(act, account, given, office or None)
        return {"username": username, "role": given, "office": office}

    return once(command, do)


def relieve(command: Command, actor: Actor, username: str, role: str, office: str) -> Answer:
    """Does: takes a role away, from now on; ends the person's log-ins.

    Refuses: one's own administration, and somebody who still holds papers or money.
    Records: account.relieved, account.renewed.
    """

    def do(act: Act) -> Answer:
        _as_admin(act, actor)
        account, given = _account(username), _role(role)
        found = next((a for a in _held(account) if (a.role, a.office_id or "") == (given, office)), None)
        if found is None:
            raise refusal("staff.not_held", "Người này không còn giữ vai trò đó.")
        refuse_if(_relieve_problems(account, given, actor))
        actions.end_appointment(act, found)
        return {"username": username, "role": given, "office": office}

    return once(command, do)


def reset_password(command: Command, actor: Actor, username: str, password: str) -> Answer:
    """Does: a new password, to be told to the person by word; ends the old log-ins. Refuses: a weak one.
    Records: account.password_set (a digest only)."""

    def do(act: Act) -> Answer:
        _as_admin(act, actor)
        refuse_if(password_problems(password, username))
        actions.set_password(act, _account(username), password)
        return {"username": username}

    return once(command, do)


def password_problems(password: str, username: str) -> Iterable[Problem]:
    """Long enough to be hard to guess, short enough to be hashed in a moment, and not the name."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        yield Problem(
            "staff.password_length",
            "Mật khẩu phải có từ %(least)s đến %(most)s ký tự.",
            field="password",
            params={"least": PASSWORD_LEAST, "most": PASSWORD_MOST},
        )
    elif len(set(password)) < 5 or username.lower() in password.lower():
        yield Problem(
            "staff.password_weak",
            "Mật khẩu dễ đoán. Hãy dùng một câu ngắn mà chỉ người dùng biết.",
            field="password",
        )


def _as_admin(act: Act, actor: Actor) -> None:
    if not actor.has(Role.ADMIN):
        raise Refused([Problem("staff.not_admin", "Chỉ quản trị hệ thống làm được việc này.")])
    act.acting_as(Role.ADMIN, actor.office_as(Role.ADMIN))


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise refusal("staff.no_role", "Hãy chọn vai trò.", field="role") from None


def _name_problems(username: str, name: str, phone: str) -> Iterable[Problem]:
    if not _USERNAME.fullmatch(username):
        yield Problem(
            "staff.username",
            "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch nối.",
            field="username",
        )
    if not squeeze(name) or len(squeeze(name)) > NAME_MOST:
        yield Problem(
            "staff.name", "Hãy nhập họ tên, không quá %(most)s ký tự.", field="name", params={"most": NAME_MOST}
        )
    if phone.strip() and normal_phone(phone) is None:
        yield Problem("staff.phone", "Số điện thoại không đúng. Hãy nhập như 0912345678.", field="phone")


def _place_problems(role: Role, office: str, act: Act) -> Iterable[Problem]:
    fitting = PLACES.get(role)
    if fitting is None:
        if office:
            yield Problem("staff.place", "Vai trò này không gắn với nơi làm việc nào.", field="office")
        return
    law = current_law()
    if office not in law.office_map or not law.office(office).in_force(local_day(act.at)):
        yield Problem("staff.no_place", "Hãy chọn nơi làm việc đang hoạt động.", field="office")
    elif law.office(office).kind not in fitting:
        yield Problem("staff.place", "Vai trò này không có ở loại nơi làm việc đã chọn.", field="office")


def _wall_problems(role: Role, held: set[Role]) -> Iterable[Problem]:
    """The post never decides: nobody is of the post and of an agency at once."""
    if (role in POST and held & AGENCY) or (role in AGENCY and held & POST):
        yield Problem(
            "staff.wall",
            "Một người không thể vừa làm cho bưu điện vừa giải quyết hồ sơ ở cơ quan. Hãy thôi vai trò kia trước.",
            field="role",
        )


def _relieve_problems(account: Account, role: Role, actor: Actor) -> Iterable[Problem]:
    if role is Role.ADMIN and account.pk == actor.id:
        yield Problem("staff.self", "Không thể tự thôi vai trò quản trị của mình. Hãy nhờ quản trị viên khác.")
    hand = str(person(account.pk))
    if Paper.objects.filter(holder=hand).exists():
        yield Problem("staff.holds_papers", "Người này còn giữ giấy tờ của người dân. Hãy bàn giao trước.")
    if Payment.objects.filter(hand=hand).exists():
        yield Problem("staff.holds_money", "Người này còn giữ tiền thu hộ. Hãy chốt và nộp trước.")


def _account(username: str) -> Account:
    rows = Account.objects.filter(username=username)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found = rows.first()
    if found is None:
        raise NotFound(username)
    return found


def _held(account: Account) -> list[Appointment]:
    """The present roles, each pointing at this one account object, so that all entries follow in its chain."""
    held = list(Appointment.objects.filter(account=account, ended_at=None).order_by("role", "office_id"))
    for appointment in held:
        appointment.account = account
    return held

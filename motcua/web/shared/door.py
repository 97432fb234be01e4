"""The one door of every page: who is asking, may they, and what becomes of a refusal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.journal.rules import Command, KeyReused, Stale
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound
from motcua.people.queries import account_by_id, actor_of
from motcua.people.rules import NOBODY, Actor, Role

# How long a snapshot of a person's roles may be used without asking the database again, in seconds.
_TRUST = 5.0
_snapshots: dict[tuple[str, Any], tuple[float, Actor]] = {}

View = Callable[..., HttpResponse]


def sign_in(request: HttpRequest, account: Any) -> None:
    """Starts a log-in; whatever the browser held before is thrown away."""
    request.session.flush()
    request.session["account"], request.session["epoch"] = str(account.pk), account.epoch


def sign_out(request: HttpRequest) -> None:
    request.session.flush()


def actor(request: HttpRequest) -> Actor:
    """Who is asking; NOBODY when nobody is logged in or the log-in was ended (password, role or account changed)."""
    account_id, epoch = request.session.get("account"), request.session.get("epoch")
    if not account_id:
        return NOBODY
    known = _snapshots.get((account_id, epoch))
    if known and monotonic() - known[0] < _TRUST:
        return known[1]
    account = account_by_id(UUID(account_id))
    if account is None or account.epoch != epoch:
        return NOBODY
    if len(_snapshots) > 5000:
        _snapshots.clear()
    snapshot = actor_of(account)
    _snapshots[account_id, epoch] = (monotonic(), snapshot)
    return snapshot


def forget_snapshots() -> None:
    """Makes the next request of everybody ask the database again."""
    _snapshots.clear()


def page(*roles: Role) -> Callable[[View], View]:
    """A page for people who hold one of the roles (any role when none is named; nobody need log in with `public`).

    Sends strangers to the log-in, answers 403 to the wrong role, 404 to what is not theirs, 409 to a stale page.
    A GET can not write: the database refuses.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = actor(request)
            if who is NOBODY:
                return redirect(f"/dang-nhap?{urlencode({'next': request.get_full_path()})}")
            if roles and not who.has(*roles):
                return problem_page(request, 403)
            return _answer(request, view, who, args, kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(view: View) -> View:
    """A page for anyone; `request.actor` is NOBODY for strangers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _answer(request, view, actor(request), args, kwargs)

    guarded.roles = None  # type: ignore[attr-defined]
    return guarded


def _answer(request: HttpRequest, view: View, who: Actor, args: Any, kwargs: Any) -> HttpResponse:
    request.actor = who  # type: ignore[attr-defined]
    try:
        if request.method in {"GET", "HEAD"}:
            with reading():
                return view(request, *args, **kwargs)
        return view(request, *args, **kwargs)
    except NotFound:
        return problem_page(request, 404)
    except (Stale, KeyReused):
        return problem_page(request, 409)
    except (Refused, Invalid) as refused:
        return problem_page(request, 409, refused.problems)


@contextmanager
def reading() -> Iterator[None]:
    """Inside, only SELECT reaches the database: looking at a page changes nothing."""
    with connection.execute_wrapper(_read_only):
        yield


def _read_only(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    word = sql.lstrip(" (").split(None, 1)[0].upper()
    if word not in {"SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK"}:
        raise RuntimeError(f"a page that only looks tried to write: {sql[:80]}")
    return execute(sql, params, many, context)


def problem_page(request: HttpRequest, status: int, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The page for something that did not work: what went wrong, what is safe, what to do next."""
    return render(request, f"{status}.html", {"problems": problems}, status=status)


def command(request: HttpRequest, name: str, payload: dict[str, Any] | None = None) -> Command:
    """The command behind a posted form. Its hidden `key` makes a double click, a reload or the back button harmless."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    who: Actor = request.actor  # type: ignore[attr-defined]
    return Command(key, name, who.id, clock.now(), payload or {})


def new_key() -> str:
    """The key for a form that is about to be shown."""
    return str(uuid4())


def attempt(do: Callable[[], Any]) -> tuple[Any, tuple[Problem, ...]]:
    """(answer, no problems), or (None, the problems to show beside the form)."""
    try:
        return do(), ()
    except (Refused, Invalid) as refused:
        return None, refused.problems


def safe_next(request: HttpRequest, default: str) -> str:
    """Where to go after logging in: only to this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ok = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ok else default


def address(request: HttpRequest) -> str:
    """Where a request comes from, for counting guesses."""
    return str(request.META.get("REMOTE_ADDR", ""))

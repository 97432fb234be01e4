"""The postman's page that works without a signal: its shell, its service worker, and the phone it runs on."""

from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.acts.inputs import Invalid
from motcua.acts.phones import register_phone, reopen_phone
from motcua.config import clock
from motcua.kernel.problems import Refused
from motcua.people.rules import Actor, Role, token_digest
from motcua.web.round.frame import who_of
from motcua.web.shared.door import command, page, public

MODULES = (
    "app", "dom", "store", "vault", "queue", "sync", "start", "list", "stop", "deliver", "collect", "count", "fail",
    "work", "pen", "photo", "scan",
)  # fmt: skip
# Files with their hash in the name may be kept for ever; modules name each other and keep their own names.
_HASHED = (
    "motcua.css",
    "round/app.css",
    "fonts/BeVietnamPro-Regular.woff2",
    "fonts/BeVietnamPro-SemiBold.woff2",
    "round/icon-192.png",
)
_SHELL = "round/app/app.html"


@require_GET
@public
def shell(request: HttpRequest) -> HttpResponse:
    """The page itself: nobody's data are in it, so that it may lie in any phone's cache."""
    return render(request, _SHELL, {"module": f"{settings.STATIC_URL}round/app.js"})


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files make up this version of the page."""
    told = {"home": reverse("round:app"), "version": version(), "shell": shell_addresses()}
    source = Path(found("round/worker.js")).read_text("utf-8")
    answer = HttpResponse(f"const MADE = {dumps(told)};\n{source}", content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_GET
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page among its apps."""
    home = reverse("round:app")
    icons = [{"src": static(f"round/icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png"} for n in (192, 512)]
    told = {
        "name": _("Một cửa: chuyến đi của bưu tá"),
        "short_name": _("Chuyến đi"),
        "id": home,
        "start_url": home,
        "scope": "/vong/",
        "display": "standalone",
        "lang": request.LANGUAGE_CODE,
        "background_color": "#fbfaf7",
        "theme_color": "#14263a",
        "icons": [*icons, {**icons[1], "purpose": "maskable"}],
    }
    return HttpResponse(dumps(told, ensure_ascii=False), content_type="application/manifest+json; charset=utf-8")


@require_GET
@page(Role.POSTMAN)
def me(request: HttpRequest) -> HttpResponse:
    """Who is logged in on this phone, and the sign against forgery for what it posts next."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _told({"name": actor.name, "office": who_of(actor).office, "csrf": get_token(request)})


@require_POST
@page(Role.POSTMAN)
def register(request: HttpRequest) -> HttpResponse:
    """This phone becomes the postman's: its secret opens the round and the sync, and nothing else."""
    given = {name: request.POST.get(name, "")[:100] for name in ("name", "secret", "spare_key")}
    wish = command(request, "device.register", {"name": given["name"], "secret": token_digest(given["secret"])})
    try:
        return _told(register_phone(wish, request.actor, **given))  # type: ignore[attr-defined]
    except (Refused, Invalid) as refused:
        return _told({"problems": [p.text for p in refused.problems]}, 409)


@require_POST
@page(Role.POSTMAN)
def reopen(request: HttpRequest) -> HttpResponse:
    """The PIN was forgotten: who logs in with the password gets the spare key of their own phone."""
    try:
        device = UUID(request.POST.get("device", ""))
        spare = reopen_phone(command(request, "device.reopen", {"device": str(device)}), request.actor, device)  # type: ignore[attr-defined]
    except (ValueError, Refused) as wrong:
        return _told({"problems": [p.text for p in getattr(wrong, "problems", ())]}, 409)
    return _told({"spare_key": spare})


def _told(data: dict[str, object], status: int = 200) -> JsonResponse:
    answer = JsonResponse({**data, "now": clock.now().isoformat()}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shell_addresses() -> list[str]:
    """Everything the page needs, by address."""
    modules = [f"{settings.STATIC_URL}round/{name}.js" for name in MODULES]
    return [reverse("round:app"), reverse("round:manifest"), *[static(name) for name in _HASHED], *modules]


@cache
def version() -> str:
    """Changes with any file of the shell."""
    names = [*_HASHED, *[f"round/{name}.js" for name in MODULES], "round/worker.js"]
    templates = sorted((Path(__file__).parents[1] / "templates" / "round" / "app").glob("*.html"))
    paths = [*map(Path, map(found, names)), *templates]
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def found(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str), name
    return path

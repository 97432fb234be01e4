"""What every request passes: measured, guarded, in its language, the API straight on. Closures, no query."""

from collections.abc import Callable
from time import perf_counter, thread_time

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, get_resolver
from django.utils import translation
from prometheus_client import Counter, Histogram

View = Callable[[HttpRequest], HttpResponseBase]

SECONDS = Histogram(
    "motcua_request_seconds",
    "Time to answer, by route",
    ["route", "method"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
ANSWERS = Counter("motcua_answers", "Answers, by route and class of status", ["route", "status"])


def measured(get_response: View) -> View:
    """Counts and times each answer under its route; never under its path, for that names dossiers. The answer says
    both its time and its work: a browser, and a bench, tell the server's share from the network's and from its wait."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started, worked = perf_counter(), thread_time()
        response = get_response(request)
        route, took = request.resolver_match.route if request.resolver_match else "none", perf_counter() - started
        SECONDS.labels(route, request.method).observe(took)
        response.headers["Server-Timing"] = f"app;dur={took * 1000:.1f}, cpu;dur={(thread_time() - worked) * 1000:.1f}"
        ANSWERS.labels(route, f"{response.status_code // 100}xx").inc()
        return response

    return middleware


def guarded(get_response: View) -> View:
    """The same security headers on every answer; one computed table instead of three middlewares."""
    headers = security_headers(https=settings.SESSION_COOKIE_SECURE)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers:
            response.headers.setdefault(name, value)
        return response

    return middleware


def spoken(get_response: View) -> View:
    """Vietnamese for everyone until they switch: what a browser says it prefers is not a choice somebody made."""
    languages = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in languages else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


def api_first(get_response: View) -> View:
    """The API carries a token and no cookie: session, language, CSRF and messages are the pages' business, and their
    middleware costs as much as the look-up behind it. A strange address goes the ordinary way."""
    resolver = get_resolver()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return get_response(request)
        try:
            match = resolver.resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        request.resolver_match = match
        translation.deactivate()  # the language of the page this thread answered before
        return match.func(request, *match.args, **match.kwargs)  # type: ignore[no-any-return]

    return middleware


CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def security_headers(*, https: bool) -> list[tuple[str, str]]:
    headers = [
        ("Content-Security-Policy", "; ".join(f"{k} {v}" for k, v in CONTENT_SECURITY_POLICY.items())),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"),
    ]
    if https:
        headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return headers

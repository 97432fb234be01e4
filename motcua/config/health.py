"""What machines ask: is it well (/healthz), and how much of what (/metrics)."""

import ipaddress
import os
from datetime import timedelta

import structlog
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from motcua.config import clock
from motcua.jobs import queries

WORKER_SILENT_AFTER = timedelta(seconds=60)
# Not `is_private`: Python counts more as private than what an office has at home.
INSIDE = [
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
logger = structlog.get_logger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"status": "ok"|"degraded", ...}; 503 where the database does not answer.

    Degraded: pages work, but the worker has been silent, so letters and reports wait.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        heard = queries.last_heartbeat()
    except DatabaseError as error:
        logger.error("health.database", error=str(error))
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    alive = heard is not None and clock.now() - heard < WORKER_SILENT_AFTER
    status = "ok" if alive else "degraded"
    return JsonResponse({"status": status, "database": "ok", "worker": "ok" if alive else "silent"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, to callers on this machine or in its private network; 404 to everybody else."""
    if not asked_from_inside(request):
        raise Http404
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    waiting = "".join(f'motcua_jobs{{state="{state}"}} {count}\n' for state, count in queries.counts().items())
    text = generate_latest(registry).decode() + "# TYPE motcua_jobs gauge\n" + waiting
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def asked_from_inside(request: HttpRequest) -> bool:
    """A forwarded request came from outside, whatever the address of the proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in INSIDE)

"""A pytest plugin (see pyproject.toml): tests get a data folder of their own before settings are read."""

import os
import tempfile

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

_data = tempfile.TemporaryDirectory(prefix="motcua-test-", ignore_cleanup_errors=True)
os.environ["MOTCUA_DATA"] = _data.name
os.environ.setdefault("MOTCUA_LOG", "error")
for name in (
    "MOTCUA_CLOCK",
    "MOTCUA_DEMO",
    "MOTCUA_HTTPS",
    "MOTCUA_ALLOWED_HOSTS",
    "MOTCUA_SERVED",
    "PROMETHEUS_MULTIPROC_DIR",
):
    os.environ.pop(name, None)

# A busy machine is no finding.
hypothesis_settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("motcua")

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_setup",
    "live_server",
    "real_transactions",
    "own_database",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches a database: `make test` runs just that again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _data.cleanup()

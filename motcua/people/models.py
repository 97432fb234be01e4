"""Tables of people and offices."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.journal.models import Chain, Kept
from motcua.people.rules import Role


class Office(models.Model):
    """A place in the pack, here only to be pointed at; its names and dated facts are read from the law."""

    code = models.CharField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    unit_code = models.CharField(max_length=8, blank=True)


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser, Chain):
    """A person who logs in. `epoch` grows when a password or a role changes and ends older log-ins."""

    last_login = None
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=15, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    digested = frozenset({"password", "phone"})
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name


class Appointment(Kept):
    """A role of a person at an office; ended, never deleted."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=16, choices=[(r.value, r.label) for r in Role])
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "account", "role", "office", condition=models.Q(ended_at=None), name="appointed_once"
            )
        ]

    def root(self) -> Chain:
        return self.account


class Token(Kept):
    """A bearer token for the API; only its SHA-256 is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=100, blank=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def root(self) -> Chain:
        return self.account


class Device(Kept):
    """A postman's phone. It made its own secret; here lies the SHA-256 of it.

    `drift_ms` is how far its clock stood behind the server's when it last called. `spare_key` opens the queue on the
    phone again when its PIN was forgotten: only its owner gets it, logged in with a password.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="devices")
    name = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32, unique=True)
    spare_key = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    drift_ms = models.BigIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    unjournaled = frozenset({"last_seen_at", "drift_ms"})
    digested = frozenset({"spare_key"})

    class Meta:
        indexes = [models.Index("account", "registered_at", name="device_of_account")]

    def root(self) -> Chain:
        return self.account


class Throttle(models.Model):
    """How often something was tried in one window of time (tracking guesses, log-ins)."""

    key = models.CharField(max_length=100)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("key", "window", name="throttle_once_a_window")]

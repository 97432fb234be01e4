"""Tables of the journal, and the two bases every journaled table is built on."""

from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from motcua.journal.canonical import digest, plain
from motcua.journal.ids import uuid7


class Kept(models.Model):
    """A row whose every change is a journal entry in the chain of its root (for a paper: its dossier)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Columns with personal data or long content: the journal keeps their digest, not their text.
    digested: ClassVar[frozenset[str]] = frozenset()
    # Columns that are bookkeeping or found again from others: the journal leaves them out.
    unjournaled: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @classmethod
    def subject_kind(cls) -> str:
        return cls._meta.model_name or cls.__name__.lower()

    def root(self) -> "Chain":
        raise NotImplementedError(f"{type(self).__name__} must name the chain it is journaled in")

    @classmethod
    def journaled_columns(cls) -> tuple[str, ...]:
        return _journaled_columns(cls)

    def column_for_journal(self, column: str) -> Any:
        value = getattr(self, column)
        return digest(value).hex() if column in self.digested else plain(value)


@cache
def _journaled_columns(model: type[Kept]) -> tuple[str, ...]:
    left_out = {"id", "seq", "head"} | model.unjournaled
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in left_out)


class Chain(Kept):
    """A root: it owns one hash-chained history. `seq` counts its entries, so it is also the row's version."""

    seq = models.PositiveIntegerField(default=0, editable=False)
    head = models.BinaryField(max_length=32, default=bytes(32), editable=False)

    class Meta:
        abstract = True

    def root(self) -> Self:
        return self


class Command(models.Model):
    """Who asked for what under which key, and the answer that a repeated key gets again."""

    key = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    answer = models.JSONField()


class Entry(models.Model):
    """What happened to one subject. Rows are never changed or removed: a database trigger refuses."""

    id = models.BigAutoField(primary_key=True)
    chain_kind = models.CharField(max_length=20)
    chain_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    command = models.UUIDField()
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, blank=True)
    office = models.CharField(max_length=60, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("chain_id", "seq", name="entry_once_per_place_in_chain")]

    def content(self) -> dict[str, Any]:
        """Everything the hash vouches for."""
        return {
            "chain": [self.chain_kind, self.chain_id, self.seq],
            "subject": [self.subject_kind, self.subject_id],
            "kind": self.kind,
            "command": self.command,
            "by": [self.actor_id, self.role, self.office],
            "happened_at": self.happened_at,
            "recorded_at": self.recorded_at,
            "data": self.data,
        }

    def hash_after(self, previous: bytes) -> bytes:
        return digest([previous.hex(), self.content()])


class Anchor(models.Model):
    """A digest over all entries up to one, chained to the anchor before: a removed chain cannot go unnoticed."""

    id = models.BigAutoField(primary_key=True)
    upto = models.BigIntegerField(unique=True)
    count = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()


def chain_key(subject: Kept) -> UUID:
    """The id of the chain a subject is journaled in."""
    return subject.root().pk

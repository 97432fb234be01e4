"""The only way to write: a command is done once, and every row it touches is explained by an entry."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.journal.canonical import digest, plain
from motcua.journal.models import Anchor, Chain, Entry, Kept
from motcua.journal.models import Command as CommandRow
from motcua.journal.prepared import Prepared, insert_rows, update_row
from motcua.journal.rules import Command, KeyReused, Stale
from motcua.journal.verify import entries_digest
from motcua.kernel.keys import new_reference

Answer = dict[str, Any]

# Above so many changed rows of one table, one statement with a CASE beats a round trip for each.
_BULK = 4
_TRIES = 3


class Act:
    """An open command. Rows are created and changed through it; `flush` writes them with their entries.

    Nothing reaches the database before `flush`, so one act costs one UPDATE per changed row and one INSERT per
    table (on PostgreSQL one statement for all new rows and entries), however many things it did.
    """

    def __init__(self, command: Command, attempt: int = 0) -> None:
        self.command = command
        self.role = ""
        self.office = ""
        self._entries: list[Entry] = []
        self._created: dict[type[Kept], list[Kept]] = {}
        self._new: set[UUID] = set()
        self._changed: dict[Kept, set[str]] = {}
        self._old_seq: dict[Chain, int] = {}
        self._plain: list[Any] = []
        self._references = attempt * 1000

    @property
    def at(self) -> datetime:
        """The instant the act was done; rules reckon with it."""
        return self.command.happened_at

    def acting_as(self, role: str, office: str = "") -> None:
        """Whose hat the actor wears for what follows; it is written on each entry."""
        self.role, self.office = str(role), office

    def reference(self) -> str:
        """A fresh opaque reference. It follows from the command, so a demo of one seed is the same demo twice;
        the instant is the server's, so nobody can choose it."""
        self._references += 1
        seed = [self.command.key, self.command.actor_id, self.command.at, self._references]
        return new_reference(digest(seed))

    def create(self, subject: Kept, kind: str, **data: Any) -> None:
        """Adds a row; its first entry holds the value of every journaled column."""
        self._created.setdefault(type(subject), []).append(subject)
        self._new.add(subject.pk)
        self._record(subject, kind, subject.journaled_columns(), data)

    def change(self, subject: Kept, kind: str, changes: dict[str, Any] | None = None, **data: Any) -> None:
        """Sets columns of a row and records the new values; without changes it records the fact alone."""
        changes = changes or {}
        for column, value in changes.items():
            setattr(subject, column, value)
        if changes and subject.pk not in self._new:
            self._changed.setdefault(subject, set()).update(changes)
        self._record(subject, kind, [c for c in changes if c not in subject.unjournaled], data)

    def add_plain(self, row: Any) -> None:
        """A new row outside the ledgers (a tally, a message) that must be written with them."""
        self._plain.append(row)

    def _record(self, subject: Kept, kind: str, columns: Iterable[str], data: dict[str, Any]) -> None:
        root = subject.root()
        self._old_seq.setdefault(root, root.seq)
        columns = [c + "_id" if c not in _attnames(type(subject)) else c for c in columns]
        entry = Entry(
            chain_kind=root.subject_kind(),
            chain_id=root.pk,
            seq=root.seq + 1,
            subject_kind=subject.subject_kind(),
            subject_id=subject.pk,
            kind=kind,
            command=self.command.key,
            actor_id=self.command.actor_id,
            role=self.role,
            office=self.office,
            happened_at=self.command.happened_at,
            recorded_at=self.command.at,
            data=plain({**data, "set": {c: subject.column_for_journal(c) for c in columns}}),
        )
        entry.hash = entry.hash_after(bytes(root.head))
        root.seq, root.head = entry.seq, entry.hash
        self._entries.append(entry)

    def flush(self, answer: Answer) -> None:
        """Writes everything: changed rows, new rows, entries, and the command with its answer."""
        self._update_changed()
        said = CommandRow(
            key=self.command.key,
            name=self.command.name,
            digest=digest(self.command.payload),
            actor_id=self.command.actor_id,
            at=self.command.at,
            answer=answer,
        )
        insert_rows(*self._created.values(), *([row] for row in self._plain), self._entries, [said])

    def _update_changed(self) -> None:
        for root in self._old_seq:
            if root.pk not in self._new:
                self._changed.setdefault(root, set()).update({"seq", "head"})
        by_shape: dict[tuple[type[Kept], frozenset[str]], list[Kept]] = {}
        for subject, changed in self._changed.items():
            by_shape.setdefault((type(subject), frozenset(changed)), []).append(subject)
        for (model, columns), rows in by_shape.items():
            if len(rows) > _BULK:
                model._default_manager.bulk_update(rows, sorted(columns), batch_size=200)
            else:
                for row in rows:
                    self._update_one(row, columns)

    def _update_one(self, row: Kept, columns: frozenset[str]) -> None:
        where = {"id": row.pk, **({"seq": self._old_seq[row]} if isinstance(row, Chain) else {})}
        if not update_row(row, sorted(columns), where):
            raise Stale(f"{row.subject_kind()} {row.pk}")


@cache
def _attnames(model: type[Kept]) -> frozenset[str]:
    return frozenset(f.attname for f in model._meta.concrete_fields)


def once(command: Command, do: Callable[[Act], Answer]) -> Answer:
    """Does a command in one transaction and remembers its answer.

    Returns the first answer when the key was used before for the same wish. Raises KeyReused when it was used
    for another, Refused when a rule forbids it, Stale when somebody else was quicker. Nothing is left half-done.
    """
    for attempt in range(_TRIES):
        seen = first_answer(command)
        if seen is not None:
            return seen
        try:
            return _done(command, do, attempt)
        except IntegrityError as error:
            # The same key raced us (look again), two random references met (try again), or somebody was quicker.
            if "journal_entry" in str(error) or "entry_once_per_place_in_chain" in str(error):
                raise Stale(command.name) from error
            if attempt + 1 == _TRIES:
                raise
    raise AssertionError("unreachable")


def _done(command: Command, do: Callable[[Act], Answer], attempt: int) -> Answer:
    with transaction.atomic():
        act = Act(command, attempt)
        answer: Answer = plain(do(act))
        act.flush(answer)
    return answer


_command_by_key = Prepared(lambda key: CommandRow.objects.filter(key=key), UUID)


def first_answer(command: Command) -> Answer | None:
    """The answer already given under this key, or None."""
    found = _command_by_key(command.key)
    if not found:
        return None
    row = found[0]
    if bytes(row.digest) != digest(command.payload) or row.name != command.name or row.actor_id != command.actor_id:
        raise KeyReused(str(command.key))
    return dict(row.answer)


def drop_anchor(at: datetime, settled_before: datetime) -> Anchor | None:
    """Vouches for all entries recorded before `settled_before`; records one anchor, or None where nothing is new."""
    last = Anchor.objects.order_by("-id").first()
    after, previous = (last.upto, bytes(last.digest)) if last else (0, bytes(32))
    newest = Entry.objects.filter(id__gt=after, recorded_at__lt=settled_before).order_by("-id").first()
    if newest is None:
        return None
    count, running = entries_digest(previous, after, newest.pk)
    return Anchor.objects.create(upto=newest.pk, count=count, digest=running, at=at)

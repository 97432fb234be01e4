"""Who sees which dossier: the one way for a face or an act to get hold of one."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.custody.lifecycle import WITH_POSTMAN, PickupState
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.documents.models import File
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.rules import Places, allowed, roles_on
from motcua.journal.models import Entry
from motcua.journal.prepared import Prepared
from motcua.journal.queries import entries_of
from motcua.kernel.calendar import local
from motcua.kernel.keys import normal_reference
from motcua.law.model import Pack, Version
from motcua.money.models import Charge
from motcua.people.holders import office, parse_holder
from motcua.people.rules import AGENCY, Actor, Role
from motcua.procedures.queries import current_law

_papers = Prepared(lambda d: Paper.objects.filter(dossier_id=d).order_by("id"), UUID)
_charges = Prepared(lambda d: Charge.objects.filter(dossier_id=d).select_related("payment").order_by("id"), UUID)
_files = Prepared(lambda d: File.objects.filter(dossier_id=d).order_by("id"), UUID)
_parcels = Prepared(lambda d: Parcel.objects.filter(dossier_id=d).order_by("id"), UUID)
_pickups = Prepared(lambda d: Pickup.objects.filter(dossier_id=d).order_by("id"), UUID)

_HELD = {Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.DISPATCHER}


class NotFound(Exception):
    """There is no such thing, or not for this actor: both look the same from outside."""


class Case:
    """One dossier with what belongs to it, each part fetched when first asked for, once."""

    def __init__(self, dossier: Dossier, law: Pack) -> None:
        self.dossier = dossier
        self.law = law

    @property
    def applicant(self) -> Applicant:
        return self.dossier.applicant

    @cached_property
    def version(self) -> Version:
        """The procedure as it was on the day that counts for this dossier."""
        return self.law.procedure(self.dossier.procedure, self.dossier.version_on)

    @cached_property
    def papers(self) -> list[Paper]:
        return self._own(_papers)

    @cached_property
    def charges(self) -> list[Charge]:
        return self._own(_charges)

    @cached_property
    def files(self) -> list[File]:
        return self._own(_files)

    @cached_property
    def parcels(self) -> list[Parcel]:
        return self._own(_parcels)

    @cached_property
    def pickups(self) -> list[Pickup]:
        return self._own(_pickups)

    @cached_property
    def entries(self) -> list[Entry]:
        return entries_of(self.dossier.pk)

    def _own(self, look: Prepared[Any]) -> list[Any]:
        """The rows, each pointing at this one dossier object, so that all entries follow each other in one chain."""
        own = look(self.dossier.pk)
        for row in own:
            row.dossier = self.dossier
        return own

    @property
    def designated(self) -> bool:
        """Whether the place of reception is itself the one-stop, so that its acceptance starts the legal clock."""
        return self.dossier.reception_id == self.dossier.accepting_id

    def places(self, actor: Actor) -> Places:
        """What row-level rights look at; papers and errands are fetched only where the actor's roles depend on them."""
        held: Iterable[str] = ()
        if actor.has(*_HELD):
            held = (parse_holder(p.holder).office_code for p in self.papers)
        postmen: set[UUID] = set()
        if actor.has(Role.POSTMAN):
            postmen = {p.postman_id for p in self.parcels if p.state in WITH_POSTMAN and p.postman_id}
            postmen |= {p.postman_id for p in self.pickups if p.state == PickupState.ASSIGNED and p.postman_id}
        d = self.dossier
        return Places(
            d.state, d.account_id, d.agency_id, d.reception_id, d.accepting_id, self.designated,
            frozenset(o for o in held if o), frozenset(postmen),
        )  # fmt: skip

    def roles(self, actor: Actor) -> frozenset[Role]:
        return roles_on(actor, self.places(actor))

    def allowed(self, actor: Actor):  # type: ignore[no-untyped-def]
        """The transitions the actor may make now."""
        return allowed(actor, self.places(actor))


def find_case(actor: Actor, key: str, *, lock: bool = False) -> Case:
    """The dossier with this code, reference or id, for this actor. Raises NotFound for strangers and strange keys.

    With `lock` the row is held until the transaction ends: two acts on one dossier follow each other.
    """
    name, value = name_of(key)
    found = (_locked if lock and connection.features.has_select_for_update else _found)[name](value)
    if not found:
        raise NotFound(key)
    case = Case(found[0], current_law())
    if not case.roles(actor):
        raise NotFound(key)
    return case


def name_of(key: str) -> tuple[str, Any]:
    """By which column a key names a dossier: its reference, its id, or its official code."""
    text = key.strip()
    if reference := normal_reference(text):
        return "reference", reference
    try:
        return "pk", UUID(text)
    except ValueError:
        return "code", text


def _by(name: str, *, lock: bool) -> Prepared[Dossier]:
    rows = Dossier.objects.select_related("applicant")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return Prepared(lambda value: rows.filter(**{name: value}), UUID if name == "pk" else str)


_found = {name: _by(name, lock=False) for name in ("reference", "pk", "code")}
_locked = {name: _by(name, lock=True) for name in ("reference", "pk", "code")}


def dossier_named(key: str) -> Dossier | None:
    """The dossier a key names, whoever asks: only for looks that check something else first."""
    name, value = name_of(key)
    found = _found[name](value)
    return found[0] if found else None


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """All dossiers that exist for an actor: the same rule as `roles_on`, as SQL."""
    rows = Dossier.objects.all()
    if actor.has(Role.PROVINCE):
        return rows
    seen = Q(pk__in=())
    if agencies := actor.offices(*AGENCY):
        seen |= Q(agency__in=agencies)
    if desks := actor.offices(Role.RECEIVER, Role.CLERK_CIVIL):
        seen |= Q(accepting__in=desks)
    if counters := actor.offices(*_HELD):
        held = Paper.objects.filter(dossier=OuterRef("pk"), holder__in=[str(office(c)) for c in counters])
        seen |= Q(reception__in=counters) | Q(Exists(held))
    if actor.has(Role.POSTMAN):
        parcels = Parcel.objects.filter(dossier=OuterRef("pk"), postman=actor.id, state__in=sorted(WITH_POSTMAN))
        pickups = Pickup.objects.filter(dossier=OuterRef("pk"), postman=actor.id, state=PickupState.ASSIGNED)
        seen |= Q(Exists(parcels)) | Q(Exists(pickups))
    if actor.has(Role.CITIZEN) and actor.id:
        seen |= Q(account=actor.id)
    return rows.filter(seen)


def local_day(at: datetime) -> date:
    """The province's day of an instant."""
    return local(at).date()

"""Tables of the carriers: orders, everything they said, and what is not believed."""

from django.db import models
from django.db.models import Q

from motcua.carriers.lifecycle import OrderState
from motcua.carriers.rules import Doubt
from motcua.custody.models import Parcel
from motcua.dossiers.models import Dossier
from motcua.journal.models import Chain, Kept
from motcua.people.models import Account, Office


class CarrierOrder(Kept):
    """One waybill: a parcel entrusted to a carrier by an office. `number` is how we call it (OrderNumber), `item` how
    the carrier does. One dossier has one live order a direction."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="carrier_orders")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="carrier_orders")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=20)
    direction = models.CharField(max_length=4, default="home")
    number = models.CharField(max_length=60, unique=True)
    item = models.CharField(max_length=40, blank=True)
    cod = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default=OrderState.ASKED)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    poll_at = models.DateTimeField(null=True)
    quiet = models.PositiveSmallIntegerField(default=0)

    # How the asking goes is no fact of the ledger.
    unjournaled = frozenset({"tries", "last_error", "poll_at", "quiet"})

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier", "direction", condition=Q(ended_at=None), name="one_live_waybill")
        ]
        indexes = [
            models.Index("office", "state", "asked_at", name="carrierorder_at_office"),
            models.Index("poll_at", name="carrierorder_polled", condition=Q(poll_at__isnull=False)),
            models.Index("carrier", "item", name="carrierorder_item"),
        ]

    def root(self) -> Chain:
        return self.dossier


class CarrierEvent(models.Model):
    """One thing a carrier said, kept as it came; the same words are kept once however often they are heard."""

    id = models.BigAutoField(primary_key=True)
    carrier = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    order = models.ForeignKey(CarrierOrder, models.PROTECT, null=True, related_name="events")
    said = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(null=True)
    item = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recipient = models.CharField(max_length=250, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    raw = models.JSONField()
    heard_at = models.DateTimeField()
    confirmed = models.BooleanField(default=False)
    believed = models.BooleanField(default=False)
    # '' until it was looked at; then applied, history (true, but later news was applied before) or doubt
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("carrier", "key", name="carrier_said_once")]


class CarrierDoubt(Chain):
    """Something a carrier said that is not believed, until a person says how it ended."""

    code = models.CharField(max_length=20, choices=[(d.value, d.label) for d in Doubt])
    carrier = models.CharField(max_length=20)
    event = models.ForeignKey(CarrierEvent, models.PROTECT, related_name="doubts")
    order = models.ForeignKey(CarrierOrder, models.PROTECT, null=True, related_name="doubts")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, blank=True)
    settlement = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("event", condition=Q(settled_at=None), name="one_open_doubt_an_event")]
        indexes = [models.Index("office", "raised_at", name="carrierdoubt_open", condition=Q(settled_at=None))]

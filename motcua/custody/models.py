"""Tables of the custody ledger."""

from django.db import models
from django.db.models import F, Q

from motcua.custody.discrepancies import DiscrepancyKind, DiscrepancyState, Outcome
from motcua.custody.lifecycle import LIVE_PARCEL, WITH_POSTMAN, Finding, ManifestState, ParcelState, PickupState
from motcua.dossiers.models import Dossier
from motcua.journal.models import Chain, Kept
from motcua.people.models import Account, Office

_LIVE = sorted(state.value for state in LIVE_PARCEL)
_BUSY = sorted(state.value for state in WITH_POSTMAN)


class PaperKind(models.TextChoices):
    ORIGINAL = "original", "Bản chính"
    CERTIFIED = "certified", "Bản sao chứng thực"
    COPY = "copy", "Bản sao"
    PHOTO = "photo", "Ảnh"
    RESULT = "result", "Kết quả"


class Paper(Kept):
    """One physical thing. `sticker` is printed on it and tells nothing to a finder.

    It has one holder at every instant. While `offered_to` is set its holder has said that it is on its way there:
    the paper is in doubt since `offered_at`, until the one named says that he has it. `lost_at` marks a paper that was
    given up: its last holder answered for it. Papers with one `envelope` lie in one cover with that sticker.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    component = models.CharField(max_length=60)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    quantity = models.PositiveSmallIntegerField(default=1)
    pages = models.PositiveSmallIntegerField(default=1)
    condition = models.CharField(max_length=200, blank=True)
    sticker = models.CharField(max_length=12, unique=True)
    holder = models.CharField(max_length=70)
    held_since = models.DateTimeField()
    to_return = models.BooleanField(default=False)
    offered_to = models.CharField(max_length=70, blank=True, default="")
    offered_at = models.DateTimeField(null=True)
    envelope = models.CharField(max_length=12, blank=True, default="")
    lost_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("holder", "held_since", name="paper_held"),
            models.Index("offered_at", name="paper_in_doubt", condition=~Q(offered_to="")),
            models.Index("envelope", name="paper_in_envelope", condition=~Q(envelope="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(offered_to="", offered_at=None) | ~Q(offered_to="") & Q(offered_at__isnull=False),
                name="paper_offer_has_its_instant",
            ),
            models.CheckConstraint(condition=~Q(offered_to=F("holder")), name="paper_offered_to_another"),
        ]

    def root(self) -> Chain:
        return self.dossier


class Manifest(Chain):
    """A list of papers that goes from one office to another in one sealed bag."""

    number = models.CharField(max_length=40, unique=True)
    giver = models.ForeignKey(Office, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Office, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=ManifestState.OPEN)
    seal = models.CharField(max_length=40, blank=True)
    carrier = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    seal_intact = models.BooleanField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index("taker", "state", "sealed_at", name="manifest_incoming"),
            models.Index("giver", "state", "opened_at", name="manifest_outgoing"),
        ]


class Line(Kept):
    """One paper on a manifest, and what the taker found."""

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="lines")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=12, blank=True, choices=[(f.value, f.label) for f in Finding])
    note = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "manifest", "paper", condition=Q(removed=False), name="paper_once_on_a_manifest"
            )
        ]

    def root(self) -> Chain:
        return self.manifest


class ItemRange(models.Model):
    """A range of S10 numbers the post has given this system; used from the front, each once."""

    prefix = models.CharField(max_length=2)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    next = models.PositiveIntegerField()

    @property
    def used(self) -> int:
        return self.next - self.first

    @property
    def free(self) -> int:
        return self.last - self.next + 1


class Parcel(Kept):
    """A result on its way home: one tracked item."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parcels")
    item = models.CharField(max_length=13, unique=True)
    # What another carrier calls it, '' where the post carries it under its own number.
    outside = models.CharField(max_length=30, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=ParcelState.READY)
    postman = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_reason = models.CharField(max_length=300, blank=True)
    held_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    recipient = models.CharField(max_length=250, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    proof = models.JSONField(default=dict)

    digested = frozenset({"recipient", "proof"})

    class Meta:
        indexes = [
            models.Index("office", "state", "made_at", name="parcel_at_office"),
            models.Index("postman", "state", name="parcel_of_postman", condition=Q(state__in=_BUSY)),
            models.Index("office", "ended_at", name="parcel_ended_at", condition=Q(ended_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                "outside", condition=~Q(outside="") & Q(state__in=_LIVE), name="one_live_item_a_number"
            )
        ]

    def root(self) -> Chain:
        return self.dossier


class DeliveryCode(models.Model):
    """A code that was told to a recipient; only its digest is kept. The newest one of an item counts."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="+")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)


class Pickup(Kept):
    """An order to fetch papers from somebody's home."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pickups")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=PickupState.ORDERED)
    postman = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    wanted_on = models.DateField()
    window = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300)
    unit_code = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    note = models.CharField(max_length=300, blank=True)
    ordered_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    digested = frozenset({"address", "phone", "note"})

    class Meta:
        indexes = [models.Index("office", "state", "wanted_on", name="pickup_at_office")]

    def root(self) -> Chain:
        return self.dossier


class Discrepancy(Kept):
    """Something about papers did not come out right: a small case with an owner, a clock and an outcome.

    It belongs to a bag (and mostly to one of its lines) or, for an item on its way home, to a dossier.
    """

    manifest = models.ForeignKey(Manifest, models.PROTECT, null=True, related_name="discrepancies")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="discrepancies")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="discrepancies")
    parcel = models.ForeignKey("Parcel", models.PROTECT, null=True, related_name="discrepancies")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.label) for k in DiscrepancyKind])
    state = models.CharField(max_length=10, default=DiscrepancyState.OPEN)
    owner = models.ForeignKey(Office, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    liable_on = models.DateField(null=True)
    charge_paid = models.PositiveIntegerField(default=0)
    compensation = models.PositiveIntegerField(default=0)
    pay_by = models.DateField(null=True)
    paid_at = models.DateTimeField(null=True)
    help_note = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o.value, o.label) for o in Outcome])
    outcome_note = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("owner", "due_at", name="discrepancy_open", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(
                "line", condition=Q(ended_at=None) & Q(line__isnull=False), name="one_open_discrepancy_a_line"
            ),
            models.CheckConstraint(
                condition=Q(manifest__isnull=False, dossier=None) | Q(manifest=None, dossier__isnull=False),
                name="discrepancy_of_a_bag_or_a_dossier",
            ),
        ]

    def root(self) -> Chain:
        return self.manifest or self.dossier  # type: ignore[return-value]

    @property
    def paper(self) -> Paper | None:
        """The paper of its line; None for a whole bag or an item."""
        return self.line.paper if self.line else None

    @property
    def about_dossier(self) -> Dossier | None:
        """Whose papers these are; None for a whole bag."""
        return self.line.paper.dossier if self.line else self.dossier

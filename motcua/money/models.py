"""Tables of the money ledger. All amounts are whole đồng."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models import Dossier
from motcua.journal.models import Chain, Kept
from motcua.people.models import Account, Office


class Purse(models.TextChoices):
    STATE = "state", "Phí, lệ phí nhà nước"
    POST = "post", "Cước bưu chính"


class Stage(models.TextChoices):
    RECEPTION = "reception", "Khi nộp hồ sơ"
    DOOR = "door", "Khi nhận kết quả"


class Charge(Kept):
    """One thing to pay, with the law it rests on as it was on the day of receipt."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="charges")
    purse = models.CharField(max_length=5, choices=Purse.choices)
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=250)
    amount = models.PositiveIntegerField()
    full_amount = models.PositiveIntegerField()
    exemption = models.CharField(max_length=60, blank=True)
    exemption_proof = models.CharField(max_length=250, blank=True)
    citation = models.CharField(max_length=250, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    payment = models.ForeignKey("Payment", models.PROTECT, null=True, related_name="charges")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("dossier", name="charge_due", condition=Q(payment=None, cancelled_at=None))]

    def root(self) -> Chain:
        return self.dossier


class Shift(Chain):
    """One person's till from opening to counting."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    counted_state = models.PositiveIntegerField(null=True)
    counted_post = models.PositiveIntegerField(null=True)
    expected_state = models.PositiveIntegerField(null=True)
    expected_post = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("account", condition=Q(counted_at=None), name="one_open_shift_a_person")
        ]
        indexes = [models.Index("office", name="shift_to_take", condition=Q(taken_at=None))]


class Payment(Kept):
    """Money received for one purse. `hand` says who has it now; remitted money has left every hand."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    purse = models.CharField(max_length=5, choices=Purse.choices)
    amount = models.PositiveIntegerField()
    method = models.CharField(max_length=10, default="cash")
    receipt = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="payments")
    hand = models.CharField(max_length=70, blank=True)
    remittance = models.ForeignKey("Remittance", models.PROTECT, null=True, related_name="payments")

    class Meta:
        indexes = [
            models.Index("hand", "purse", name="payment_in_hand", condition=~Q(hand="")),
            models.Index("receipt", name="payment_receipt"),
        ]

    def root(self) -> Chain:
        return self.dossier


class Remittance(Chain):
    """Money an office passes on: state fees to an agency, charges to the post. The taker completes it."""

    number = models.CharField(max_length=40, unique=True)
    giver = models.ForeignKey(Office, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Office, models.PROTECT, related_name="+")
    purse = models.CharField(max_length=5, choices=Purse.choices)
    amount = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

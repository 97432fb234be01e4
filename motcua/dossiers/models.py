"""Tables of the case ledger."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.lifecycle import ENDED, State
from motcua.journal.ids import uuid7
from motcua.journal.models import Chain, Kept
from motcua.people.models import Account, Office


class Channel(models.TextChoices):
    ONLINE = "online", "Trực tuyến"
    COUNTER = "counter", "Trực tiếp tại một cửa"
    POST = "post", "Tại bưu điện"
    PICKUP = "pickup", "Bưu tá nhận tại nhà"


class ReturnBy(models.TextChoices):
    POST = "post", "Bưu điện phát tại nhà"
    COUNTER = "counter", "Nhận tại nơi nộp"
    ELECTRONIC = "electronic", "Bản điện tử"


class Outcome(models.TextChoices):
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Từ chối"


class Applicant(Kept):
    """Who asks, as given for this one dossier."""

    dossier = models.OneToOneField("Dossier", models.PROTECT, related_name="applicant")
    kind = models.CharField(max_length=10, default="citizen")
    name = models.CharField(max_length=250)
    folded = models.CharField(max_length=250)
    id_number = models.CharField(max_length=12, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    email = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    unit_code = models.CharField(max_length=8, blank=True)
    # Whoever stands at the counter for the applicant, with the paper that allows it.
    proxy_name = models.CharField(max_length=250, blank=True)

    digested = frozenset(
        [
            "name",
            "folded",
            "id_number",
            "tax_code",
            "born_on",
            "sex",
            "phone",
            "email",
            "address",
            "proxy_name",
        ]
    )

    class Meta:
        indexes = [
            models.Index("folded", name="applicant_by_name"),
            models.Index("phone", name="applicant_by_phone", condition=~Q(phone="")),
            models.Index("id_number", name="applicant_by_id", condition=~Q(id_number="")),
        ]

    def root(self) -> Chain:
        return self.dossier


class Dossier(Chain):
    """One matter of one applicant, under the version of the procedure it was received by."""

    reference = models.CharField(max_length=10, unique=True)
    # Null, not empty, until acceptance: many dossiers have no code, and no two the same.
    code = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001
    state = models.CharField(max_length=12, default=State.NEW)
    procedure = models.CharField(max_length=40)
    version_on = models.DateField()
    agency = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reception = models.ForeignKey(Office, models.PROTECT, related_name="+")
    accepting = models.ForeignKey(Office, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    return_by = models.CharField(max_length=10, choices=ReturnBy.choices)
    delivery = models.JSONField(default=dict)
    form = models.JSONField(default=dict)

    filed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    clock_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    requests = models.JSONField(default=list)
    step = models.CharField(max_length=30, blank=True)
    step_due_at = models.DateTimeField(null=True)
    rescheduled = models.JSONField(default=dict)
    overdue_at = models.DateTimeField(null=True)

    outcome = models.CharField(max_length=8, blank=True, choices=Outcome.choices)
    ground = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    result_number = models.CharField(max_length=40, blank=True)
    numbered_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_note = models.CharField(max_length=1000, blank=True)

    digested = frozenset({"form", "delivery", "rating_note"})

    class Meta:
        indexes = [
            # The worklist: most urgent first within one agency and state, only what is still open.
            models.Index(
                "agency",
                "state",
                "due_at",
                "id",
                name="dossier_worklist",
                condition=~Q(state__in=sorted(ENDED)),
            ),
            models.Index(
                "accepting",
                "state",
                "filed_at",
                "id",
                name="dossier_desk",
                condition=~Q(state__in=sorted(ENDED)),
            ),
            models.Index(
                "reception",
                "state",
                "filed_at",
                "id",
                name="dossier_counter",
                condition=~Q(state__in=sorted(ENDED)),
            ),
            models.Index(
                "account", models.F("filed_at").desc(), name="dossier_mine", condition=~Q(account=None)
            ),
            models.Index("due_at", name="dossier_ticking", condition=Q(overdue_at=None, closed_at=None)),
        ]

    def __str__(self) -> str:
        return self.code or self.reference


class Draft(models.Model):
    """What a person has typed so far. Not yet a dossier, so outside the ledgers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    procedure = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()


class CodeCounter(models.Model):
    """The last number given to a dossier code, a result or a receipt of one office on one day (or in one year)."""

    scope = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveIntegerField()


class Tally(models.Model):
    """Changes of the monthly figures of an agency: written with the act, folded together later.

    Adding up all rows of an agency and month is always exact; folding only makes them fewer.
    """

    id = models.BigAutoField(primary_key=True)
    agency_id = models.CharField(max_length=60)
    month = models.DateField()
    filed = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)

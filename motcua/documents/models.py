"""Tables of files."""

from django.db import models

from motcua.custody.models import Paper
from motcua.dossiers.models import Dossier, Draft
from motcua.journal.models import Chain, Kept
from motcua.people.models import Account


class FileKind(models.TextChoices):
    UPLOAD = "upload", "Người nộp gửi"
    SCAN = "scan", "Bản quét tại quầy"
    RESULT = "result", "Kết quả"
    PROOF = "proof", "Bằng chứng phát"


class File(Kept):
    """One stored file of a dossier; its bytes lie in the store under their SHA-256."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="files")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="files")
    component = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    title = models.CharField(max_length=250)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    def root(self) -> Chain:
        return self.dossier


class DraftFile(models.Model):
    """A file waiting in a draft; it becomes a File when the dossier is filed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    component = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=250)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()


class Notice(models.Model):
    """A message to the applicant, kept until the gateway has taken it."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notices")
    phone = models.CharField(max_length=15, blank=True)
    text = models.CharField(max_length=500)
    # What only the recipient may read with it, such as a code; gone when it is of no more use.
    secret = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("made_at", name="notice_with_secret", condition=~models.Q(secret=""))]


class Upload(models.Model):
    """A file an account sent ahead of the act that will use it; forgotten after a day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=250)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "sha256", name="upload_once_an_account")]

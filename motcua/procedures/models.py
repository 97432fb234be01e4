"""Tables of published law."""

from django.db import models

from motcua.journal.models import Chain


class Release(Chain):
    """One publication of a pack: what was added that day, by whom."""

    pack = models.CharField(max_length=60)
    published_at = models.DateTimeField()
    added = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)


class LawValue(models.Model):
    """One published value with its first day. A trigger refuses to change it; a later day supersedes it."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="values")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("kind", "key", "valid_from", name="law_value_published_once")]

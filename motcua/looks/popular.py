"""What people come for most."""

from collections import Counter

from motcua.dossiers.models import Dossier

# Enough to tell what is common, few enough to read by the primary key at once.
_LATEST = 400


def common_procedures(limit: int) -> list[str]:
    """Codes of the procedures most often asked for among the latest dossiers, most often first."""
    latest = Dossier.objects.order_by("-id").values_list("procedure", flat=True)[:_LATEST]
    return [code for code, _count in Counter(latest).most_common(limit)]

"""Publishing law: values are added, never changed."""

from typing import Any

from motcua.journal.actions import Act, Answer, once
from motcua.journal.canonical import digest
from motcua.journal.rules import Command
from motcua.law.check import compare_published
from motcua.law.model import LawValue as PureValue
from motcua.law.model import Pack
from motcua.law.reader import to_values
from motcua.people.actions import keep_offices
from motcua.procedures.models import LawValue, Release
from motcua.procedures.queries import forget_law, published_values


def publish_pack(command: Command, pack: Pack) -> Answer:
    """Does: publishes the values of a pack that are not published yet, and keeps its offices to point at.

    Refuses: a published value that is changed or left out (law.changed, law.removed). Records: law.published.
    """

    def do(act: Act) -> Answer:
        before, wanted = published_values(), to_values(pack)
        compare_published(before, wanted)
        known = {(v.kind, v.key, v.valid_from) for v in before}
        new = [v for v in wanted if (v.kind, v.key, v.valid_from) not in known]
        keep_offices(pack.offices())
        if not new:
            return {"added": 0, "total": len(wanted)}
        fingerprint = digest([[v.kind, v.key, v.valid_from, v.value] for v in wanted]).hex()
        release = Release(pack=pack.id, published_at=act.at, added=len(new), digest=fingerprint)
        act.create(release, "law.published")
        LawValue.objects.bulk_create([LawValue(release=release, **_columns(v)) for v in new], batch_size=500)
        return {"added": len(new), "total": len(wanted)}

    answer = once(command, do)
    forget_law()
    return answer


def _columns(value: PureValue) -> dict[str, Any]:
    return {
        "kind": value.kind,
        "key": value.key,
        "valid_from": value.valid_from,
        "value": value.value,
        "source": value.source,
        "confidence": value.confidence,
    }

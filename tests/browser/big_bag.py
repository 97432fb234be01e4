"""A bag of many dossiers at one go, by the real acts: `python -m tests.browser.big_bag 100` in a site's environment.

Prints JSON: the bag's number, its papers' stickers by dossier, and a paper of the same counter that is on no list.
"""

import json
import sys
from dataclasses import replace
from uuid import uuid4

GIVER, TAKER, CLERK, PROCEDURE = "bd-thanh-sen", "ubnd-thanh-sen", "quay-thanh-sen", "1.004873"


def main(dossiers: int) -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    from django.db import transaction

    from motcua.acts import handover
    from motcua.acts.intake import receive_at_counter
    from motcua.config import clock
    from motcua.custody.models import Paper
    from motcua.journal.rules import Command
    from motcua.people.queries import account_by_username, actor_of

    clerk = account_by_username(CLERK)
    assert clerk
    actor = actor_of(clerk)

    def command(name: str) -> Command:
        return Command(uuid4(), name, actor.id, clock.now())

    filing, heap = _filing(), list[list[str]]()
    with transaction.atomic():
        for n in range(dossiers + 1):
            given = replace(filing, person=replace(filing.person, name=f"Người Mẫu Số {n:03d}"))
            reference = receive_at_counter(command("dossier.new"), actor, GIVER, given)["reference"]
            stickers = list(Paper.objects.filter(dossier__reference=reference).order_by("id").values_list("sticker", flat=True))
            heap.append(stickers)
        listed, stray = heap[:-1], heap[-1]
        named = [sticker for papers in listed for sticker in papers]
        number = handover.start_manifest(command("manifest.open"), actor, GIVER, TAKER, named)["number"]
        handover.seal_manifest(command("manifest.seal"), actor, str(number), "NP-0300", "Xe thư 02")
    print(json.dumps({"number": number, "dossiers": listed, "stray": stray}))


def _filing():  # type: ignore[no-untyped-def]
    """A certificate of marital status for which three papers were handed over."""
    from motcua.procedures.queries import current_law
    from tests import make

    version = current_law().procedure(PROCEDURE, make.START.date())
    required = {paper.key for paper in version.papers if paper.required}
    papers = sorted(make.papers_for(PROCEDURE), key=lambda paper: paper["component"] not in required)[:3]
    return make.filing(PROCEDURE, papers=papers, return_by="counter")


if __name__ == "__main__":
    main(int(sys.argv[1]))

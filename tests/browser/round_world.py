"""A post office on one morning: its postmen have items to bring and homes to visit. Made by the real acts, in a
process of its own, for the site of the browser tests.

    python -m tests.browser.round_world make 30 30      # items and homes for anh Minh, and a few items for anh Kiên
    python -m tests.browser.round_world tell            # what the ledgers say of all of them
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

KIEN_HAS = 8


def make_it(items: int, homes: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.conftest import settle

    settle()
    clock = quick_clock()
    return {
        "items": [item_for("minh", clock, n) for n in range(items)],
        "homes": [home_for("minh", clock, n) for n in range(homes)],
        "kien": [item_for("kien", clock, n, taken=True) for n in range(100, 100 + KIEN_HAS)],
    }


def tell_it() -> dict[str, Any]:
    """Where everything is, and when it came there."""
    from motcua.custody.models import Paper, Parcel, Pickup
    from motcua.journal.models import Entry
    from motcua.money.models import Payment

    ended = {e.subject_id: e.happened_at.isoformat() for e in Entry.objects.order_by("id")}
    return {
        "stops": {p.item: [p.state, p.attempts, p.last_reason, ended[p.pk]] for p in Parcel.objects.all()}
        | {str(p.pk): [p.state, p.attempts, p.last_reason, ended[p.pk]] for p in Pickup.objects.all()},
        "papers": sorted(f"{p.sticker} {p.name} {p.quantity} {p.holder}" for p in Paper.objects.all()),
        "money": sorted(f"{p.purse} {p.amount} {p.hand}" for p in Payment.objects.all()),
        "entries": Entry.objects.count(),
        "dropped": [e.data["note"] for e in Entry.objects.filter(kind="device.dropped")],
    }


def quick_clock() -> Any:
    from tests import make

    class Quick(make.Clock):
        def __call__(self):  # type: ignore[no-untyped-def]
            self.at += timedelta(seconds=3)
            return self.at

    return Quick()


def item_for(who: str, clock: Any, n: int, *, taken: bool = False) -> str:
    """A result on its way to a door, given out to a postman; every third is paid for there."""
    from motcua.acts import homeward
    from motcua.acts.intake import Delivery
    from tests import make
    from tests.people import actor

    address = f"Số {n + 1} đường Thử Nghiệm"
    d = make.published(
        clock, person=make.person(name=f"Trần Văn Phát {n:02d}", address=address),
        delivery=Delivery(address=address, unit_code=make.COMMUNE), pay="door" if n % 3 == 0 else "reception",
    )  # fmt: skip
    make.bagged("thu", "hai", "ubnd-thanh-sen", "buu-cuc-thanh-sen", [d], clock)
    wish = make.command("hai", "parcel.make", clock())
    item = str(homeward.make_parcels(wish, actor("hai"), "buu-cuc-thanh-sen", [d.reference])["items"][0])
    homeward.dispatch(make.command("hai", "parcel.dispatch", clock()), actor("hai"), [item], who)
    if taken:
        homeward.take_out(make.command(who, "parcel.take_out", clock()), actor(who), [item])
    return item


def home_for(who: str, clock: Any, n: int) -> str:
    """A home a postman is to visit."""
    from motcua.acts import homeward
    from motcua.custody.models import Pickup
    from tests import make
    from tests.people import actor

    person = make.person(name=f"Lê Thị Nhận {n:02d}", address=f"Số {n + 1} ngõ Hẹn Trước")
    d = make.filed(clock=clock, person=person, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    pickup = Pickup.objects.get(dossier=d)
    homeward.assign_pickup(make.command("hai", "pickup.assign", clock()), actor("hai"), pickup.pk, who)
    return str(pickup.pk)


if __name__ == "__main__":
    django.setup()
    said = make_it(*map(int, sys.argv[2:4])) if sys.argv[1] == "make" else tell_it()
    print(json.dumps(said))

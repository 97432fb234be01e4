"""A post office on one morning: its postmen have items to bring and homes to visit. Made by the real acts, in a
process of its own, for the site of the browser tests: python -m tests.browser.round_world PARCELS PICKUPS"""

import json
import sys
from datetime import timedelta

import django


def main(parcels: int, pickups: int) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from motcua.custody.models import Pickup
    from tests import make
    from tests.conftest import settle
    from tests.people import actor

    class Quick(make.Clock):
        def __call__(self):  # type: ignore[no-untyped-def]
            self.at += timedelta(seconds=3)
            return self.at

    settle()
    clock, items, homes = Quick(), [], []
    for n in range(parcels):
        person = make.person(name=f"Trần Văn Phát {n:02d}", address=f"Số {n + 1} đường Thử Nghiệm")
        pay = "door" if n % 3 == 0 else "reception"
        items.append(make.on_the_way_home(clock, person=person, pay=pay)[1])
    from motcua.acts import homeward

    for n in range(pickups):
        person = make.person(name=f"Lê Thị Nhận {n:02d}", address=f"Số {n + 1} ngõ Hẹn Trước")
        d = make.filed(clock=clock, person=person, pickup_on=make.START.date(), pickup_window="08:00–10:00")
        pickup = Pickup.objects.get(dossier=d)
        homeward.assign_pickup(make.command("hai", "pickup.assign", clock()), actor("hai"), pickup.pk, "minh")
        homes.append(str(pickup.pk))
    print(json.dumps({"items": items, "homes": homes}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

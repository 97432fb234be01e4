"""The way home and the way in: tracked items, the postman's door, and papers fetched from a home."""

from motcua.acts.homeward.common import FAILURES
from motcua.acts.homeward.delivery import collect_at_office, deliver, fail_attempt, take_out
from motcua.acts.homeward.parcels import (
    bring_back,
    dispatch,
    hold,
    make_parcels,
    number_item,
    report_damaged,
    report_lost,
    send_back,
    withdraw,
)
from motcua.acts.homeward.pickups import (
    assign_pickup,
    assign_pickups,
    cancel_pickup,
    collect_pickup,
    fail_pickup,
    move_pickup,
)
from motcua.acts.homeward.proof import PROOF_INPUTS, PROOF_KINDS
from motcua.acts.homeward.returns import bring_in, choose_counter, give_back, owed

__all__ = [
    "FAILURES",
    "PROOF_INPUTS",
    "PROOF_KINDS",
    "assign_pickup",
    "assign_pickups",
    "bring_back",
    "bring_in",
    "cancel_pickup",
    "choose_counter",
    "collect_at_office",
    "collect_pickup",
    "deliver",
    "dispatch",
    "fail_attempt",
    "fail_pickup",
    "give_back",
    "hold",
    "make_parcels",
    "move_pickup",
    "number_item",
    "owed",
    "report_damaged",
    "report_lost",
    "send_back",
    "take_out",
    "withdraw",
]

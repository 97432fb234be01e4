"""Where each trade begins its work."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.people.rules import Actor, Role

# The first that fits wins: who has several roles begins where most of the work waits.
_HOMES = (
    (frozenset({Role.CLERK_CIVIL, Role.CLERK_POSTAL}), "counter:home"),
    (frozenset({Role.RECEIVER, Role.HANDLER, Role.LEADER, Role.RECORDS}), "desk:home"),
    (frozenset({Role.POSTMAN}), "round:home"),
    (frozenset({Role.DISPATCHER}), "round:dispatch"),
    (frozenset({Role.PROVINCE}), "board:home"),
    (frozenset({Role.ADMIN}), "board:admin"),
    (frozenset({Role.CITIZEN}), "citizen:mine"),
)
# How the people of the demo are shown on the log-in page.
_GROUPS = (
    ("Người dân, doanh nghiệp", frozenset({Role.CITIZEN})),
    ("Quầy bưu điện và một cửa", frozenset({Role.CLERK_POSTAL, Role.CLERK_CIVIL})),
    ("Cơ quan giải quyết", frozenset({Role.RECEIVER, Role.HANDLER, Role.LEADER, Role.RECORDS})),
    ("Bưu tá và điều phối", frozenset({Role.POSTMAN, Role.DISPATCHER})),
    ("Tỉnh và quản trị", frozenset({Role.PROVINCE, Role.ADMIN})),
)


def home_of(actor: Actor) -> str:
    """The address where a person's work begins; the front page for whoever has none."""
    for roles, name in _HOMES:
        if actor.has(*roles):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return "/"


def group_of(roles: frozenset[Role]) -> int:
    """The place of a person's group on the log-in page."""
    found = (place for place, (_name, theirs) in enumerate(_GROUPS) if roles & theirs)
    return next(found, len(_GROUPS) - 1)


def group_name(place: int) -> str:
    return _(_GROUPS[place][0])

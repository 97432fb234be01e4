"""Numbers the post was given for its tracked items."""

from motcua.acts.inputs import Input
from motcua.custody.actions import add_item_range
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.looks.access import NotFound
from motcua.people.rules import Actor, Role

RANGE_INPUTS = (
    Input("prefix", "Hai chữ đầu", limit=2, help="Ví dụ RA."),
    Input("first", "Số đầu", "number", help="8 chữ số, không gồm số kiểm tra."),
    Input("last", "Số cuối", "number", help="Dùng cả số này."),
)


def add_range(command: Command, actor: Actor, prefix: str, first: int, last: int) -> Answer:
    """Does: the administrator enters a range of item numbers; it is used when those before it are used up.
    Refuses: an unreadable range, numbers that were entered before."""

    def do(act: Act) -> Answer:
        if not actor.has(Role.ADMIN):
            raise NotFound("range")
        made = add_item_range(prefix.strip().upper(), first, last)
        return {"prefix": made.prefix, "first": made.first, "last": made.last}

    return once(command, do)

"""A form for an act that is no action of the dossier's table: drawn from what it asks for, read in its types."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest

from motcua.acts.inputs import Input, Invalid, read_inputs
from motcua.journal.rules import Command
from motcua.kernel.problems import Refused
from motcua.web.shared.action_forms import ActionForm, Taken
from motcua.web.shared.door import command


def input_form(
    action: str,
    inputs: Iterable[Input],
    label: str,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    people: Iterable[tuple[str, str]] = (),
) -> ActionForm:
    """The form, empty or with what was typed; `people` are the choices of its account fields."""
    return ActionForm(action, inputs, label=label, data=data, initial=initial, people=people)


def take(
    request: HttpRequest,
    form: ActionForm,
    name: str,
    about: Mapping[str, Any],
    do: Callable[[Command, dict[str, Any]], Any],
) -> Taken:
    """Does: what was posted, as one command about something.

    Problems come back on the form (status 409 refused, 422 unreadable) and nothing typed is lost.
    """
    given = form.given
    try:
        values = read_inputs(form.inputs, given)
        return Taken(do(command(request, name, {**about, "given": given}), values), form)
    except (Refused, Invalid) as refused:
        form.show(refused.problems)
        return Taken(None, form, 422 if isinstance(refused, Invalid) else 409)

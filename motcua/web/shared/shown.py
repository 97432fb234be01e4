"""A form that only draws: what was typed stays, and the problems an act answered with stand beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from motcua.kernel.problems import Problem, refusal


class ShownForm(forms.Form):
    """Checks nothing itself. `named` leads the field of a problem to the field of the form that shows it."""

    use_required_attribute = False
    named: Mapping[str, str] = {}

    def full_clean(self) -> None:
        """Nothing is checked here: the act does, and `show` brings its answer back."""
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}

    def show(self, problems: Iterable[Problem]) -> None:
        """Puts each problem beside its field, the others at the top."""
        for problem in problems:
            field = self.named.get(problem.field or "", problem.field)
            self.add_error(field if field in self.fields else None, problem_text(problem))

    def text(self, name: str) -> str:
        """What was typed in a field."""
        return str(self.data.get(name, "")).strip()


def problem_text(problem: Problem) -> str:
    """A problem in the reader's language, with the words of the tables that it names."""
    message = _(problem.message)
    if not problem.params:
        return message
    return message % {name: _words(value) for name, value in problem.params.items()}


def _words(value: object) -> object:
    """A name, a number and what was typed stay; a label is translated, also in a list "Ký, Vào số"."""
    if not isinstance(value, str) or not value:
        return value
    whole = _(value)
    return whole if whole != value else ", ".join(_(part) for part in value.split(", ") if part)


def typed(
    label: Any, *, required: bool = False, help_text: Any = "", initial: Any = "", **attrs: str
) -> forms.CharField:
    """A line to type in."""
    widget = forms.TextInput(
        attrs={"autocomplete": "off", **{k.replace("_", "-"): v for k, v in attrs.items()}}
    )
    return forms.CharField(
        label=label, required=required, help_text=help_text, initial=initial, widget=widget
    )


def lines(label: Any, *, required: bool = False, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """Several lines to type."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=help_text, widget=widget)


def one_of(
    label: Any,
    choices: Iterable[tuple[str, Any]],
    *,
    required: bool = False,
    help_text: Any = "",
    initial: Any = "",
    radio: bool = False,
) -> forms.ChoiceField:
    """One of a few."""
    widget: forms.Widget = forms.RadioSelect() if radio else forms.Select()
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        help_text=help_text,
        initial=initial,
        widget=widget,
    )


def read_day(text: str, field: str) -> date | None:
    """A day typed as 27/02/2026, 27022026, 27-2-2026 or 2026-02-27; None for nothing. Refuses `input.day`."""
    bare = text.strip().replace(".", "/").replace("-", "/")
    if not bare:
        return None
    if bare.isdecimal() and len(bare) == 8:
        bare = f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
    parts = bare.split("/")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        year_first = len(parts[0]) == 4
        day, month, year = (parts[2], parts[1], parts[0]) if year_first else parts
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            pass
    raise refusal(
        "input.day",
        "“%(text)s” không phải ngày có thật. Hãy nhập như 27/02/1990.",
        field=field,
        text=text[:30],
    )

"""`{% load motcua_ui %}`: the filters and components of the house (docs/components.md shows each)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.kernel.problems import Problem, Refused
from motcua.looks.story import reason_words
from motcua.procedures.queries import current_law
from motcua.web import icons, marks, words
from motcua.web.charts import Chart
from motcua.web.shared.shown import problem_text
from motcua.web.ui import Act, Entry, Pager, PaperLine, Person, Purse, Step, Table, Text
from motcua.web.way import Way

register = template.Library()


@register.filter
def dong(amount: int) -> str:
    """{{ 26000|dong }} → 26.000 đ"""
    return words.dong(int(amount))


@register.filter
def when(value: date | None) -> str:
    """{{ dossier.received_at|when }} → 27/02/2026 14:30"""
    return words.when(value)


@register.filter
def promise(value: date | None) -> str:
    """{{ dossier.due_at|promise }} → thứ Sáu, 27/02/2026 14:30"""
    return words.promise(value)


@register.filter
def left(minutes: int | None, day_minutes: int = words.DAY_MINUTES) -> str:
    """{{ minutes|left }} → còn 2 ngày 3 giờ"""
    return words.left(minutes, day_minutes)


@register.filter
def said(words: str) -> str:
    """{{ line.get_finding_display|said }}: a word of one of the tables in the reader's language"""
    return _(str(words)) if words else ""


@register.filter
def reason(text: str) -> str:
    """{{ parcel.last_reason|reason }}: why a try failed, its note as typed"""
    return reason_words(text or "")


@register.filter
def masked(number: str) -> str:
    """{{ person.number|masked }} → 042•••••••34"""
    return words.masked(number)


@register.simple_tag
def province() -> str:
    """{% province %}: whose house this is; nothing while no law is published."""
    try:
        return current_law().name
    except Refused:
        return ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "print" %}: decoration; put a word beside it."""
    return icons.icon(name)


@register.inclusion_tag("parts/way.html")
def way(value: Way, size: str = "large") -> dict[str, Any]:
    """{% way dossier.way %} or {% way row.way "small" %}"""
    return {"way": value, "small": size == "small"}


@register.simple_tag
def status(kind: str, text: Text = "") -> SafeString:
    """{% status "late" "trễ 1 ngày" %}; without a text the kind's own word."""
    return marks.status_mark(kind, text)


@register.inclusion_tag("parts/notice.html")
def notice(text: Text, kind: str = "info", title: Text = "", urgent: bool = False) -> dict[str, Any]:
    """{% notice "Đã lưu nháp." "in_time" %}; `urgent=True` is read out at once."""
    return {"text": text, "kind": kind, "title": title, "urgent": urgent}


LONG_LIST = 12


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, key: str = "", narrow: bool = False) -> dict[str, Any]:
    """{% field form.phone %}: label above, help under, errors beside; `narrow` for short values."""
    widget = bound.field.widget
    described = " ".join(
        part
        for part in (
            f"{bound.auto_id}_help" if bound.help_text else "",
            f"{bound.auto_id}_error" if bound.errors else "",
        )
        if part
    )
    attrs: dict[str, Any] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if key:
        attrs["data-key"] = key
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    choices = len(list(getattr(widget, "choices", ())))
    if isinstance(widget, forms.Select) and not group and choices > LONG_LIST:
        attrs["data-filter"] = _("Gõ để lọc danh sách")
    return {
        "bound": bound,
        "group": group,
        "tick": isinstance(widget, forms.CheckboxInput),
        "bare": widget.is_hidden,
        "control": "" if group else bound.as_widget(attrs=attrs),
        "described": described,
        "filter": group and choices > LONG_LIST,
        "key": key,
        "narrow": narrow,
    }


@register.inclusion_tag("parts/errors.html")
def errors(*sources: forms.BaseForm) -> dict[str, Any]:
    """{% errors form other_form %}: every error in a list at the top that links to its field."""
    links = [(bound.auto_id, bound.label, error) for form in sources for bound in form for error in bound.errors]
    general = [error for form in sources for error in form.non_field_errors()]
    return {"links": links, "general": general}


@register.inclusion_tag("parts/problems.html")
def problems(items: Sequence[Problem] | None, title: Text = "") -> dict[str, Any]:
    """{% problems refused.problems %}: kernel Problems as a checklist, each linked to its field."""
    lines = [(problem_text(item), item.field, item.blocks) for item in items or ()]
    return {"lines": lines, "title": title or _("Chưa làm được vì")}


@register.inclusion_tag("parts/person.html")
def person_card(person: Person, open_url: str = "", title: Text = "") -> dict[str, Any]:
    """{% person_card person open_url %}: the number stays hidden until the logged opening."""
    return {"person": person, "open_url": open_url, "title": title}


@register.inclusion_tag("parts/papers.html")
def papers(lines: Sequence[PaperLine], count: bool = False, prefix: str = "paper") -> dict[str, Any]:
    """{% papers lines %} to read, {% papers lines count=True %} to count: <prefix>-<key>-originals / -copies."""
    return {"lines": lines, "count": count, "prefix": prefix, "short": sum(line.missing for line in lines)}


@register.inclusion_tag("parts/purses.html")
def purses(items: Sequence[Purse], title: Text = "") -> dict[str, Any]:
    """{% purses purses %}: the state's and the post's money side by side, and what is paid in all."""
    return {"items": items, "title": title, "total": sum(purse.total for purse in items)}


@register.inclusion_tag("parts/table.html")
def table(value: Table) -> dict[str, Any]:
    """{% table worklist %}"""
    return {"table": value}


@register.inclusion_tag("parts/filters.html")
def filters(form: forms.BaseForm, action: str = "", clear_url: str = "") -> dict[str, Any]:
    """{% filters form %}: a GET form in one line; `clear_url` empties it."""
    return {"form": form, "action": action, "clear_url": clear_url}


@register.inclusion_tag("parts/acts.html")
def acts(items: Sequence[Act], url: str = "", key: str = "", seq: object = "") -> dict[str, Any]:
    """{% acts acts url=… key=command_key seq=dossier.seq %}: the buttons that the transition table allows."""
    return {"items": items, "url": url, "key": key, "seq": seq}


@register.inclusion_tag("parts/steps.html")
def steps(items: Sequence[Step], label: Text = "") -> dict[str, Any]:
    """{% steps steps %}"""
    current = next((place for place, step in enumerate(items, 1) if step.state == "current"), 0)
    return {"items": items, "label": label or _("Các bước"), "current": current, "total": len(items)}


@register.inclusion_tag("parts/scan.html")
def scan_box(
    url: str, label: Text = "", name: str = "code", method: str = "get", help_text: Text = "", focus: bool = False
) -> dict[str, Any]:
    """{% scan_box url %}: what the scanner types anywhere on the page lands here and is sent; `focus` begins in it."""
    return {
        "focus": focus,
        "url": url,
        "label": label or _("Quét hoặc gõ mã"),
        "name": name,
        "method": method,
        "help_text": help_text,
    }


@register.inclusion_tag("parts/chart.html")
def chart(value: Chart) -> dict[str, Any]:
    """{% chart load %}: the picture and, folded under it, its table."""
    return {"chart": value}


@register.inclusion_tag("parts/empty.html")
def empty(title: Text, hint: Text = "", url: str = "", label: Text = "") -> dict[str, Any]:
    """{% empty "Chưa có hồ sơ nào" "…" url "Nhận hồ sơ" %}"""
    return {"title": title, "hint": hint, "url": url, "label": label}


@register.inclusion_tag("parts/pager.html")
def pager(value: Pager) -> dict[str, Any]:
    """{% pager pager %}"""
    return {"pager": value}


@register.inclusion_tag("parts/facts.html")
def facts(pairs: Mapping[Text, object] | Iterable[tuple[Text, object]], title: Text = "") -> dict[str, Any]:
    """{% facts pairs %}: names and values as a list."""
    return {"pairs": list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs), "title": title}


@register.inclusion_tag("parts/journal.html")
def journal(entries: Sequence[Entry], title: Text = "") -> dict[str, Any]:
    """{% journal entries %}: newest first or oldest first, as given."""
    return {"entries": entries, "title": title or _("Nhật ký")}


@register.inclusion_tag("parts/key.html")
def key(name: str) -> dict[str, Any]:
    """{% key "F8" %} inside a button or link that has data-key="F8"."""
    return {"key": name}


def _aria_key(name: str) -> str:
    return name.replace("Ctrl", "Control")


@register.filter
def aria_key(name: str) -> str:
    """Ctrl+Enter as aria-keyshortcuts wants it."""
    return _aria_key(name)

"""The status mark: a shape, a word and a colour, in that order of importance."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.icons import icon
from motcua.web.ui import Text

LONGEST_LINE = 20


def status_mark(kind: str, text: Text = "") -> SafeString:
    """The mark as ready html, for `Cell(html=…)` too; without a text the kind's own word."""
    said = str(text or status_word(kind))
    whole = " whole" if len(said) <= LONGEST_LINE else ""
    return format_html('<span class="status status-{}{}">{}<span>{}</span></span>', kind, whole, icon(kind), said)


def status_word(kind: str) -> str:
    """What a kind of mark is called when nothing more exact is known."""
    own = {
        "in_time": _("đúng hạn"),
        "soon": _("sắp đến hạn"),
        "late": _("trễ hạn"),
        "paused": _("tạm dừng"),
        "waiting": _("đang chờ"),
        "info": _("để biết"),
        "stopped": _("đã dừng"),
    }
    return own[kind]

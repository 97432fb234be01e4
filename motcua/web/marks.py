"""The status mark: a shape, a word and a colour, in that order of importance."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.icons import icon
from motcua.web.ui import Text


def status_mark(kind: str, text: Text = "") -> SafeString:
    """The mark as ready html, for `Cell(html=…)` too; without a text the kind's own word."""
    return format_html('<span class="status status-{}">{}{}</span>', kind, icon(kind), text or status_word(kind))


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

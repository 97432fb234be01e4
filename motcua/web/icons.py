"""Small pictures drawn here because the typeface has no ticks or arrows.

Each is 16 by 16, in the colour of the text around it, so it survives grey, paper and forced colours.
Shapes carry the meaning: a tick in a disc is in time, a triangle is soon, a diamond is late.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

_SHAPES = {
    "in_time": '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M4.7 8.3l2.3 2.3 4.3-4.7" fill="none" stroke="#fff" stroke-width="2"/>',
    "soon": '<path d="M8 1.2L15.4 14.6H.6z" fill="currentColor"/>'
    '<path d="M8 6v4.2M8 11.6v1.6" stroke="#fff" stroke-width="1.8"/>',
    "late": '<path d="M8 0L16 8L8 16L0 8z" fill="currentColor"/>'
    '<path d="M8 3.6v5M8 10.4v1.9" stroke="#fff" stroke-width="2"/>',
    "paused": '<circle cx="8" cy="8" r="6.9" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M6.2 5.4v5.2M9.8 5.4v5.2" stroke="currentColor" stroke-width="2"/>',
    "waiting": f'<circle cx="8" cy="8" r="6.8" {_LINE}/><path d="M8 4.4V8l2.6 1.7" {_LINE}/>',
    "info": '<rect x="1" y="1" width="14" height="14" fill="currentColor"/>'
    '<path d="M8 7v5M8 3.6v1.9" stroke="#fff" stroke-width="2"/>',
    "stopped": f'<circle cx="8" cy="8" r="6.8" {_LINE}/><path d="M3.4 3.4l9.2 9.2" {_LINE}/>',
    "tick": f'<path d="M2.5 8.5l3.6 3.7L13.5 4" {_LINE}/>',
    "cross": f'<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" {_LINE}/>',
    "next": f'<path d="M6 3l5 5-5 5" {_LINE}/>',
    "back": f'<path d="M10 3L5 8l5 5" {_LINE}/>',
    "flag": '<path d="M3 1v14" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M4 2h10l-3 3.5L14 9H4z" fill="currentColor"/>',
    "eye": f'<path d="M1 8c3-5.3 11-5.3 14 0-3 5.3-11 5.3-14 0z" {_LINE}/>'
    '<circle cx="8" cy="8" r="2.2" fill="currentColor"/>',
    "print": f'<path d="M4 6V1.5h8V6M4 12H1.5V6h13v6H12M4 10h8v4.5H4z" {_LINE}/>',
    "search": f'<circle cx="7" cy="7" r="4.8" {_LINE}/><path d="M10.6 10.6l4 4" {_LINE}/>',
    "scan": f'<path d="M1.5 4V1.5H4M12 1.5h2.5V4M14.5 12v2.5H12M4 14.5H1.5V12M4.5 5v6M8 5v6M11.5 5v6" {_LINE}/>',
    "paper": f'<path d="M3 1.5h6.5L13 5v9.5H3zM5.5 8h5M5.5 11h5" {_LINE}/>',
    "person": f'<circle cx="8" cy="4.8" r="3.2" {_LINE}/><path d="M2 14.5c.6-4.7 11.4-4.7 12 0" {_LINE}/>',
    "dot": '<circle cx="8" cy="8" r="4" fill="currentColor"/>',
}


def icon(name: str) -> SafeString:
    """The picture `name` as decoration: it is hidden from screen readers, so put a word beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        mark_safe(_SHAPES[name]),  # noqa: S308 - our own constant
    )


def icon_names() -> list[str]:
    """Every picture there is."""
    return list(_SHAPES)

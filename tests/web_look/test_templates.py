"""What no template may hold: inline style or script, an address from elsewhere, Vietnamese that cannot be translated."""

import re
from pathlib import Path

import pytest

import motcua.web

WEB = Path(motcua.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static").glob("*.css"))
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
NAMES_OF_LANGUAGES = ("Tiếng Việt",)


def name(path: Path) -> str:
    return str(path.relative_to(WEB))


def without(source: str, *patterns: str) -> str:
    for pattern in patterns:
        source = re.sub(pattern, " ", source, flags=re.DOTALL)
    return source


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path):
    html = without(path.read_text(), r"\{#.*?#\}")
    assert not re.search(r"\sstyle\s*=", html)
    assert "<style" not in html
    assert not re.search(r"<[^>]*\son\w+\s*=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert "javascript:" not in html
    assert not re.search(r"\|safe\b|autoescape off", html)


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_every_brace_of_a_sheet_opens_a_rule_and_is_closed(path):
    css = without(path.read_text(), r"/\*.*?\*/", r"\"[^\"]*\"")
    openers = [head.strip() for head in re.findall(r"([^{};]*)\{", css)]
    assert [head for head in openers if "@" in head.lstrip("@") or not head] == []
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS], ids=name)
def test_nothing_comes_from_elsewhere(path):
    assert not re.search(r"""(?:src|href|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_vietnamese_word_can_be_translated(path):
    bare = without(
        path.read_text(), r"\{#.*?#\}", r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", r"\{%.*?%\}", r"\{\{.*?\}\}",
        *NAMES_OF_LANGUAGES,
    )  # fmt: skip
    assert [line.strip() for line in bare.splitlines() if VIETNAMESE.search(line)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_shortcuts_are_never_a_bare_letter(path):
    html = path.read_text()
    for key in re.findall(r'data-key="([^"{]+)"', html):
        assert re.fullmatch(r"F\d{1,2}|(?:Ctrl|Alt)\+\w+", key), key


def test_the_script_and_the_sheet_stay_light():
    static = WEB / "static"
    assert (static / "motcua.css").stat().st_size < 31_000
    assert (static / "motcua.js").stat().st_size < 8_000
    assert "eval(" not in (static / "motcua.js").read_text()
    assert "innerHTML" not in (static / "motcua.js").read_text()


def luminance(colour: str) -> float:
    long = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(long[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, str]:
    root = re.search(r":root \{(.*?)\}", (WEB / "static" / "motcua.css").read_text(), re.DOTALL)
    assert root
    return dict(re.findall(r"--([\w-]+): (#\w+)", root[1]))


GROUNDS = ("paper", "sheet", "accent-wash", "in-time-wash", "soon-wash", "late-wash")


@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "accent-deep", "in-time", "soon", "late"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_stands_out(ink, ground):
    colour = tokens()
    assert contrast(colour[ink], colour[ground]) >= 4.5


@pytest.mark.parametrize("edge", ["edge", "ring", "accent", "late", "soon", "in-time"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_and_the_focus_ring_stand_out(edge, ground):
    colour = tokens()
    assert contrast(colour[edge], colour[ground]) >= 3


@pytest.mark.parametrize("path", [s for s in SHEETS if s.name != "motcua.css"], ids=name)
def test_a_face_has_no_colour_of_its_own(path):
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\s*\{)", path.read_text()) == []
        or re.findall(r"(?<![\w-])#(?!fff\b|000\b)[0-9a-fA-F]{3,8}(?=[;\s])", path.read_text()) == []
    )

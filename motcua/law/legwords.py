"""The way of a dossier in words, Vietnamese or English."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from motcua.kernel.clock import day_in_words, explain, instant_in_words

if TYPE_CHECKING:
    from motcua.kernel.clock import Language, Leg, SkippedDay
    from motcua.law.deadline import LegDeadline

LEG_NAMES: dict[str, dict[Language, str]] = {
    "to_agency": {
        "vi": "Bưu điện chuyển hồ sơ đến cơ quan",
        "en": "The post carries the dossier to the agency",
    },
    "handling": {"vi": "Cơ quan giải quyết", "en": "The agency handles it"},
    "collect": {"vi": "Bưu điện nhận kết quả tại cơ quan", "en": "The post fetches the result at the agency"},
    "home": {"vi": "Bưu điện phát kết quả tại nhà", "en": "The post delivers the result at home"},
}
_LINES: dict[Language, dict[str, str]] = {
    "vi": {
        "head": "{code} {name} (áp dụng từ {since}; căn cứ: {source}).",
        "term": "Căn cứ thời hạn giải quyết: {source}.",
        "agency": "Cơ quan giải quyết: {agency}.",
        "designated": "{place} là nơi tiếp nhận của bộ phận một cửa, nên thời hạn tính từ lúc điểm này tiếp nhận.",
        "one_stop": "{place} là bộ phận một cửa, nên thời hạn tính từ lúc nơi này tiếp nhận.",
        "point": "{place} không phải bộ phận một cửa, nên thời hạn chỉ tính từ lúc cơ quan tiếp nhận.",
        "online": "Nộp trực tuyến: thời hạn tính từ lúc cơ quan tiếp nhận hồ sơ.",
        "leg": "{name}: từ {start}, hẹn đến {due}.",
        "inside": "Chặng này nằm trong thời hạn giải quyết.",
        "closed": "Bưu điện nghỉ {day}: {why}.",
        "estimate": "Thời hạn bắt đầu từ {start} (ước tính): lúc mở cửa đầu tiên sau khi bưu điện đến. "
        "Ngày trả được tính lại khi cơ quan tiếp nhận.",
        "no_home": "Chưa có lịch bưu điện năm {year} nên chưa hẹn ngày phát tại nhà.",
        "source": " Căn cứ: {source}.",
        "weekend": "nghỉ hằng tuần",
    },
    "en": {
        "head": "{code} {name} (in force from {since}; source: {source}).",
        "term": "Source of the time allowed: {source}.",
        "agency": "Competent agency: {agency}.",
        "designated": "{place} is the one-stop reception itself, so time runs from its acceptance.",
        "one_stop": "{place} is a one-stop, so time runs from its acceptance.",
        "point": "{place} is not a one-stop, so time runs only from the agency's acceptance.",
        "online": "Filed online: time runs from the agency's acceptance.",
        "leg": "{name}: from {start}, promised by {due}.",
        "inside": "This stretch lies within the time allowed.",
        "closed": "The post is closed on {day}: {why}.",
        "estimate": "Time runs from {start} (an estimate): the first opening after the post arrives. "
        "The date is worked out again when the agency accepts.",
        "no_home": "The post's calendar of {year} is not known, so no day at the door is promised.",
        "source": " Source: {source}.",
        "weekend": "weekly day off",
    },
}


def told(way: LegDeadline, lang: Language) -> list[str]:
    """The whole derivation: who and why, the way to the agency, the legal term step by step, the way home."""
    say = _LINES[lang]
    lines = [*_heading(way, lang)]
    for leg in way.legs:
        if leg.owner == "agency":
            if way.clock_estimated:
                lines.append(say["estimate"].format(start=instant_in_words(leg.start, lang)))
            lines += explain(way.deadline, lang)
        else:
            lines += _post_leg(leg, lang)
            if leg is way.legs[0] and not way.clock_estimated:
                lines.append(say["inside"])
    if way.home_unknown_year:
        lines.append(say["no_home"].format(year=way.home_unknown_year))
    return lines


def _heading(way: LegDeadline, lang: Language) -> list[str]:
    say, version = _LINES[lang], way.procedure
    since = day_in_words(version.valid_from, lang)
    lines = [say["head"].format(code=version.code, name=version.name, since=since, source=version.source)]
    term = version.term_for(way.channel)
    if term.source != version.source:
        lines.append(say["term"].format(source=term.source))
    if way.agency:
        lines.append(say["agency"].format(agency=way.agency.name))
    if way.place and way.place.kind != "agency":
        lines.append(_place(way, lang))
    elif way.channel == "online":
        lines.append(say["online"])
    return lines


def _place(way: LegDeadline, lang: Language) -> str:
    assert way.place is not None
    say = _LINES[lang]
    kind = "one_stop" if way.place.kind == "one_stop" else "point" if way.clock_estimated else "designated"
    source = say["source"].format(source=way.place_source) if way.place_source else ""
    return say[kind].format(place=way.place.name) + source


def _post_leg(leg: Leg, lang: Language) -> list[str]:
    say = _LINES[lang]
    name = next(names[lang] for names in LEG_NAMES.values() if names["vi"] == leg.name)
    assert leg.due is not None
    ends = {"start": instant_in_words(leg.start, lang), "due": instant_in_words(leg.due, lang)}
    skipped = [day for step in leg.steps for day in step.skipped]
    return [say["leg"].format(name=name, **ends), *_closed(skipped, lang)]


def _closed(skipped: list[SkippedDay], lang: Language) -> list[str]:
    say, lines = _LINES[lang], list[str]()
    for (name, source), group in groupby(skipped, key=lambda day: (_why(day, lang), day.source)):
        listed = list(group)
        ends = dict.fromkeys(day_in_words(day.day, lang) for day in (listed[0], listed[-1]))
        line = say["closed"].format(day=" – ".join(ends), why=name)
        lines.append(line + (say["source"].format(source=source) if source else ""))
    return lines


def _why(day: SkippedDay, lang: Language) -> str:
    return (day.name_en if lang == "en" else "") or day.name or _LINES[lang]["weekend"]

"""Days of utterances and events -> bars on one axis of days; what is open, outside or undated says so."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

View = dict[str, Any]
WIDTH, LEFT, RIGHT, ROW, TOP = 100.0, 3.0, 3.0, 36, 22  # across in hundredths of the drawing, down in pixels
AROUND = datetime.timedelta(days=45)
MOST_ROWS = 40
LEAST = 1.0
"""How wide a bar is at least."""


class Happening(NamedTuple):
    """One thing with its days: when somebody said something ("said") or when it is said to have happened ("event")."""

    kind: str
    label: str
    first: str | None
    last: str | None
    words: str
    mentions: list[str]

    @property
    def dated(self) -> bool:
        """Whether any day is known."""
        return bool(self.first or self.last)


class Strip(NamedTuple):
    """A bar: where it stands, which ends are open or lie outside of the axis."""

    happening: Happening
    x: float
    width: float
    y: int
    open_low: bool
    open_high: bool


class Timeline(NamedTuple):
    """Bars over one axis, and how many rows the drawing leaves to the table."""

    strips: list[Strip]
    ticks: list[tuple[float, str]]
    height: int
    left_out: int


def happenings(mentions: Sequence[View]) -> list[Happening]:
    """What was said and what is said to have happened, each speaker and day once, by day; the undated last."""
    found: dict[tuple[object, ...], Happening] = {}
    for m in mentions:
        for one in (_said(m), _happened(m)):
            if one:
                kept = found.setdefault(one[:4], one)
                kept.mentions.append(m["id"])
    order = {"said": 0, "event": 1}
    return sorted(
        found.values(), key=lambda h: (not h.dated, h.first or h.last or "", h.last or "", order[h.kind], h.label)
    )


def timeline(found: Sequence[Happening], reports: Sequence[View]) -> Timeline | None:
    """The bars of what is dated; None where nothing is. Days far from the reports end in an arrow at the edge."""
    dated = [each for each in found if each.dated]
    shown = dated[:MOST_ROWS]
    days = [_day(day) for each in shown for day in (each.first, each.last) if day]
    if not days:
        return None
    told = [_day(r["date"]) for r in reports if r["date"]] or days
    low, high = max(min(days), min(told) - AROUND), min(max(days), max(told) + AROUND)
    low, high = min(low, high), max(low, high)
    scale = _Scale(low, (high - low).days + 1)
    strips = [_strip(n, each, scale) for n, each in enumerate(shown)]
    return Timeline(strips, _ticks(scale), TOP + ROW * len(strips) + 8, len(dated) - len(shown))


class _Scale(NamedTuple):
    low: datetime.date
    days: int

    def x(self, day: datetime.date) -> float:
        share = (day - self.low).days / self.days
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share)), 1)


def _strip(row: int, each: Happening, scale: _Scale) -> Strip:
    first, last = (_day(day) if day else None for day in (each.first, each.last))
    end = scale.low + datetime.timedelta(days=scale.days)
    left = scale.x(first) if first else LEFT
    right = scale.x(last + datetime.timedelta(days=1)) if last else WIDTH - RIGHT
    left = min(left, WIDTH - RIGHT - LEAST)
    open_low = first is None or first < scale.low
    open_high = last is None or last >= end
    return Strip(each, left, round(max(LEAST, right - left), 1), TOP + ROW * row, open_low, open_high)


def _ticks(scale: _Scale) -> list[tuple[float, str]]:
    step = max(1, -(-scale.days // 6))
    return [
        (scale.x(day), str(day)) for n in range(0, scale.days, step) if (day := scale.low + datetime.timedelta(days=n))
    ]


def _said(m: View) -> Happening:
    said = m["said"] or {}
    speaker = m["chain"][-1] if m["chain"] else "the outlet"
    first, last = said.get("first"), said.get("last") or said.get("first")
    if not first and not last:
        return Happening("said", f"{speaker}", None, m["published"], "by the day of the report", [])
    return Happening("said", f"{speaker}", first, last, said.get("text") or "", [])


def _happened(m: View) -> Happening | None:
    period = m["period"]
    if period is None or not (period["first"] or period["last"]):
        return None
    return Happening("event", m["evidence"]["text"], period["first"], period["last"], period["text"] or "", [])


def _day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)

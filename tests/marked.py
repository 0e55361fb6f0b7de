"""Texts that carry their own answer: `[content The pact was ratified], [source KCNA] [cue reported] on Friday.`

A span is `[label words]`, `[label#id words]` or `[label#1,2 words]` (one span for each id); spans nest; values stand
behind a bar: `[quantity at least 12|low=12,unit=person]`. Literal `[ ] \\` and, inside a span, `|` take a backslash.
"""

import re
from pathlib import Path
from typing import NamedTuple


class MarkedError(ValueError):
    """A marked text that cannot be read; the message names the passage, the place and the fault."""


class Span(NamedTuple):
    """A labelled stretch of the clean text, `start` to `end` (exclusive) in code points."""

    label: str
    id: str
    start: int
    end: int
    value: dict[str, str]


class Marked(NamedTuple):
    """A clean text and the spans that were marked in it, in the order in which they open."""

    text: str
    spans: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]


class MarkedAttribution(NamedTuple):
    """Who says what in a marked text; `within` is the id of the attribution in whose content it stands."""

    id: str
    source: Span | None
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    within: str | None


class _Open(NamedTuple):
    """A bracket that has not closed yet."""

    label: str
    ids: tuple[str, ...]
    start: int
    order: int


_TOKEN = re.compile(
    r"\\(?P<literal>[\[\]|\\])"
    r"|\[(?P<label>[a-z_]+)(?:#(?P<ids>\w+(?:,\w+)*))? "
    r"|\|(?P<value>[^\[\]|\\]*)\]"
    r"|(?P<close>\])"
    r"|(?P<fault>[\[\\])"
    r"|(?P<plain>[^\\\[\]|]+|\|)",
    re.DOTALL,
)
_PASSAGE = re.compile(r"^%% *(.*?) *$\n?", re.MULTILINE)


def parse(marked: str, name: str = "text") -> Marked:
    """The clean text and its spans.

    >>> parse("[source KCNA] [cue reported] it.").text
    'KCNA reported it.'

    Raises MarkedError, naming `name`, for brackets that do not pair, empty spans and values that are not `key=word`.
    """
    text, stack, found, opened = "", list[_Open](), list[tuple[int, Span]](), 0
    for token in _TOKEN.finditer(marked):
        if token["label"]:
            opened += 1
            stack.append(_Open(token["label"], tuple((token["ids"] or "1").split(",")), len(text), opened))
        elif token["close"] or token["value"] is not None:
            if not stack:
                raise MarkedError(
                    f"{name}: nothing to close at {_near(marked, token.start())}; write \\] for a bracket"
                )
            found += _closed(stack.pop(), text, _values(token["value"], name), name)
        elif token["fault"]:
            raise MarkedError(f"{name}: no label at {_near(marked, token.start())}; write \\[ for a bracket")
        else:
            text += token["literal"] or token["plain"]
    if stack:
        raise MarkedError(f"{name}: [{stack[-1].label}#{stack[-1].ids[0]} is never closed")
    return Marked(text, tuple(span for _, span in sorted(found, key=lambda pair: pair[0])))


def attributions(marked: Marked) -> tuple[MarkedAttribution, ...]:
    """Every attribution of a marked text: the spans source, cue and content of one id, in order of first appearance.

    An attribution stands within the shortest content of another that holds its cue (its content if it has no cue),
    unless one of its spans says `|within=ID`, or `|within=none`.
    """
    ids = dict.fromkeys(span.id for span in marked.spans if span.label in ("source", "cue", "content"))
    return tuple(_attribution(marked, each) for each in ids)


def passages(path: Path) -> dict[str, Marked]:
    """The passages of one file by name; a line `%% name` opens each."""
    before, *parts = _PASSAGE.split(path.read_text(encoding="utf-8"))
    if before.strip():
        raise MarkedError(f"{path.name}: words before the first %% line")
    names = parts[::2]
    twice = {name for name in names if names.count(name) > 1}
    if twice or "" in names:
        raise MarkedError(f"{path.name}: passage without a name of its own: {sorted(twice)}")
    return {
        name: parse(body.strip("\n"), f"{path.name}: {name}") for name, body in zip(names, parts[1::2], strict=True)
    }


def _attribution(marked: Marked, wanted: str) -> MarkedAttribution:
    sources, cues, contents = (
        tuple(span for span in marked.spans if span.id == wanted and span.label == label)
        for label in ("source", "cue", "content")
    )
    stated = [span.value["within"] for span in (*sources, *cues, *contents) if "within" in span.value]
    within = stated[0] if stated else _holder(marked, wanted, (cues or contents or sources)[0])
    return MarkedAttribution(
        wanted, sources[0] if sources else None, cues, contents, None if within == "none" else within
    )


def _holder(marked: Marked, wanted: str, held: Span) -> str | None:
    """The id of the shortest content of another attribution around `held`."""
    around = [
        span
        for span in marked.spans
        if span.label == "content" and span.id != wanted and span.start <= held.start and held.end <= span.end
    ]
    return min(around, key=lambda span: span.end - span.start).id if around else None


def _closed(bracket: _Open, text: str, value: dict[str, str], name: str) -> list[tuple[int, Span]]:
    """The spans that a closing bracket completes, one for each id, with the order in which they opened."""
    if not text[bracket.start :].strip():
        raise MarkedError(f"{name}: [{bracket.label}#{bracket.ids[0]} is empty")
    return [(bracket.order, Span(bracket.label, each, bracket.start, len(text), value)) for each in bracket.ids]


def _values(written: str | None, name: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in written.split(",")] if written is not None else []
    if not all(key.strip() and equals for key, equals, _ in pairs):
        raise MarkedError(f"{name}: |{written} is not key=word,key=word; write \\| for a bar inside a span")
    return {key.strip(): word.strip() for key, _, word in pairs}


def _near(marked: str, position: int) -> str:
    """Some words around a place, for a message."""
    return repr(marked[max(0, position - 20) : position + 20])

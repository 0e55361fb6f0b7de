"""The learned reader all the way down: each content is read again as a text of its own until nothing is found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reportedly.attribute.contents import Joined, Span, join
from reportedly.attribute.edges import run_on, settle, touch, undisputed
from reportedly.attribute.page import Page, Reading, page_of
from reportedly.attribute.scan import Found, Network, Settings, scan
from reportedly.models import Loaded

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEEPEST = 4
SHORTEST = 4  # words that a content needs to hold source, cue and content of another
LEAST = 0.3  # how often a word must be a cue for its content to be read again; the rules find most others
OPENERS = "\"“„‘'"
SPEAKING_SELF = frozenset({"i", "we", "me", "us"})


@dataclass(frozen=True)
class Trust:
    """Weights that turn the network's three measures into the probability that source, cue and content are right."""

    cue: float
    real: float
    share: float
    no_source: float
    parts: float
    constant: float

    def of(self, found: Found) -> float:
        """The probability of one attribution."""
        odds = math.log(max(found.cue_chance, 1e-6) / max(1 - found.cue_chance, 1e-6))
        score = self.cue * odds + self.real * found.real + self.share * math.log(max(found.share, 1e-6))
        score += self.no_source * (found.source is None) + self.parts * (len(found.content) > 1) + self.constant
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True)
class Reader:
    """A network with what decides how it reads; `inner` is the probability needed inside another content.

    `rates` is, for each entry of the vocabulary, how often it is (part of) a cue, in 255ths.
    """

    network: Network
    tokenizer: Tokenizer
    settings: Settings
    trust: Trust
    threshold: float
    inner: float
    rates: NDArray[np.uint8]


def reader_of(loaded: Loaded) -> Reader:
    """A reader that decides as the model's card says."""
    card = loaded.card
    settings, trust = Settings(**card["settings"]), Trust(**card["trust"])
    return Reader(
        loaded.network, loaded.tokenizer, settings, trust, card["threshold"], card["inner_threshold"], loaded.rates
    )


def holds(outer: Sequence[Span], inner: Span) -> bool:
    """Whether the inner span lies in one of the outer ones."""
    return any(a <= inner[0] and inner[1] <= b for a, b in outer)


def without_echoes(found: Sequence[Reading]) -> list[Reading]:
    """The outermost ones: inner ones are found again in the outer's content; of two in each other the likelier."""
    inner = [
        r for r in found if any(holds(o.content, r.cue) and not holds(r.content, o.cue) for o in found if o is not r)
    ]
    kept: list[Reading] = []
    for item in sorted((r for r in found if r not in inner), key=lambda r: -r.probability):
        if not any(holds(other.content, item.cue) or holds(item.content, other.cue) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda r: r.cue)


def is_own_voice(text: str, outer: Reading, source: Sequence[Span]) -> bool:
    """Whether a source inside a quotation is the speaker himself ("I suspect"): that is his hedge, not a relay."""
    quoted = text[outer.content[0][0]] in OPENERS
    return quoted and any(text[start:end].casefold() in SPEAKING_SELF for start, end in source)


def moved(text: str, outer: Reading, found: Found, joined: Joined, reader: Reader) -> Reading | None:
    """What was found in a content, in characters of the report; None for what is no attribution there."""
    source = joined.there(found.source) if found.source else ()
    cue = joined.there(found.cue)
    content = tuple(part for span in found.content for part in joined.there(span))
    probability = reader.trust.of(found)
    if not cue or not content or probability < reader.inner or is_own_voice(text, outer, source):
        return None
    return Reading(source[0] if source else None, cue[0], content, probability)


def scan_pages(pages: Sequence[Page], reader: Reader) -> list[list[Found]]:
    """What the network finds in each text, at proper borders."""
    every = scan(pages, reader.network, reader.tokenizer, reader.settings)
    return [[settle(page, item) for item in found] for page, found in zip(pages, every, strict=True)]


def outermost(page: Page, reader: Reader, given: Sequence[Reading] = ()) -> tuple[list[Reading], list[Reading]]:
    """The attributions of a text that stand in no other's content, those `given` first; and the rest that was found."""
    found = [Reading(f.source, f.cue, f.content, reader.trust.of(f)) for f in scan_pages([page], reader)[0]]
    likely = [r for r in found if r.probability >= reader.threshold]
    alone = without_echoes([r for r in likely if not clashes(r, given)])
    outer = sorted([*given, *run_on(page, undisputed(page, alone))], key=lambda r: r.cue)
    cues = {r.cue for r in outer}
    return outer, [r for r in likely if r.cue not in cues]


def placed(text: str, rest: Sequence[Reading], found: Sequence[Reading]) -> list[Reading]:
    """Those of the rest that stand in a content, and whose cue was not found when that content was read again."""
    out = []
    for item in rest:
        holders = [i for i, r in enumerate(found) if holds(r.content, item.cue)]
        known = any(touch(item.cue, r.cue) for r in found)
        if holders and not known:
            outer = min(holders, key=lambda i: sum(end - start for start, end in found[i].content))
            if not is_own_voice(text, found[outer], [item.source] if item.source else []):
                out.append(replace(item, within=outer))
    return out


def clashes(reading: Reading, given: Sequence[Reading]) -> bool:
    """Whether a reading stands in, or takes from, what is given."""
    return any(holds((*one.content, one.cue), reading.cue) or holds(reading.content, one.cue) for one in given)


def may_hold(text: str, reader: Reader) -> bool:
    """Whether a content is worth reading again: long enough, and with a word that is a cue often enough."""
    if len(text.split()) < SHORTEST:
        return False
    ids = reader.tokenizer.encode(text, add_special_tokens=False).ids
    return bool(ids) and int(reader.rates[ids].max()) >= 255 * LEAST


def readings(page: Page, reader: Reader, given: Sequence[Reading] = ()) -> list[Reading]:
    """Every attribution of a text, outer ones before those inside them."""
    found, rest = outermost(page, reader, given)
    fresh = list(range(len(found)))
    for _ in range(DEEPEST - 1):
        parts = [(place, join(page.text, found[place].content)) for place in fresh]
        parts = [(place, part) for place, part in parts if may_hold(part.text, reader)]
        fresh = []
        inside = scan_pages([page_of(part.text) for _, part in parts], reader)
        for (place, part), items in zip(parts, inside, strict=True):
            here = [moved(page.text, found[place], item, part, reader) for item in items]
            for item in without_echoes([r for r in here if r]):
                fresh.append(len(found))
                found.append(replace(item, within=place))
    return [*found, *placed(page.text, rest, found)]

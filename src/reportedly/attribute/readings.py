"""The learned reader's judgement: which of what the network finds is outermost, which stands inside whose words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.attribute.contents import Span
from reportedly.attribute.edges import run_on, settle, touch, undisputed
from reportedly.attribute.page import Page, Reading
from reportedly.attribute.scan import Found, Network, Settings, scan
from reportedly.models import Loaded

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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
    """A network with what decides how it reads.

    `inner_trust` and `inner` are the weights for what stands inside another content, and the probability needed there.
    """

    network: Network
    tokenizer: Tokenizer
    settings: Settings
    trust: Trust
    threshold: float
    inner_trust: Trust
    inner: float


def reader_of(loaded: Loaded) -> Reader:
    """A reader that decides as the model's card says."""
    card = loaded.card
    trust, inner = Trust(**card["trust"]), Trust(**card["inner_trust"])
    settings = Settings(**card["settings"])
    return Reader(loaded.network, loaded.tokenizer, settings, trust, card["threshold"], inner, card["inner_threshold"])


def holds(outer: Sequence[Span], inner: Span) -> bool:
    """Whether the inner span lies in one of the outer ones."""
    return any(a <= inner[0] and inner[1] <= b for a, b in outer)


def without_echoes(found: Sequence[Reading]) -> list[Reading]:
    """The outermost ones; of two in each other the likelier."""
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


def clashes(reading: Reading, given: Sequence[Reading]) -> bool:
    """Whether a reading stands in, or takes from, what is given."""
    return any(holds((*one.content, one.cue), reading.cue) or holds(reading.content, one.cue) for one in given)


def outermost(page: Page, found: Sequence[Found], reader: Reader, given: Sequence[Reading] = ()) -> list[Reading]:
    """The attributions of a text that stand in no other's content, those `given` first."""
    likely = [r for f in found if (r := as_read(f, reader.trust.of(f))).probability >= reader.threshold]
    alone = without_echoes([r for r in likely if not clashes(r, given)])
    return sorted([*given, *run_on(page, undisputed(page, alone))], key=lambda r: r.cue)


def as_read(found: Found, probability: float) -> Reading:
    """What the network found, with how far to trust it."""
    return Reading(found.source, found.cue, found.content, probability)


def as_inner(found: Found) -> Found:
    """The same with the likelier of its two chances to be a cue: where it stands tells which it is."""
    return replace(found, cue_chance=max(found.cue_chance, found.inner_chance))


def size(reading: Reading) -> int:
    """How many characters its content has."""
    return sum(end - start for start, end in reading.content)


def inside(reading: Reading, outer: Reading) -> Reading | None:
    """The reading as it stands in another's content, cut to it; None where it does not."""
    content = tuple((max(low, a), min(high, b)) for low, high in reading.content for a, b in outer.content)
    content = tuple(span for span in content if span[0] < span[1])
    source = reading.source is None or holds(outer.content, reading.source)
    if not holds(outer.content, reading.cue) or not content or not source or size(reading) >= size(outer):
        return None
    return replace(reading, content=content)


def nested(page: Page, outer: Sequence[Reading], found: Sequence[Found], reader: Reader) -> list[Reading]:
    """The outer readings, and behind them those that stand inside their contents, larger ones first."""
    cues = [r.cue for r in outer]
    rest = [as_inner(f) for f in found if not any(touch(f.cue, cue) for cue in cues)]
    likely = [as_read(f, p) for f in rest if (p := reader.inner_trust.of(f)) >= reader.inner]
    out = list(outer)
    for item in sorted(_settled(likely), key=lambda r: -size(r)):
        holders = [(size(one), i, here) for i, one in enumerate(out) if (here := inside(item, one))]
        if holders:
            _, place, here = min(holders, key=lambda holder: holder[:2])
            if not is_own_voice(page.text, out[place], [here.source] if here.source else []):
                out.append(replace(here, within=place))
    return out


def _settled(found: Sequence[Reading]) -> list[Reading]:
    """Those left when of two that stand in each other's content the likelier stays."""

    def clash(a: Reading, b: Reading) -> bool:
        return holds(a.content, b.cue) and holds(b.content, a.cue)

    kept: list[Reading] = []
    for item in sorted(found, key=lambda r: -r.probability):
        if not any(clash(item, other) for other in kept):
            kept.append(item)
    return kept


def readings(page: Page, reader: Reader, given: Sequence[Reading] = ()) -> list[Reading]:
    """Every attribution of a text, outer ones before those inside them."""
    (every,) = scan([page], reader.network, reader.tokenizer, reader.settings)
    found = [settle(page, item) for item in every]
    return nested(page, outermost(page, found, reader, given), found, reader)

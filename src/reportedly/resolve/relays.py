"""The relays that the words round a source and its cue show: "told ISNA", "on Twitter", "carried by KCNA"."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from reportedly.lexicon.sources import Catalogue, fold
from reportedly.model import Attribution, Segmented, Source, Span, identify
from reportedly.resolve.antecedents import antecedent
from reportedly.resolve.context import MADE_BY, Asked, Context, Speaker
from reportedly.resolve.phrases import is_outlet_name, read
from reportedly.resolve.pieces import Piece, cut
from reportedly.resolve.sources import body, unresolved

RELAYING = ("outlet", "state_media")
# What may stand between "told" and the medium: "told the official news agency".
BETWEEN = re.compile(
    r"(\b(the|a|an|his|her|its|their|state|official|state-run|student|semi-official|local|broadcaster|newspaper|"
    r"news agency|agency|daily|magazine|radio|website|channel)\b|\s)+$",
    re.I,
)
TOLD = re.compile(r"\b(told|tells|telling|tell)$", re.I)
PRESENTED = re.compile(
    r"\b((quoted|cited|carried|published|broadcast|aired|released|relayed|reported|run|issued|posted) (by|in|on)"
    r"|(interview|interviews|interviewed|conversation|statement|statements|comments|remarks|comment|letter|email|"
    r"e-mail|message|article|op-ed|column|piece|call) (to|with|by|on|in|for)"
    r"|(speaking|spoke|appearing|appeared|said|says|wrote|writing|writes|posted|posting|tweeted|announced|speech|post|"
    r"message|video|statement|thread|account|page|live|address|blog|feed) (to|with|on|via|in|through)|via|through|on)$",
    re.I,
)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One report with its resolved speakers."""

    segmented: Segmented
    catalogue: Catalogue
    attributions: Mapping[str, Attribution]
    speakers: Mapping[str, Speaker]
    context: Context


def shown(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """The relays of one attribution in the order of the text."""
    text = scene.segmented.report.text
    found = list(_owner(attribution, scene))
    for span in surroundings(attribution, scene):
        pieces = cut(span.of(text), scene.catalogue)
        for at, piece in enumerate(pieces):
            place = span.start + piece.start
            if _may_carry(piece) and _is_presented(text, place, attribution, scene):
                found.extend(_medium(pieces, at, place, scene))
    return tuple(found)


def _may_carry(piece: Piece) -> bool:
    """Whether a medium may begin with the piece: no small word does."""
    return bool(piece.source or piece.role) or piece.sort in ("name", "state", "article")


def _owner(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """ "The Courier's Ann Lee" speaks through the Courier."""
    if not attribution.source:
        return ()
    cut_up = cut(attribution.source.of(scene.segmented.report.text), scene.catalogue)
    pieces = [piece for piece in cut_up if piece.sort != "article"]
    if len(pieces) > 2 and pieces[0].source and pieces[1].sort == "own" and pieces[2].sort == "name":
        return (pieces[0].source,) if pieces[0].source.kind in RELAYING else ()
    return ()


def surroundings(attribution: Attribution, scene: Scene) -> list[Span]:
    """The parts of the sentences with source and cue that are neither source nor content."""
    marks = [span for span in (attribution.source, attribution.cue) if span]
    taken = sorted([*attribution.content, *([attribution.source] if attribution.source else [])])
    found: list[Span] = []
    for sentence in scene.segmented.sentences:
        if any(sentence.touches(mark) for mark in marks):
            found.extend(_gaps(sentence, [span for span in taken if span.touches(sentence)]))
    found.extend(_posted(span, scene) for span in attribution.content)
    return [span for span in found if span.end - span.start > 2]


POSTED = re.compile(
    r"(?:(?:an?|the|his|her|their) )?(?:\w+ )?(?:message|post|video|tweet|thread)s? (?:on|via) \S+ ?\S*"
)


def _posted(content: Span, scene: Scene) -> Span:
    """The start of a content that says where it was posted: "(posted) a message on Twitter blaming ..."."""
    hit = POSTED.match(content.of(scene.segmented.report.text))
    return Span(content.start, content.start + (hit.end() if hit else 0))


def _gaps(sentence: Span, taken: Sequence[Span]) -> list[Span]:
    start, found = sentence.start, []
    for span in taken:
        found.append(Span(start, max(start, span.start)))
        start = max(start, span.end)
    return [*found, Span(start, max(start, sentence.end))]


def _is_presented(text: str, place: int, attribution: Attribution, scene: Scene) -> bool:
    """Whether the words before a medium make it the way these words came, and not another's."""
    lead = BETWEEN.sub("", text[max(0, place - 80) : place])
    cue = attribution.cue
    told = TOLD.search(lead) and cue is not None and cue.start < place < cue.end + 60
    if not told and not (PRESENTED.search(lead) and not TOLD.search(lead)):
        return False
    others = [a for a in scene.attributions.values() if a.source != attribution.source]
    if any(a.source and a.source.start <= place < a.source.end for a in others):
        return False
    return cue is None or not any(_stands_between(a.cue, cue, place) for a in others if a.cue)


def _stands_between(other: Span, cue: Span, place: int) -> bool:
    return min(cue.end, place) <= other.start and other.end <= max(cue.start, place) and other != cue


def _medium(pieces: Sequence[Piece], at: int, place: int, scene: Scene) -> tuple[Source, ...]:
    """The medium at a place: a row that carries others' words, or media called by a noun ("Iranian media")."""
    if pieces[at].sort in ("state", "name") and _is_media(pieces, at + 1) and _is_named(pieces, at + 2):
        at += 2  # "told Norwegian broadcaster TVK"
    piece = pieces[at]
    if piece.sort == "name":
        called = _is_media(pieces, at + 1) or _is_media(pieces, at - 1)
        more = takewhile(lambda p: p.role is not None and p.text[0].isupper(), pieces[at + 1 :])
        before = [p.text for p in pieces[max(0, at - 1) : at] if _is_media(pieces, at - 1) and p.text[0].isupper()]
        return _unlisted(" ".join([*before, piece.text, *(p.text for p in more)]).rstrip(".,"), scene, called)
    if piece.source and f" {fold(scene.segmented.report.outlet or '')}".endswith(f" {fold(piece.text)}"):
        # "told the Observer" in the Steppe Observer
        return ()
    if piece.source:
        carries = piece.source.kind in RELAYING or piece.source.id in scene.catalogue.platforms
        return (piece.source,) if carries else ()
    noun = pieces[at + 1] if piece.sort in ("state", "article") and at + 1 < len(pieces) else piece
    if noun.role is None or noun.role.sort != "media" or noun.role.noun == "press":
        return ()
    if piece.sort != "state" and noun.role.kind != "state_media":
        return ()
    words = f"{piece.text} {noun.text}" if noun is not piece else piece.text
    return _called(words, place, scene)


def _is_media(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "broadcaster", "newspaper" stands there."""
    role = pieces[at].role if 0 <= at < len(pieces) else None
    return role is not None and role.sort == "media" and not pieces[at].plural


def _is_named(pieces: Sequence[Piece], at: int) -> bool:
    return at < len(pieces) and pieces[at].sort in ("name", "row")


def _is_own(name: str, scene: Scene) -> bool:
    """Whether the report's own outlet or wire is meant, perhaps by the end of its name."""
    report = scene.segmented.report
    own = [fold(known) for known in (report.outlet, report.republisher, report.agency) if known]
    return any(f" {known}".endswith(f" {fold(name)}") for known in own)


def _unlisted(name: str, scene: Scene, called: bool = False) -> tuple[Source, ...]:
    """A paper or station without a row, unless it is the report's own; the site called X."""
    if name == "X":
        return (scene.catalogue.sources["x-platform"],)
    wire = re.search(r"\b(News|Press) (Agency|Bureau|Service)$", name)
    if not (wire or called or is_outlet_name(name)) or _is_own(name, scene):
        return ()
    made = body(replace(read(name, scene.catalogue), form="body", name=name), scene.context)
    return (replace(made, kind="outlet") if called and made.kind == "organization" else made,)


def outlet(name: str, catalogue: Catalogue) -> Source:
    """An outlet: its row, or one made from its name."""
    row = catalogue.find(name)
    if row:
        return row
    return Source(
        id=identify("source", "outlet", fold(name)), name=name, kind="outlet", naming="named", made_by=MADE_BY
    )


def _called(words: str, place: int, scene: Scene) -> tuple[Source, ...]:
    phrase = read(words, scene.catalogue)
    asked = Asked(phrase=phrase, at=place, context=scene.context, before=(), after=())
    found = antecedent(asked)
    return (found.source if found else unresolved(phrase, scene.context),)

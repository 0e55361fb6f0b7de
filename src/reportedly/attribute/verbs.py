"""Attributions whose cue is a verb: before, after or inside of what it reports."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from reportedly.attribute.clauses import phrase, range_of, source_of, trimmed
from reportedly.attribute.found import CERTAIN, LIKELY, WEAK, Found, cues, joined
from reportedly.lexicon import words
from reportedly.model import Options, Quotation, Segmented, Span

CLAUSES = ("ccomp", "xcomp", "pcomp", "oprd")
OBJECTS = ("dobj", "prep", "oprd", "prt", "attr", "xcomp", "ccomp")
HEARERS = ("tell", "inform", "remind", "warn", "assure", "notify", "advise", "brief", "caution", "teach", "ask")
_FIRST = ("i", "we", "you", "me", "us")


def verbal(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """What the verbs of the text report, sentence by sentence."""
    known = cues("verb", options.lexicon)
    for sentence in segmented.sentences:
        span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        quoted = [q for q in segmented.quotations if sentence.touches(q.span)]
        verbs = [t for t in span or () if t.lemma_.lower() in known and t.pos_ in ("VERB", "AUX")]
        outer = [t for t in verbs if not _within(t, quoted)]
        owned = _owners(outer, quoted, sentence, segmented.report.text)
        for verb in verbs:
            row = known[verb.lemma_.lower()]
            found = _reports(verb, row["frame"], owned.get(verb.i, []), sentence, _within(verb, quoted), segmented.report.text)
            if found:
                yield found._replace(chance=min(found.chance, CERTAIN if row["certainty"] == "certain" else WEAK))


def _within(token: Token, quoted: Sequence[Quotation]) -> Quotation | None:
    return next((q for q in quoted if q.span.start < token.idx < q.span.end - 1 and not q.scare), None)


def _owners(
    verbs: Sequence[Token], quoted: Sequence[Quotation], sentence: Span, text: str
) -> dict[int, list[Quotation]]:
    """Which quotations of a sentence each verb outside them reports, by the verb's place."""
    owned: dict[int, list[Quotation]] = {}
    for at, each in enumerate(quoted):
        low = quoted[at - 1].span.end if at else sentence.start
        high = quoted[at + 1].span.start if at + 1 < len(quoted) else sentence.end
        before = [v for v in verbs if low <= v.idx < each.span.start]
        after = [v for v in verbs if each.span.end <= v.idx < high]
        verb = _owner(each, before, after, owned, text)
        if verb is not None:
            owned.setdefault(verb.i, []).append(each)
    return owned


def _owner(
    each: Quotation, before: list[Token], after: list[Token], owned: dict[int, list[Quotation]], text: str
) -> Token | None:
    inner = text[each.span.start + 1 : each.span.end - 1].rstrip()
    follows = re.match(r"\s*,", text[each.span.end : each.span.end + 3]) or inner[-1:] in ",?!"
    leads = re.search(r"[,:]\s*$|\bthat\s*$", text[max(0, each.span.start - 6) : each.span.start])
    if after and follows and not (leads and before and before[-1].i not in owned and inner[-1:] != ","):
        return after[0]
    if before and (leads or _reaches(before[-1], each)):
        return before[-1]
    return None


def _reaches(verb: Token, each: Quotation) -> bool:
    """Whether the quoted words hang on the verb."""
    edge = verb.right_edge
    return verb.idx < each.span.start < edge.idx + len(edge) + 2


def _reports(
    verb: Token, frame: str, quoted: Sequence[Quotation], sentence: Span, around: Quotation | None, text: str
) -> Found | None:
    who = source_of(verb) or _inverted(verb, quoted)
    if who is None and not _tells(verb, quoted):
        return None
    if who is not None and not _speaks(who, verb, around):
        return None
    source = phrase(who) if who is not None else None
    cue = _cue(verb)
    parts, chance = _contents(verb, frame, quoted, cue, source, sentence, text)
    held = around.span if around else sentence
    content = [cut for part in joined(parts, text) for cut in _without(part, cue, source, text) if held.touches(cut)]
    content = [Span(max(c.start, held.start), min(c.end, held.end)) for c in content]
    kept = tuple(good for part in content if (good := trimmed(text, part)))
    return Found(cue, source, kept, chance, "verb") if kept else None


def _tells(verb: Token, quoted: Sequence[Quotation]) -> bool:
    """Whether a verb without a speaker still reports: "raising concerns that ..."."""
    return bool(quoted) and verb.dep_ != "amod"


def _speaks(who: Token, verb: Token, around: Quotation | None) -> bool:
    if who.lower_ in _FIRST:
        return False
    if who.lower_ in ("it", "this", "that", "which", "there", "what", "these", "those") and verb.lemma_ in _shows():
        return False
    if verb.lemma_ in _shows():
        return who.ent_type_ == "" and (who.lemma_.lower() in words("documents.txt") or verb.lemma_ not in ("show", "demonstrate", "prove", "illustrate", "reflect"))
    return True


def _shows() -> tuple[str, ...]:
    return ("show", "suggest", "indicate", "imply", "demonstrate", "prove", "illustrate", "reflect", "hint", "underscore", "highlight", "reveal", "mean", "signify", "signal", "allow", "require", "offer", "help", "let")


def _inverted(verb: Token, quoted: Sequence[Quotation]) -> Token | None:
    """The speaker that follows its verb: "...," said Kim."""
    behind = [child for child in verb.children if child.dep_ in ("dobj", "npadvmod", "attr", "oprd") and child.i > verb.i]
    close = quoted and quoted[0].span.end <= verb.idx and behind and behind[0].left_edge.i == verb.i + 1
    return behind[0] if close else None


def _cue(verb: Token) -> Span:
    particles = [child for child in verb.children if child.dep_ == "prt" and child.i == verb.i + 1]
    return range_of([verb, *particles])


def _contents(
    verb: Token,
    frame: str,
    quoted: Sequence[Quotation],
    cue: Span,
    source: Span | None,
    sentence: Span,
    text: str,
) -> tuple[list[Span], float]:
    """The spans that a verb reports and how sure that is."""
    group = Span(min(cue.start, source.start if source else cue.start), max(cue.end, source.end if source else cue.end))
    parts = [q.span for q in quoted]
    before = [q.span for q in quoted if q.span.end <= cue.start]
    comps = [c for c in verb.children if c.dep_ in CLAUSES and _complements(c, verb, frame)]
    fronted = [c for c in comps if c.i < verb.i]
    if before or fronted or verb.dep_ == "parataxis":
        front = _front(verb, before, fronted, group, sentence, text)
        parts += [front] if front else []
    parts += [_extent(c, text) for c in comps if c.i > verb.i and c.left_edge.i > verb.i]
    if verb.dep_ == "parataxis" and not comps and not quoted and verb.head.i < verb.i:
        tail = verb.head.right_edge
        parts += [Span(group.end, tail.idx + len(tail))] if tail.i > verb.right_edge.i else []
    if parts:
        return parts, CERTAIN if quoted or "clause" in frame else LIKELY
    if "object" in frame:
        return _objects(verb, source), WEAK
    return [], 0.0


def _complements(clause: Token, verb: Token, frame: str) -> bool:
    if clause.dep_ == "ccomp":
        return True
    if clause.dep_ == "xcomp" and clause.i > verb.i:
        return "to" in frame.split() or "object" in frame
    return clause.dep_ == "oprd" and clause.i > verb.i


def _front(
    verb: Token, before: Sequence[Span], fronted: Sequence[Token], group: Span, sentence: Span, text: str
) -> Span | None:
    """What stands before a trailing "..., he said"."""
    if group.start <= sentence.start:
        return None
    start = sentence.start
    if before and not fronted:
        gap = text[start : before[0].start]
        start = before[0].start if re.fullmatch(r".{0,40}[,:]\s*", gap) or not gap.strip() else start
    heads = [token for token in fronted] or ([verb.head] if verb.dep_ == "parataxis" else [])
    if heads and not before:
        start = max(start, min(token.left_edge.idx for token in heads))
    return Span(start, group.start) if start < group.start else None


def _extent(clause: Token, text: str) -> Span:
    """A clause that follows its verb, with the object that it is said of ("urged Iran to stop")."""
    first = clause.left_edge
    verb = clause.head
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < clause.i]
    if objects and verb.lemma_.lower() not in HEARERS and clause.dep_ in ("xcomp", "oprd"):
        first = objects[0].left_edge
    if objects and clause.dep_ == "xcomp":
        first = objects[0].left_edge
    last = clause.right_edge
    return Span(first.idx, last.idx + len(last))


def _objects(verb: Token, source: Span | None) -> list[Span]:
    """The object of an act of speech with what belongs to it: "blamed Iran for the attacks"."""
    direct = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.i > verb.i]
    prepared = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i and c.lower_ in ("for", "of", "on", "to", "as", "with", "about", "against")]
    inner = [c for c in direct if not (source and source.start <= c.idx < source.end)]
    if not inner:
        return []
    adjacent = [p for p in prepared if p.left_edge.i == inner[-1].right_edge.i + 1]
    tokens = [token for c in [*inner, *adjacent] for token in c.subtree if token.i > verb.i]
    return [range_of(tokens)]


def _without(part: Span, cue: Span, source: Span | None, text: str) -> list[Span]:
    """A content with cue and source cut out of it."""
    out = [part]
    for hole in (cue, *([source] if source else [])):
        out = [piece for each in out for piece in _cut(each, hole)]
    return [piece for piece in out if re.search(r"\w", piece.of(text))]


def _cut(part: Span, hole: Span) -> list[Span]:
    if not part.touches(hole):
        return [part]
    return [Span(a, b) for a, b in ((part.start, hole.start), (hole.end, part.end)) if a < b]

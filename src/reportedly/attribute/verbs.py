"""Attributions whose cue is a verb: before, after or inside of what it reports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reportedly.attribute.clauses import phrase, range_of, source_of, speaker_above, trimmed
from reportedly.attribute.found import CERTAIN, LIKELY, WEAK, Found, cues, joined
from reportedly.attribute.owners import chains, owners
from reportedly.attribute.voices import aside, attended, interposed, lent, reduced, second, silent, unsaid
from reportedly.lexicon import Row, words
from reportedly.model import Options, Quotation, Segmented, Span

CLAUSES = ("ccomp", "xcomp", "oprd")
DASHES = (",", "—", "–")
AMID = ("parataxis", "ccomp", "dep", "advcl", "relcl")
EARLIER = ("after", "before", "during", "since", "until", "by", "amid", "despite", "without")
FAR_SIDE = ("for", "of", "as", "with", "against")
FIRST = ("i", "we", "you", "me", "us")
EMPTY = ("it", "this", "that", "which", "there", "neither", "what", "these", "those")
NAMING = ("DET", "PROPN", "PRON", "NOUN", "ADJ", "NUM")
INSIDE = ("det", "compound", "amod", "nummod", "poss", "nmod", "quantmod", "case")
FINITE = ("VBD", "VBZ", "VBP", "MD", "VBN")
LONGEST_SOURCE = 40
HEARERS = 4


class Place(NamedTuple):
    """One sentence with all that its verbs are judged by."""

    text: str
    sentence: Span
    quoted: Sequence[Quotation]
    known: Mapping[str, Row]


def verbal(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """What the verbs of the text report, sentence by sentence."""
    known = cues("verb", options.lexicon)
    linked = chains(segmented)
    for sentence in segmented.sentences:
        quoted = [q for q in segmented.quotations if sentence.touches(q.span)]
        place = Place(segmented.report.text, sentence, quoted, known)
        tokens = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        verbs = [t for t in tokens or () if _cues(t, known)]
        owned = owners([v for v in verbs if not around(v, quoted) and not reduced(v)], quoted, sentence, place.text)
        for verb in verbs:
            own = [other for q in owned.get(verb.i, ()) for other in linked.get(q.span.start, [q])]
            if found := _reported(verb, own, place):
                yield found


def introducing(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """Cues that end their paragraph with a colon, without content so far."""
    known = cues("verb", options.lexicon)
    for block in segmented.paragraphs:
        if segmented.report.text[block.end - 1] != ":":
            continue
        place = Place(segmented.report.text, block, [q for q in segmented.quotations if block.touches(q.span)], known)
        tokens = doc.char_span(block.start, block.end, alignment_mode="expand") or ()
        verbs = [t for t in tokens if _cues(t, known) and not around(t, place.quoted)]
        verbs = [t for t in verbs if "quote" in known[t.lemma_.lower()]["frame"].split()]
        who = _source(verbs[-1], [], place) if verbs else None
        if who:
            yield Found(_cue(verbs[-1]), who, (block,), CERTAIN, "colon")


def around(token: Token, quoted: Sequence[Quotation]) -> Quotation | None:
    """The quotation that a word stands in."""
    return next((q for q in quoted if q.span.start < token.idx < q.span.end - 1 and not q.scare), None)


def _cues(token: Token, known: Mapping[str, Row]) -> bool:
    return token.lemma_.lower() in known and (token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"))


def _reported(verb: Token, quoted: Sequence[Quotation], place: Place) -> Found | None:
    if second(verb, place.known) or unsaid(verb):
        return None
    row = place.known[verb.lemma_.lower()]
    holder = around(verb, place.quoted)
    who = _source(verb, quoted, place)
    if who is None and not (quoted and verb.dep_ != "amod"):
        return None
    if who is not None and not _speaks(who, verb, place):
        return None
    cue = _cue(verb)
    parts, how, chance = _contents(verb, row["frame"], quoted, _group(cue, who), place)
    held = holder.span if holder else None
    content = _tidied(parts, cue, who, held, place.text)
    if not content:
        return None
    certain = CERTAIN if row["certainty"] == "certain" else WEAK
    return Found(cue, who, content, min(chance, certain), f"verb-{how}")


def _tidied(parts: Sequence[Span], cue: Span, who: Span | None, held: Span | None, text: str) -> tuple[Span, ...]:
    """Contents without cue and source, inside of the quotation that holds the cue."""
    cut = [piece for part in joined(parts, text) for piece in _without(part, [cue, who] if who else [cue], text)]
    if held:
        cut = [Span(max(c.start, held.start + 1), min(c.end, held.end - 1)) for c in cut if held.touches(c)]
    return tuple(good for piece in cut if (good := trimmed(text, piece)))


def _group(cue: Span, who: Span | None) -> Span:
    return Span(min(cue.start, who.start), max(cue.end, who.end)) if who else cue


def _source(verb: Token, quoted: Sequence[Quotation], place: Place) -> Span | None:
    """Who says it: the words between quotation and verb, else the subject in the grammar."""
    before = [q.span.end for q in quoted if q.span.end <= verb.idx]
    if before and (near := _between(max(before), verb)):
        return near
    head = speaker_above(verb, place.known) or source_of(verb)
    if head is not None and around(head, place.quoted) not in (None, around(verb, place.quoted)):
        head = None
    head = head or (_after(verb) if before else None)
    if head is None or head.i > verb.i:
        head = attended(verb) or head
    if head is None:
        return _appended(verb, place)
    head = interposed(head, verb) or head
    found = _whole(phrase(head), verb)
    return found if found.end - found.start < 400 else range_of([head])


def _whole(found: Span, verb: Token) -> Span:
    """A source with the name that the grammar cut off behind it, without a "that" it took for its own."""
    tokens = list(verb.doc.char_span(found.start, found.end, alignment_mode="expand") or ())
    if len(tokens) > 1 and tokens[0].lower_ == "that" and any(t.pos_ == "PROPN" for t in tokens):
        tokens.pop(0)
    between = list(verb.doc[tokens[-1].i + 1 : verb.i]) if tokens[-1].i < verb.i else []
    return range_of([tokens[0], *tokens, *(between if between and all(t.pos_ == "PROPN" for t in between) else [])])


def _between(start: int, verb: Token) -> Span | None:
    """The noun phrase that fills the gap between a quotation and its verb: "...," Kim, the minister, said."""
    span = verb.doc.char_span(start, verb.idx, alignment_mode="contract")
    tokens = [t for t in span or () if not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].pos_ in ("ADV", "CCONJ")):
        tokens.pop(0)
    while tokens and (tokens[-1].pos_ in ("ADV", "AUX", "PART") or tokens[-1].is_punct or tokens[-1].dep_ == "aux"):
        tokens.pop()
    cut = next((n for n, t in enumerate(tokens) if t.lower_ in ("who", "which", "whose", "where")), len(tokens))
    tokens = tokens[:cut]
    while tokens and tokens[-1].is_punct and tokens[-1].text not in "”\"’')":
        tokens.pop()
    leading = len(tokens) > 1 and tokens[0].lower_ == "lead"
    named = tokens and (leading or (tokens[0].pos_ in NAMING and tokens[0].dep_ != "mark"))
    finite = (t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens[leading:])
    plain = len(tokens) <= LONGEST_SOURCE and not any(finite)
    return range_of(tokens) if named and plain else None


def _after(verb: Token) -> Token | None:
    """The speaker that follows its verb: "...," said Kim."""
    if verb.i + 1 >= len(verb.doc) or verb.doc[verb.i + 1].pos_ not in NAMING:
        return None
    at = verb.doc[verb.i + 1]
    while at.head.i > verb.i and at.head.pos_ in NAMING and at.dep_ in INSIDE and at.head is not at:
        at = at.head
    return at if at.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else None


def _appended(verb: Token, place: Place) -> Span | None:
    """The noun phrases between commas right before a trailing verb: "..., the governor, Jan Holm, told Z"."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    first, at = None, verb.i - 1
    sentence = verb.sent.start
    while at > sentence and verb.doc[at].tag_ not in FINITE and verb.doc[at].pos_ not in ("CCONJ", "SCONJ"):
        if verb.doc[at].text == "," and verb.doc[at + 1].pos_ in NAMING:
            first = at + 1
        at -= 1
    if first is None or verb.doc[at].pos_ in ("CCONJ", "SCONJ") or at == sentence:
        return None
    last = verb.i - 1 if verb.doc[verb.i - 1].text != "," else verb.i - 2
    return range_of([verb.doc[first], verb.doc[last]]) if last >= first else None


def _speaks(who: Span, verb: Token, place: Place) -> bool:
    """Whether the subject can say anything: no "I", no "it shows", only documents show."""
    name = who.of(place.text)
    lower = name.casefold()
    if lower in FIRST or (lower in EMPTY and lower != "it"):
        return False
    words_of = verb.doc.char_span(who.start, who.end, alignment_mode="expand")
    if words_of is not None and silent(words_of.root):
        return False
    if verb.lemma_.lower() not in words("showing.txt"):
        return lower != "it" or verb.tag_ != "VB"
    heads = {token.lemma_.lower() for token in words_of or ()}
    return lower != "it" and bool(heads & words("documents.txt"))


def _cue(verb: Token) -> Span:
    particles = [child for child in verb.children if child.dep_ == "prt" and child.i == verb.i + 1]
    return range_of([verb, *particles])


def _contents(
    verb: Token, frame: str, quoted: Sequence[Quotation], group: Span, place: Place
) -> tuple[list[Span], str, float]:
    """The spans that a verb reports, by which rule, and how sure that is."""
    parts = [q.span for q in quoted]
    comps = [c for c in verb.children if _complements(c, verb, frame)] or lent(verb)
    after = [_extent(c, verb, place) for c in comps if c.i > verb.i]
    front = _front(verb, [q.span for q in quoted if q.span.end <= group.start], comps, group, place)
    parts += after + front + _quoted_objects(verb, comps, quoted)
    if front and not quoted:
        return parts, "after", LIKELY
    if parts:
        plain = any(c.dep_ == "ccomp" for c in comps)
        return parts, "quote" if quoted else "clause" if plain else "to", CERTAIN if quoted or plain else LIKELY
    if "object" in frame.split() and (objects := _objects(verb)):
        return objects, "object", WEAK
    if "measure" in frame.split() and any(c.dep_ == "prep" and c.lower_ in ("at", "as") for c in verb.children):
        return _objects(verb), "object", WEAK
    linked = _linked(verb, frame)
    return (linked, "prep", WEAK) if linked else ([], "", 0.0)


def _linked(verb: Token, frame: str) -> list[Span]:
    """What a preposition of the verb's frame leads to: "called for", "referred to"."""
    links = next((part[5:].split(",") for part in frame.split() if part.startswith("prep:")), [])
    after = [c for c in verb.children if c.dep_ in ("prep", "prt") and c.lower_ in links and verb.i < c.i <= verb.i + 2]
    objects = [o for link in after[:1] for o in link.children if o.dep_ in ("pobj", "pcomp")]
    if not objects:
        return []
    told = phrase(objects[0])
    further = [c for c in verb.children if c.dep_ == "prep" and c.idx == told.end + 1 and not _occasion(c)]
    return [Span(told.start, phrase(further[0]).end if further else told.end)]


def _quoted_objects(verb: Token, comps: Sequence[Token], quoted: Sequence[Quotation]) -> list[Span]:
    """The object that a quotation is part of: "ordered the “full production” of drones"."""
    objects = [] if comps else _objects(verb)
    return [span for span in objects if any(q.span.touches(span) for q in quoted)]


def _complements(clause: Token, verb: Token, frame: str) -> bool:
    if aside(clause, verb):
        return False
    if clause.dep_ == "ccomp":
        return True
    if any(c.dep_ == "auxpass" for c in clause.children) and verb.lemma_ in ("decline", "refuse", "ask"):
        return False
    if clause.dep_ == "advcl" and "clause" in frame and clause.i > verb.i:
        return _bare(clause)
    if clause.i < verb.i or clause.dep_ not in CLAUSES:
        return False
    kinds = frame.split()
    return clause.dep_ == "oprd" or "to" in kinds or clause.tag_ == "VBG" or "object" in kinds


def _bare(clause: Token) -> bool:
    """Whether a clause has a subject and nothing that makes it a remark ("said after the vote he would go")."""
    kinds = {c.dep_ for c in clause.children}
    finite = clause.tag_ in ("VBD", "VBZ", "VBP") or "aux" in kinds
    return bool(kinds & {"nsubj", "nsubjpass"}) and finite and "mark" not in kinds and clause.tag_ != "VBG"


def _front(verb: Token, before: Sequence[Span], comps: Sequence[Token], group: Span, place: Place) -> list[Span]:
    """What stands before a trailing "..., he said", and goes on behind it."""
    text, start = place.text, place.sentence.start
    later = [c for c in comps if c.i > verb.i]
    if not before and not later and (end := _inserted(verb, group, text)):
        return [Span(start, group.start), Span(end, place.sentence.end)]
    clausal = "clause" in place.known[verb.lemma_.lower()]["frame"].split()
    fronted = [c for c in comps if c.i < verb.i and c.tag_ != "VBG" and clausal and not later]
    trails = bool(fronted) or (not later and _trails(verb, group, place))
    if group.start <= start or not (before or fronted or trails):
        return []
    if not before and ";" in text[start : group.start]:
        start = text.rindex(";", start, group.start) + 1
    if before:
        gap = text[start : before[0].start]
        start = before[0].start if re.fullmatch(r".{0,40}[,:]\s*", gap) else start
    elif fronted and not _trails(verb, group, place):
        start = max(start, fronted[0].left_edge.idx)
    return [Span(start, group.start)]


def _inserted(verb: Token, group: Span, text: str) -> int | None:
    """Where a cue between commas, with a few words for hearer or time, ends: "The talks, he told us, had failed"."""
    last = verb.right_edge
    while last.i > verb.i and last.is_punct:
        last = last.doc[last.i - 1]
    short = verb.dep_ == "parataxis" and last.i - verb.i <= HEARERS
    end = max(group.end, last.idx + len(last) if short else 0)
    before, after = text[max(0, group.start - 3) : group.start].rstrip(), text[end : end + 3].lstrip()
    held = before[-1:] in DASHES and after[:1] in DASHES and bool(before) and bool(after)
    return end if held and verb.head.i > verb.i and verb.dep_ in AMID else None


def _trails(verb: Token, group: Span, place: Place) -> bool:
    """Whether subject and verb follow a comma as a remark on what stands before."""
    row = place.known[verb.lemma_.lower()]
    if "clause" not in row["frame"] or row["certainty"] != "certain" or not group.start < verb.idx:
        return False
    gap = place.text[place.sentence.start : group.start].rstrip()
    words_before = len(gap.split())
    if not gap or gap[-1] not in ',—–”"' or words_before < 2 or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    if verb.dep_ == "ROOT" and any(c.dep_ in ("dobj", "prep") and c.i == verb.i + 1 for c in verb.children):
        return False
    if any(c.dep_ in ("mark", "dobj") and c.i < verb.i for c in verb.children):
        return False
    return verb.dep_ in ("ROOT", "parataxis", "conj", "dep", "ccomp", "advcl") and _states(verb, group, place)


def _states(verb: Token, group: Span, place: Place) -> bool:
    """Whether what stands before is a statement: a finite verb that no "if" or "after" opens."""
    before = verb.doc.char_span(place.sentence.start, group.start, alignment_mode="expand") or ()
    kinds = [(t, {c.dep_ for c in t.children}) for t in before if t.dep_ != "relcl"]
    stated = [t for t, deps in kinds if t.tag_ in ("VBD", "VBZ", "VBP", "MD") or deps & {"nsubj", "nsubjpass"}]
    if not stated:
        first = next((t for t in before if not t.is_punct), None)
        quotes = any(place.sentence.start <= q.span.start < group.start for q in place.quoted)
        return first is not None and first.pos_ in NAMING and quotes
    return any(not any(c.dep_ in ("mark", "advmod") and c.tag_ in ("IN", "WRB") for c in t.children) for t in stated)


def _extent(clause: Token, verb: Token, place: Place) -> Span:
    """A clause that follows its verb, with the object it is said of ("urged Iran to stop") and what is joined to it."""
    first, last = clause.left_edge, clause.right_edge
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < clause.i]
    if objects and clause.dep_ in ("xcomp", "oprd"):
        first = objects[0].left_edge
    if clause.dep_ == "oprd":
        last = max(
            [last, *(c.right_edge for c in verb.children if c.dep_ == "prep" and c.i > clause.i)], key=lambda t: t.i
        )
    for joint in (c for c in verb.children if c.dep_ == "conj" and c.i > clause.i):
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in joint.children) and joint.lemma_.lower() not in place.known:
            last = joint.right_edge
    start = max(first.idx, verb.idx + len(verb))
    return Span(start, _before_next_cue(start, last.idx + len(last), verb, place))


def _before_next_cue(start: int, end: int, verb: Token, place: Place) -> int:
    """Where a content stops because another act of the same speaker follows: "..., adding that ..."."""
    for token in verb.doc.char_span(start, end, alignment_mode="expand") or ():
        row = place.known.get(token.lemma_.lower())
        comma = token.i > 1 and token.doc[token.i - 1].text == ","
        if row and row["certainty"] == "certain" and (other := _opposed(token, start)):
            return other
        acts = (row and row["certainty"] == "certain") or _carries(token)
        if acts and token.tag_ == "VBG" and comma and not around(token, place.quoted):
            return token.doc[token.i - 1].idx
    return end


def _opposed(verb: Token, start: int) -> int | None:
    """Where ", while Z says ..." sets another speaker against the first."""
    first = verb.left_edge
    joint = first.lower_ in ("while", "whereas", "but") and first.i > 0 and first.doc[first.i - 1].text == ","
    own = any(c.dep_ == "nsubj" and c.pos_ != "PRON" for c in verb.children)
    return first.doc[first.i - 1].idx if joint and own and first.idx > start else None


def _carries(verb: Token) -> bool:
    """Whether a light verb carries a reporting noun: "raising concerns"."""
    nouns = cues("noun")
    return verb.lemma_.lower() in words("light.txt") and any(
        c.dep_ == "dobj" and c.lemma_.lower() in nouns for c in verb.children
    )


def _objects(verb: Token) -> list[Span]:
    """The object of an act of speech with what belongs to it: "blamed Iran for the attacks"."""
    direct = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.i > verb.i]
    if not direct:
        return []
    spans = [phrase(c) for c in direct]
    end = max(span.end for span in spans)
    for link in (c for c in verb.children if c.dep_ == "prep" and c.i > direct[-1].i):
        far = link.lower_ in FAR_SIDE and not _apart(verb, direct[-1], link)
        if far or (link.idx <= end + 1 and not _occasion(link)):
            end = max(end, phrase(link).end)
    return [Span(min(span.start for span in spans), end)]


def _apart(verb: Token, one: Token, other: Token) -> bool:
    return any(c.dep_ in ("punct", "cc") and one.i < c.i < other.i for c in verb.children)


def _occasion(link: Token) -> bool:
    """Whether a prepositional phrase tells when or where something is said."""
    objects = [c.lemma_.lower() for c in link.children if c.dep_ in ("pobj", "pcomp")]
    year = bool(objects) and objects[0].isdigit() and link.lower_ == "in"
    return not objects or objects[0] in words("occasions.txt") or year or link.lower_ in EARLIER


def _without(part: Span, holes: Sequence[Span], text: str) -> list[Span]:
    """A content with cue and source cut out of it."""
    out = [part]
    for hole in holes:
        out = [piece for each in out for piece in _cut(each, hole)]
    return [piece for piece in out if re.search(r"\w", piece.of(text))]


def _cut(part: Span, hole: Span) -> list[Span]:
    if not part.touches(hole):
        return [part]
    return [Span(a, b) for a, b in ((part.start, hole.start), (hole.end, part.end)) if a < b]

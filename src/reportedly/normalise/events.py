"""Events: the clauses and phrases of a report that tell of something, each with its type and its evidence."""

import itertools
from collections.abc import Iterator

from msgspec.structs import replace
from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.model import Attribution, Quantity, Span
from reportedly.normalise.choice import Draft, alike, chosen
from reportedly.normalise.clauses import (
    clause,
    clause_head,
    is_verb,
    phrase,
    root_of,
    span_of,
    tokens_of,
)
from reportedly.normalise.counted import unit_of
from reportedly.normalise.evidence import draft_of, is_furniture
from reportedly.normalise.factuality import changes
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.reading import Reading, signatures
from reportedly.normalise.topics import (
    FALLBACK,
    SUBJECTS,
    class_of,
    noun_event,
    noun_type,
    objects,
    subjects,
    verb_type,
    verb_type_about,
)

NAMED_BY_CUE = {"accusation", "charge", "demand"}
DEEDS = {"ASSAULT", "HARM", "DAMAGE", "COERCE", "TRANSFER", "PRODUCE", "TEST", "MOBILIZE", "AID"}
MAIN = {"ROOT", "ccomp", "conj", "xcomp", "pcomp", "parataxis"}
SCOPES = {"in", "during", "over", "across", "within", "through"}
BEFORE_NOUN = {"det", "amod", "compound", "nummod", "poss"}
SHORT = 32  # code points; a relative clause below that says too little by itself
SILENCE = {"comment", "elaborate", "respond", "reply", "answer"}
TIMELY = {"during", "after", "before", "since", "until", "amid", "despite", "ahead", "following", "in"}
CONTENTFUL = {"NOUN", "PROPN", "VERB", "AUX", "ADJ"}
DEMAND = "demand"
ABLE = "capability"
PROPOSALS = ("request", "agreement", "consultation", "aid")
NUMBERS = {"number", "count", "tally", "toll", "total"}
PARTITIVE = 200  # code points back to the figure that "17 of them" are of
ENTITY_DEPS = {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "ROOT", "conj", "appos"}


def events(reading: Reading) -> list[Draft]:
    """The drafts of a report, the weightiest first; at most a few a sentence besides those with a figure."""
    figures = _set_apart([d for q in reading.figures if (d := _of_figure(q, reading)) is not None], reading)
    told = {d.head.i for d in figures}
    verbs = [d for t in reading.doc if is_verb(t) and (d := _of_verb(t, told, reading)) is not None]
    contents = [d for a in reading.attributions for d in _of_content(a, [*figures, *verbs], reading)]
    nouns = [
        d
        for t in reading.doc
        if t.pos_ == "NOUN" and (d := _of_noun(t, [*figures, *verbs, *contents], reading)) is not None
    ]
    return chosen([*figures, *verbs, *contents, *nouns], reading)


def event_word(draft: Draft, reading: Reading) -> Token:
    """The word that names the event: the noun where the verb says nothing itself ("there was an attack")."""
    head = draft.head
    if not is_verb(head) or reading.topics.happens(verb_type(head, reading.topics)):
        return head
    return next((n for n in _nouns_about(head) if noun_event(n, reading.topics) == draft.kind), head)


def clause_kind(verb: Token, reading: Reading) -> tuple[str | None, Token]:
    """The type of a clause and the word that has it: the verb, a verb or noun under it, or its subject."""
    known = reading.topics
    own = verb_type(verb, known)
    opens = verb.lemma_.lower() in words("opening_verbs.txt")
    if known.happens(own) and not opens:
        return own, verb
    for child in _open_complements(verb):
        kind, word = clause_kind(child, reading)
        if known.happens(kind):
            return kind, word
    if known.happens(own):
        return own, verb
    nouns = _nouns_about(verb)
    named = [(kind, _bearer(noun, verb)) for noun in nouns if (kind := noun_event(noun, known))]
    says_little = own in {None, FALLBACK}
    things = [noun for noun in nouns if noun.pos_ != "PROPN"]  # "Fire" may be but a part of a name
    weak = [(kind, verb) for noun in things if says_little and known.happens(kind := noun_type(noun, known))]
    return next(iter([*named, *weak]), (own, verb))


def _bearer(noun: Token, verb: Token) -> Token:
    """The word whose certainty is that of the event: the noun under a verb that plans or denies it, else the verb."""
    return noun if noun.dep_ in {"dobj", "nsubjpass"} and changes(verb) else verb


def _open_complements(verb: Token) -> list[Token]:
    """Verbs that a verb opens on to: "tried to leave", "were able to leave"."""
    near = [verb, *(t for t in verb.children if t.dep_ in {"acomp", "oprd"})]
    return [t for word in near for t in word.children if t.dep_ == "xcomp" and is_verb(t)]


def _nouns_about(verb: Token) -> list[Token]:
    """What a verb is about: its object or complement and what that measures, then its subject."""
    near = [t for t in verb.children if t.dep_ in {"dobj", "attr", "nsubjpass", "oprd"}]
    return [*near, *(o for n in near for o in objects_of_measure(n)), *subjects(verb)]


def objects_of_measure(noun: Token) -> list[Token]:
    """What stands behind "of": "a series of bombings", "the number of deaths"."""
    return [p for t in noun.children if t.dep_ == "prep" and t.lower_ == "of" for p in t.children if p.dep_ == "pobj"]


def _of_figure(quantity: Quantity, reading: Reading) -> Draft | None:
    """A figure with the clause that governs it, or with its own phrase where several stand side by side."""
    counted = _counted(quantity, reading)
    if counted is None or is_furniture(counted, reading) or _says_no_more(quantity, reading):
        return None
    if _is_who_speaks(counted, quantity, reading) or _is_scope(counted, reading):
        return None
    verb = _governor(counted, reading)
    kind = _figure_kind(quantity, counted, verb, reading)
    quantity = _with_unit(quantity, kind, counted, reading)
    event = _event_above(counted, verb, kind, reading)
    if event is not None:
        return draft_of(event, phrase(event), kind, quantity, reading, at=quantity.span)
    first, last = _figure_reach(counted, verb, reading)
    return draft_of(verb if verb is not None else counted, (first, last), kind, quantity, reading, at=quantity.span)


def _set_apart(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Figures that stand on the same words: the first keeps them, each other one has its own phrase."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.quantity.span.start if d.quantity else 0):
        kept.append(_own_phrase(draft, reading) if any(_crowd(draft, other) for other in kept) else draft)
    return kept


def _crowd(a: Draft, b: Draft) -> bool:
    """Whether the words of each hold the figure of both."""
    spans = [d.quantity.span for d in (a, b) if d.quantity]
    return all(a.evidence.holds(span) and b.evidence.holds(span) for span in spans)


def _own_phrase(draft: Draft, reading: Reading) -> Draft:
    """A figure's draft on no more words than the phrase of what it counts, where those are fewer."""
    counted = _counted(draft.quantity, reading) if draft.quantity else None
    if counted is None or draft.quantity is None or is_verb(counted):
        return draft
    words_ = phrase(_measured(counted, reading))
    own = draft_of(draft.head, words_, draft.kind, draft.quantity, reading, at=draft.quantity.span)
    return own if own is not None and draft.evidence.holds(own.evidence) else draft


def _event_above(counted: Token, verb: Token | None, kind: str, reading: Reading) -> Token | None:
    """The noun whose event a figure tells of, where its verb tells another ("held over the deaths of two women")."""
    if verb is None or not reading.topics.happens(own := verb_type(verb, reading.topics)):
        return None
    nouns = itertools.takewhile(lambda t: t.i != verb.i, counted.ancestors)
    named = next((t for t in nouns if noun_event(t, reading.topics) == kind and t.dep_ == "pobj"), None)
    return named if class_of(own or "", reading.options) != class_of(kind, reading.options) else None


def _says_no_more(quantity: Quantity, reading: Reading) -> bool:
    """Whether the figure only tells a time, or repeats a measure in brackets ("seven km (4 miles)")."""
    bare = quantity.unit is None and quantity.item_span is None
    goes_on = reading.text[quantity.span.end : quantity.span.end + 3] == " of"
    if bare and not goes_on and reading.text[: quantity.span.start].rstrip()[-1:] == ",":
        return True  # an age behind a name
    timely = any(p.span is not None and p.span.touches(quantity.span) for p in reading.periods)
    timely = timely and not _is_length(quantity, reading.text)
    return timely or reading.text[max(0, quantity.span.start - 1) : quantity.span.start] == "("


def _is_length(quantity: Quantity, text: str) -> bool:
    """Whether the time is told as a measure of its own ("within 15 days", "jailed for two years", "a 90-day stay")."""
    start, end = quantity.span.start, quantity.span.end
    led = figure_sense("length_led").search(text[max(0, start - 40) : start])
    bound = quantity.bound_span is not None and quantity.bound_span.of(text).lower() == "within"
    after = any(figure_sense(form).match(text, end) for form in ("length_compound", "length_after"))
    return bool(led) or bound or after


def _is_who_speaks(counted: Token, quantity: Quantity, reading: Reading) -> bool:
    """Whether the figure only counts those who speak ("two officials familiar with the plan")."""
    speaks = counted.i in reading.source_tokens
    return speaks and (quantity.unit in {"person", None} or counted.head.i in reading.cue_tokens)


def _is_scope(counted: Token, reading: Reading) -> bool:
    """Whether the figure only tells over what the others were summed ("seized 14 rifles in five operations")."""
    prep = counted.head
    if counted.dep_ != "pobj" or prep.lower_ not in SCOPES or not is_verb(prep.head):
        return False
    summed = [t for t in objects(prep.head) if t.dep_ in {"dobj", "nsubjpass"}]
    numbers = reading.figure_tokens
    return any(numbers & set(range(t.left_edge.i, t.i + 1)) for t in summed)


def _with_unit(quantity: Quantity, kind: str, counted: Token, reading: Reading) -> Quantity:
    """A bare number with the unit of what it counts without naming it."""
    if quantity.unit is not None or quantity.item_span is not None:
        return quantity
    usual = reading.topics.counted.get(kind)
    unit = _unit_before(quantity, reading) or _unit_of_number(counted) or (usual == "person" and usual)
    return replace(quantity, unit=unit) if unit else quantity


def _unit_before(quantity: Quantity, reading: Reading) -> str | None:
    """What "17 of them" are of: the unit of the figure told last."""
    if not figure_sense("partitive_after").match(reading.text, quantity.span.end):
        return None
    told = [q for q in reading.figures if q.unit and q.item and 0 < quantity.span.start - q.span.end < PARTITIVE]
    return told[-1].unit if told else None


def _unit_of_number(counted: Token) -> str | None:
    """What the number is of: "put the number of homes at 840", "a crew of 16", "put the crowd at 18,000"."""
    above = [counted.head.head] if counted.dep_ == "pobj" and counted.head.lower_ == "of" else []
    verb = clause_head(counted)
    beside = [] if above else [*subjects(verb), *objects(verb)]
    for noun in (*above, *beside):
        if noun.lemma_.lower() in NUMBERS:
            return next((unit_of(t.text) for t in objects_of_measure(noun)), None)
        if noun.lemma_.lower() in words("gatherings.txt"):
            return "person"
    return None


def _counted(quantity: Quantity, reading: Reading) -> Token | None:
    """The noun that a figure counts."""
    item = root_of(reading.doc, quantity.item_span) if quantity.item_span else None
    if item is not None and item.pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "SYM"}:
        return item
    token = root_of(reading.doc, quantity.span)
    while token is not None and token.dep_ in {"nummod", "compound", "amod", "quantmod", "npadvmod", "nmod"}:
        token = token.head
    return token


def _governor(token: Token, reading: Reading) -> Token | None:
    """The verb that governs a noun or tells what it is for; None where that is what reports, or none."""
    verb = clause_head(token)
    if not is_verb(verb) or verb.i in reading.cue_tokens:
        return None
    above = verb.head
    serves = verb.dep_ in {"xcomp", "advcl"} and reading.topics.is_kind(verb_type(above, reading.topics), ABLE)
    return above if serves and above.i not in reading.cue_tokens else verb


def _listed(token: Token) -> list[Token]:
    """The nouns that stand side by side with a noun, itself included, in the order of the text."""
    first = token
    while first.dep_ in {"conj", "appos"} and not is_verb(first.head):
        first = first.head
    found = [first]
    for noun in found:
        found += [t for t in noun.children if t.dep_ in {"conj", "appos"} and not is_verb(t)]
    return sorted(found, key=lambda t: t.i)


def _figure_reach(counted: Token, verb: Token | None, reading: Reading) -> tuple[int, int]:
    numbers = reading.figure_tokens
    side_by_side = _listed(counted)
    listed = [t for t in side_by_side if t.i == counted.i or numbers & set(range(t.left_edge.i, t.i + 1))]
    if verb is None and len(listed) == 1:
        return phrase(_measured(counted, reading))
    if verb is None or (len(listed) > 1 and counted.i != side_by_side[0].i) or _is_added(counted, verb):
        return phrase(counted)
    if len(listed) > 1:
        start = verb.i if counted.dep_ == "dobj" and verb.i < counted.i else phrase(counted)[0]
        return start, phrase(counted)[1]
    return _tight(counted, verb, numbers, reading)


def _measured(counted: Token, reading: Reading) -> Token:
    """The noun that a figure measures ("a rise of 12 percent"), when nobody speaks or acts in between."""
    above = counted.head.head
    measured = counted.dep_ == "pobj" and counted.head.lower_ in {"of", "in"} and above.pos_ == "NOUN"
    return above if measured and above.i not in reading.cue_tokens | reading.source_tokens else counted


def _is_added(counted: Token, verb: Token) -> bool:
    """Whether the object is the last of a list that the parser took apart ("with shells, missiles, and 200 men")."""
    return counted.dep_ == "dobj" and any(t.dep_ == "cc" and t.i == counted.left_edge.i - 1 for t in verb.children)


def _tight(counted: Token, verb: Token, numbers: frozenset[int], reading: Reading) -> tuple[int, int]:
    """A verb's clause; without its subject where that has a figure or is an event of its own."""
    first, last = clause(verb)
    subject = next((t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or counted.i <= verb.i:
        return min(first, counted.left_edge.i), max(last, counted.i)
    if numbers & set(range(subject.left_edge.i, subject.right_edge.i + 1)) or _does(subject, verb, reading):
        return verb.i, max(last, counted.i)
    return first, max(last, counted.i)


def _does(subject: Token, verb: Token, reading: Reading) -> bool:
    """Whether one event brings about another ("the quake killed six")."""
    return bool(noun_event(subject, reading.topics)) and reading.topics.happens(verb_type(verb, reading.topics))


def _figure_kind(quantity: Quantity, counted: Token, verb: Token | None, reading: Reading) -> str:
    """What a figure counts: told by its unit, its verb, the counted noun, the nouns and verbs above."""
    kinds = list(_figure_kinds(quantity, counted, verb, reading))
    happening = (k for k in kinds if k and reading.topics.happens(k))
    return next(happening, None) or (clause_kind(verb, reading)[0] if verb is not None else None) or FALLBACK


def _figure_kinds(quantity: Quantity, counted: Token, verb: Token | None, reading: Reading) -> Iterator[str | None]:
    known = reading.topics
    unit = known.units.get(quantity.unit or "")
    if unit and quantity.unit not in {"USD", "EUR", "GBP", "percent", "km"}:
        yield unit
    if verb is not None and known.is_kind(own := verb_type(verb, known), "charge"):
        yield own  # "charged with three counts of murder"
    nouns = [counted, *itertools.takewhile(lambda t: verb is None or t.i != verb.i, counted.ancestors)]
    yield from (noun_event(noun, known) for noun in nouns)
    if verb is not None and quantity.item_span is None:
        near = [*subjects(verb), *(t for t in verb.children if t.dep_ == "dobj")]
        yield from (kind for noun in near for kind in _number_kinds(noun, reading))
    if verb is not None:
        yield verb_type_about(verb, counted, known)
        yield from _verb_kinds(verb, reading)
    yield from (verb_type(t, known) for t in counted.children if t.dep_ == "amod" and t.tag_ == "VBN")
    yield from (noun_type(noun, known) for noun in nouns)
    yield unit


def _number_kinds(subject: Token, reading: Reading) -> Iterator[str | None]:
    """What "the number of people killed", "the number of arrests" counts."""
    if subject.lemma_.lower() not in NUMBERS:
        return
    yield from (verb_type(t, reading.topics) for t in subject.children if t.dep_ in {"acl", "relcl"})
    for noun in objects_of_measure(subject):
        yield noun_event(noun, reading.topics)
        yield from (verb_type(t, reading.topics) for t in noun.children if t.dep_ in {"acl", "relcl"})


def _verb_kinds(verb: Token, reading: Reading) -> Iterator[str | None]:
    """The type of a verb's clause, of the verbs beside it, of those it opens from."""
    yield clause_kind(verb, reading)[0]
    for other in verb.conjuncts:
        yield clause_kind(other, reading)[0] if is_verb(other) else None
    while verb.dep_ in {"xcomp", "conj", "acl", "pcomp"} and verb.head.i not in reading.cue_tokens:
        verb = verb.head
        yield clause_kind(verb, reading)[0] if is_verb(verb) else None


def _of_verb(verb: Token, told: set[int], reading: Reading) -> Draft | None:
    """A clause whose verb (or what stands under it) tells of an event, or that is all a speaker says."""
    if verb.i in told or verb.i in reading.cue_tokens or is_furniture(verb, reading) or _is_saying(verb):
        return None
    if _is_told_by_noun(verb, reading) or _is_part(verb, reading) or _is_name(verb):
        return None
    if verb.lemma_.lower() in words("disclosing.txt") and _refuses(verb.head, reading):
        return None
    kind, word = _asked(verb, reading) or _demanded(verb, reading) or clause_kind(verb, reading)
    if verb.dep_ == "relcl" and not reading.topics.happens(verb_type(verb, reading.topics)) and word.i == verb.i:
        return None  # typed by what it says more of ("the patrols, which began in May")
    kind = _blamed(verb, kind, reading)
    first, last = _with_its_noun(verb, clause(verb), reading)
    if not reading.topics.happens(kind) and (last - first < 2 or not _is_main(verb, reading)):
        return None
    return draft_of(word, (first, last), kind or FALLBACK, None, reading, at=Span(verb.idx, verb.idx + 1))


def _with_its_noun(verb: Token, tokens: tuple[int, int], reading: Reading) -> tuple[int, int]:
    """A short relative clause with the noun that it belongs to ("the bargeman, who fled in May")."""
    first, last = tokens
    noun = verb.head
    start = next((t.i for t in noun.subtree if t.i <= noun.i and t.dep_ in BEFORE_NOUN), noun.i)
    spoken = {noun.i, start} & (reading.cue_tokens | reading.source_tokens)
    near = verb.dep_ == "relcl" and not spoken and 0 < first - noun.i <= 2
    short = span_of(reading.doc, first, last)
    return (start, last) if near and short.end - short.start < SHORT else tokens


def _blamed(verb: Token, kind: str | None, reading: Reading) -> str | None:
    """Blame for a deed is of the deed's type; blame for less ("accused it of ignoring warnings") an accusation."""
    cue = reading.cue_type(reading.innermost(verb.idx))
    governed = verb.dep_ in {"pcomp", "xcomp"} and any(t.i in reading.cue_tokens for t in verb.ancestors)
    deed = class_of(kind or FALLBACK, reading.options) in DEEDS
    return cue if governed and cue == "accusation" and not deed else kind


def _is_part(verb: Token, reading: Reading) -> bool:
    """Whether the verb belongs to a noun or to the verb that governs it."""
    above = verb.head.head if verb.head.dep_ in {"acomp", "oprd"} else verb.head
    governed = verb.dep_ == "xcomp" and is_verb(above) and above.i not in reading.cue_tokens
    return governed or verb.dep_ == "amod"


def _is_name(verb: Token) -> bool:
    """Whether it is a word of a name in capitals amid small letters ("the film Catching Fire")."""
    if verb.is_sent_start or not verb.text.istitle() or verb.i == 0 or verb.i + 1 == len(verb.doc):
        return False
    return ((verb.nbor(-1).is_alpha and verb.nbor(-1).is_lower) or verb.nbor(-1).text == ",") and verb.nbor(1).is_title


def _refuses(word: Token, reading: Reading) -> bool:
    return word.i in reading.cue_tokens and word.lemma_.lower() in {"decline", "refuse"}


def _is_told_by_noun(verb: Token, reading: Reading) -> bool:
    """Whether the clause only says more of an event noun ("the strike that killed the general")."""
    return verb.dep_ == "relcl" and noun_event(verb.head, reading.topics) is not None and verb.head in subjects(verb)


def _asked(verb: Token, reading: Reading) -> tuple[str | None, Token] | None:
    """What a speaker says that somebody must or should do is asked of them."""
    modals = [t for t in verb.children if t.dep_ == "aux" and t.tag_ == "MD"]
    if not modals or reading.innermost(verb.idx) is None or any(t.lower_ == "have" for t in verb.children):
        return None
    kind = verb_type(modals[0], reading.topics)
    return (kind, verb) if kind else None


def _demanded(verb: Token, reading: Reading) -> tuple[str | None, Token] | None:
    """What is demanded or asked for, when the verb heads what the cue governs."""
    cue = reading.cue_type(reading.innermost(verb.idx))
    asked = any(t.dep_ == "mark" and t.lower_ in {"whether", "if"} for t in verb.children)
    governed = verb.dep_ in {"ccomp", "xcomp"} and verb.head.i in reading.cue_tokens and not asked
    return (cue, verb) if governed and cue == DEMAND else None


def _is_main(verb: Token, reading: Reading) -> bool:
    """Whether the verb carries a whole sentence or the whole of what somebody says."""
    if verb.lemma_.lower() in signatures():
        return False
    if verb.dep_ == "ROOT" or _stands_alone(verb):
        return True
    return verb.dep_ in {"ccomp", "conj"} and any(t.i in reading.cue_tokens for t in verb.ancestors)


def _stands_alone(verb: Token) -> bool:
    """Whether it is a sentence of its own beside the main one ("Lund scored 20 points and the Hawks beat Ostia")."""
    return verb.dep_ == "conj" and verb.head.dep_ == "ROOT" and any(t.dep_ in SUBJECTS for t in verb.lefts)


def _is_saying(verb: Token) -> bool:
    return any(t.dep_ == "ccomp" for t in verb.children) and verb.lemma_.lower() in signatures()


def _of_content(attribution: Attribution, drafts: list[Draft], reading: Reading) -> Iterator[Draft]:
    """What is said in a phrase without a clause of its own ("blamed Iran for the attacks")."""
    for content in attribution.content:
        if any(_carries(d, content) for d in drafts) or any(content.touches(s) for s in reading.furniture):
            continue
        root = _main_word(content, reading)
        if root is None or (inner := reading.innermost(root.idx)) is None or inner.id != attribution.id:
            continue
        if root.i in reading.cue_tokens or _is_silence(root, attribution, reading):
            continue
        first, last = tokens_of(reading.doc, content)[0].i, tokens_of(reading.doc, content)[-1].i
        if last - first < 1:
            continue
        kinds = _content_kinds(root, attribution, reading)
        kind = next((k for k in kinds if k and reading.topics.happens(k)), FALLBACK)
        if kind == FALLBACK and not is_verb(root):
            continue
        factor = 0.8 if last - first > 1 else 0.4
        draft = draft_of(root, (first, last), kind, None, reading, at=Span(root.idx, root.idx + 1), factor=factor)
        if draft is not None:
            yield draft


def _main_word(content: Span, reading: Reading) -> Token | None:
    """The word that heads most of the content: a noun, verb or adjective whose head lies outside."""
    tokens = tokens_of(reading.doc, content)
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if t.pos_ in CONTENTFUL and (t.head.i not in inside or t.head.i == t.i)]
    return max(roots, key=lambda t: t.right_edge.i - t.left_edge.i, default=None)


def _is_proposal(noun: Token, reading: Reading) -> bool:
    """Whether it can be turned down (a plan, a call, a deal), rather than be untrue."""
    kind = noun_type(noun, reading.topics)
    return any(reading.topics.is_kind(kind, wanted) for wanted in PROPOSALS)


def _carries(draft: Draft, content: Span) -> bool:
    """Whether a draft tells most of the content, or its main clause."""
    common = min(draft.evidence.end, content.end) - max(draft.evidence.start, content.start)
    main = is_verb(draft.head) and draft.head.dep_ in MAIN and common > 0 and _has(draft.evidence, draft.head)
    return 2 * common > content.end - content.start or main


def _has(span: Span, token: Token) -> bool:
    return span.start <= token.idx < span.end


def _is_silence(word: Token, attribution: Attribution, reading: Reading) -> bool:
    """Whether somebody only declines to speak ("to comment", "declined to give details")."""
    cue = {t.lemma_.lower() for t in tokens_of(reading.doc, attribution.cue)} if attribution.cue else set()
    declined = bool(cue & {"decline", "refuse"}) and bool({*cue, word.lemma_.lower()} & words("disclosing.txt"))
    return (declined or word.lemma_.lower() in SILENCE) and not any(t.dep_ == "ccomp" for t in word.children)


def _content_kinds(root: Token, attribution: Attribution, reading: Reading) -> Iterator[str | None]:
    cue = reading.cue_type(attribution)
    if cue in NAMED_BY_CUE and root.pos_ != "VERB":
        yield cue
    if cue == "rejection" and reading.signature(attribution) == "deny" and _is_proposal(root, reading):
        yield cue
    yield noun_type(root, reading.topics) if root.pos_ == "NOUN" else verb_type(root, reading.topics)
    yield from (noun_event(t, reading.topics) for t in _under(root))
    yield cue


def _under(noun: Token) -> Iterator[Token]:
    """The nouns that a noun is made of ("the payment of compensation"), no clauses."""
    for child in noun.children:
        if is_verb(noun) and child.dep_ == "prep" and child.lower_ in TIMELY:
            continue
        if child.dep_ in {"prep", "pobj", "compound", "conj", "dobj", "poss", "nmod"}:
            yield child
            yield from _under(child)


def _of_noun(noun: Token, drafts: list[Draft], reading: Reading) -> Draft | None:
    """An event told by a noun with what belongs to it ("the ratification of the pact", "an attack on the port")."""
    kind = noun_event(noun, reading.topics)
    if kind is None or noun.dep_ not in ENTITY_DEPS or is_furniture(noun, reading):
        return None
    if noun.i in reading.cue_tokens | reading.source_tokens or not _has_detail(noun):
        return None
    told = {d.head.i for d in drafts if d.quantity}
    clauses = [t for t in noun.rights if t.dep_ == "relcl" and told & {x.i for x in t.subtree}]
    first, last = phrase(noun)
    last = min([last, *(t.left_edge.i - 1 for t in clauses)])
    draft = draft_of(
        noun, (first, last), kind, None, reading, at=Span(noun.idx, noun.idx + 1), factor=_noun_factor(noun)
    )
    return None if draft is None or any(alike(draft, d) for d in drafts) else draft


def _noun_factor(noun: Token) -> float:
    return 0.75 if any(t.dep_ in {"relcl", "acl"} for t in noun.rights) else 0.45


def _has_detail(noun: Token) -> bool:
    return any(t.dep_ in {"prep", "acl", "relcl"} for t in noun.rights)

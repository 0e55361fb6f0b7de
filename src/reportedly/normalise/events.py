"""Events: the clauses and phrases of a report that tell of something, each with its type and its evidence."""

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.model import Attribution, Span
from reportedly.normalise.choice import Draft, alike, chosen
from reportedly.normalise.clause_kinds import clause_kind, nouns_about
from reportedly.normalise.clauses import (
    clause,
    is_verb,
    phrase,
    span_of,
    tokens_of,
)
from reportedly.normalise.evidence import draft_of, is_furniture
from reportedly.normalise.reading import Reading, signatures
from reportedly.normalise.tallies import tallies
from reportedly.normalise.topics import (
    FALLBACK,
    SUBJECTS,
    class_of,
    noun_event,
    noun_type,
    subjects,
    verb_type,
)

NAMED_BY_CUE = {"accusation", "charge", "demand"}
DEEDS = {"ASSAULT", "HARM", "DAMAGE", "COERCE", "TRANSFER", "PRODUCE", "TEST", "MOBILIZE", "AID"}
MAIN = {"ROOT", "ccomp", "conj", "xcomp", "pcomp", "parataxis"}
BEFORE_NOUN = {"det", "amod", "compound", "nummod", "poss"}
SHORT = 32  # code points; a relative clause below that says too little by itself
SILENCE = {"comment", "elaborate", "respond", "reply", "answer"}
TIMELY = {"during", "after", "before", "since", "until", "amid", "despite", "ahead", "following", "in"}
CONTENTFUL = {"NOUN", "PROPN", "VERB", "AUX", "ADJ"}
DEMAND = "demand"
PROPOSALS = ("request", "agreement", "consultation", "aid")
ENTITY_DEPS = {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "ROOT", "conj", "appos"}


def events(reading: Reading) -> list[Draft]:
    """The drafts of a report, the weightiest first; at most a few a sentence besides those with a figure."""
    figures = tallies(reading)
    told = {d.head.i for d in figures}
    verbs = [d for t in reading.doc if is_verb(t) and (d := _of_verb(t, told, reading)) is not None]
    contents = [
        _before_figures(d, figures, reading)
        for a in reading.attributions
        for d in _of_content(a, [*figures, *verbs], reading)
    ]
    nouns = [
        d
        for t in reading.doc
        if t.pos_ == "NOUN" and (d := _of_noun(t, [*figures, *verbs, *contents], reading)) is not None
    ]
    return chosen([*figures, *verbs, *contents, *nouns], reading)


def _before_figures(draft: Draft, figures: list[Draft], reading: Reading) -> Draft:
    """A draft without what of its list is counted by itself ("sent shells, and over 90 guards": the shells)."""
    inside = [d.evidence.start for d in figures if d.head == draft.head and draft.evidence.holds(d.evidence)]
    start = min((at for at in inside if at > draft.head.idx), default=None)
    if start is None:
        return draft
    tokens = tokens_of(reading.doc, Span(draft.evidence.start, start))
    while tokens[-1].dep_ == "cc" or tokens[-1].is_punct:
        tokens.pop()
    if tokens[-1].i <= draft.head.i:
        return draft
    return draft._replace(evidence=Span(draft.evidence.start, tokens[-1].idx + len(tokens[-1])))


def event_word(draft: Draft, reading: Reading) -> Token:
    """The word that names the event: the noun where the verb says nothing itself ("there was an attack")."""
    head = draft.head
    if not is_verb(head) or reading.topics.happens(verb_type(head, reading.topics)):
        return head
    return next((n for n in nouns_about(head) if noun_event(n, reading.topics) == draft.kind), head)


def _of_verb(verb: Token, told: set[int], reading: Reading) -> Draft | None:
    """A clause whose verb (or what stands under it) tells of an event, or that is all a speaker says."""
    if verb.i in told or verb.i in reading.cue_tokens or is_furniture(verb, reading) or _is_saying(verb):
        return None
    if _is_told_by_noun(verb, reading) or _is_part(verb, reading) or _is_name(verb):
        return None
    if verb.lemma_.lower() in words("disclosing.txt") and _refuses(verb.head, reading):
        return None
    kind, word = _asked(verb, reading) or _demanded(verb, reading) or clause_kind(verb, reading)
    if word == verb and _says_more(verb, reading):
        return None
    kind = _blamed(verb, kind, reading)
    first, last = _with_its_noun(verb, clause(verb), reading)
    if kind == DEMAND:
        first = _with_who_is_asked(verb, first, reading)
    if not reading.topics.happens(kind) and (last - first < 2 or not _is_main(verb, reading)):
        return None
    return draft_of(word, (first, last), kind or FALLBACK, None, reading, at=Span(verb.idx, verb.idx + 1))


def _says_more(verb: Token, reading: Reading) -> bool:
    """Whether a clause is typed by the noun it says more of ("patrols, which began", not "where a blast occurred")."""
    own = any(t.lower_ in {"where", "when"} for t in verb.lefts)
    return verb.dep_ == "relcl" and not own and not reading.topics.happens(verb_type(verb, reading.topics))


def _with_its_noun(verb: Token, tokens: tuple[int, int], reading: Reading) -> tuple[int, int]:
    """A short relative clause with the noun that it belongs to ("the bargeman, who fled in May")."""
    first, last = tokens
    noun = verb.head
    start = next((t.i for t in noun.subtree if t.i <= noun.i and t.dep_ in BEFORE_NOUN), noun.i)
    spoken = {noun.i, start} & (reading.cue_tokens | reading.source_tokens)
    near = verb.dep_ == "relcl" and not spoken and 0 < first - noun.i <= 2
    short = span_of(reading.doc, first, last)
    return (start, last) if near and short.end - short.start < SHORT else tokens


def _with_who_is_asked(verb: Token, first: int, reading: Reading) -> int:
    """Where a demand's words begin: with whom it is put to ("the states to respect the ban"), if anybody is named."""
    asked = [t for t in verb.head.children if t.dep_ in {"dobj", "dative"}]
    asked += [p for t in verb.head.children if t.dep_ == "prep" for p in t.children if p.dep_ == "pobj"]
    return min([first, *(t.left_edge.i for t in asked if verb.head.i < t.left_edge.i < first)])


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
    cue = None if _is_sorrow(attribution, reading) else reading.cue_type(attribution)
    if cue in NAMED_BY_CUE and root.pos_ != "VERB":
        yield cue
    if cue == "rejection" and reading.signature(attribution) == "deny" and _is_proposal(root, reading):
        yield cue
    yield noun_type(root, reading.topics) if root.pos_ == "NOUN" else verb_type(root, reading.topics)
    yield from (noun_event(t, reading.topics) for t in _under(root))
    yield cue


def _is_sorrow(attribution: Attribution, reading: Reading) -> bool:
    """Whether the cue tells of sorrow or worry ("regrets the mistake", "voiced concern at the ties")."""
    cue = {t.lemma_.lower() for t in tokens_of(reading.doc, attribution.cue)} if attribution.cue else set()
    return bool(cue & words("sorrow.txt"))


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

"""What is said, made comparable: claims with event, actors, figure, time, place and certainty."""

from spacy.tokens import Token

from reportedly.model import Claim, Options, Segmented, Span, identify
from reportedly.normalise.actors import actors, item
from reportedly.normalise.ages import ages
from reportedly.normalise.choice import Draft
from reportedly.normalise.clauses import tokens_of
from reportedly.normalise.dating import Dating
from reportedly.normalise.events import event_word, events
from reportedly.normalise.factuality import Judged, is_hearsay, judge, judged_under, opened
from reportedly.normalise.framing import framing
from reportedly.normalise.periods import periods
from reportedly.normalise.places import place_of_event, places
from reportedly.normalise.quantities import quantities
from reportedly.normalise.reading import Found, Reading, Said
from reportedly.normalise.topics import class_of, tells_a_denial, verb_type

MADE_BY = "events 1"
ABLE = {"can", "is", "are", "be"}  # "the rocket can reach ...", "the drones are to patrol ..."
DUTY = {"must", "should", "ought"}


def normalise(segmented: Segmented, resolved: Said, options: Options) -> tuple[Claim, ...]:
    """The important claims of a report, the weightiest first; evidence never leaves what the innermost speaker says."""
    found = Found(quantities(segmented, options), periods(segmented, options), places(segmented, options))
    reading = Reading(segmented, resolved, found, options)
    dating = Dating(reading)
    seen: dict[Span, int] = {}
    claims = []
    for draft in sorted([*events(reading), *ages(reading)], key=lambda d: -d.weight):
        number = seen.get(draft.evidence, 0)
        seen[draft.evidence] = number + 1
        claims.append(_claim(draft, number, reading, dating))
    return tuple(claims)


def _claim(draft: Draft, number: int, reading: Reading, dating: Dating) -> Claim:
    judged = _judged(draft, reading)
    report = reading.report
    word = event_word(draft, reading)
    return Claim(
        id=identify("claim", report.id, draft.evidence.start, draft.evidence.end, number),
        report=report.id,
        evidence=draft.evidence,
        event=draft.kind,
        attribution=draft.attribution.id if draft.attribution else None,
        head=Span(word.idx, word.idx + len(word.text)),
        actors=actors(draft, reading),
        item=item(draft, reading),
        quantity=draft.quantity,
        period=dating.period(draft, judged.label),
        said=dating.said(draft),
        place=place_of_event(reading.segmented, draft.evidence, reading.places),
        factuality=judged.label,
        hedge=judged.hedge,
        framing=framing(draft.attribution, reading),
        weight=round(draft.weight, 4),
        made_by=MADE_BY,
    )


def _judged(draft: Draft, reading: Reading) -> Judged:
    if draft.quantity is not None and draft.quantity.high == 0:
        return Judged("asserted", None, 2.0)
    inner = judge(draft.head, draft.scope)
    if (asked := _asking(draft, inner, reading)) is not None:
        return asked
    if inner.label == "asserted" and class_of(draft.kind, reading.options) not in {"REQUEST", "THREATEN"}:
        inner = opened(draft.head) or inner
    duty = inner.hedge is not None and inner.hedge.of(reading.text).lower() in DUTY
    if duty and inner.label == "planned" and not _is_demand(draft, reading):
        return Judged("asserted", None, 0.5)
    able = inner.hedge is not None and inner.hedge.of(reading.text).lower() in ABLE
    if able and inner.label != "denied" and class_of(draft.kind, reading.options) == "CAPABILITY":
        return Judged("asserted", None, 2.0)
    if inner.label == "asserted" and _is_looming(draft, reading):
        return Judged("planned" if draft.kind == "threat" else "possible", draft_head_span(draft), 0.2)
    cue = draft.attribution.cue if draft.attribution else None
    if draft.kind == "rejection" and inner.hedge is not None and inner.hedge.of(reading.text).lower() == "no":
        return Judged("asserted", None, 2.6)  # "there is no proof that ...": the denial is the claim
    if inner.label == "denied" and tells_a_denial(draft.head, reading.topics):
        return Judged("asserted", inner.hedge, 2.6)
    own = verb_type(draft.head, reading.topics) == "rejection"
    if draft.kind == "rejection" and not own and reading.cue_type(draft.attribution) == "rejection":
        return inner
    word = reading.cue_head(draft.attribution)
    lemma = word.lemma_.lower() if word is not None else ""
    signature = "probable" if is_hearsay(word) else reading.signature(draft.attribution)
    if signature == "deny" and _is_taken_for_granted(draft.head):
        return inner
    return judged_under(inner, signature, cue, lemma)


def _asking(draft: Draft, inner: Judged, reading: Reading) -> Judged | None:
    """How sure it is that something was asked for, which is the claim then; what was asked for may never come."""
    if draft.kind == "obligation":
        return inner._replace(label="asserted") if inner.label in {"planned", "denied"} else None
    cue = reading.cue_head(draft.attribution)
    if draft.kind != "demand" or cue is None or reading.cue_type(draft.attribution) != "demand":
        return None
    if _is_question(draft, reading):
        return None
    outer = reading.innermost(cue.idx)
    scope = next((c for c in outer.content if c.start <= cue.idx < c.end), None) if outer else None
    return judge(cue, scope)


def _is_question(draft: Draft, reading: Reading) -> bool:
    """Whether it is a question that was asked ("asked whether the dam would hold")."""
    first = tokens_of(reading.doc, draft.evidence)[0]
    return first.tag_.startswith("W") or first.lower_ in {"whether", "if"}


def _is_taken_for_granted(verb: Token) -> bool:
    """Whether a clause only tells which one is meant ("denied any link with the lorry seized in May")."""
    done = verb.dep_ == "acl" and verb.tag_ == "VBN"
    return (done or verb.dep_ == "relcl") and verb.head.pos_ in {"NOUN", "PROPN"}


def _is_looming(draft: Draft, reading: Reading) -> bool:
    """Whether it is threatened, or a sentence that somebody faces."""
    lemma = draft.head.lemma_.lower()
    punished = class_of(draft.kind, reading.options) in {"COERCE", "SANCTION"} and lemma == "face"
    return punished or (draft.kind == "threat" and lemma == "threaten")


def draft_head_span(draft: Draft) -> Span:
    """Where the event's word stands."""
    return Span(draft.head.idx, draft.head.idx + len(draft.head.text))


def _is_demand(draft: Draft, reading: Reading) -> bool:
    """Whether a speaker says what somebody must or should do; a law, a report or an onlooker states a duty."""
    source = reading.speaker(draft.attribution)
    return source is not None and source.kind not in {"document", "analyst"} and draft.head.lemma_ != "be"

"""Which of the clauses that tell of something become claims: the weightiest, none twice, a few a sentence."""

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Token

from reportedly.model import Attribution, Quantity, Span
from reportedly.normalise.clauses import clause_head, is_verb, tokens_of
from reportedly.normalise.factuality import judge
from reportedly.normalise.reading import Reading
from reportedly.normalise.topics import FALLBACK, class_of

CLASS_WEIGHT = {
    "HARM": 1.0, "ASSAULT": 0.95, "DISASTER": 0.95, "TRANSFER": 0.9, "COERCE": 0.9, "DAMAGE": 0.9, "TEST": 0.9,
    "AGREE": 0.85, "MOBILIZE": 0.85, "PRODUCE": 0.85, "RETREAT": 0.8, "SANCTION": 0.85, "ELECTION": 0.85, "AID": 0.8,
    "PROTEST": 0.8, "VISIT": 0.75, "THREATEN": 0.75, "REJECT": 0.7, "ACCUSE": 0.75, "BUSINESS": 0.75, "CONSULT": 0.7,
    "REQUEST": 0.7, "COOPERATE": 0.7, "SUPPORT": 0.65, "CAPABILITY": 0.65, "STATUS": 0.35,
}  # fmt: skip
FIGURE_BONUS = 0.6
STATE_BONUS = 0.4
PER_SENTENCE = 3
PLAIN = {FALLBACK, "condition"}
USUAL = {"often", "usually", "always", "sometimes", "regularly", "frequently", "typically", "generally"}
SCRAP = {"DET", "PRON", "PUNCT", "AUX", "PART", "SCONJ", "CCONJ", "ADP"}


class Draft(NamedTuple):
    """A claim in the making: its event's word, the words that carry it, its type."""

    head: Token
    evidence: Span
    kind: str
    quantity: Quantity | None
    attribution: Attribution | None
    scope: Span | None
    weight: float


def chosen(drafts: Iterable[Draft], reading: Reading) -> list[Draft]:
    """The weightiest first, doubles and scraps left out, a few a sentence."""
    kept: list[Draft] = []
    counts: dict[int, int] = {}
    whole = [d for d in drafts if not _is_scrap(d, reading)]
    for draft in sorted(whole, key=lambda d: (-d.weight, d.evidence.start, d.evidence.end)):
        number = reading.sentence_number(draft.head.idx)
        full = draft.quantity is None and counts.get(number, 0) >= PER_SENTENCE
        if full or any(alike(draft, other) for other in kept):
            continue
        counts[number] = counts.get(number, 0) + (draft.quantity is None)
        kept.append(draft)
    return [d for d in kept if not _is_told(d, kept, reading)]


def weight_of(kind: str, head: Token, quantity: Quantity | None, reading: Reading) -> float:
    """How much a claim matters: its class, a figure, how early it stands."""
    bonus = FIGURE_BONUS if reading.topics.happens(kind) else STATE_BONUS
    base = CLASS_WEIGHT.get(class_of(kind, reading.options), 0.4) + (bonus if quantity else 0.0)
    return base / (1 + 0.03 * reading.sentence_number(head.idx))


def alike(a: Draft, b: Draft) -> bool:
    """Whether two drafts without different figures stand on the same words."""
    if a.quantity and b.quantity:
        return a.quantity.span == b.quantity.span
    common = min(a.evidence.end, b.evidence.end) - max(a.evidence.start, b.evidence.start)
    total = a.evidence.end - a.evidence.start + b.evidence.end - b.evidence.start
    return 2 * common > 0.7 * total and not _apart(a, b)


def _apart(a: Draft, b: Draft) -> bool:
    """Whether one tells by its own verb what the other only says of a noun ("seized a tanker loaded with oil")."""
    shorter, longer = sorted((a, b), key=lambda d: d.evidence.end - d.evidence.start)
    participle = is_verb(shorter.head) and shorter.head.dep_ == "acl" and is_verb(longer.head)
    return participle and a.kind != b.kind and not _holds(shorter.evidence, longer.head)


def _is_told(draft: Draft, kept: list[Draft], reading: Reading) -> bool:
    """Whether another draft of the same speaker and class tells it with a figure, or by the verb above its noun."""
    if draft.quantity is not None:
        return False
    wanted = class_of(draft.kind, reading.options)
    others = [d for d in kept if d is not draft and d.attribution == draft.attribution]
    return any(_tells(d, draft) for d in others if class_of(d.kind, reading.options) == wanted)


def _tells(other: Draft, draft: Draft) -> bool:
    if other.quantity is not None:
        same = other.head.i == draft.head.i and _holds(other.evidence, other.head)
        return same or other.evidence.holds(draft.evidence)
    if draft.evidence.holds(other.evidence):
        return False
    if is_verb(draft.head):
        return not is_verb(other.head) and other.evidence.holds(draft.evidence)
    return clause_head(draft.head).i == other.head.i


def _holds(span: Span, token: Token) -> bool:
    return span.start <= token.idx < span.end


def _is_scrap(draft: Draft, reading: Reading) -> bool:
    """Whether it says too little to be a claim: one bare word, a relative clause of habit, a mere purpose."""
    if draft.quantity is not None:
        return False
    words = [t for t in tokens_of(reading.doc, draft.evidence) if t.pos_ not in SCRAP]
    acts = any(t.dep_ in {"nsubj", "nsubjpass"} for t in draft.head.children)
    if len(words) < 2 and not acts and (draft.attribution is None or is_verb(draft.head)):
        return True
    return is_verb(draft.head) and (_is_habit(draft.head) or _is_purpose(draft) or _is_scenery(draft, words))


def _is_scenery(draft: Draft, words: list[Token]) -> bool:
    """The outlet's own account of how things stood or went on, without a number, rank or denial in it."""
    if draft.attribution is not None or draft.kind not in PLAIN:
        return False
    ranked = any(t.like_num or t.tag_ in {"JJS", "RBS"} for t in words)
    return not ranked and judge(draft.head, draft.scope).label == "asserted"


def _is_habit(verb: Token) -> bool:
    """A relative clause in the plain present ("which follows deliveries by air") describes, it does not report."""
    if any(t.lower_ in USUAL for t in verb.lefts) and verb.tag_ in {"VBZ", "VBP"}:
        return True
    helpers = [t for t in verb.children if t.dep_ in {"aux", "auxpass"}]
    return verb.dep_ == "relcl" and verb.tag_ in {"VBZ", "VBP"} and not helpers


def _is_purpose(draft: Draft) -> bool:
    """What something is done or made for ("to patrol the gulf"), when nobody plans it in so many words."""
    verb = draft.head
    infinitive = any(t.tag_ == "TO" and t.dep_ == "aux" for t in verb.children)
    return infinitive and verb.dep_ in {"advcl", "acl", "relcl"} and judge(verb, draft.scope).label == "asserted"

"""Where two claims cannot both be so: figures, polarity, actors, opposite events, days; and which is only an update."""

import datetime
import math
import re
from functools import lru_cache

from reportedly import lexicon
from reportedly.link.claims import GAP, SOON, Likeness, Told, measured, numbers, one_unit, parts
from reportedly.link.concepts import concept, senses
from reportedly.link.counts import one_share, over_whole
from reportedly.link.exclusive import excluded
from reportedly.link.kinds import none_and_some, of_two_kinds
from reportedly.link.names import overlap, stem, weight, words
from reportedly.link.opposites import ONCE, OPEN, TELLING, opposed, opposite
from reportedly.link.told import BLAME, DENYING
from reportedly.model import Link
from reportedly.normalise.ages import KIND as AGE

ALIKE = 0.75
"""From this likeness on two say the very same, but for a day or an actor."""
FRAME = 0.0
"""From these log odds on, figure and polarity left out, two claims speak of one event and one count."""
LOOSE = 0.34
"""The part of its words that what denies must share with what it denies, beside class, place and day."""
THING = 0.5
"""The part of the words of the shorter of two claims that the other shares, for both to count one thing."""
COMMON = frozenset({"person", "percent", "USD", "EUR", "GBP", "month", "year", "count", "magnitude"})
"""Units in which so much is counted, as in those of length, weight and time, that one figure in each of two reports
need not be one count."""
WON = re.compile(r"\b(?:(?:re-?)?elected|won|winners?|winning|wins|victory|victorious)\b", re.IGNORECASE)
"""Words for what only one can be in a contest."""
FAR = 1.5
"""Times by which a source's later "more than" must exceed its earlier one to have replaced it."""
ALIKE_THING = 0.45
"""The part of the words that two must share, beside a wording or an actor that is alike, to be denial and denied."""
ONE_WORD = 0.55
"""The same, where they share but a word."""
NO = re.compile(r"\b(?:no|not|nobody|none|never|neither|nor|nothing|without|no-one|cannot)\b|n[’']t\b", re.IGNORECASE)
"""Words that say no."""
PREDICATE = 2
"""Telling words after a "not" of which one is what is denied."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
TO_COME = re.compile(r"\b(?:will|would|won|shall|going to|plans?|intends?|never)\b", re.IGNORECASE)
"""Words of what is to come."""
PASSING = re.compile(
    r"\b(?:until|till|yet|immediately|unable|not able|could(?: not|n.t)(?! have| possibly| be true))\b"
)
"""Words of what was not so, or could not be done, for a time: it may be so later."""
DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:MONTH)|(?:MONTH) \d{1,2})\b".replace(
        "MONTH", "January|February|March|April|May|June|July|August|September|October|November|December"
    )
)
"""A day of a month."""
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)")
"""What two sentences of one story call a day: of one such name they mean one day."""
SOME_DAY = re.compile(r"\b(?:today|yesterday|tonight|tomorrow|last|next|this)\b", re.IGNORECASE)
"""Words whose day hangs on that of the report: in two copies of one sentence they mean one day."""
NAMED = re.compile(r"[A-Z][\w’'-]+")
"""A word of a name."""


def conflict(a: Told, b: Told, likeness: Likeness, one_source: bool) -> Link | None:
    """An apart-link: a conflict or an update, with the field and both passages."""
    field = _field(a, b, likeness, one_source)
    if field is None:
        return None
    reason = "update" if field == "quantity" and updates(a, b, one_source) else "conflict"
    return Link(kind="claim", stance="apart", a=a.claim.id, b=b.claim.id, strength=1.0, reason=reason, field=field,
                text=f"{a.evidence} / {b.evidence}", a_spans=(a.claim.evidence,), b_spans=(b.claim.evidence,),
                made_by="link")  # fmt: skip


def possible(likeness: Likeness) -> bool:
    """A quick look: whether the two may disagree at all."""
    placed = likeness.place >= 0 or likeness.event > 0
    return likeness.scope >= 0 and placed and (likeness.period >= 0 or likeness.gap >= GAP or likeness.figure < 0)


def _field(a: Told, b: Told, likeness: Likeness, one_source: bool) -> str | None:
    """The field in which the two disagree; None where they do not, or speak of another event or scope."""
    one_report = a.claim.report == b.claim.report
    one_source = one_source or (one_report and a.claim.attribution is None and b.claim.attribution is None)
    if likeness.scope < 0 or (one_report and one_source) or _of_two_persons(a, b):
        return None
    ruled_out = _ruled_out(a, b, likeness)
    if likeness.place < 0 or ruled_out:
        return ruled_out
    if _one_measure(a, b, likeness):
        return "quantity"
    if likeness.period < 0:
        return "time" if _two_days(a, b, likeness) else None
    if likeness.polarity < 0:
        repeated = one_source and likeness.figure > 0
        return "factuality" if _denies(a, b, likeness) and not repeated else None
    if _two_hours(a, b, likeness):
        return "time"
    if _said_both(a, b):
        return None
    if _one_count(a, b, likeness, one_report) and (likeness.figure < 0 or _outgrown(a, b, likeness, one_source)):
        return "quantity"
    if none_and_some(a, b, likeness) or _more_than_all(a, b, likeness) or _part_over_whole(a, b, likeness):
        return "quantity"
    if opposite(a, b, likeness, _side_by_side(a, b)) or excluded(a, b, likeness):
        return "event"
    if _other_winner(a, b, likeness):
        return "actor"
    return "actor" if _other_author(a, b, likeness) else None


def _of_two_persons(a: Told, b: Told) -> bool:
    """Whether two people are meant: other ages beside what befell them; or one tells an age, and the two do not both
    name the same person ("a 9-year-old boy" may be any)."""
    if a.ages and b.ages and not a.ages & b.ages and a.claim.event != AGE:
        return True
    if AGE not in (a.claim.event, b.claim.event):
        return False
    names = [set(NAMED.findall(each.evidence)) for each in (a, b)]
    fewer, more = sorted(names, key=len)
    return a.claim.event != b.claim.event or not fewer or not fewer <= more


def _two_days(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two sentences that both name a time give the very same two days."""
    if likeness.gap < GAP or likeness.polarity < 0 or not (a.timed and b.timed):
        return False
    if _two_dates(a, b, likeness):
        return True
    weekday = {each for each in a.when & b.when if WEEKDAY.fullmatch(each)}
    copied = a.evidence == b.evidence and SOME_DAY.search(a.evidence)
    return not weekday and not copied and _one_sentence(a, b, likeness)


def _two_dates(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two give two calendar dates of one deed of which a story mostly has one, in one place or by one actor."""
    if not (DATE.search(a.evidence) and DATE.search(b.evidence)) or a.family not in ONCE:
        return False
    known = likeness.place > 0 or likeness.agents > 0
    placed = known and min(likeness.agents, likeness.event, likeness.figure, likeness.fate) >= 0
    things = [told.things - {concept(each) for each in told.when} for told in (a, b)]
    telling = math.fsum(map(weight, things[0] & things[1])) >= TELLING
    return placed and telling and likeness.event > 0 and overlap(*things) >= ALIKE


def _one_measure(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two give two lengths, weights or times of what one person or thing did ("fell 60 metres")."""
    one, other = a.claim.quantity, b.claim.quantity
    if one is None or other is None or not one.unit or not measured(one.unit) or not one_unit(one, other):
        return False
    if likeness.figure >= 0 or likeness.gap >= GAP or likeness.event <= 0 or min(likeness.agents, likeness.fate) < 0:
        return False
    whose = bool(a.ages & b.ages) or likeness.agents > 0 or bool(a.patients & b.patients)
    one_deed = bool(a.counted.head) and a.counted.head == b.counted.head
    return one_deed and whose and not of_two_kinds(a, b) and not _said_both(a, b)


def _ruled_out(a: Told, b: Told, likeness: Likeness) -> str | None:
    """The field in which one sentence rules out what the other says ("off Harn, not off Sund"), of one happening."""
    if min(likeness.event, likeness.polarity) <= 0 or min(likeness.period, likeness.fate) < 0:
        return None
    if not _shared_things(a, b):
        return None
    for field, one, other in (("place", a.place, b.place), ("actor", a.agents, b.agents)):
        if not one & other and (one & b.ruled_out or other & a.ruled_out):
            return field
    return None


def _two_hours(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two give one event two hours of one day."""
    if a.clock is None or b.clock is None or abs(a.clock - b.clock) <= SOON or likeness.event <= 0:
        return False
    return likeness.period > 0 and _shared_things(a, b) > 0 and likeness.frame >= FRAME


def _one_sentence(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two say the very same of the same (only the day differs): else two days are two events."""
    alike = likeness.wording >= ALIKE and min(likeness.agents, likeness.figure, likeness.event) >= 0
    return alike and bool(a.around) and overlap(a.wording, b.wording) >= ALIKE


def _denies(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether one denies what the other says: alike in wording, the same act of the same actor, or the same thing."""
    if min(likeness.figure, likeness.fate, likeness.agents) < 0 or _only_for_a_time(a, b) or _both_no(a, b):
        return False
    placed = likeness.place > 0 or likeness.period > 0 or bool(a.patients & b.patients)
    if _counted(a) != _counted(b) and likeness.fate <= 0 and not _one_thing(a, b):
        return False
    act = likeness.event > 0 and likeness.agents > 0 and placed and _shared_things(a, b) > 0
    elsewhere = _of_something_else(a, b)
    alike = likeness.frame >= FRAME + 0.5 and not elsewhere
    alike = alike and (_of_one_actor(a, b, likeness) or _in_one_wording(a, b, likeness))
    beside = _side_by_side(a, b) and likeness.event > 0 and likeness.fate > 0 and not elsewhere
    return (
        act
        or alike
        or beside
        or (likeness.event > 0 and placed and _shared_things(a, b) >= 2 and _one_thing(a, b, LOOSE))
    )


def _counted(told: Told) -> bool:
    """Whether a claim counts something: how far or how long is no count."""
    quantity = told.claim.quantity
    return quantity is not None and not (quantity.unit and measured(quantity.unit))


def _both_no(a: Told, b: Told) -> bool:
    """Whether both say no, or "not unsafe" and "safe"; or one denies what has been, the other tells what may come."""
    other, denial = (a, b) if b.denied else (b, a)
    if NO.search(other.evidence) or any(opposed(a.evidence, b.evidence)):
        return True
    return other.claim.factuality in OPEN and not TO_COME.search(denial.evidence)


def _of_something_else(a: Told, b: Told) -> bool:
    """Whether what comes after the "not" of the denial is nothing that the other says."""
    other, denial = (a, b) if b.denied else (b, a)
    said_not = NO.search(denial.evidence)
    if not said_not:
        return False
    after = [each for each in words(denial.evidence[said_not.end() :]) if weight(each) >= 1][:PREDICATE]
    meant = {concept(each) for each in after}
    known = set(other.wording) | set(map(concept, other.agents))
    return bool(meant) and not meant & known and lexicon.words("doubting.txt").isdisjoint(after)


def _of_one_actor(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two speak of what one actor did: of one thing, or of a blame."""
    blame = likeness.event > 0 and a.family in BLAME
    return likeness.agents > 0 and (blame or (_shared_things(a, b) > 0 and _one_thing(a, b, ALIKE_THING)))


def _in_one_wording(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two are worded alike, and not only in a name or in what befell somebody, one may not know whom."""
    shared, years = (a.things & b.things) - _days(), [set(YEAR.findall(told.evidence)) for told in (a, b)]
    fates = senses(shared, "fate")
    telling = bool(shared - fates or a.agents & b.agents or a.patients & b.patients or years[0] & years[1])
    least = ALIKE_THING if len(shared) > 1 else ONE_WORD
    return likeness.wording >= 0.4 and telling and _one_deed(a, b) and _one_thing(a, b, least)


def _only_for_a_time(a: Told, b: Told) -> bool:
    """Whether what is denied is only said not to have been so, or not to have been possible, at a time."""
    return any(each.denied and PASSING.search(each.evidence) for each in (a, b))


def _shared_things(a: Told, b: Told) -> int:
    return len((a.things & b.things) - _days())


def _shared_weight(a: Told, b: Told) -> float:
    return math.fsum(map(weight, a.things & b.things))


def _one_deed(a: Told, b: Told) -> bool:
    """Whether two share a word that is no name."""
    return any(
        word not in {concept(each.lower()) for each in NAMED.findall(a.evidence[1:])} for word in a.things & b.things
    )


def _side_by_side(a: Told, b: Told) -> bool:
    """Whether one report sets two sources beside each other."""
    return a.claim.report == b.claim.report and None not in (a.claim.attribution, b.claim.attribution)


def _one_count(a: Told, b: Told, likeness: Likeness, one_report: bool) -> bool:
    """Whether two figures are of one count, as their words show it: where they do not, nothing is said."""
    one, other = a.claim.quantity, b.claim.quantity
    if one is None or other is None or not one_unit(one, other) or of_two_kinds(a, b):
        return False
    if not ((one.unit and other.unit) or likeness.fate > 0) or (one_report and a.sentence == b.sentence):
        return False
    if one_report and likeness.fate <= 0 and None in (a.claim.attribution, b.claim.attribution):
        return False
    if min(likeness.event, likeness.item, likeness.fate, likeness.who) < 0:
        return False
    if likeness.agents < 0 and likeness.frame < FRAME + 1:
        return False
    if (one.unit or other.unit) == "percent":
        return one_share(a.counted, b.counted) or (not a.counted.share | b.counted.share and _one_thing(a, b))
    one_head = bool(a.counted.head) and a.counted.head == b.counted.head
    alike = likeness.fate > 0 or (one_head and likeness.event > 0 and _one_thing(a, b, LOOSE))
    fixed = alike and (likeness.place > 0 or likeness.period > 0)
    if not one_report and _only_ones(a, b, likeness):
        return True
    asked = FRAME + (0.8 if None in (a.speaker, b.speaker) else 0.3) * one_report
    if not (fixed or likeness.frame >= asked):
        return False
    return likeness.fate > 0 or (not a.fate | b.fate and (likeness.item > 0 or one_head or _one_thing(a, b)))


def _only_ones(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether each report gives but one figure of what both count, and counts no common thing (people, money, time)."""
    unit = a.claim.quantity.unit if a.claim.quantity else None
    rare = unit is not None and unit not in COMMON and not measured(unit) and not a.fate | b.fate
    return rare and a.alone and b.alone and likeness.event > 0 and likeness.item >= 0 and likeness.agents >= 0


def _said_both(a: Told, b: Told) -> bool:
    """Whether a mouth that gives the one figure gives the other beside it: then they are two counts."""
    return (a.figure in b.besides or b.figure in a.besides) and a.figure != b.figure


def _one_thing(a: Told, b: Told, least: float = THING) -> bool:
    """Whether the words that say what it is about are the same: actors and places left out."""
    spare = numbers() | _sayings()
    return overlap(a.things - spare, b.things - spare) >= least


def updates(a: Told, b: Told, one_source: bool) -> bool:
    """Whether one figure is later in a shown order, from the same source or of a count that can only grow."""
    if (a.counted.marks ^ b.counted.marks) & {"partial", "early"}:
        return True
    if _develops(a, b):
        return True
    earlier, later = _in_order(a, b)
    if earlier is None or later is None:
        return False
    passing = bool((a.fate | b.fate) & lexicon.words("changing.txt"))
    return one_source or passing or (_grew(earlier, later) and _can_grow(earlier, later))


def _develops(a: Told, b: Told) -> bool:
    """Whether a count that can only grow is told as running: "rose to" in one report, "so far" before a higher one."""
    if not _can_grow(a, b):
        return False
    if a.claim.report == b.claim.report:
        return a.tally != b.tally
    lower, higher = (a, b) if _grew(a, b) else (b, a)
    open_order = lower.date is None or higher.date is None
    running = lower.tally or "running" in lower.counted.marks - higher.counted.marks
    return open_order and running and not higher.tally


def _outgrown(a: Told, b: Told, likeness: Likeness, one_source: bool) -> bool:
    """Whether an earlier "at least 12" has been followed by a higher figure: no support of it, though they fit."""
    earlier, later = _in_order(a, b)
    if likeness.figure > 0 or earlier is None or later is None or not _grew(earlier, later):
        return False
    assert earlier.claim.quantity and later.claim.quantity
    far = later.claim.quantity.compared[0] >= FAR * earlier.claim.quantity.compared[0]
    return _can_grow(earlier, later) and (later.tally or (one_source and (far or _is_exact(later))))


def _in_order(a: Told, b: Told) -> tuple[Told, Told] | tuple[None, None]:
    """The earlier and the later of two, by what dates or "rose to" show; (None, None) where nothing does."""
    days = _said(a), _said(b)
    if days[0] and days[1] and days[0] != days[1]:
        return (b, a) if days[0] > days[1] else (a, b)
    if a.tally != b.tally:
        return (b, a) if a.tally else (a, b)
    return None, None


def _grew(earlier: Told, later: Told) -> bool:
    assert earlier.claim.quantity and later.claim.quantity
    return later.claim.quantity.compared[0] > earlier.claim.quantity.compared[0]


def _can_grow(a: Told, b: Told) -> bool:
    units = {each.claim.quantity.unit or "" for each in (a, b) if each.claim.quantity}
    return bool((a.fate | b.fate | {a.family.lower()} | units) & _growing())


def _is_exact(told: Told) -> bool:
    return told.claim.quantity is not None and told.claim.quantity.low == told.claim.quantity.high


def _said(told: Told) -> datetime.date | None:
    said = told.claim.said
    return (said.last if said and said.last else None) or told.date


def _other_author(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two name different authors of one act.

    A name and a common noun ("the Marten", "a warship") may well be one author, so may whoever is only called a
    person ("youths", "the attacker"), and two that are given one figure.
    """
    blamed = "ACCUSE" in (a.family, b.family)
    if parts(a.agents, b.agents) >= 0 or likeness.figure < 0 or (likeness.agents >= 0 and not blamed):
        return False
    anybody = lexicon.words("anybody.txt")
    if any(told.agents & anybody for told in (a, b) if not told.named) or _meets_other(a, b) or _meets_other(b, a):
        return False
    rest = [{word for word in each.wording if word not in map(concept, each.agents)} for each in (a, b)]
    one_act, patients = overlap(*rest), bool(a.patients & b.patients)
    if {a.family, b.family} <= BLAME and (patients or blamed):
        return not (a.claim.quantity and b.claim.quantity) and (patients or one_act >= 0.4)
    told = all(set(map(concept, each.agents)) & set(each.wording) for each in (a, b))
    counted = a.claim.quantity or b.claim.quantity
    return likeness.event > 0 and told and not counted and min(map(len, rest)) > 1 and one_act >= ALIKE


def _meets_other(a: Told, b: Told) -> bool:
    """Whether one names the other's doer too, by the same or a like word: "the destroyer Marten", "the Marten"."""
    doer = set(map(concept, b.agents))
    return not doer.isdisjoint(set(map(concept, a.agents)) | (set(a.wording) - set(map(concept, a.patients))))


def _more_than_all(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two owners' shares of one whole come to more than the whole."""
    one, other = a.claim.quantity, b.claim.quantity
    if not one or not other or one.unit != "percent" or other.unit != "percent" or likeness.event < 0:
        return False
    return not of_two_kinds(a, b) and over_whole(a.counted, b.counted, (one.compared[0], other.compared[0]))


def _part_over_whole(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether a part of a count is given as larger than the whole: more passengers than people aboard."""
    for part, whole in ((a, b), (b, a)):
        one, other = part.claim.quantity, whole.claim.quantity
        if one and other and _wholes() & {(x, y) for x in part.fate for y in whole.fate}:
            asked = FRAME - (2 if likeness.period > 0 else 1)  # the two fates already count as different there
            larger = one_unit(one, other) and one.compared[0] > other.compared[1] > 0
            return larger and likeness.event >= 0 and likeness.frame >= asked and not of_two_kinds(a, b)
    return False


def _other_winner(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two name different winners of one contest."""
    if likeness.event <= 0 or a.claim.quantity or b.claim.quantity or likeness.scope < 0:
        return False
    owners = a.counted.owner, b.counted.owner
    won = all(WON.search(each.evidence) and each.claim.factuality == "asserted" for each in (a, b))
    return won and all(owners) and not owners[0] & owners[1] and (likeness.period > 0 or likeness.wording >= 0.4)


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    """Days and hours: who shares them need not speak of one thing."""
    return frozenset(concept(stem(each)) for each in (*lexicon.words("timely.txt"), "p", "m"))


@lru_cache(maxsize=1)
def _sayings() -> frozenset[str]:
    """Nouns for what is denied, and verbs of denying: "rejected the allegations about" is not what it is about."""
    return DENYING | {concept(word) for word in lexicon.words("sayings.txt")}


@lru_cache(maxsize=1)
def _growing() -> frozenset[str]:
    return lexicon.words("growing.txt")


@lru_cache(maxsize=1)
def _wholes() -> frozenset[tuple[str, str]]:
    return frozenset((row["part"], row["whole"]) for row in lexicon.table("wholes.tsv"))

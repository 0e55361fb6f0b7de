"""When the event of a claim happened, as against when it was said."""

import itertools
import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace
from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.model import Period
from reportedly.normalise.choice import Draft
from reportedly.normalise.clause_kinds import clause_kind
from reportedly.normalise.clauses import ancestors, is_verb, root_of, tokens_of
from reportedly.normalise.events import DEEDS
from reportedly.normalise.factuality import to_come
from reportedly.normalise.reading import Reading, signatures, sure_cues
from reportedly.normalise.stretches import stretched
from reportedly.normalise.topics import SUBJECTS, class_of, noun_event

MADE_BY = "dating 1"
DATED = {"DATE", "TIME", "DURATION"}
STORY_DAYS = 10  # news is of the past days; older days in it are background
LEAD_SENTENCES = 2
LONG_AGO = 180  # days
NAMED, LEAD, BESIDE, VAGUE = 1.0, 1.0, 0.5, 0.1
"""How much speaks for a day (1: it is that of a main clause): the noun of an event stands with it; it stands in the
lead (added); it is that of a subordinate clause; it is an hour, or several days."""
VIOLENT = {"HARM", "ASSAULT", "DAMAGE", "DISASTER"}
SUFFERED = {"HARM", "DAMAGE", "DISASTER"}  # "houses have been damaged" is of the story's day, other perfects are not
GROWING = {"HARM", "AID", "COERCE"}  # counts of people that go on growing after the day of the story
ASIDE = {"relcl", "acl", "advcl"}
TELLING = {"publication", "discovery"}
ASKED = {"demand", "obligation"}  # of the day on which it is asked for
_DAY = re.compile(r"day\b|[Tt]his |[Ll]ast |[Tt]onight|[A-Z][a-z]+ \d|\d [A-Z][a-z]+")
_COMPARED = re.compile(r"\b(?:from|than|against|compared (?:with|to)) [^.;]*\d")


class Dating:
    """The times of a report, each with the word it belongs to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        times = stretched(reading.periods, reading.text, reading.report.date)
        dated = [p for p in times if p.type in DATED and p.span and (p.first or p.last)]
        self.owned = [(p, self._owner(p)) for p in dated if not self._is_furniture(p) and not self._is_name(p)]
        self.sayings = signatures()
        starts = (sent.start for sent in reading.doc.sents if any(map(is_verb, sent)))
        self.lead = max(itertools.islice(starts, LEAD_SENTENCES), default=0)
        self.told = self._told()
        self.deeds = self._dated_deeds()

    def period(self, draft: Draft, label: str) -> Period | None:
        """The days of the event: by its own words, the clause above, else the story's day or the report's date."""
        if self._is_answered(draft):
            return self._before_the_story()
        own = self._own(draft)
        if own is not None and not self._is_ahead(own, draft, label):
            return self._from_the_story_on(own, draft)
        return self._without(draft, label)

    def _is_answered(self, draft: Draft) -> bool:
        """Whether the event is what another answers ("fired in response to the raid on the camp"), without a day."""
        prep = draft.head.head
        if draft.head.dep_ != "pobj" or prep.head.lemma_.lower() not in words("answering.txt"):
            return False
        return not any(period.span and draft.evidence.holds(period.span) for period, _ in self.owned)

    def _before_the_story(self) -> Period | None:
        """All days up to that of the story, else to the report's."""
        last = self.told.last if self.told else None
        day = last or self.reading.report.date
        return _until(day) if day else None

    def _from_the_story_on(self, own: Period, draft: Draft) -> Period:
        """What people a time without a beginning counts, from the day of the story ("63 were treated by Thursday")."""
        first = self.told.first if self.told else None
        if own.first is not None or own.last is None or first is None or first > own.last or not self._grows(draft):
            return own
        return replace(own, first=first)

    def _grows(self, draft: Draft) -> bool:
        """Whether it counts people whose number goes on growing after the day of the story."""
        people = draft.quantity is not None and draft.quantity.unit == "person"
        return people and class_of(draft.kind, self.reading.options) in GROWING

    def _is_ahead(self, period: Period, draft: Draft, label: str) -> bool:
        """Whether what is told as past would lie behind the report's date."""
        day = self.reading.report.date
        ahead = day is not None and period.first is not None and period.first > day
        return ahead and label in {"asserted", "probable"} and _is_past(draft.head)

    def said(self, draft: Draft) -> Period | None:
        """The days on which it was said, when the reporting verb has a time of its own."""
        return next((p for p, done in self._cue_times(draft) if not done), None)

    def _cue_times(self, draft: Draft) -> Iterator[tuple[Period, bool]]:
        """The times of the reporting verb, each with whether it is that of a deed of old ("in 2012 began backing")."""
        cue = self.reading.cue_head(draft.attribution)
        if cue is not None and draft.attribution is not None and draft.attribution.cue is not None:
            verbs = [t for t in tokens_of(self.reading.doc, draft.attribution.cue) if is_verb(t)] or [cue]
            for period in self._owned_by(cue):
                yield period, verbs[-1].lemma_.lower() not in sure_cues() and self._is_long_ago(period)

    def _is_long_ago(self, period: Period) -> bool:
        """Whether a time lies long before the report."""
        day = self.reading.report.date
        return day is not None and period.last is not None and (day - period.last).days > LONG_AGO

    def _owner(self, period: Period) -> Token | None:
        """The verb or event noun that a time belongs to."""
        root = root_of(self.reading.doc, period.span) if period.span else None
        if root is None:
            return None
        above = (t for t in ancestors(root) if is_verb(t))
        return next(above, root.sent.root)

    def _is_name(self, period: Period) -> bool:
        """Whether the time only names a thing ("the Christmas party")."""
        last = tokens_of(self.reading.doc, period.span)[-1:] if period.span else []
        named = [t for t in last if t.dep_ in {"compound", "nummod", "amod", "nmod"} and t.head.i > t.i]
        return any(noun_event(t.head, self.reading.topics) is None for t in named)

    def _is_furniture(self, period: Period) -> bool:
        return any(period.span is not None and span.touches(period.span) for span in self.reading.furniture)

    def _own(self, draft: Draft) -> Period | None:
        """The time in the draft's own words or with the verbs above it, as far as the innermost speaker's words go."""
        held = [(p, owner) for p, owner in self.owned if p.span and draft.evidence.holds(p.span)]
        inside = [p for p, owner in held if owner == draft.head] or [p for p, _ in held]
        inside = inside or [p for verb in _shared(draft.head) for p in self._owned_by(verb)]
        if (coming := to_come(draft.head)) is not None:
            inside = inside or self._owned_by(coming)
        found = inside or next((own for verb in self._line(draft.head) if (own := self._owned_by(verb))), [])
        found = found or [p for p, done in self._cue_times(draft) if done]
        found = [p for p in found if not self._is_of_another_figure(p, draft)]
        days = [p for p in found if not self._is_hour(p)]
        if found and not days:
            return self.told or found[0]
        return days[0] if days else None

    def _is_of_another_figure(self, period: Period, draft: Draft) -> bool:
        """Whether the time belongs to what the figure is compared with ("68 percent, down from 74 four years ago")."""
        if draft.quantity is None or period.span is None:
            return False
        return _COMPARED.search(self.reading.text, draft.quantity.span.end, period.span.start) is not None

    def _line(self, head: Token) -> Iterator[Token]:
        """The verbs above an event up to the word that reports it."""
        for token in ancestors(head):
            if token.i in self.reading.cue_tokens:
                return
            if is_verb(token):
                yield token
            if token.dep_ == "ccomp":
                return

    def _owned_by(self, verb: Token) -> list[Period]:
        return [p for p, owner in self.owned if owner is not None and owner.i == verb.i]

    def _told(self) -> Period | None:
        """The day of the story: the recent day that most speaks for, the first of equals.

        What happened speaks for its day, in a main clause and in the lead more so, and so does a day that stands with
        the noun of an event; hours without a day, words of saying and lines without a verb do not.
        """
        votes: dict[date, float] = {}
        found: dict[date, Period] = {}
        for period, worth in (*self._past(), *((period, NAMED) for period in self._named())):
            if period.first is not None:
                votes[period.first] = votes.get(period.first, 0) + worth
                found.setdefault(period.first, period)
        return found[max(votes, key=lambda day: votes[day])] if votes else None

    def _past(self) -> Iterator[tuple[Period, float]]:
        """The recent days that belong to what happened, with what each is worth."""
        for period, owner in self.owned:
            day = self.reading.report.date
            if owner is None or day is None or period.last is None or not is_verb(owner) or period.last > day:
                continue
            if self._is_recent(period) and self._happened(owner):
                yield period, self._worth(period, owner)

    def _worth(self, period: Period, owner: Token) -> float:
        """How much a day that belongs to this verb speaks for being the day of the story."""
        if period.first != period.last or self._is_hour(period):
            return VAGUE
        return (BESIDE if any(t.dep_ in ASIDE for t in ancestors(owner)) else 1.0) + LEAD * self._leads(owner)

    def _leads(self, owner: Token) -> bool:
        """Whether a word stands in the first sentences that have a verb."""
        return owner.sent.start <= self.lead

    def _dated_deeds(self) -> list[tuple[int, str, Period]]:
        """Where past days with a deed of their own stand, and of what class the deed is."""
        day = self.reading.report.date
        found = []
        for period, owner in self.owned:
            past = day is not None and period.first is not None and period.last is not None and period.last <= day
            if past and period.span is not None and owner and self._happened(owner) and not self._is_hour(period):
                found.append((period.span.start, self._class(clause_kind(owner, self.reading)[0]), period))
        return [each for each in found if each[1] != "STATUS"]

    def _is_hour(self, period: Period) -> bool:
        """Whether the words tell an hour and leave out the day ("4:00 a.m.", "before dawn")."""
        words_ = period.span.of(self.reading.text) if period.span else ""
        return period.type == "TIME" and _DAY.search(words_) is None

    def _alike(self, draft: Draft) -> Period | None:
        """The days of the last deed of the same class told before, else the first after; recent ones first."""
        wanted = self._class(draft.kind)
        same = [(at, period) for at, kind, period in self.deeds if kind == wanted]
        recent = [each for each in same if self._is_recent(each[1])] or (same if wanted == "HARM" else [])
        before = [period for at, period in recent if at < draft.evidence.start]
        return next(iter([*before[-1:], *(period for _, period in recent)]), None)

    def _is_recent(self, period: Period) -> bool:
        day = self.reading.report.date
        return day is not None and period.first is not None and (day - period.first).days < STORY_DAYS

    def _class(self, kind: str | None) -> str:
        """The class of a type; what happens to people and things is one."""
        found = class_of(kind or "", self.reading.options)
        return "HARM" if found in VIOLENT else found

    def _named(self) -> Iterator[Period]:
        """Past days that stand with the noun of an event ("Tuesday's explosion", "the vote on Sunday")."""
        day = self.reading.report.date
        for period, _ in self.owned:
            first = period.first if period.first == period.last else None
            if day is None or first is None or not 0 <= (day - first).days < STORY_DAYS:
                continue
            last = tokens_of(self.reading.doc, period.span)[-1:] if period.span else []
            if any(noun_event(t, self.reading.topics) for word in last for t in list(ancestors(word))[1:4]):
                yield period

    def _happened(self, owner: Token) -> bool:
        said = owner.i in self.reading.cue_tokens and owner.lemma_.lower() in self.sayings
        if said or not _is_narrated(owner):
            return False
        kind = clause_kind(owner, self.reading)[0]
        deed = class_of(kind or "", self.reading.options) in DEEDS
        return kind not in TELLING and (deed or owner.lemma_.lower() not in self.sayings)

    def _without(self, draft: Draft, label: str) -> Period | None:
        day = self.reading.report.date
        if day is None:
            return None
        if self.reading.topics.is_kind(draft.kind, "request") and (said := self.said(draft)) is not None:
            return said
        if label == "planned" or draft.kind in ASKED:
            return self.said(draft) or self.told or _on(day)
        if label in {"possible", "unknown"}:
            suffered = class_of(draft.kind, self.reading.options) in VIOLENT
            return self.told if suffered and _is_perfect(draft.head) else None  # "may have been killed"
        told = _is_narrated(draft.head) or (
            _is_past(draft.head) and class_of(draft.kind, self.reading.options) in SUFFERED
        )
        if self._grows(draft) and _is_perfect(draft.head) and (first := self._alike(draft) or self.told) is not None:
            return _since(first, day)
        if told and (day_of_story := self._alike(draft) or self.told) is not None:
            return day_of_story
        if _is_past(draft.head):
            return _until(day)
        if self._is_passing(draft):
            return _on(day)
        return (self._alike(draft) or self.told) if self._is_of_the_story(draft) else None

    def _is_passing(self, draft: Draft) -> bool:
        """Whether it counts people in a state that changes from day to day ("30 are still missing")."""
        harmed = draft.quantity is not None and self._class(draft.kind) == "HARM"
        told = {t.lower_ for t in tokens_of(self.reading.doc, draft.evidence)}
        return harmed and is_verb(draft.head) and bool(told & words("changing.txt"))

    def _is_of_the_story(self, draft: Draft) -> bool:
        """Whether a phrase counts what happened, or speaks of an event as known ("blames the valley for the fire")."""
        if is_verb(draft.head) or self._class(draft.kind) == "STATUS":
            return False
        if draft.quantity is not None:
            return True
        words_ = tokens_of(self.reading.doc, draft.evidence)
        events = [t for t in words_ if noun_event(t, self.reading.topics)]
        return any(left.lower_ in {"the", "this", "these"} for t in events for left in t.lefts)


def _shared(head: Token) -> list[Token]:
    """The verb that follows with the same subject and so the same time ("were inspected and approved on Monday")."""
    joined = [t for t in head.children if t.dep_ == "conj" and is_verb(t) and t.tag_ == head.tag_]
    return [t for t in joined if t.i == head.i + 2 and not any(c.dep_ in SUBJECTS for c in t.children)]


def _on(day: date) -> Period:
    return Period(first=day, last=day, precision="day", value=str(day), type="DATE", anchor=day, made_by=MADE_BY)


def _until(day: date) -> Period:
    return Period(first=None, last=day, precision="other", value="PAST_REF", type="DATE", anchor=day, made_by=MADE_BY)


def _since(first: Period, day: date) -> Period:
    """From the day of the story to the report's ("71 people have been rescued")."""
    if first.first is None or first.first >= day:
        return first
    value = f"{first.first}/{day}"
    return Period(
        first=first.first, last=day, precision="other", value=value, type="DURATION", anchor=day, made_by=MADE_BY
    )


def _is_perfect(head: Token) -> bool:
    return bool(_tenses(head)[1] & {"has", "have", "had"})


def _tenses(head: Token) -> tuple[set[str], set[str]]:
    """Tags of the verb and its auxiliaries, and the auxiliaries' words."""
    verb = next((t for t in ancestors(head) if is_verb(t)), head)
    chain = [verb, *(t for t in verb.children if t.dep_ in {"aux", "auxpass"})]
    return {t.tag_ for t in chain}, {t.lower_ for t in chain if t.i != verb.i}


def _is_past(head: Token) -> bool:
    tags, helpers = _tenses(head)
    return (
        "VBD" in tags
        or bool(helpers & {"has", "have", "had", "was", "were", "been"})
        or tags == {"VBN"}
        or tags == {"VBG"}
    )


def _is_narrated(head: Token) -> bool:
    return _is_past(head) and not _tenses(head)[1] & {"has", "have"}

"""When the event of a claim happened, as against when it was said."""

from spacy.tokens import Token

from reportedly.model import Period
from reportedly.normalise.clauses import ancestors, is_verb, root_of
from reportedly.normalise.events import Draft
from reportedly.normalise.reading import Reading

MADE_BY = "dating 1"
TELLING_PAST = {"VBD"}


class Dating:
    """The times of a report, each with the word it belongs to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        dated = [p for p in reading.periods if p.type in {"DATE", "TIME", "DURATION"} and p.span and (p.first or p.last)]
        self.owned = [(p, self._owner(p)) for p in dated if not self._is_furniture(p)]
        self.told = self._told()

    def period(self, draft: Draft, label: str) -> Period | None:
        """The days of the draft's event; by its own words, the clause above, else the story's day or the report's date."""
        own = self._own(draft)
        if own is not None:
            return own
        return self._without(draft, label)

    def said(self, draft: Draft) -> Period | None:
        """The days on which it was said, when the reporting verb has a time of its own."""
        cue = self.reading.cue_head(draft.attribution)
        if cue is None:
            return None
        return next((p for p, owner in self.owned if owner is not None and owner.i == cue.i), None)

    def _owner(self, period: Period) -> Token | None:
        """The verb or event noun that a time belongs to."""
        root = root_of(self.reading.doc, period.span) if period.span else None
        if root is None:
            return None
        above = (t for t in ancestors(root) if is_verb(t))
        return next(above, root.sent.root)

    def _is_furniture(self, period: Period) -> bool:
        return any(period.span is not None and span.touches(period.span) for span in self.reading.furniture)

    def _own(self, draft: Draft) -> Period | None:
        inside = [p for p, _ in self.owned if p.span and draft.evidence.holds(p.span)]
        if inside:
            return inside[0]
        for token in ancestors(draft.head):
            if token.i in self.reading.cue_tokens:
                return None
            if is_verb(token):
                for period, owner in self.owned:
                    if owner is not None and owner.i == token.i:
                        return period
            if token.dep_ == "ccomp":
                return None
        return None

    def _told(self) -> Period | None:
        """The day of the story: the first past day that belongs to an event, not to a word of saying."""
        date = self.reading.report.date
        for period, owner in self.owned:
            saying = owner is None or owner.i in self.reading.cue_tokens
            if not saying and period.first and period.last and date and period.first <= date and (date - period.first).days < 60:
                return period
        return None

    def _without(self, draft: Draft, label: str) -> Period | None:
        date = self.reading.report.date
        if date is None:
            return None
        if label == "planned":
            return self.said(draft) or self.told or self._until(date, first=True)
        if label in {"possible", "unknown"}:
            return None
        if self.told is not None and _is_narrated(draft.head):
            return self.told
        return self._until(date, first=False) if _is_past(draft.head) else None

    def _until(self, date: object, first: bool) -> Period:
        day = self.reading.report.date
        return Period(
            first=day if first else None, last=day, precision="day" if first else "other", value="PAST_REF" if not first else str(day),
            type="DATE", anchor=day, made_by=MADE_BY,
        )  # fmt: skip


def _tenses(head: Token) -> tuple[set[str], set[str]]:
    """Tags of the verb and its auxiliaries, and the auxiliaries' words."""
    verb = next((t for t in ancestors(head) if is_verb(t)), head)
    chain = [verb, *(t for t in verb.children if t.dep_ in {"aux", "auxpass"})]
    return {t.tag_ for t in chain}, {t.lower_ for t in chain if t.i != verb.i}


def _is_past(head: Token) -> bool:
    tags, words = _tenses(head)
    return "VBD" in tags or bool(words & {"has", "have", "had", "was", "were", "been"}) or tags == {"VBN"} or tags == {"VBG"}


def _is_narrated(head: Token) -> bool:
    tags, words = _tenses(head)
    return _is_past(head) and not words & {"has", "have"}

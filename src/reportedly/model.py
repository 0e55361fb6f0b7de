"""The nouns of an evidence ledger: frozen records, one tagged union, JSON in and out.

Every offset is a half-open Unicode code-point offset into a report's canonical text.
Ids are hashes of kind + report + evidence span, never of values: a better rule changes a record, not its name.
"""

import datetime
import hashlib
from typing import Literal

import msgspec

VERSION = "reportedly 0.1.0"
SourceKind = Literal[
    "state_media",
    "government",
    "military",
    "intelligence",
    "international_body",
    "organization",
    "analyst",
    "outlet",
    "witness",
    "person",
    "document",
    "anonymous",
]
Naming = Literal["named", "office", "unnamed", "none"]
Style = Literal["direct", "indirect", "mixed"]
Factuality = Literal["asserted", "probable", "possible", "planned", "denied", "unknown"]
Bound = Literal["exact", "about", "nearly", "at_least", "at_most", "between", "vague"]
Precision = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "other"]
LinkKind = Literal["story", "claim", "origin", "copy"]
Stance = Literal["together", "apart"]
Act = Literal["confirm", "reject", "correct", "split", "merge", "grade", "edit", "remove"]


def identify(kind: str, *parts: object) -> str:
    """A stable id: the kind's first letter and 16 hex digits of the SHA-256 of kind and parts.

    >>> identify("claim", "r-1", 10, 20) == identify("claim", "r-1", 10, 20)
    True
    """
    named = "\x1f".join([kind, *map(str, parts)])
    return f"{kind[0]}-{hashlib.sha256(named.encode()).hexdigest()[:16]}"


class Span(msgspec.Struct, frozen=True, order=True):
    """Code points start..end (end excluded) of a canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: "Span") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """The line that opens a wire report: "SEOUL, Nov. 15 (UPI) -".

    `date` is complete only when a year is known (its own or that of the published date);
    `month`/`day` hold what the words say.
    """

    span: Span
    place: str | None = None
    agency: str | None = None
    date: datetime.date | None = None
    month: int | None = None
    day: int | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A line about the text itself: who first published it, whose photo, who edited it.

    `kind`: syndication ("originally published by"), agency (a wire's credit), photo, byline, editing, site (furniture).
    `name`: whom it names.
    """

    kind: Literal["syndication", "agency", "photo", "byline", "editing", "site"]
    span: Span
    name: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="report"):
    """One published text, named by outlet, address (or file name) and canonical text."""

    id: str
    text: str
    text_sha256: str
    original_sha256: str
    name: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    language: str = "en"
    republisher: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    notices: tuple[Notice, ...] = ()
    read_by: str = ""

    @property
    def date(self) -> datetime.date | None:
        """The day that relative dates count from: that of the dateline, else of publication."""
        return (self.dateline.date if self.dateline else None) or self.published


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words inside quotation marks, the marks included; `closed` is false where a paragraph left them open.

    `continues` is true when it goes on from the paragraph before (repeated opening marks).
    `scare` is true for a few words in marks that nobody need have said.
    """

    span: Span
    closed: bool = True
    continues: bool = False
    scare: bool = False


class Segmented(msgspec.Struct, frozen=True, kw_only=True):
    """A report cut up: its `report` has dateline, agency, notices and republisher filled in.

    `paragraphs`, `sentences` and `quotations` are in the order of the text; a sentence never crosses a paragraph.
    `headline` is the title where it stands in the text.
    """

    report: Report
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    headline: Span | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="source"):
    """A resolved speaker or document. `wire` marks an outlet that is a news agency."""

    id: str
    name: str
    kind: SourceKind
    naming: Naming
    country: str | None = None
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    wikidata: str | None = None
    wire: bool = False
    made_by: str = ""


class Attribution(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="attribution"):
    """In this report these words (`content`) are given to that `source` by this `cue`.

    `within` names the attribution in whose content it stands. `source_id` and `chain` (source ids, outermost first,
    the speaker last; publisher and republisher included) are filled in by `resolve`.
    """

    id: str
    report: str
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    style: Style = "indirect"
    within: str | None = None
    source_id: str | None = None
    chain: tuple[str, ...] = ()
    probability: float = 1.0
    made_by: str = ""


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its bounds as stated; `unit` is singular ("person"), `item` the counted words as they stand.

    `span` covers bound word and number; `bound_span` the bound word alone; `item_span` the counted words.
    `change` marks a rise or fall ("rose by 12"), `rate` the denominator ("a day").
    """

    low: float | None
    high: float | None
    bound: Bound
    span: Span
    approx: bool = False
    unit: str | None = None
    item: str | None = None
    bound_span: Span | None = None
    item_span: Span | None = None
    change: Literal["rise", "fall"] | None = None
    rate: str | None = None
    made_by: str = ""

    @property
    def compared(self) -> tuple[float, float]:
        """The interval that comparisons use (DESIGN's table of bounds); an open end is infinite."""
        low = float("-inf") if self.low is None else self.low
        high = float("inf") if self.high is None else self.high
        if self.bound == "nearly" and self.high is not None:
            return 0.9 * self.high, high
        if self.bound == "about" and self.low is not None and self.high is not None:
            return 0.9 * self.low, 1.1 * self.high
        return low, high


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A closed interval of days; either end may be open. Durations, sets and clock times have no days of their own.

    `value` and `type` are TIMEX3's; `anchor` is the date the words were counted from (None: they name the date
    themselves, or nothing was known and first and last stay empty).
    """

    first: datetime.date | None
    last: datetime.date | None
    precision: Precision
    value: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    span: Span | None = None
    anchor: datetime.date | None = None
    made_by: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place that the text names. Degrees are WGS 84; `country` is ISO 3166-1 alpha-2."""

    name: str
    span: Span
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    id: str | None = None
    made_by: str = ""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part and as what: agent (who did), patient (to whom), recipient, partner, origin, destination."""

    role: str
    name: str
    span: Span | None = None
    country: str | None = None
    source_id: str | None = None


class Framing(msgspec.Struct, frozen=True, kw_only=True):
    """How the outlet frames the speaker ("claimed without evidence")."""

    stance: Literal["doubted", "backed"]
    span: Span


class Claim(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="claim"):
    """What is said, made comparable. No `attribution`: the outlet's own voice.

    `evidence` is the shortest clause that carries it, `head` the event's word. `period` is when it happened,
    `said` when it was uttered. `weight` orders the claims of a report (the most important first).
    """

    id: str
    report: str
    evidence: Span
    event: str
    attribution: str | None = None
    head: Span | None = None
    actors: tuple[Actor, ...] = ()
    item: str | None = None
    quantity: Quantity | None = None
    period: Period | None = None
    said: Period | None = None
    place: Place | None = None
    factuality: Factuality = "asserted"
    hedge: Span | None = None
    framing: Framing | None = None
    weight: float = 1.0
    made_by: str = ""


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="problem"):
    """A fault in the data: what it is, why it matters, what to do now, and where."""

    what: str
    why: str = ""
    now: str = ""
    report: str | None = None
    span: Span | None = None


class Findings(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="findings"):
    """All that one report says: what `analyse` returns, what a ledger keeps, what `connect` compares."""

    report: Report
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    problems: tuple[Problem, ...] = ()
    made_by: str = ""


class Link(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="link"):
    """A stored, evidenced relation of two items (`a` < `b`), decided from the two alone.

    `kind` says which groups it makes: story and copy join reports, claim and origin join claims.
    `reason`: story: likeness; copy: notice, agency, copied-text; claim: same-claim;
    origin: same-body, same-quotation, notice, agency, copied-text, own-voice; apart: conflict, update, judgement.
    `field`: of a conflict or update: quantity, time, place, actor, event, factuality, quotation.
    `text` is the evidence in words; the spans point into the reports of a and b.
    """

    kind: LinkKind
    stance: Stance
    a: str
    b: str
    strength: float
    reason: str
    field: str | None = None
    text: str = ""
    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()
    made_by: str = ""

    @property
    def id(self) -> str:
        """Named by what it joins and why, never by its strength."""
        return identify("link", self.kind, self.stance, self.a, self.b, self.reason, self.field)


class Story(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="story"):
    """Reports about one happening: report ids, sorted."""

    members: tuple[str, ...]


class Origin(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="origin"):
    """Mentions of a claim that rest on each other: claim ids, sorted, and the links that say why.

    `firsthand` is true when a named first-hand source or an office stands at its head (it counts for the low figure).
    `interest` names the state (or body) whose voice it is.
    """

    name: str
    members: tuple[str, ...]
    reasons: tuple[Link, ...] = ()
    firsthand: bool = False
    interest: str | None = None


class Conflict(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="conflict"):
    """Claims that cannot both be so (`kind` conflict), a later figure (update), or one quotation in two wordings."""

    a: str
    b: str
    kind: Literal["conflict", "update", "drift"]
    field: str
    text: str = ""
    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()


class ClaimGroup(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="claim_group"):
    """One claim and all who make it: claim ids, sorted; independent origins low..high; what disagrees.

    `interests` are the distinct states or bodies whose voices the origins are.
    """

    event: str
    members: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    low: int = 1
    high: int = 1
    interests: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="judgement"):
    """What a person decided about `items` (ids), beside the records, never over them.

    `field` and `value` (JSON text) belong to correct, edit and grade; `report`, `span` and `words` tie it again
    after re-reading; `undone` marks one that was taken back.
    """

    id: str
    act: Act
    items: tuple[str, ...]
    who: str
    when: datetime.datetime
    why: str = ""
    field: str | None = None
    value: str | None = None
    report: str | None = None
    span: Span | None = None
    words: str = ""
    undone: bool = False


Record = (
    Report
    | Source
    | Attribution
    | Claim
    | Problem
    | Findings
    | Link
    | Story
    | Origin
    | Conflict
    | ClaimGroup
    | Judgement
)


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting of the journey, in one place; `cli` and `web` alone read files or the environment to make one.

    `lexicon` is a folder of the user's own rows. `story_days`: two dated reports further apart are not compared.
    """

    reading: Literal["rules", "model"] = "model"
    attribution_threshold: float = 0.38
    topics: tuple[str, ...] = ("general", "arms")
    lexicon: str | None = None
    story_days: int = 14
    story_threshold: float = 0.4
    undated_story_threshold: float = 0.55
    claim_threshold: float = 0.5
    copied_share: float = 0.28


def schema() -> dict[str, object]:
    """The JSON Schema of every record, as one tagged union."""
    return msgspec.json.schema(Record)


def encode(record: object) -> bytes:
    """A record as one line of JSON."""
    return msgspec.json.encode(record)


def decode(line: bytes | str) -> Record:
    """The record that a line of JSON holds; msgspec.ValidationError when it holds none."""
    return _DECODER.decode(line)


_DECODER: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)

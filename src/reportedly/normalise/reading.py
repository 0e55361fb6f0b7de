"""All that is known of a report when its claims are drawn up: its parse, its speakers, its figures and its times."""

from bisect import bisect_right
from collections import Counter
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from spacy.tokens import Doc, Token

from reportedly.language import parse
from reportedly.lexicon import table
from reportedly.model import Attribution, Options, Period, Place, Quantity, Segmented, Source, Span
from reportedly.normalise.clauses import tokens_of
from reportedly.normalise.topics import Topics, topics, verb_type

PERSONAL = {"person", "witness", "analyst", "government", "military", "organization"}


class Found(NamedTuple):
    """What the other normalisers found in a report."""

    figures: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    places: tuple[Place, ...] = ()


class Said(Protocol):
    """Who says what: attributions and their resolved sources."""

    @property
    def attributions(self) -> tuple[Attribution, ...]: ...

    @property
    def sources(self) -> tuple[Source, ...]: ...


class Reading:
    """One report with what the other steps found in it. Nothing in it changes."""

    def __init__(self, segmented: Segmented, said: Said, found: Found, options: Options) -> None:
        self.segmented = segmented
        self.report = segmented.report
        self.text = segmented.report.text
        self.attributions = said.attributions
        self.sources = {source.id: source for source in said.sources}
        self.figures = found.figures
        self.periods = found.periods
        self.places = found.places
        self.options = options
        self.doc: Doc = parse(segmented)
        self.topics: Topics = topics(options)

    @cached_property
    def cue_tokens(self) -> frozenset[int]:
        """Indexes of the words that report."""
        return frozenset(t.i for a in self.attributions if a.cue for t in tokens_of(self.doc, a.cue))

    @cached_property
    def source_tokens(self) -> frozenset[int]:
        """Indexes of the words that name who speaks."""
        return frozenset(t.i for a in self.attributions if a.source for t in tokens_of(self.doc, a.source))

    @cached_property
    def figure_tokens(self) -> frozenset[int]:
        """Indexes of the words of all figures."""
        return frozenset(t.i for q in self.figures for t in tokens_of(self.doc, q.span))

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """Headline, dateline and lines about the text: no claims are read there."""
        lines = [notice.span for notice in self.report.notices]
        head = [self.segmented.headline] if self.segmented.headline else []
        date = [self.report.dateline.span] if self.report.dateline else []
        return (*lines, *head, *date)

    def innermost(self, offset: int) -> Attribution | None:
        """The attribution with the shortest content around an offset; the deeper one where two are alike."""
        around = [a for start, end, a in self._contents if start <= offset < end]
        if not around:
            return None
        parents = {a.within for a in around}
        inner = [a for a in around if a.id not in parents] or around
        return min(inner, key=lambda a: sum(c.end - c.start for c in a.content))

    @cached_property
    def _contents(self) -> list[tuple[int, int, Attribution]]:
        return [(c.start, c.end, a) for a in self.attributions for c in a.content]

    def speaker(self, attribution: Attribution | None) -> Source | None:
        """Who speaks, when that has been resolved."""
        return self.sources.get(attribution.source_id or "") if attribution else None

    def named(self, words: str) -> Source | None:
        """The source that goes by these words."""
        return self._names.get(words.casefold())

    @cached_property
    def _names(self) -> dict[str, Source]:
        named = [s for s in self.sources.values() if s.naming == "named"]
        people = [s for s in named if " " in s.name and s.kind in PERSONAL]
        parts = [(part.casefold(), s) for s in people for part in (s.name.split()[0], s.name.split()[-1])]
        count = Counter(part for part, _ in parts)
        short = {part: source for part, source in parts if count[part] == 1}
        return short | {name.casefold(): source for source in named for name in (*source.aliases, source.name)}

    def cue_head(self, attribution: Attribution | None) -> Token | None:
        """The main word of the cue."""
        if attribution is None or attribution.cue is None:
            return None
        tokens = tokens_of(self.doc, attribution.cue)
        return next((t for t in tokens if t.pos_ in {"VERB", "NOUN"}), tokens[0] if tokens else None)

    def cue_type(self, attribution: Attribution | None) -> str | None:
        """The event type of the cue's verb ("accusation" for "blamed")."""
        head = self.cue_head(attribution)
        return verb_type(head, self.topics) if head is not None else None

    def signature(self, attribution: Attribution | None) -> str:
        """What the cue says of its content: assert, deny, probable, possible, planned, factive, question, feeling."""
        if attribution is None or attribution.cue is None:
            return "assert"
        words = attribution.cue.of(self.text).lower()
        lemmas = " ".join(t.lemma_.lower() for t in tokens_of(self.doc, attribution.cue))
        head = self.cue_head(attribution)
        known = signatures()
        after = self.doc[head.i + 1].lower_ if head is not None and head.i + 1 < len(self.doc) else ""
        phrase = f"{head.lemma_.lower()} {after}" if head is not None else ""
        keys = [words, lemmas, phrase, head.lemma_.lower() if head is not None else ""]
        return next((known[key] for key in keys if key in known), "assert")

    def sentence_number(self, offset: int) -> int:
        """Which sentence of the report an offset stands in, from 0."""
        return bisect_right(self._ends, offset)

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.end for sentence in self.segmented.sentences]


@lru_cache(maxsize=1)
def signatures() -> dict[str, str]:
    """Cue lemma -> signature."""
    rows = table("cues.tsv")
    return {row["lemma"]: row["signature"] for row in reversed(rows) if row["signature"]}


@lru_cache(maxsize=1)
def sure_cues() -> frozenset[str]:
    """The lemmas of cues that always tell that somebody speaks; "support" is none of them."""
    return frozenset(row["lemma"] for row in table("cues.tsv") if row["certainty"] == "certain")

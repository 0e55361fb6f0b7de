"""The ledger as pages see it: what was counted of it, and queries for what a page shows.

Pages never wait for a whole count: they begin with the one that the ledger keeps, what changed is put right at once,
story by story, and a large ledger is counted anew beside them. Before the very first count there is nothing to show:
`ready` says so.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from reportedly.errors import UsageError
from reportedly.ledgers import Filters, Ledger, changes, searching, views
from reportedly.model import ClaimGroup, Conflict, Findings, Judgement
from reportedly.review import grades
from reportedly.web.counting import Clash, Counted, marks, place, size, weight, wordings
from reportedly.web.speakers import Speakers
from reportedly.web.wording import heading_of, worded

View = dict[str, Any]
LONGEST = 20.0  # seconds that the queries of one page may take
STEPS = 200_000  # of SQLite's machine between two looks at the clock
AT_ONCE = 0.1  # seconds: a ledger that is counted in less is counted within the request
PATCHED = 20  # reports that are put right within a request; more wait for the count beside it
ENOUGH = 0.5  # of all reports must stand in the count that the ledger keeps, to be shown until a whole one is done
REMEMBERED = 16  # filters whose groups are kept for the next page of the list
MANY = 2000  # claims, from which on it is quicker to go through all groups
PAIRS = 4  # of mentions that are shown of one disagreement
PAUSE = 3  # the count beside the pages rests so many times as long as it took


class Board:
    """One ledger as pages see it; asked from one thread at a time (the server's loop)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = self._version = 0
        self._open: Ledger | None = None
        self._counted: Counted | None = None
        self._next: Counted | None = None
        self._counting: threading.Thread | None = None
        self._took = self._rested = self._asked = 0.0
        self._judged: list[Judgement] | None = None
        self._asked_for: dict[Filters, list[ClaimGroup]] = {}  # what filters found, until the ledger changes
        self.behind = False

    @property
    def ledger(self) -> Ledger:
        """The ledger behind the groups; to be read only (a write through it would not be noticed)."""
        assert self._open
        return self._open

    @property
    def counted(self) -> Counted:
        """The groups as they were last counted."""
        assert self._counted
        return self._counted

    def fresh(self) -> Self:
        """The board as the file is now."""
        if self._open is None or self._thread != threading.get_ident():
            self.close()
            self._open, self._thread, self._version = Ledger(self.path, make=False), threading.get_ident(), -1
            self._open.db.execute("PRAGMA query_only = ON")  # no page writes, and none waits for a writer
            self._open.db.set_progress_handler(self._late, STEPS)
        self._asked = time.monotonic()
        if self._counted is None and not (self.counting and self._next is None):
            self._first()
        if self._counted is None:
            return self
        swapped, self._next = self._next, None
        version = int(self.ledger.db.execute("PRAGMA data_version").fetchone()[0])
        if swapped or version != self._version:
            self._counted, self._judged = swapped or self._counted, None
            self._asked_for.clear()
            self._catch_up()
            self._version = version
        elif self.behind:
            self._beside()
        return self

    def _late(self) -> bool:
        """Whether a page has asked the file for too long: the query is broken off."""
        return time.monotonic() - self._asked > LONGEST

    def close(self) -> None:
        """Lets go of the file."""
        if self._open and self._thread == threading.get_ident():
            self._open.close()
        self._open = None

    def warm(self) -> None:
        """Begins to count while the server starts, unless there is a count or one has begun."""
        if not self.ready:
            self._beside()

    @property
    def ready(self) -> bool:
        """Whether there is a count to show; until then, reports and judgements can be read."""
        return self._counted is not None or self._next is not None

    @property
    def counting(self) -> bool:
        """Whether a count is going on."""
        return bool(self._counting and self._counting.is_alive())

    @property
    def lags(self) -> bool:
        """Whether a count is still to come that may change what pages show."""
        return self.behind or self.counting

    def wait(self, longest: float | None = None) -> bool:
        """Waits for the first count, so many seconds at most; whether it is there. May be called from any thread."""
        if self._counting and not self.ready:
            self._counting.join(longest)
        return self.ready

    def _first(self) -> None:
        self.wait()
        if self._next is None:
            self._recount()
        if self._next is None:  # the fault is in the log; asked again, it is told
            self._next = self._count(self.ledger)
        self._counted, self._next = self._next, None

    def _count(self, ledger: Ledger) -> Counted:
        start, old = time.monotonic(), self._counted
        kept = None if old else Counted(ledger, kept=True)
        enough = kept is not None and len(kept.part_of) >= ENOUGH * len(marks(ledger))
        found = kept if kept and enough else Counted(ledger, old or kept)
        gc.freeze()  # millions of objects that stay: looking through them for rubbish would stop pages for long
        self._took = time.monotonic() - start
        self._rested = 0 if enough else time.monotonic() + PAUSE * self._took
        return found

    def _catch_up(self) -> None:
        now, then = marks(self.ledger), self.counted.touched
        changed = [report for report in now.keys() | then.keys() if now.get(report, -1) != then.get(report, -1)]
        if not changed:
            return
        if self._took < AT_ONCE:
            self._counted = self._count(self.ledger)
            return
        if len(changed) <= PATCHED:
            self.counted.patch(self.ledger, changed, now)
        else:
            self.counted.numbered = False
        self.behind = True
        self._beside()

    def _beside(self) -> None:
        """Counts in a thread of its own, unless one does or the last has just done."""
        if self.counting or time.monotonic() < self._rested:
            return
        self.behind = False
        self._counting = threading.Thread(target=self._recount, daemon=True)
        self._counting.start()

    def _recount(self) -> None:
        try:
            with Ledger(self.path, make=False) as ledger:
                self._next = found = self._count(ledger)
                found.speaking(ledger)
        except Exception:  # the pages go on with what was counted before
            logging.getLogger(__name__).exception("the ledger could not be counted")

    # --- what pages ask

    @property
    def groups(self) -> list[ClaimGroup]:
        """Every claim group, those with most origins first."""
        return self.counted.groups

    @property
    def conflicts(self) -> list[Conflict]:
        """Conflicts, then updates, then drift of quotations."""
        return self.counted.conflicts

    @property
    def clashes(self) -> list[Clash]:
        """The same between claims: what all their mentions disagree about, once."""
        return self.counted.clashes

    @property
    def stories(self) -> list[tuple[str, ...]]:
        """The reports of each story, the largest first."""
        return self.counted.stories

    def claim_groups(self, filters: Filters) -> list[ClaimGroup]:
        """The groups of which a mention passes, those with most origins first."""
        if filters not in self._asked_for:
            if len(self._asked_for) >= REMEMBERED:
                self._asked_for.clear()
            self._asked_for[filters] = self._claim_groups(filters)
        return self._asked_for[filters]

    def _claim_groups(self, filters: Filters) -> list[ClaimGroup]:
        single = msgspec.structs.replace(filters, only_unnamed=False, min_origins=0)
        found: list[ClaimGroup] = self.groups
        if single != Filters():
            found = self._passing(single)
        if single == filters:
            return found
        unnamed = self.counted.unnamed
        return [
            group
            for group in found
            if group.high >= filters.min_origins and (not filters.only_unnamed or group.members in unnamed)
        ]

    def _passing(self, filters: Filters) -> list[ClaimGroup]:
        """The groups of which a mention passes, as far as single mentions can tell."""
        if self.counted.numbered:
            return self.counted.by_claim.found(searching.claim_numbers(self.ledger.db, filters))
        return self.groups_of(searching.claim_ids(self.ledger.db, filters))

    def groups_of(self, claims: Iterable[str]) -> list[ClaimGroup]:
        """The groups that hold any of these claims, those with most origins first."""
        wanted, home = set(claims), self.counted.home
        found = {id(group): group for claim in wanted if (group := home.get(claim))}
        if len(wanted) > MANY:  # they stand in order already
            return [group for group in self.groups if id(group) in found]
        return sorted(found.values(), key=weight)

    def groups_in(self, reports: Iterable[str]) -> list[ClaimGroup]:
        """The groups of the claims of these reports, those with most origins first."""
        if self.counted.numbered:
            return self.counted.by_claim.found(changes.claim_numbers_of(self.ledger, reports))
        return self.groups_of(changes.claims_of(self.ledger, reports))

    def conflicts_with(self, claims: Iterable[str]) -> list[Conflict]:
        """What disagrees with any of these claims."""
        wanted = set(claims)
        return [each for each in self.conflicts if each.a in wanted or each.b in wanted]

    def clashes_with(self, claims: Iterable[str]) -> list[Clash]:
        """What disagrees with any of these claims, or with who else makes it, once for every two claims."""
        wanted, known = set(claims), self.counted.clashing
        found = {id(clash): clash for claim in wanted for clash in known.get(claim, ())}
        if len(wanted) > MANY:
            return [each for each in self.clashes if id(each) in found]
        return sorted(found.values(), key=place)

    def findings_of(self, claims: Iterable[str]) -> list[Findings]:
        """What was found in the reports that hold these claims."""
        owners = searching.owners(self.ledger.db, set(claims))
        return [self.ledger.findings(report) for report in sorted(owners)]

    def shown(self, groups: Sequence[ClaimGroup]) -> list[View]:
        """Groups as pages show them: with interests, who made each record, and the spans behind each reason."""
        known = self.mentions(claim for group in groups for claim in group.members)
        return [_shown(group, known, self.state) for group in groups]

    def state(self, interest: str | None) -> str | None:
        """An interest by its name: a state that only the user's own rows know is a code until then."""
        if interest is None or len(interest) != 2:
            return interest
        return self.counted.states.get(interest.lower(), interest.upper())

    def mentions(self, claims: Iterable[str]) -> dict[str, View]:
        """Claim id -> the mention, with what made it, the attribution it hangs on and the report's title."""
        found, wanted = dict[str, View](), set(claims)
        for findings in self.findings_of(wanted):
            text, held = findings.report.text, {a.id: a for a in findings.attributions}
            about = {"heading": heading_of(findings.report), "url": findings.report.url}
            seen = views.mentions(findings, wanted)
            for claim in (claim for claim in findings.claims if claim.id in seen):
                hung = held.get(claim.attribution or "")
                words = hung.source.of(text) if hung and hung.source else None
                more = {"made_by": claim.made_by, "attribution": claim.attribution, "source_words": words}
                found[claim.id] = {**seen[claim.id], **more, **about}
        return found

    def against(self, conflicts: Sequence[Conflict]) -> list[View]:
        """Disagreements as pages show them."""
        ends = {end for each in conflicts for end in (each.a, each.b)}
        texts = {f.report.id: f.report.text for f in self.findings_of(ends)}
        known = self.mentions(ends)
        return [views.conflict_view(each, known, texts, self.counted.home) for each in conflicts]

    def clashing(self, found: Sequence[Clash]) -> list[View]:
        """The same as pages show it: who stands on either side, which pairs may be an earlier and a later figure."""
        shown = [(each, each.pairs[:PAIRS]) for each in found]
        told = iter(worded(self.against([pair for _, pairs in shown for pair in pairs])))
        return [_clashing(each, [next(told) for _ in pairs], self.counted.home) for each, pairs in shown]

    def group_of(self, claim: str) -> ClaimGroup:
        """The group that holds a claim; UsageError for one that was rejected."""
        for report in searching.owners(self.ledger.db, {claim}):
            self._know(report)
        if claim not in self.counted.home:
            raise UsageError(f"{claim}: was rejected, or its report has a newer version; see /audit")
        found: ClaimGroup = self.counted.home[claim]
        return found

    def story_of(self, report: str) -> tuple[str, ...]:
        """The reports of its story; empty for an older version, and while nothing is counted yet."""
        if self._counted is None:
            return ()
        self._know(report)
        found: tuple[str, ...] = self.counted.story.get(report, ())
        return found

    def stories_of(self, reports: Iterable[int]) -> list[tuple[str, ...]]:
        """The stories of these reports (by their numbers), the largest first."""
        counted = self.counted
        if counted.numbered:
            return counted.by_report.found(reports)
        names = searching.named(self.ledger.db, reports)
        return sorted({counted.story[each] for each in names if each in counted.story}, key=size)

    def _know(self, report: str) -> None:
        """Puts right what a page asks for by name, where the count beside the pages has not come to it."""
        if self.behind or report not in self.counted.story:
            now, then = marks(self.ledger), self.counted.touched
            if now.get(report, -1) != then.get(report, -1):
                self._asked_for.clear()
                self.counted.patch(self.ledger, [report], now)

    def judgements(self) -> list[Judgement]:
        """Every judgement, the oldest first."""
        if self._judged is None:
            self._judged = self.ledger.judgements()
        return self._judged

    @property
    def speakers(self) -> Speakers:
        """Everyone who speaks, those heard most first."""
        return self.counted.speaking(self.ledger)

    def graded(self, sources: Iterable[View]) -> list[View]:
        """Some of those who speak, with the grades of now."""
        graded = grades(self.judgements())
        return [{**each, "reliability": graded.get(each["id"], {}).get("reliability")} for each in sources]

    def queue(self) -> list[str]:
        """Claims in the order of review: disputed first, then those the machine is least sure of."""
        judged = {item for made in self.judgements() if not made.undone for item in made.items}
        return [claim for claim in self.counted.waiting if claim not in judged]


def _clashing(clash: Clash, pairs: list[View], home: Mapping[str, ClaimGroup]) -> View:
    first = home.get(clash.pairs[0].a)
    left = set(first.members) if first else {clash.pairs[0].a}
    sides: tuple[dict[str, View], dict[str, View]] = {}, {}
    told = wordings(pairs[0]["text"])
    for pair in (pair for pair in pairs if pair["a"] and pair["b"]):
        drifts = pair["kind"] == "drift"
        turned = wordings(pair["text"])[0] != told[0] if drifts else pair["a"]["id"] not in left
        for side, end in zip(sides, ("b", "a") if turned else ("a", "b"), strict=True):
            side[pair[end]["id"]] = pair[end]
    later = [pair for pair in pairs if pair["kind"] == "update" != clash.kind]
    return {**pairs[0], "sides": [list(side.values()) for side in sides], "later": later, "pairs": pairs,
            "count": len(clash.pairs)}  # fmt: skip


def _shown(group: ClaimGroup, known: dict[str, View], state: Callable[[str | None], str | None]) -> View:
    view = views.group_view(group, known)
    for told, origin in zip(view["origins"]["groups"], group.origins, strict=True):
        told["interest"] = state(origin.interest)
        told["mentions"] = [claim for claim in told["mentions"] if claim in known]
        for reason, link in zip(told["reasons"], origin.reasons, strict=True):
            reason["spans"] = {"a": link.a_spans[:1], "b": link.b_spans[:1]}
    view["origins"]["interests"] = [state(each) for each in group.interests]
    return view

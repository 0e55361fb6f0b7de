"""The groups of a whole ledger as of one moment, in the order that pages show them; and the same with some reports new.

Counting everything anew takes seconds in a large ledger, so it is done beside the pages; what changed in the meantime
is put right by itself: its story as it was, its claims as they are now.
"""

import re
from array import array
from bisect import insort
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

import msgspec

from reportedly.corroborate import Groups
from reportedly.errors import LexiconError
from reportedly.ledgers import Filters, Ledger, grouping, searching, views
from reportedly.lexicon.sources import catalogue
from reportedly.model import ClaimGroup, Conflict, encode
from reportedly.web.ranked import Ranked, take_out
from reportedly.web.speakers import Speakers

Members = tuple[str, ...]
RANK = {"conflict": 0, "update": 1, "drift": 2}
UNNAMED = Filters(only_unnamed=True)


class Clash(NamedTuple):
    """What disagrees between two claims, however many mentions they have: a conflict where any pair is one."""

    kind: str
    field: str
    pairs: tuple[Conflict, ...]


class Counted:
    """What the links of a ledger say. `touched` tells of each report how it was when it was counted."""

    def __init__(self, ledger: Ledger, old: "Counted | None" = None, *, kept: bool = False) -> None:
        """Counts anew what is not in `old`; `kept`: takes what the ledger keeps, and counts nothing."""
        self.touched: dict[str, int] = marks(ledger)
        self.options = encode(ledger.options)
        self.parts: dict[Members, Groups] = self._kept(ledger) if kept else self._parts(ledger, old)
        self.certainty = certainty(ledger, marks(ledger), old)
        self._speaking: Speakers | None = None
        self.states = states(ledger)
        namings, numbers = dict[str, str | None](), array("q")
        for number, claim, naming in ledger.db.execute(_CLAIMS_BRIEF):  # one by one: a list sets off rubbish collection
            numbers.append(number)
            namings[claim] = naming
        self._sort(namings)
        claims = zip(numbers, map(self.home.get, namings), strict=True)
        reports = ledger.db.execute(_REPORT_NUMBERS)
        self.by_claim = Ranked(self.groups, claims, weight)
        self.by_report = Ranked(self.stories, ((seq, self.story.get(report)) for seq, report in reports), size)
        self.numbered = True  # whether all that has changed since was put right: numbers may be given again

    def _parts(self, ledger: Ledger, old: "Counted | None") -> dict[Members, Groups]:
        comps = [tuple(members) for members in grouping.components(ledger)]
        held = {members: part for members in comps if (part := self._as_in(old, members))}
        return held | grouping.parts(ledger, (each for each in comps if each not in held))

    def _kept(self, ledger: Ledger) -> dict[Members, Groups]:
        """The last count, as far as it still holds; reports whose groups are not fresh are not `touched` yet."""
        found = grouping.kept(ledger)
        fresh = {report for members, (_, good) in found.items() if good for report in members}
        stale = [report for members in found for report in members if report in self.touched and report not in fresh]
        claims = {claim.id for report in stale for claim in ledger.findings(report).claims}
        reports = self.touched.keys()
        self.touched = {report: mark for report, mark in self.touched.items() if report in fresh}
        return {
            members: part if good else _still(part, claims, reports)
            for members, (part, good) in found.items()
            if good or not reports.isdisjoint(members)
        }

    def _as_in(self, old: "Counted | None", members: Members) -> Groups | None:
        """The groups as they were counted before, where nothing has changed (`old` may be put right meanwhile)."""
        if old is None or old.options != self.options:
            return None
        part: Groups | None = old.parts.get(members)
        return part if all(old.touched.get(report) == self.touched.get(report) for report in members) else None

    def _sort(self, namings: Mapping[str, str | None]) -> None:
        parts = self.parts.values()
        self.groups = sorted((g for part in parts for g in part.claim_groups), key=weight)
        self.home = {claim: group for group in self.groups for claim in group.members}
        self.part_of: dict[str, Members] = {report: members for members in self.parts for report in members}
        self.conflicts = sorted((c for part in parts for c in part.conflicts), key=_order)
        self.clashes = sorted((c for part in parts for c in clashes(part.conflicts, self.home)), key=place)
        self.clashing: dict[str, list[Clash]] = {}
        for clash in self.clashes:
            self._index(clash)
        self.stories = sorted((s.members for part in parts for s in part.stories), key=size)
        self.story = {report: members for members in self.stories for report in members}
        self.unnamed = {g.members for g in self.groups if searching.passes(g, namings, UNNAMED)}
        self.disputed = {end for each in self.conflicts for end in (each.a, each.b)}
        self.waiting = sorted(self.home, key=self._doubt)

    def _doubt(self, claim: str) -> tuple[bool, float, str]:
        """Disputed first, then what the machine is least sure of."""
        return claim not in self.disputed, self.certainty.get(claim, 1.0), claim

    def speaking(self, ledger: Ledger) -> Speakers:
        """Everyone who speaks: counted when first asked for, or after the groups are there."""
        if self._speaking is None:
            self._speaking = Speakers(ledger)
        return self._speaking

    def _index(self, clash: Clash) -> None:
        for end in {end for pair in clash.pairs for end in (pair.a, pair.b)}:
            self.clashing.setdefault(end, []).append(clash)

    # --- some reports anew

    def patch(self, ledger: Ledger, changed: Iterable[str], now: Mapping[str, int]) -> None:
        """Counts the stories of these reports anew, with the members they had; a new report stands alone for now."""
        parts = {self.part_of.get(report, (report,)) for report in changed if report in now or report in self.part_of}
        for members in sorted(parts):
            left = tuple(report for report in members if report in now)
            self._drop(members)
            if left:
                self._insert(ledger, left)
        for report in changed:
            self.touched[report] = now.get(report, -1)

    def _drop(self, members: Members) -> None:
        old = self.parts.pop(members, None)
        if old is None:
            return
        claims = {claim for group in old.claim_groups for claim in group.members}
        clashing = {id(clash): clash for claim in claims for clash in self.clashing.pop(claim, ())}
        take_out(self.waiting, [claim for claim in claims if claim in self.home], self._doubt)
        take_out(self.groups, old.claim_groups, weight)
        take_out(self.conflicts, old.conflicts, _order)
        take_out(self.clashes, clashing.values(), place)
        take_out(self.stories, [story.members for story in old.stories], size)
        self.by_claim.drop(old.claim_groups)
        self.by_report.drop([self.story[story.members[0]] for story in old.stories])
        self.disputed -= claims
        self.unnamed -= {group.members for group in old.claim_groups}
        for claim in claims:
            self.home.pop(claim, None)
        for report in members:
            self.part_of.pop(report, None)
            self.story.pop(report, None)

    def _insert(self, ledger: Ledger, members: Members) -> None:
        new, findings = grouping.computed(ledger, members), [ledger.findings(report) for report in members]
        namings = {claim: naming for each in findings for claim, naming in views.namings(each).items()}
        self.certainty |= {claim: p for each in findings for claim, p in views.certainties(each).items()}
        self.parts[members] = new
        self.part_of |= dict.fromkeys(members, members)
        for each in new.conflicts:
            insort(self.conflicts, each, key=_order)
            self.disputed |= {each.a, each.b}
        for story in new.stories:
            insort(self.stories, story.members, key=size)
            self.story |= dict.fromkeys(story.members, story.members)
        for group in new.claim_groups:
            insort(self.groups, group, key=weight)
            self.home |= dict.fromkeys(group.members, group)
            self.unnamed |= {group.members} if searching.passes(group, namings, UNNAMED) else set()
            for claim in group.members:
                insort(self.waiting, claim, key=self._doubt)
        self._number(ledger, members)
        for clash in clashes(new.conflicts, self.home):
            insort(self.clashes, clash, key=place)
            self._index(clash)

    def _number(self, ledger: Ledger, reports: Members) -> None:
        """What the numbers of some reports and of their claims lead to now."""
        for report in reports:
            seq = ledger.db.execute("SELECT seq FROM reports WHERE id = ?", (report,)).fetchone()[0]
            self.by_report.put(self.story[report], [seq])
            for number, claim in ledger.db.execute("SELECT seq, id FROM claims WHERE report = ?", (report,)):
                if claim in self.home:
                    self.by_claim.put(self.home[claim], [number])


def clashes(conflicts: Iterable[Conflict], home: Mapping[str, ClaimGroup]) -> list[Clash]:
    """Disagreements of mentions, those of the same two claims about the same together; of wordings, the same two."""
    found: dict[tuple[str | Members, ...], list[Conflict]] = {}
    for each in conflicts:
        one, other = sorted(home[end].members if end in home else (end,) for end in (each.a, each.b))
        if each.kind == "drift" or one == other:
            one, other = (each.a,), (each.b,)
        drifts = each.kind == "drift" and each.text  # the same two stand in other claims, the other way round
        ends = tuple(sorted(wordings(each.text))) if drifts else (one, other)
        found.setdefault((each.field, *ends), []).append(each)
    told = [sorted(pairs, key=_order) for pairs in found.values()]
    return sorted((Clash(pairs[0].kind, pairs[0].field, tuple(pairs)) for pairs in told), key=place)


def wordings(drift: str) -> tuple[str, str]:
    """Both wordings of a quotation that drifts, out of the text that tells what differs.

    >>> wordings("the [old|new] road [|there]")
    ('the old road', 'the new road there')
    """
    one, other = (re.sub(r"\[([^|\]]*)\|([^\]]*)\]", side, drift) for side in (r"\1", r"\2"))
    return " ".join(one.split()), " ".join(other.split())


def place(clash: Clash) -> tuple[int, str, str]:
    """Conflicts first, then updates, then drift."""
    return _order(clash.pairs[0])


def _still(part: Groups, claims: Container[str], reports: Container[str]) -> Groups:
    """What of some groups can be shown when reports have changed since: all that is said is still there."""
    groups = tuple(each for each in part.claim_groups if all(claim in claims for claim in each.members))
    shown = {claim for group in groups for claim in group.members}
    return Groups(
        stories=tuple(each for each in part.stories if all(report in reports for report in each.members)),
        claim_groups=groups,
        conflicts=tuple(each for each in part.conflicts if each.a in shown and each.b in shown),
    )


def marks(ledger: Ledger) -> dict[str, int]:
    """The reports that count, with the mark that grows when their findings or links change."""
    return dict(ledger.db.execute("SELECT id, touched FROM reports WHERE newest").fetchall())


def states(ledger: Ledger) -> dict[str, str]:
    """Code -> name of the states that the ledger's own rows of vocabulary bring along."""
    if not ledger.options.lexicon:
        return {}
    try:
        rows = catalogue(ledger.options.lexicon).sources.values()
    except LexiconError:  # the folder may be gone since the reports were read: codes are shown
        return {}
    start = "Government of "
    named = {row.country: row.name.removeprefix(start) for row in rows if row.country and row.name.startswith(start)}
    return {code: name.removeprefix("the ") for code, name in named.items()}


def certainty(ledger: Ledger, touched: Mapping[str, int], old: Counted | None) -> dict[str, float]:
    """Claim -> how sure the machine is of the attribution it hangs on, for every report; known ones are kept."""
    same = {report for report, mark in touched.items() if old and old.touched.get(report) == mark}
    found: dict[str, float] = {}
    for report, claims in ledger.db.execute(_CLAIMS):
        if old and report in same:
            known = ((claim, old.certainty.get(claim)) for claim in claims.split())
            found |= {claim: p for claim, p in known if p is not None}
            continue
        row = ledger.db.execute("SELECT findings FROM reports WHERE id = ?", (report,)).fetchone()
        told = _FOUND.decode(row[0])
        sure = {a.id: a.probability for a in told.attributions}
        found |= {c.id: sure[c.attribution] for c in told.claims if c.attribution in sure}
    return found


def weight(group: ClaimGroup) -> tuple[int, int, str, Members]:
    """Most independent origins first, then most mentions."""
    return -group.high, -len(group.members), group.event, group.members


def _order(conflict: Conflict) -> tuple[int, str, str]:
    return RANK[conflict.kind], conflict.a, conflict.b


def size(members: Members) -> tuple[int, Members]:
    """The largest first."""
    return -len(members), members


class _Sure(msgspec.Struct):
    id: str
    probability: float = 1.0


class _Hung(msgspec.Struct):
    id: str
    attribution: str | None = None


class _Found(msgspec.Struct):
    attributions: list[_Sure] = []
    claims: list[_Hung] = []


_FOUND = msgspec.json.Decoder(_Found)
_CLAIMS_BRIEF = "SELECT seq, id, CASE WHEN attribution IS NULL THEN NULL ELSE coalesce(naming, 'none') END FROM claims"
_REPORT_NUMBERS = "SELECT seq, id FROM reports WHERE newest"
_CLAIMS = """
SELECT c.report, group_concat(c.id, ' ') FROM claims c JOIN reports r ON r.id = c.report AND r.newest GROUP BY c.report
"""

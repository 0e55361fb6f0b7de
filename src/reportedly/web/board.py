"""The groups of the whole ledger in the order that pages show them, kept until the file changes.

Pages then query only what they show: counting origins anew for each request would read every report.
"""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from reportedly.corroborate import Groups
from reportedly.errors import UsageError
from reportedly.ledgers import Filters, Ledger, grouping, judging, questions, searching, views
from reportedly.model import ClaimGroup, Conflict, Findings, encode

View = dict[str, Any]
RANK = {"conflict": 0, "update": 1, "drift": 2}


class Board:
    """One ledger as pages see it; asked from one thread at a time (the server's loop)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = self._version = 0
        self._open: Ledger | None = None
        self._parts: dict[object, Groups] = {}
        self._sure: dict[str, tuple[int, dict[str, float]]] = {}

    @property
    def ledger(self) -> Ledger:
        """The ledger behind the groups; to be read only (a write through it would not be noticed)."""
        assert self._open
        return self._open

    def fresh(self) -> Self:
        """The board as the file is now."""
        if self._open is None or self._thread != threading.get_ident() or self._version != self._seen():
            self._load()
        return self

    def close(self) -> None:
        """Lets go of the file."""
        if self._open and self._thread == threading.get_ident():
            self._open.close()
        self._open = None

    def _seen(self) -> int:
        return int(self.ledger.db.execute("PRAGMA data_version").fetchone()[0])

    def _load(self) -> None:
        self.close()
        self._open, self._thread = Ledger(self.path, make=False), threading.get_ident()
        self._version = self._seen()
        db = self.ledger.db
        marks = dict(db.execute("SELECT seq, touched FROM reports").fetchall())
        self.touched = {row["id"]: marks.get(row["seq"], 0) for row in db.execute("SELECT seq, id FROM reports")}
        if not self._parts:
            self.ledger.groups()  # fills the ledger's own cache in one go
        options, old = encode(self.ledger.options), self._parts
        self._parts = {}
        for members in grouping.components(self.ledger):
            key = options, *((member, self.touched.get(member)) for member in members)
            self._parts[key] = old.get(key) or self._part(members)
        self._sort()

    def _part(self, members: Sequence[str]) -> Groups:
        kept = grouping.cached(self.ledger.db, members[0], grouping.stamp(self.ledger, members))
        return msgspec.json.decode(kept, type=Groups) if kept else self.ledger.groups(members)

    def _sort(self) -> None:
        parts = self._parts.values()
        self.groups = sorted(
            (g for part in parts for g in part.claim_groups),
            key=lambda g: (-g.high, -len(g.members), g.event, g.members),
        )
        self.home = {claim: group for group in self.groups for claim in group.members}
        self.conflicts = sorted((c for part in parts for c in part.conflicts), key=lambda c: (RANK[c.kind], c.a, c.b))
        stories = sorted((s.members for part in parts for s in part.stories), key=lambda m: (-len(m), m))
        self.stories = stories
        self.story = {report: members for members in stories for report in members}
        self._queue: list[str] | None = None
        self._sources: list[View] | None = None
        self._naming: dict[str, str | None] = {}

    # --- what pages ask

    def claim_groups(self, filters: Filters) -> list[ClaimGroup]:
        """The groups of which a mention passes, those with most origins first."""
        single = msgspec.structs.replace(filters, only_unnamed=False, min_origins=0)
        found: list[ClaimGroup] = self.groups
        if single != Filters():
            wanted = searching.claim_ids(self.ledger.db, single)
            found = [group for group in found if not wanted.isdisjoint(group.members)]
        if filters.only_unnamed or filters.min_origins:
            namings = self._namings() if filters.only_unnamed else {}
            found = [group for group in found if searching.passes(group, namings, filters)]
        return found

    def conflicts_with(self, claims: Iterable[str]) -> list[Conflict]:
        """What disagrees with any of these claims."""
        wanted = set(claims)
        return [each for each in self.conflicts if each.a in wanted or each.b in wanted]

    def findings_of(self, claims: Iterable[str]) -> list[Findings]:
        """What was found in the reports that hold these claims."""
        owners = searching.owners(self.ledger.db, set(claims))
        return [self.ledger.findings(report) for report in sorted(owners)]

    def shown(self, groups: Sequence[ClaimGroup]) -> list[View]:
        """Groups as pages show them: with interests, who made each record, and the spans behind each reason."""
        known = self.mentions(claim for group in groups for claim in group.members)
        return [_shown(group, known) for group in groups]

    def mentions(self, claims: Iterable[str]) -> dict[str, View]:
        """Claim id -> the mention, with what made it, the attribution it hangs on and the report's title."""
        found: dict[str, View] = {}
        for findings in self.findings_of(claims):
            seen = views.mentions(findings)
            more = {c.id: {"made_by": c.made_by, "attribution": c.attribution} for c in findings.claims}
            about = {"title": findings.report.title, "url": findings.report.url}
            found.update({name: {**view, **more[name], **about} for name, view in seen.items()})
        return found

    def against(self, conflicts: Sequence[Conflict]) -> list[View]:
        """Disagreements as pages show them."""
        ends = {end for each in conflicts for end in (each.a, each.b)}
        texts = {f.report.id: f.report.text for f in self.findings_of(ends)}
        known = self.mentions(ends)
        return [views.conflict_view(each, known, texts) for each in conflicts]

    def group_of(self, claim: str) -> ClaimGroup:
        """The group that holds a claim; UsageError for one that was rejected."""
        if claim not in self.home:
            raise UsageError(f"{claim}: was rejected, or its report has a newer version; see /audit")
        return self.home[claim]

    def sources(self) -> list[View]:
        """Everyone who speaks, those heard most first."""
        if self._sources is None:
            self._sources = questions.sources(self.ledger)
        return self._sources

    def queue(self) -> list[str]:
        """Claims in the order of review: disputed first, then those the machine is least sure of."""
        if self._queue is None:
            disputed = {end for each in self.conflicts for end in (each.a, each.b)}
            sure = {claim: p for report in self.touched for claim, p in self._certainty(report).items()}
            self._queue = sorted(self.home, key=lambda c: (c not in disputed, sure.get(c, 1.0), c))
        judged = {item for made in judging.tied(self.ledger.db) if not made.undone for item in made.items}
        return [claim for claim in self._queue if claim not in judged]

    def certainty(self, mention: View) -> float | None:
        """How sure the machine is that the attribution of a claim stands there."""
        return self._certainty(mention["report"]).get(mention["id"])

    def _certainty(self, report: str) -> dict[str, float]:
        held = self._sure.get(report)
        if held is None or held[0] != self.touched[report]:
            row = self.ledger.db.execute("SELECT findings FROM reports WHERE id = ?", (report,)).fetchone()
            found = _FOUND.decode(row["findings"]) if row else _Found()
            sure = {a.id: a.probability for a in found.attributions}
            told = {c.id: sure[c.attribution] for c in found.claims if c.attribution in sure}
            held = self._sure[report] = self.touched[report], told
        return held[1]

    def _namings(self) -> dict[str, str | None]:
        if not self._naming:
            query = "SELECT id, CASE WHEN attribution IS NULL THEN NULL ELSE coalesce(naming, 'none') END FROM claims"
            self._naming = dict(self.ledger.db.execute(query).fetchall())
        return self._naming


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


def _shown(group: ClaimGroup, known: dict[str, View]) -> View:
    view = views.group_view(group, known)
    for told, origin in zip(view["origins"]["groups"], group.origins, strict=True):
        told["interest"] = origin.interest
        told["mentions"] = [claim for claim in told["mentions"] if claim in known]
        for reason, link in zip(told["reasons"], origin.reasons, strict=True):
            reason["spans"] = {"a": link.a_spans[:1], "b": link.b_spans[:1]}
    view["origins"]["interests"] = list(group.interests)
    return view

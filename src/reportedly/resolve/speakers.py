"""Who each attribution's source is: first what its words say alone, then what the report around them adds."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.lexicon import countries
from reportedly.lexicon.sources import Catalogue, fold
from reportedly.model import Attribution, Naming, Segmented, Source, SourceKind, identify
from reportedly.resolve.kinds import body_kind, media_kind, person_kind
from reportedly.resolve.phrases import Phrase, read
from reportedly.resolve.scan import Scan, Seen

MADE_BY = "resolve 1"
PERSONAL = ("office", "person", "spokes")


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved source as this report shows it: where it was said, by which nouns, of which gender."""

    source: Source
    at: int
    form: str
    roles: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    plural: bool = False
    gender: str = ""
    words: str = ""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the speakers of one report are resolved against."""

    report: str
    text: str
    scan: Scan
    catalogue: Catalogue
    phrases: Mapping[str, Phrase]
    names: Mapping[str, Seen]


def speakers(segmented: Segmented, attributions: Sequence[Attribution], found: Scan, catalogue: Catalogue) -> dict[str, Speaker]:
    """Attribution id -> speaker, for every attribution that names a source."""
    text = segmented.report.text
    named = sorted((a for a in attributions if a.source), key=_place)
    phrases = {a.id: read(a.source.of(text), catalogue) for a in named if a.source}
    context = Context(
        report=segmented.report.id,
        text=text,
        scan=found,
        catalogue=catalogue,
        phrases=phrases,
        names=_full_names(named, phrases, found),
    )
    alone = {a.id: speaker for a in named if (speaker := _alone(a, phrases[a.id], context))}
    settled = dict(alone)
    for attribution in named:
        if attribution.id not in settled:
            settled[attribution.id] = _in_context(attribution, phrases[attribution.id], context, settled)
    return settled


def _place(attribution: Attribution) -> int:
    return attribution.source.start if attribution.source else attribution.content[0].start


def _full_names(named: Iterable[Attribution], phrases: Mapping[str, Phrase], found: Scan) -> dict[str, Seen]:
    """Folded first or last word of every full name in the report -> the person; sources come before mere mentions."""
    sources = [
        Seen(
            name=p.name,
            start=_place(a),
            roles=frozenset(role.noun for role in p.roles),
            state=p.state,
            gender=p.gender,
            source=p.row,
        )
        for a in named
        if (p := phrases[a.id]).form == "person" and " " in p.name
    ]
    known: dict[str, Seen] = {}
    for seen in (*sources, *(s for s in found.people if " " in s.name)):
        words = seen.name.split()
        for word in (words[-1], words[0]) if not seen.gender else (words[-1],):
            known.setdefault(fold(word), seen)
    return known


def _alone(attribution: Attribution, phrase: Phrase, context: Context) -> Speaker | None:
    """The speaker when the phrase says it by itself."""
    if phrase.form == "person" and (" " in phrase.name or phrase.row):
        return _speaker(attribution, phrase, _person(phrase, context))
    if phrase.form == "body":
        return _speaker(attribution, phrase, _body(phrase, context))
    if phrase.form == "state":
        return _speaker(attribution, phrase, _state(phrase))
    if phrase.form == "role" and phrase.head and not _asks_context(phrase):
        return _speaker(attribution, phrase, _role(phrase, context))
    return None


def _asks_context(phrase: Phrase) -> bool:
    """Whether a role phrase points back: "the governor", "state media", "another agency"; not "several analysts"."""
    head = phrase.head
    if head is None or phrase.body or phrase.body_name:
        return False
    if head.sort in ("media", "body"):
        return head.noun != "media" or not phrase.state
    if phrase.state and not phrase.definite:
        return phrase.kinds == () and False
    return phrase.definite or head.sort in ("document", "spokes") or not phrase.plural


def _speaker(attribution: Attribution, phrase: Phrase, source: Source) -> Speaker:
    nouns = [*phrase.roles, *([phrase.head] if phrase.head else [])]
    return Speaker(
        source=source,
        at=_place(attribution),
        form=phrase.form,
        roles=frozenset(role.noun for role in nouns),
        sorts=frozenset(role.sort for role in nouns),
        plural=phrase.plural,
        gender=phrase.gender,
        words=phrase.words,
    )


def _person(phrase: Phrase, context: Context) -> Source:
    row = phrase.row or context.catalogue.find(phrase.name)
    if row:
        return row
    kind = person_kind(phrase)
    return Source(
        id=identify("source", "person", re.sub(r"\W", "", fold(phrase.name))),
        name=phrase.name,
        kind=kind,
        naming="named",
        country=phrase.state,
        part_of=phrase.body.id if phrase.body else None,
        made_by=MADE_BY,
    )


def _body(phrase: Phrase, context: Context) -> Source:
    row = phrase.row or context.catalogue.find(phrase.name)
    if row:
        return row
    return _made(phrase.name, body_kind(phrase, context.catalogue), "office", phrase.state, context)


def _state(phrase: Phrase) -> Source:
    return Source(
        id=f"government-{phrase.state}" if phrase.state else identify("source", "body", fold(phrase.name)),
        name=phrase.name,
        kind="government",
        naming="office",
        country=phrase.state,
        made_by=MADE_BY,
    )


def _made(name: str, kind: SourceKind, naming: Naming, state: str | None, context: Context) -> Source:
    """A source that no row knows; unnamed ones and single words are ids of this report only."""
    local = naming in ("unnamed", "none") or " " not in name
    key = (context.report, fold(name)) if local else ("body", fold(name))
    return Source(id=identify("source", *key), name=name, kind=kind, naming=naming, country=state, made_by=MADE_BY)


def _role(phrase: Phrase, context: Context) -> Source:
    """A body or people called by a noun: "South Korean military intelligence", "unnamed analysts"."""
    head = phrase.head
    assert head is not None
    if head.sort == "spokes" and not phrase.plural:
        behind = _behind(phrase, context)
        if behind:
            return behind
    if head.sort in ("body", "media"):
        return _common_body(phrase, context)
    if head.sort == "document":
        name = f"{phrase.body_name or ''} {head.noun}".strip()
        return _made(name, "document", "named", phrase.state, context)
    name = _description(phrase)
    return _made(name, person_kind(phrase), "unnamed", phrase.state, context)


def _behind(phrase: Phrase, context: Context) -> Source | None:
    """The body for which a spokesman without a name speaks."""
    if phrase.body:
        return phrase.body
    if phrase.body_name:
        return context.catalogue.find(phrase.body_name) or _made(
            phrase.body_name, person_kind(phrase), "office", phrase.state, context
        )
    bodies = [role for role in phrase.roles if role.sort == "body"]
    if bodies and phrase.state:
        name = f"{countries.countries()[phrase.state].adjective} {bodies[0].noun}"
        return context.catalogue.find(name) or _made(name, bodies[0].kind or "organization", "office", phrase.state, context)
    return None


def _common_body(phrase: Phrase, context: Context) -> Source:
    head = phrase.head
    assert head is not None
    kind = media_kind(phrase, context.catalogue) if head.sort == "media" else (head.kind or "organization")
    name = _bare(phrase)
    if phrase.state:
        name = f"{countries.countries()[phrase.state].adjective} {_noun_words(phrase)}"
        row = context.catalogue.find(name)
        if row:
            return row
    return _made(name, kind, "unnamed" if phrase.plural or _is_other(phrase) else "office", phrase.state, context)


def _is_other(phrase: Phrase) -> bool:
    return phrase.words.split()[0].casefold() in ("another", "a", "an", "one", "other", "some", "several")


def _noun_words(phrase: Phrase) -> str:
    """The role noun with its modifiers, without the state: "military intelligence"."""
    words = re.split(r",| (?:of|from|at|in|for|with|on|by|who|which|that) ", phrase.words)[0]
    words = re.sub(r"['’]s?(?= )", "", words)
    kept = [w for w in words.split() if w.casefold() not in _SMALL]
    while len(kept) > 1:
        hit = countries.longest(kept, 0)
        if not hit or hit[0] >= len(kept):
            break
        kept = kept[hit[0] :]
    return " ".join(_lowered(w) for w in kept)


def _lowered(word: str) -> str:
    return word if word.isupper() and len(word) > 1 or word.count(".") else word.lower()


_SMALL = frozenset(
    "the a an this that these those his her its their our another other several many some two three four five six seven "
    "eight nine ten one both various multiple numerous few dozens hundreds unnamed anonymous unidentified".split()
)


def _bare(phrase: Phrase) -> str:
    return _noun_words(phrase)


def _description(phrase: Phrase) -> str:
    """ "South Korean officials" when a state says whose they are, else "unnamed analysts"."""
    noun = _noun_words(phrase)
    if phrase.body and phrase.body.name.casefold() not in noun.casefold():
        return f"unnamed {noun}"
    if not phrase.state:
        return f"unnamed {noun}"
    whose = f"{countries.countries()[phrase.state].adjective} {noun}"
    return whose if phrase.plural else f"unnamed {whose}"


def _in_context(attribution: Attribution, phrase: Phrase, context: Context, settled: Mapping[str, Speaker]) -> Speaker:
    """The speaker that the report around a pronoun, a surname or "the agency" shows."""
    from reportedly.resolve.antecedents import antecedent

    before = antecedent(phrase, _place(attribution), context, settled)
    if before:
        kept = before.gender or phrase.gender
        return msgspec.structs.replace(before, at=_place(attribution), gender=kept if kept in ("m", "f") else "")
    return _speaker(attribution, phrase, _fallback(phrase, context))


def _fallback(phrase: Phrase, context: Context) -> Source:
    if phrase.form == "role":
        return _role(phrase, context)
    if phrase.form == "pronoun" or phrase.form == "none":
        return _made(phrase.words.casefold(), "anonymous", "unnamed", None, context)
    row = context.catalogue.find(phrase.name)
    if row:
        return row
    kind: SourceKind = person_kind(phrase) if phrase.form == "person" else "organization"
    naming: Naming = "named" if phrase.form == "person" else "office"
    return _made(phrase.name, kind, naming, phrase.state, context)

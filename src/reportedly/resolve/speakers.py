"""Who each attribution's source is: first what its words say alone, then what the report around them adds."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.lexicon import countries, roles
from reportedly.lexicon import words as words_of
from reportedly.lexicon.sources import Catalogue, fold
from reportedly.model import Attribution, Naming, Segmented, Source, SourceKind, Span, identify
from reportedly.resolve.kinds import body_kind, media_kind, person_kind
from reportedly.resolve.phrases import Phrase, read
from reportedly.resolve.scan import Scan, Seen

MADE_BY = "resolve 1"
FORCES = frozenset("army navy military troop soldier marines rebel".split()) | {"air force", "armed forces", "coast guard"}
PERSONAL = ("office", "person", "spokes")


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved source as this report shows it: where it was said, by which nouns, of which gender."""

    source: Source
    at: int
    form: str
    roles: frozenset[str] = frozenset()
    plural: bool = False
    person: bool = False
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
    phrases = {a.id: read(_as_inside(a.source, segmented), catalogue) for a in named if a.source}
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
        speaker = settled.get(attribution.id) or _in_context(attribution, phrases[attribution.id], context, settled)
        if speaker:
            settled[attribution.id] = speaker
    return settled


def _as_inside(span: Span, segmented: Segmented) -> str:
    """The words of a source with a sentence's first capital taken away: "Senior officials" -> "senior officials".

    It stays where it belongs to a name: before a capital, or when the word has it in mid-sentence elsewhere.
    """
    words = span.of(segmented.report.text)
    if not any(s.start <= span.start <= s.start + 1 for s in segmented.sentences):
        return words
    if re.fullmatch(r"[A-Z][a-z]+", words) and re.search(rf"\b{words.lower()}\b", segmented.report.text):
        return words.lower()
    hit = re.match(r"([A-Z][a-z-]+) ([^\W\d_][\w’'-]*)", words)
    if not hit:
        return words
    first, second = hit.groups()
    plain = second[0].islower() and second not in ("of", "and", "for", "in", "de", "al", "bin", "van", "von")
    if first in words_of("proper_adjectives.txt") or not plain and not countries.is_adjective(second) or countries.country_of(first) or _is_name(first, segmented):
        return words
    return words[0].lower() + words[1:]


def _is_name(word: str, segmented: Segmented) -> bool:
    if word.casefold() in roles.given_names():
        return True
    return bool(re.search(rf"[a-z,] {re.escape(word)}\b", segmented.report.text))


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
        if (p := phrases[a.id]).form == "person" and " " in p.name and _is_in_full(p)
    ]
    known: dict[str, Seen] = {}
    full = [s for s in found.people if s.in_full]
    times = Counter(s.name for s in (*sources, *full))
    sources.sort(key=lambda s: -times[s.name])
    full.sort(key=lambda s: (not s.sure, -times[s.name]))
    for seen in (*sources, *full):
        words = seen.name.split()
        for word in (words[-1], words[0]) if not seen.gender else (words[-1],):
            known.setdefault(fold(word), seen)
    return known


def _is_in_full(phrase: Phrase) -> bool:
    # A row's full name is no full name in this report when the report writes the surname alone.
    return phrase.row is None or fold(phrase.name).split()[0] in fold(phrase.words).split()


def _alone(attribution: Attribution, phrase: Phrase, context: Context) -> Speaker | None:
    """The speaker when the phrase says it by itself."""
    if phrase.form == "person" and _is_other_bearer(phrase, context):
        return None
    if phrase.form == "person" and (" " in phrase.name or phrase.row):
        person = _person(phrase, context)
        return _speaker(attribution, phrase, person, context.catalogue.offices.get(person.id, frozenset()))
    if phrase.form == "body":
        return _speaker(attribution, phrase, _body(phrase, context))
    if phrase.form == "state":
        return _speaker(attribution, phrase, _state(phrase))
    if phrase.form == "role" and phrase.head and not _asks_context(phrase):
        return _speaker(attribution, phrase, _role(phrase, context))
    return None


def _is_other_bearer(phrase: Phrase, context: Context) -> bool:
    """Whether a known surname belongs to somebody else in this report."""
    if phrase.row is None or " " in phrase.words:
        return False
    bearer = context.names.get(fold(phrase.words))
    return bearer is not None and (bearer.source is None or bearer.source.id != phrase.row.id)


def _asks_context(phrase: Phrase) -> bool:
    """Whether a role phrase points back: "the governor", "state media", "another agency"; not "several analysts"."""
    head = phrase.head
    if head is None or phrase.body or phrase.body_name:
        return False
    if head.sort in ("media", "body"):
        return not phrase.plural and (not phrase.state or head.kind == "state_media")
    if phrase.state and not phrase.definite:
        return False
    return phrase.definite or head.sort in ("document", "spokes") or not phrase.plural


def _speaker(attribution: Attribution, phrase: Phrase, source: Source, offices: frozenset[str] = frozenset()) -> Speaker:
    nouns = [*phrase.roles, *([phrase.head] if phrase.head else [])]
    return Speaker(
        source=source,
        at=_place(attribution),
        form=phrase.form,
        roles=frozenset(role.noun for role in nouns) | offices,
        plural=phrase.plural,
        person=is_personal(phrase),
        gender=phrase.gender or gender_shown(phrase),
        words=phrase.words,
    )


def is_personal(phrase: Phrase) -> bool:
    """Whether one human being is meant, even where a body answers for him ("a police spokeswoman")."""
    return phrase.form == "person" or bool(phrase.head and phrase.head.sort in PERSONAL and not phrase.plural)


def gender_shown(phrase: Phrase) -> str:
    """m or f when a noun says it: spokeswoman, policeman, widow."""
    nouns = (role.noun.split()[-1] for role in phrase.roles)
    return next((roles.titles()[n].gender for n in nouns if n in roles.titles()), "")


def _person(phrase: Phrase, context: Context) -> Source:
    row = phrase.row or context.catalogue.find(phrase.name)
    if row:
        return row
    kind = next((k for p in _mentions(phrase, context) if (k := person_kind(p)) != "person"), "person")
    if kind == "military" and _is_police_report(context):
        kind = "government"
    return Source(
        id=identify("source", "person", re.sub(r"\W", "", fold(phrase.name))),
        name=phrase.name,
        kind=kind,
        naming="named",
        country=phrase.state,
        part_of=phrase.body.id if phrase.body else None,
        made_by=MADE_BY,
    )


def _mentions(phrase: Phrase, context: Context) -> list[Phrase]:
    """The phrase and all others of the report that name the same person: one of them says what he is."""
    name = fold(phrase.name)
    others = [p for p in context.phrases.values() if p.form == "person" and p is not phrase]
    seen = [s for s in context.scan.people if s.roles]
    return [phrase, *(p for p in others if _same(p.name, name)), *(phrase_of(s) for s in seen if _same(s.name, name))]


def _same(name: str, wanted: str) -> bool:
    folded = fold(name)
    return folded == wanted or (" " not in folded and folded == wanted.split()[-1])


def phrase_of(seen: Seen) -> Phrase:
    """What a person named in the text would be as a source phrase."""
    nouns = tuple(roles.roles()[noun.casefold()][0] for noun in sorted(seen.roles))
    return Phrase(words=seen.name, form="person", name=seen.name, roles=nouns, state=seen.state, gender=seen.gender)


def _body(phrase: Phrase, context: Context) -> Source:
    row = phrase.row or context.catalogue.find(phrase.name)
    if row and row.id in context.catalogue.platforms:
        # The site is a way for others to speak; when it speaks itself, it is the company.
        return msgspec.structs.replace(row, id=f"{row.id}-company", kind="organization", naming="office")
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
        name = f"{phrase.body_name} {head.noun}" if phrase.body_name else phrase.described
        return _made(name, "document", "named" if phrase.body_name else "unnamed", phrase.state, context)
    if head.sort == "office" and phrase.definite and not phrase.plural:
        return _made(phrase.described, person_kind(phrase), "office", phrase.state, context)
    return _made(_description(phrase), role_kind(phrase, context), "unnamed", phrase.state, context)


def role_kind(phrase: Phrase, context: Context) -> SourceKind:
    """The kind of people called by a noun; an officer in a report on the police is no soldier."""
    kind = person_kind(phrase)
    ranked = kind == "military" and not phrase.kinds
    return "government" if ranked and _is_police_report(context) else kind


def _is_police_report(context: Context) -> bool:
    """Whether lieutenants and officers are the police's: it is named and no armed force is."""
    return "police" in context.scan.nouns and not context.scan.nouns & FORCES


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
    name = phrase.noun
    if phrase.state:
        name = f"{countries.countries()[phrase.state].adjective} {phrase.noun}"
        row = context.catalogue.find(name)
        if row:
            return row
    unnamed = (phrase.plural and head.noun != "authority") or _is_other(phrase)
    return _made(name, kind, "unnamed" if unnamed else "office", phrase.state, context)


def _is_other(phrase: Phrase) -> bool:
    return phrase.words.split()[0].casefold() in ("another", "a", "an", "one", "other", "some", "several")


def _description(phrase: Phrase) -> str:
    """ "South Korean officials" when a state says whose they are, else "unnamed analysts"."""
    if re.search(r"^[A-Z]\S+ and | and [A-Z]", phrase.words):
        return phrase.words
    if not phrase.state or phrase.body:
        return f"unnamed {phrase.noun}"
    adjective = countries.countries()[phrase.state].adjective
    whose = phrase.described if adjective in phrase.described else f"{adjective} {phrase.noun}"
    return whose if phrase.plural else f"unnamed {whose}"


def _in_context(attribution: Attribution, phrase: Phrase, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    """The speaker that the report around a pronoun, a surname or "the agency" shows."""
    from reportedly.resolve.antecedents import antecedent

    before = antecedent(phrase, _place(attribution), context, settled)
    if before:
        kept = before.gender or phrase.gender
        return msgspec.structs.replace(before, at=_place(attribution), gender=kept if kept in ("m", "f") else "")
    if phrase.form == "pronoun":
        return None
    return _speaker(attribution, phrase, _fallback(phrase, context))


def _fallback(phrase: Phrase, context: Context) -> Source:
    if phrase.form == "role":
        return _role(phrase, context)
    if phrase.form == "none":
        bare = re.sub(r"^(the|these|those|many|some|other|most) ", "", phrase.words)
        people = re.fullmatch(r"[a-z][\w’' -]*[^s]s", bare) is not None
        name = f"unnamed {bare}" if people else bare
        return _made(name, "person" if people else "anonymous", "unnamed", None, context)
    row = context.catalogue.find(phrase.name)
    if row:
        return row
    human = phrase.form == "person" or _is_called_he(phrase, context)
    kind: SourceKind = person_kind(phrase) if human else "organization"
    naming: Naming = "named" if human else "office"
    return _made(phrase.name, kind, naming, phrase.state, context)


def _is_called_he(phrase: Phrase, context: Context) -> bool:
    """Whether the next source after a lone name is "he" or "she"."""
    order = list(context.phrases.values())
    at = next((n for n, p in enumerate(order) if p is phrase), len(order))
    if phrase.form == "lone" and not phrase.definite and re.search(
        rf"\b{re.escape(phrase.name)}\b[^.]{{0,80}}(\b(his|her|he|she)\b|\. (He|She)\b)", context.text
    ):
        return True
    return phrase.form == "lone" and any(p.gender in ("m", "f") and p.form == "pronoun" for p in order[at + 1 : at + 2])

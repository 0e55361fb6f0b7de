"""What "he", "Lee", "the agency" or "state media" stand for in this report."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from reportedly.lexicon import countries, roles
from reportedly.lexicon.sources import fold
from reportedly.model import Source
from reportedly.resolve.phrases import Phrase, gender_of
from reportedly.resolve.scan import Seen
from reportedly.resolve.speakers import PERSONAL, Context, Speaker, _made, _person, gender_shown, is_personal, phrase_of, role_kind

PERSON_KINDS = frozenset("government military analyst witness person organization outlet anonymous".split())


def antecedent(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    """The speaker that the phrase points to, or none when the report shows none."""
    if phrase.form in ("person", "lone"):
        return _by_name(phrase, at, context)
    if phrase.form == "pronoun":
        return _by_pronoun(phrase, at, context, settled)
    if phrase.form == "role":
        return _by_role(phrase, at, context, settled)
    return None


def _by_name(phrase: Phrase, at: int, context: Context) -> Speaker | None:
    """The full name, anywhere in the report, that a surname belongs to; a letter more or less is forgiven."""
    name = phrase.name if phrase.row is None else phrase.words
    seen = context.names.get(fold(name)) or _near_name(phrase.name, context) or _after_given_name(name, context)
    return _from_seen(seen, at, context) if seen else None


def _after_given_name(surname: str, context: Context) -> Seen | None:
    """The full name in a line of capitals, such as a headline: a known given name before the surname."""
    for hit in re.finditer(rf"\b([A-Z][\w'’-]+) {re.escape(surname)}\b", context.text):
        if hit[1].casefold() in roles.given_names():
            return Seen(name=hit[0], start=hit.start(), gender=gender_of(hit[0]))
    return None


def _near_name(name: str, context: Context) -> Seen | None:
    folded = fold(name)
    if len(folded) < 5:
        return None
    return next((seen for known, seen in context.names.items() if _one_apart(folded, known)), None)


def _one_apart(a: str, b: str) -> bool:
    if a[0] != b[0] or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 5:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _from_seen(seen: Seen, at: int, context: Context) -> Speaker:
    own = next((p for p in context.phrases.values() if p.form == "person" and p.name == seen.name), None)
    phrase = own or phrase_of(seen)
    return Speaker(
        source=seen.source or _person(phrase, context),
        at=at,
        form="person",
        roles=seen.roles,
        person=True,
        gender=seen.gender,
        words=seen.name,
    )


def _earlier(at: int, settled: Mapping[str, Speaker]) -> list[Speaker]:
    return sorted((s for s in settled.values() if s.at < at), key=lambda s: -s.at)


def _later(at: int, settled: Mapping[str, Speaker]) -> list[Speaker]:
    return sorted((s for s in settled.values() if s.at > at), key=lambda s: s.at)


def _by_pronoun(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    before = _earlier(at, settled)
    if phrase.gender in ("m", "f"):
        fits = [s for s in before if _is_person(s) and s.gender in ("", phrase.gender)]
        return fits[0] if fits else _last_seen(phrase, at, context)
    if phrase.gender == "it":
        return next((s for s in before if not _is_person(s) and not s.plural), None)
    if phrase.gender == "who":
        return _just_before(at, context, settled)
    if phrase.gender == "they":
        return next((s for s in before if s.plural or not _is_person(s)), next(iter(before), None))
    return next(iter(before), None)


def _just_before(at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    """ "Ann Lee, who said": the last person or body named before the relative word."""
    seen = [s for s in context.scan.people if s.start < at]
    rows = [(start, row) for start, row in context.scan.rows if start < at and row.id not in context.catalogue.people]
    speaker = next(iter(_earlier(at, settled)), None)
    last = max(((s.start if s else -1), n) for n, s in enumerate((seen[-1] if seen else None,)))[0]
    if rows and rows[-1][0] > last and (speaker is None or rows[-1][0] > speaker.at):
        return _from_row(rows[-1][1], at)
    if seen and (speaker is None or last >= speaker.at):
        return _from_seen(seen[-1], at, context)
    return speaker


def _from_row(row: Source, at: int) -> Speaker:
    return Speaker(source=row, at=at, form="body", words=row.name)


def _last_seen(phrase: Phrase, at: int, context: Context) -> Speaker | None:
    fits = [s for s in context.scan.people if s.start < at and s.gender in ("", phrase.gender)]
    return _from_seen(fits[-1], at, context) if fits else None


def _is_person(speaker: Speaker) -> bool:
    return speaker.person


def _by_role(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    head = phrase.head
    assert head is not None
    if phrase.words[0].isupper() and fold(phrase.words) in context.names:
        return _from_seen(context.names[fold(phrase.words)], at, context)
    if phrase.definite and re.match(r"[Tt]he [A-Z][a-z]+$", phrase.words):
        last = phrase.words.split()[-1].casefold()
        row = next((row for _, row in context.scan.rows if fold(row.name).split()[-1] == last), None)
        if row:
            return _from_row(row, at)
    if head.sort in PERSONAL:
        return _person_by_role(phrase, at, context, settled)
    if head.sort == "media":
        return _media(phrase, at, context, settled)
    if head.sort == "document":
        return _document(phrase, at, settled)
    return _body_by_noun(phrase, at, context, settled)


def _person_by_role(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    head = phrase.head
    assert head is not None
    if phrase.definite:
        for speaker in (*_earlier(at, settled), *_later(at, settled)):
            alike = head.noun in speaker.roles and speaker.plural == phrase.plural
            if alike and _state_fits(phrase, speaker.source):
                return speaker
        for seen in _by_distance(context.scan.people, at):
            if head.noun in seen.roles and phrase.state in (None, seen.state):
                return _from_seen(seen, at, context)
        if head.sort != "office" and not phrase.plural and phrase.words.split()[0].casefold() in ("the", "this", "that"):
            for speaker in _earlier(at, settled):
                if speaker.source.kind in head.refers and _is_person(speaker):
                    return speaker
    if head.sort == "spokes":
        return _spoken_for(phrase, at, context, settled)
    return _unnamed(phrase, at, context)


def _spoken_for(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    """The body that an unnamed spokesman speaks for: "a police spokeswoman", "its spokesman"."""
    bodies = [role for role in phrase.roles if role.sort == "body"]
    if bodies:
        behind = msgspec.structs.replace(phrase, head=bodies[0], definite=True, noun=bodies[0].noun)
        found = _body_by_noun(behind, at, context, settled)
        source = found.source if found else _made(bodies[0].noun, bodies[0].kind or "organization", "office", None, context)
        return _spoken(phrase, at, source)
    before = next((s for s in _earlier(at, settled) if s.form == "body"), None)
    return _spoken(phrase, at, before.source) if before else None


def _unnamed(phrase: Phrase, at: int, context: Context) -> Speaker | None:
    """ "a naval officer" in a report on Indian warships is an Indian one."""
    kind = role_kind(phrase, context)
    if kind not in ("military", "government", "intelligence") or phrase.definite or phrase.state:
        return None
    states = {o.state for o in context.scan.owned if o.kind == kind}
    if len(states) != 1:
        return None
    state = states.pop()
    name = f"unnamed {countries.countries()[state].adjective} {phrase.noun}"
    return _spoken(phrase, at, _made(name, kind, "unnamed", state, context))


def _spoken(phrase: Phrase, at: int, source: Source) -> Speaker:
    head = phrase.head
    nouns = (*phrase.roles, *((head,) if head else ()))
    return Speaker(
        source=source,
        at=at,
        form="role",
        roles=frozenset(r.noun for r in nouns),
        plural=phrase.plural,
        person=is_personal(phrase),
        gender=gender_shown(phrase),
        words=phrase.words,
    )


def _state_fits(phrase: Phrase, source: Source) -> bool:
    return phrase.state is None or source.country in (None, phrase.state)


def _by_distance(people: Iterable[Seen], at: int) -> list[Seen]:
    return sorted(people, key=lambda s: (s.start > at, abs(s.start - at)))


def _media(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    """State media are the agency that the report names; "the newspaper" is the outlet named before."""
    head = phrase.head
    assert head is not None
    if head.kind == "state_media" and ("media" in head.noun or "agency" in head.noun):
        row = _state_agency(phrase, at, context)
        if row:
            return _spoken(phrase, at, row)
    if phrase.definite:
        found = next((s for s in _earlier(at, settled) if s.source.kind in head.refers and not _is_person(s)), None)
        if found:
            return found
    same = [s for s in (*_earlier(at, settled), *_later(at, settled)) if head.noun in s.roles and s.source.country]
    if same and not phrase.state and not _indefinite(phrase):
        return same[0]
    return _with_state(phrase, at, context)


def _indefinite(phrase: Phrase) -> bool:
    return phrase.words.split()[0].casefold() in ("another", "a", "an", "one", "other", "some", "several")


def _state_agency(phrase: Phrase, at: int, context: Context) -> Source | None:
    named = sorted(((abs(start - at), row) for start, row in context.scan.rows if row.kind == "state_media"), key=lambda x: x[0])
    fits = [row for _, row in named if phrase.state in (None, row.country)]
    if fits:
        return fits[0]
    if not phrase.state:
        return None
    main = [r for r in context.catalogue.sources.values() if r.country == phrase.state and r.id in context.catalogue.main]
    return main[0] if len(main) == 1 else None


def _with_state(phrase: Phrase, at: int, context: Context) -> Speaker | None:
    """ "state television" in a report on one state alone: "Iranian state television"."""
    from reportedly.resolve.kinds import media_kind

    if phrase.state:
        return None
    owned = [o.state for o in context.scan.owned if o.sort == "media"] or [code for _, code in context.scan.states]
    if not owned or (len(set(owned)) > 1 and owned.count(max(set(owned), key=owned.count)) * 2 <= len(owned)):
        return None
    state = max(sorted(set(owned)), key=owned.count)
    full = msgspec.structs.replace(phrase, state=state)
    noun = f"{countries.countries()[state].adjective} {phrase.noun}"
    naming = "unnamed" if _indefinite(phrase) else "office"
    name = f"unnamed {noun}" if _indefinite(phrase) else noun
    return _spoken(phrase, at, _made(name, media_kind(full, context.catalogue), naming, state, context))  # type: ignore[arg-type]


def _document(phrase: Phrase, at: int, settled: Mapping[str, Speaker]) -> Speaker | None:
    head = phrase.head
    assert head is not None
    if not phrase.definite:
        return None
    before = _earlier(at, settled)
    same = next((s for s in before if head.noun in s.roles), None)
    return same or next((s for s in before if s.source.kind in head.refers and not _is_person(s)), None)


def _body_by_noun(phrase: Phrase, at: int, context: Context, settled: Mapping[str, Speaker]) -> Speaker | None:
    head = phrase.head
    assert head is not None
    if not phrase.definite and (phrase.state or _indefinite(phrase)):
        return None
    around = (*_earlier(at, settled), *_later(at, settled))
    for speaker in around:
        named = head.noun in fold(speaker.source.name).split() or head.noun in speaker.roles
        if named and speaker.source.naming != "unnamed" and not _is_person(speaker) and _state_fits(phrase, speaker.source):
            return speaker
    row = next((row for _, row in context.scan.rows if fold(row.name).split()[-1:] == [head.noun] and _state_fits(phrase, row)), None)
    if row:
        return _spoken(phrase, at, row)
    named = next((name for _, name in context.scan.bodies if fold(name).split()[-1] == head.noun), None)
    if named:
        return _spoken(phrase, at, _made(named, head.kind or "organization", "office", phrase.state, context))
    if phrase.state or head.kind in ("military", "government"):
        return None
    fits = (s for s in _earlier(at, settled) if s.source.kind in head.refers and not _is_person(s) and not s.plural)
    return next(fits, None)

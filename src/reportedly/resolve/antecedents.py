"""What "he", "Lee", "the agency" or "state media" stand for in this report."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from msgspec.structs import replace

from reportedly.lexicon import countries, roles, words
from reportedly.lexicon.roles import Role
from reportedly.lexicon.sources import fold
from reportedly.model import Source
from reportedly.resolve.context import PERSONAL, Asked, Context, Speaker, spoken
from reportedly.resolve.kinds import media_kind
from reportedly.resolve.persons import gender_of
from reportedly.resolve.phrases import Phrase, read
from reportedly.resolve.pronouns import by_pronoun, from_row, from_seen, noun_before
from reportedly.resolve.scan import Seen
from reportedly.resolve.sources import body, called, is_indefinite, made, people_kind, person, state

# States that a report on them calls by half their name.
BODIES = ("organization", "international_body", "government")
HALVES = {"the north": "kp", "the south": "kr"}


def antecedent(asked: Asked) -> Speaker | None:
    """The speaker that the phrase points to, or none when the report shows none."""
    if asked.phrase.form in ("person", "lone"):
        return _by_name(asked)
    if asked.phrase.form == "pronoun":
        noun = noun_before(asked) if asked.phrase.gender == "who" else None
        return (antecedent(noun) or _called(noun)) if noun else by_pronoun(asked)
    if asked.phrase.form == "role" and asked.phrase.head:
        return _by_role(asked, asked.phrase.head)
    return None


def _called(asked: Asked) -> Speaker | None:
    head = asked.phrase.head
    return spoken(asked.phrase, asked.at, called(asked.phrase, head, asked.context)) if head else None


def _by_name(asked: Asked) -> Speaker | None:
    """The full name, anywhere in the report, that a surname belongs to; a letter more or less is forgiven."""
    phrase, context = asked.phrase, asked.context
    half = HALVES.get(phrase.words.casefold())
    if half and half in {code for _, code in context.scan.states}:
        named = replace(phrase, form="state", name=countries.countries()[half].government, state=half)
        return spoken(named, asked.at, state(named, context))
    name = phrase.name if phrase.row is None else phrase.words
    seen = (
        context.names.get(fold(name))
        or (context.names.get(fold(name.title())) if name.isupper() else None)
        or _near_name(phrase.name, context)
        or _after_given_name(name, context)
    )
    return from_seen(seen, asked) if seen else None


def _near_name(name: str, context: Context) -> Seen | None:
    folded = fold(name)
    return next((seen for known, seen in context.names.items() if _one_apart(folded, known)), None)


def _one_apart(a: str, b: str) -> bool:
    if a[0] != b[0] or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 5:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _after_given_name(surname: str, context: Context) -> Seen | None:
    """The full name in a line of capitals, such as a headline: a known given name before the surname."""
    for hit in re.finditer(rf"\b([A-Z][\w'’-]+) {re.escape(surname)}\b", context.text):
        if hit[1].casefold() in roles.given_names():
            return Seen(name=hit[0], start=hit.start(), gender=gender_of(hit[0]))
    return None


def _by_role(asked: Asked, head: Role) -> Speaker | None:
    titled = asked.context.names.get(fold(asked.phrase.words)) if asked.phrase.words[0].isupper() else None
    if titled:
        return from_seen(titled, asked)
    short = _by_last_word(asked)
    if short:
        return short
    if head.sort in PERSONAL:
        return _person_by_role(asked, head)
    if head.sort == "media":
        return _media(asked, head)
    if head.sort == "document":
        return _document(asked, head)
    return body_by_noun(asked, head)


def _by_last_word(asked: Asked) -> Speaker | None:
    """ "the Post", "the Navy": the row named in the text whose name ends so."""
    hit = re.fullmatch(r"[Tt]he ([A-Z][a-z]+)", asked.phrase.words)
    rows = (row for _, row in asked.context.scan.rows if hit and fold(row.name).split()[-1] == hit[1].casefold())
    row = next(rows, None)
    return from_row(row, asked) if row else None


def _person_by_role(asked: Asked, head: Role) -> Speaker | None:
    found = _bearer(asked, head) if asked.phrase.definite else None
    behind = head.sort == "spokes" and any(role.sort == "body" for role in asked.phrase.roles)
    if found and not (behind and found.source.naming == "unnamed"):
        return (_introduced(asked, head) if found.source.naming == "unnamed" else None) or found
    if head.sort == "spokes":
        return _spoken_for(asked)
    return _introduced(asked, head) or _owned(asked) or _unnamed(asked)


def _introduced(asked: Asked, head: Role) -> Speaker | None:
    """ "The head of the port denied it. Ann Lee told reporters ...": who is named next and is called nothing else."""
    phrase, context = asked.phrase, asked.context
    if (
        head.sort != "office"
        or not phrase.definite
        or phrase.plural
        or re.match(r"(?:his|her|its|their) ", phrase.words, re.I)
    ):
        return None
    order = list(context.phrases.values())
    at = next((n for n, each in enumerate(order) if each is phrase), len(order))
    later = next((p for p in order[at + 1 :] if p.words != phrase.words), None)
    bare = later is not None and later.form == "person" and " " in later.name and later.words == later.name
    if later is None or not bare or later.row or context.text.find(later.name) < asked.at:
        return None
    known = any(seen.name == later.name and seen.roles for seen in context.scan.people)
    return (
        None
        if known
        else spoken(phrase, asked.at, person(replace(later, roles=phrase.roles, state=phrase.state), context))
    )


def _bearer(asked: Asked, head: Role) -> Speaker | None:
    """Who holds the office in this report; "the official" may be anybody of that kind who spoke before."""
    phrase, people = asked.phrase, asked.context.scan.people
    for speaker in asked.around:
        alike = roles.bears(head.noun, speaker.roles) and speaker.plural == phrase.plural
        if speaker.at > asked.at and speaker.source.naming == "unnamed":
            continue
        own = [seen for seen in people if seen.name == speaker.source.name]
        party = not phrase.party or any(_adjectives_fit(asked, seen) for seen in own)
        if alike and party and _state_fits(phrase, speaker.source) and _is_of(asked, speaker.source.name):
            return speaker
    for seen in _by_distance(asked.context.scan.people, asked.at):
        if not _adjectives_fit(asked, seen):
            continue
        if roles.bears(head.noun, seen.roles) and phrase.state in (None, seen.state) and _is_of(asked, seen.name):
            return from_seen(seen, asked)
    pointing = phrase.words.split()[0].casefold() in ("the", "this", "that")
    if head.sort == "office" or phrase.plural or not pointing:
        return None
    return next((s for s in asked.before if s.source.kind in head.refers and s.person), None)


def _adjectives_fit(asked: Asked, seen: Seen) -> bool:
    """Whether the party in "the Republican nominee" stands before the name as well."""
    party = asked.phrase.party
    return not party or party in asked.context.text[max(0, seen.start - 60) : seen.start]


def _is_of(asked: Asked, name: str) -> bool:
    """Whether whose office it is ("the brewer's president") stands beside the name as well."""
    phrase, text = asked.phrase, asked.context.text
    owner = re.match(r"(?:[\w’'-]+ )*?([\w-]+)['’]s? ", phrase.words)
    owner = owner or (
        re.match(r"[^,]*? (?:of|for|at|in) (?:the )?([A-Z][\w-]+)", phrase.words) if phrase.body_name else None
    )
    if owner is None or phrase.state or phrase.body:
        return True
    if "'s " in name:
        return owner[1] in name
    other = text[: asked.at] + " " * len(phrase.words) + text[asked.at + len(phrase.words) :]
    places = [hit.start() for hit in re.finditer(re.escape(name.split()[-1]), other)]
    return any(owner[1] in other[max(0, at - 80) : at + len(name) + 80] for at in places)


def _state_fits(phrase: Phrase, source: Source) -> bool:
    return phrase.state is None or source.country in (None, phrase.state)


def _by_distance(people: Iterable[Seen], at: int) -> list[Seen]:
    return sorted(people, key=lambda s: (s.start > at, abs(s.start - at)))


def _spoken_for(asked: Asked) -> Speaker | None:
    """The body that an unnamed spokesman speaks for: "a police spokeswoman", "its spokesman"."""
    phrase = asked.phrase
    body = next((role for role in phrase.roles if role.sort == "body"), None)
    told = re.search(rf" (?:for|of) (?:the|a|an) ((?:[a-z-]+ )+{body.noun})$", phrase.words) if body else None
    if body and told:
        return spoken(phrase, asked.at, made(told[1], body.kind or "organization", "office", None, asked.context))
    if body:
        behind = replace(asked, phrase=replace(phrase, head=body, definite=True, noun=body.noun))
        found = body_by_noun(behind, body)
        written = re.search(rf"((?:(?!An? |The )[A-Z][\w’'-]+ )*)({re.escape(body.noun)})", phrase.words)
        unknown = made(written[0] if written else body.noun, body.kind or "organization", "office", None, asked.context)
        return spoken(phrase, asked.at, found.source if found else unknown)
    if re.search(r" (for|of|at|from|with) ", phrase.words):
        return None
    if owned := _owned(asked):
        return owned
    own = (
        re.match(rf"(?:[Aa]n|[Aa]|[Tt]he) ((?:[A-Z][\w&’'-]* )+){phrase.head.noun}$", phrase.words)
        if phrase.head
        else None
    )
    if own and not phrase.state and fold(own[1]) not in asked.context.names:
        return spoken(phrase, asked.at, made(own[1].strip(), "organization", "office", None, asked.context))
    before = next((s for s in asked.before if not s.person and s.source.naming == "office"), None)
    return spoken(phrase, asked.at, before.source) if before else None


def _owned(asked: Asked) -> Speaker | None:
    """ "Her spokesman", "Lee's lawyers": called by whose they are, in full; who speaks for a person is of his kind."""
    phrase = asked.phrase
    owner = _owner(asked) if phrase.head else None
    loose = phrase.head is None or phrase.head.noun in words("loose.txt")
    if owner is None or phrase.head is None or loose or owner.source.naming != "named":
        return None
    kind = people_kind(phrase, asked.context)
    kind = owner.source.kind if phrase.head.sort == "spokes" and kind in ("person", "organization") else kind
    noun = re.sub(r"^.*['’]s? ", "", phrase.noun)
    name = f"{owner.source.name}'s {noun}"
    return spoken(phrase, asked.at, made(name, kind, "unnamed", owner.source.country, asked.context))


def _owner(asked: Asked) -> Speaker | None:
    """Whose "her spokesman" is: the last person of that gender, or the person named before the mark."""
    phrase = asked.phrase
    gender = {"his": "m", "her": "f"}.get(phrase.words.split()[0].casefold())
    if gender:
        return by_pronoun(replace(asked, phrase=replace(phrase, form="pronoun", gender=gender)))
    named = re.match(r"(?:(?:[Tt]he|M\w{1,2}\.?) )?((?:[A-Z][\w.-]* )*)([A-Z][\w-]+)['’]s? [a-z]", phrase.words)
    if named is None or phrase.state or phrase.body:
        return None
    full = (seen for seen in asked.context.scan.people if seen.name == named[1] + named[2])
    seen = next(full, None) or asked.context.names.get(fold(named[2]))
    return from_seen(seen, asked) if seen else None


def _unnamed(asked: Asked) -> Speaker | None:
    """ "a naval officer" in a report on Indian warships is an Indian one."""
    phrase, context = asked.phrase, asked.context
    kind = people_kind(phrase, context)
    if kind not in ("military", "intelligence") or phrase.definite or phrase.state:
        return None
    states = {owned.state for owned in context.scan.owned if owned.kind == kind}
    if len(states) != 1:
        return None
    code = states.pop()
    name = f"unnamed {countries.countries()[code].adjective} {phrase.noun}"
    return spoken(phrase, asked.at, made(name, kind, "unnamed", code, context))


def _media(asked: Asked, head: Role) -> Speaker | None:
    """State media are the agency that the report names; "the newspaper" is the outlet named before."""
    if head.kind == "state_media" and ("media" in head.noun or "agency" in head.noun):
        row = _state_agency(asked)
        if row:
            return spoken(asked.phrase, asked.at, row)
    if asked.phrase.definite:
        found = next((s for s in asked.before if s.source.kind in head.refers and not s.person), None)
        if found:
            return found
    if asked.phrase.state or asked.phrase.definite:
        return None
    same = (s for s in asked.around if head.noun in s.roles and s.source.country)
    return (None if is_indefinite(asked.phrase) else next(same, None)) or _with_state(asked)


def _state_agency(asked: Asked) -> Source | None:
    """The state's agency that stands nearest in the text; else the one row marked as what "state media" means there."""
    whose, known = asked.phrase.state, asked.context.catalogue
    rows = [(abs(start - asked.at), row) for start, row in asked.context.scan.rows if row.kind == "state_media"]
    fits = [row for _, row in sorted(rows, key=lambda each: each[0]) if whose in (None, row.country)]
    main = [row for row in map(known.sources.__getitem__, sorted(known.main)) if whose and row.country == whose]
    if fits or main:
        return next(iter(fits), main[0] if len(main) == 1 else None)
    return _agency_in_text(asked)


def _agency_in_text(asked: Asked) -> Source | None:
    # An agency that no row knows, the only one that the text names.
    names = {
        name for _, name in asked.context.scan.bodies if re.search(r"\b(News|Press) (Agency|Bureau|Service)$", name)
    }
    if len(names) != 1 or asked.phrase.state:
        return None
    return made(names.pop(), "state_media", "office", None, asked.context)


def _with_state(asked: Asked) -> Speaker | None:
    """ "state television" in a report on one state above all: "Iranian state television"."""
    phrase, scan = asked.phrase, asked.context.scan
    codes = [o.state for o in scan.owned if o.sort == "media"] or [code for _, code in scan.states]
    code = max(sorted(set(codes)), key=codes.count, default=None)
    if code is None or (len(set(codes)) > 1 and codes.count(code) * 2 <= len(codes)):
        return None
    noun = f"{countries.countries()[code].adjective} {phrase.noun}"
    kind = media_kind(replace(phrase, state=code), asked.context.catalogue)
    if is_indefinite(phrase):
        return spoken(phrase, asked.at, made(f"unnamed {noun}", kind, "unnamed", code, asked.context))
    return spoken(phrase, asked.at, made(noun, kind, "office", code, asked.context))


def _document(asked: Asked, head: Role) -> Speaker | None:
    if not asked.phrase.definite:
        return None
    if head.noun in words("releases.txt") and (issuer := _issuer(asked, head)):
        return issuer
    same = next((s for s in asked.before if head.noun in s.roles), None)
    other = ("document",) if head.noun not in ("report", "document", "statement", "release", "draft") else ()
    fits = (s for s in asked.before if s.source.kind in head.refers and s.source.kind not in other and not s.person)
    return same or next(fits, None)


def _issuer(asked: Asked, head: Role) -> Speaker | None:
    """Whose statement "the statement" is: of who spoke last, in a sentence that named it."""
    starts, text = asked.context.scan.starts, asked.context.text
    last = next((s for s in asked.before if s.source.kind not in ("document", "outlet")), None)
    at = bisect_right(starts, last.at) if last else 0
    end = starts[at] if at < len(starts) else len(text)
    if not at or end > asked.at:
        return None
    if not re.search(rf"\b(?:an?|its|his|her|their) (?:\w+ )?{head.noun}\b", text[starts[at - 1] : end], re.I):
        return None
    spoke = list(takewhile(lambda s: s.at >= starts[at - 1], asked.before))
    return min((s for s in spoke if s.source.kind != "document"), key=lambda s: (s.inner, s.at))


def body_by_noun(asked: Asked, head: Role) -> Speaker | None:
    """The body that "the ministry", "the Navy", "the group" point to."""
    phrase = asked.phrase
    if not phrase.definite and (phrase.state or is_indefinite(phrase)):
        return None
    fits = (s for s in asked.around if _is_body(s, head) and _state_fits(phrase, s.source))
    found = next((s for s in fits if _owner_fits(phrase, s.source)), None)
    if found:
        return found
    if head.noun in ("body", "governing body"):
        return _last_body(asked)
    named = _body_in_text(asked, head) or _of_minister(asked, head)
    firm = head.noun in words("firms.txt") and phrase.definite and not phrase.plural
    if named or (phrase.state and not firm) or head.kind in ("military", "government"):
        return named
    if phrase.noun != head.noun and not firm and head.noun not in words("general_bodies.txt"):
        return None
    alike = (s for s in asked.before if s.source.kind in head.refers and not s.person and not s.plural)
    last = next((s for s in alike if not _is_club(s.source, head)), None)
    if not firm:
        return last
    later = (s for s in asked.after if s.source.kind == "organization" and not s.person and not s.plural)
    return _firm(asked, last.at if last else -1) or last or _firm_in_text(asked) or next(later, None)


def _of_minister(asked: Asked, head: Role) -> Speaker | None:
    """ "The ministry" after "Health Minister Ann Lee": the Health Ministry; "the department" after a secretary."""
    who = {"ministry": "minister", "department": "secretary"}.get(asked.phrase.noun)
    if who is None or head.noun != asked.phrase.noun:
        return None
    told = [hit[1] or hit[2] for hit in _minister(who).finditer(asked.context.text, 0, asked.at)]
    name = f"the {told[-1].title()} {head.noun.title()}" if told else ""
    phrase = read(name, asked.context.catalogue) if told else asked.phrase
    if phrase.form == "body":
        return spoken(asked.phrase, asked.at, body(phrase, asked.context))
    return spoken(asked.phrase, asked.at, called(phrase, phrase.head, asked.context)) if told and phrase.head else None


@lru_cache(maxsize=2)
def _minister(who: str) -> re.Pattern[str]:
    fields = "|".join(sorted(map(re.escape, words("ministries.txt")), key=len, reverse=True))
    return re.compile(rf"\b({fields}) {who}\b|\b{who} (?:of|for) (?:the )?({fields})\b", re.IGNORECASE)


def _firm_in_text(asked: Asked) -> Speaker | None:
    """The business of the catalogue that the text names last before "the software giant"."""
    people, platforms = asked.context.catalogue.people, asked.context.catalogue.platforms
    rows = [row for at, row in asked.context.scan.rows if at < asked.at and row.kind == "organization"]
    firms = [
        row for row in rows if row.id not in people | platforms and not words("clubs.txt") & {*fold(row.name).split()}
    ]
    return from_row(firms[-1], asked) if firms else None


def _firm(asked: Asked, after: int) -> Speaker | None:
    """The business that the text calls one last ("airline Skybridge"), if later than the last body that spoke."""
    text, named = asked.context.text, asked.context.scan.called
    called = [(text.rfind(name, 0, asked.at), name, noun) for name, noun in named.items()]
    firms = [each for each in called if each[0] > after and each[2].noun in words("firms.txt")]
    if not firms:
        return None
    _, name, noun = max(firms, key=lambda each: each[0])
    kind = noun.kind or "organization"
    return spoken(asked.phrase, asked.at, made(name, kind, "office", None, asked.context))


def _owner_fits(phrase: Phrase, source: Source) -> bool:
    # "the boatmen's union" is not the Nurses' Union
    owner = re.match(r"(\w+)['’]", phrase.noun)
    return owner is None or fold(owner[1]) in fold(source.name)


def _is_club(source: Source, head: Role) -> bool:
    return head.noun in words("firms.txt") and bool(words("clubs.txt") & set(fold(source.name).split()))


def _last_body(asked: Asked) -> Speaker | None:
    """ "The body": the body named last before it."""
    names = [(at, name) for at, name in asked.context.scan.bodies if at < asked.at]
    rows = [(at, row.name) for at, row in asked.context.scan.rows if at < asked.at and row.kind in BODIES]
    if not names and not rows:
        return None
    name = max([*names, *rows], key=lambda each: each[0])[1]
    row = asked.context.catalogue.find(name)
    source = row or made(name, "organization", "office", None, asked.context)
    return spoken(asked.phrase, asked.at, source)


def _is_body(speaker: Speaker, head: Role) -> bool:
    named = head.noun in fold(speaker.source.name).split() or roles.bears(head.noun, speaker.roles)
    return named and speaker.source.naming != "unnamed" and not speaker.person and speaker.source.kind != "document"


def _body_in_text(asked: Asked, head: Role) -> Speaker | None:
    phrase, scan = asked.phrase, asked.context.scan
    rows = (row for _, row in scan.rows if fold(row.name).split()[-1:] == [head.noun] and _state_fits(phrase, row))
    row = next(rows, None)
    if row:
        return spoken(phrase, asked.at, row)
    name = next((name for _, name in scan.bodies if fold(name).split()[-1] == head.noun), None)
    if name is None:
        return None
    return spoken(phrase, asked.at, made(name, head.kind or "organization", "office", phrase.state, asked.context))

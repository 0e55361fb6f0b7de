"""Sources made from phrases: the catalogue's row when there is one, else a person, body, state or unnamed people."""

import re

from msgspec.structs import replace

from reportedly.lexicon import countries, roles, words
from reportedly.lexicon.roles import Role
from reportedly.lexicon.sources import fold
from reportedly.model import Naming, Source, SourceKind, identify
from reportedly.resolve.context import MADE_BY, Context
from reportedly.resolve.kinds import PRESS, STATE_RUN, body_kind, media_kind, person_kind
from reportedly.resolve.phrases import Phrase, read
from reportedly.resolve.scan import Seen

STATE_MEDIA = re.compile(r"\bstate(-run|-owned|-controlled)? (media|news agency)\b", re.I)
# Words that only a state owns: "Tarvenia's foreign ministry", "the Tarvenia government".
OWNED = r"(?:government|army|navy|parliament|embassy|(?:foreign|defen[cs]e|interior|prime|energy) minist(?:er|ry))"
# "the country's emergencies committee"
COUNTRY = re.compile(r"(?:country|nation|republic|kingdom|island)['’]s ")


def made(name: str, kind: SourceKind, naming: Naming, state: str | None, context: Context, shown: str = "") -> Source:
    """A source that no row knows; unnamed ones and single words are ids of this report only.

    `naming` tells that people are unnamed; their name does so too only where no noun says who they are. `shown` is the
    name as this report writes it, where reports differ.
    """
    local = naming in ("unnamed", "none") or " " not in name
    key = (context.report, fold(name)) if local else ("body", fold(name))
    if naming == "unnamed" and kind != "anonymous":
        name = name.removeprefix("unnamed ")
    key_id = identify("source", *key)
    return Source(id=key_id, name=shown or name, kind=kind, naming=naming, country=state, made_by=MADE_BY)


def person(phrase: Phrase, context: Context) -> Source:
    """A named person; what one mention does not say of him, another may."""
    row = phrase.row or context.catalogue.find(phrase.name)
    if row:
        return row
    kind: SourceKind = next((k for p in _mentions(phrase, context) if (k := person_kind(p)) != "person"), "person")
    if " " not in phrase.name:
        return made(phrase.name, kind, "named", phrase.state, context)
    return Source(
        id=identify("source", "person", re.sub(r"\W", "", fold(phrase.name))),
        name=phrase.name,
        kind="government" if kind == "military" and context.is_on_police else kind,
        naming="named",
        country=phrase.state,
        part_of=phrase.body.id if phrase.body else None,
        made_by=MADE_BY,
    )


def _mentions(phrase: Phrase, context: Context) -> list[Phrase]:
    # Phrases first: what is written beside a quotation is meant for its speaker.
    name = fold(phrase.name)
    others = [p for p in context.phrases.values() if p.form == "person" and p is not phrase]
    seen = [s for s in context.scan.people if s.roles and _same(s.name, name)]
    return [phrase, *(p for p in others if _same(p.name, name)), *(phrase_of(s, context) for s in seen)]


def _same(name: str, wanted: str) -> bool:
    folded, parts = fold(name), wanted.split()
    words = re.sub(r"[^\w ]", "", folded).split()
    if len(words) > 2 and len(parts) > 1 and words[-1] == parts[-1]:
        # 'Robert C. "Bobby" Lee' is Bobby Lee.
        return parts[0] in words
    return folded == wanted or (" " not in folded and folded == parts[-1])


def phrase_of(seen: Seen, context: Context) -> Phrase:
    """What a person named in the text would be as a source phrase."""
    if seen.words and (whole := read(seen.words, context.catalogue)).form == "person":
        return whole
    nouns = tuple(roles.roles()[noun.casefold()][0] for noun in sorted(seen.roles))
    return Phrase(words=seen.name, form="person", name=seen.name, roles=nouns, state=seen.state, gender=seen.gender)


def body(phrase: Phrase, context: Context) -> Source:
    """A body by its own name."""
    if not phrase.row and roles.body_words().get(re.split(r"[ -]", phrase.name.casefold())[-1]) == "outlet":
        phrase = replace(phrase, name=full_name(phrase.name, context.text))
    row = phrase.row or context.catalogue.find(phrase.name)
    if row and row.id in context.catalogue.platforms:
        # The site is a way for others to speak; when it speaks itself, it is the company.
        return replace(row, id=f"{row.id}-company", kind="organization", naming="office")
    return row or made(phrase.name, _body_kind(phrase, context), "office", phrase.state, context)


def _body_kind(phrase: Phrase, context: Context) -> SourceKind:
    """The kind of a body; what the report calls it in one place holds in all."""
    noun = context.scan.called.get(phrase.name)
    kind = body_kind(phrase, context.catalogue)
    if kind == "organization" and noun and noun.kind:
        return noun.kind
    agencies = {name for _, name in context.scan.bodies if PRESS.search(name)}
    alone = agencies <= {phrase.name} and not any(row.kind == "state_media" for _, row in context.scan.rows)
    if kind != "outlet" or not PRESS.search(phrase.name):
        return kind
    run = re.search(rf"{STATE_RUN.pattern}[^.\n]{{0,40}}{re.escape(phrase.name)}", context.text, re.I)
    return "state_media" if run or (alone and STATE_MEDIA.search(context.text)) else kind


def body_called(phrase: Phrase, noun: Role, context: Context) -> Source:
    """A body whose name looks like a person's, by the noun that stands before it elsewhere in the report."""
    return made(phrase.name, noun.kind or "organization", "office", phrase.state, context)


def state(phrase: Phrase, context: Context) -> Source:
    """A state that acts is its government."""
    key = f"government-{phrase.state}" if phrase.state else identify("source", "body", fold(phrase.name))
    row = context.catalogue.sources.get(key)
    return row or Source(
        id=key, name=phrase.name, kind="government", naming="office", country=phrase.state, made_by=MADE_BY
    )


def called(phrase: Phrase, head: Role, context: Context) -> Source:
    """A body or people called by a noun: "South Korean military intelligence", "unnamed analysts"."""
    behind = _behind(phrase, context) if head.sort == "spokes" and not phrase.plural else None
    if behind:
        return behind
    if head.sort in ("body", "media"):
        return _common_body(phrase, head, context)
    if (
        head.sort == "document"
        and not phrase.body_name
        and (tail := re.search(rf"{head.noun} ((?:of|to) [a-z]+)$", phrase.words))
    ):
        # "certificate of inspection", "evidence to date"
        return made(f"{phrase.described} {tail[1]}", "document", "unnamed", phrase.state, context)
    if head.sort == "document":
        name = f"{phrase.body_name} {head.noun}" if phrase.body_name else phrase.described
        if head.noun == "report" and phrase.plural and phrase.noun == head.noun + "s" and not phrase.body:
            # "reports suggest": whose they are nobody says
            return made(name, "anonymous", "unnamed", phrase.state, context)
        return made(name, "document", "named" if phrase.body_name else "unnamed", phrase.state, context)
    if head.sort == "office" and phrase.definite and not phrase.plural:
        return made(phrase.described, person_kind(phrase), "office", phrase.state, context)
    return made(_description(phrase), people_kind(phrase, context), "unnamed", phrase.state, context)


def people_kind(phrase: Phrase, context: Context) -> SourceKind:
    """The kind of people called by a noun; an officer in a report on the police is no soldier."""
    kind = person_kind(phrase)
    bare = kind == "military" and not phrase.kinds
    officer = phrase.head is not None and phrase.head.noun == "officer" and context.is_civil
    return "government" if bare and (context.is_on_police or officer) else kind


def _behind(phrase: Phrase, context: Context) -> Source | None:
    # The body for which a spokesman without a name speaks.
    if phrase.body:
        return phrase.body
    if phrase.body_name:
        known = context.catalogue.find(phrase.body_name)
        return known or made(phrase.body_name, person_kind(phrase), "office", phrase.state, context)
    bodies = [role for role in phrase.roles if role.sort == "body"]
    if not bodies or not phrase.state:
        return None
    name = f"{countries.countries()[phrase.state].adjective} {bodies[0].noun}"
    kind = bodies[0].kind or "organization"
    return context.catalogue.find(name) or made(name, kind, "office", phrase.state, context)


def _common_body(phrase: Phrase, head: Role, context: Context) -> Source:
    kind = media_kind(phrase, context.catalogue) if head.sort == "media" else (head.kind or "organization")
    if phrase.body and phrase.body.kind == "international_body" and not phrase.state and kind == "government":
        # "the UN mission", "an African Union commission"
        kind = phrase.body.kind
    if COUNTRY.match(phrase.noun) and not phrase.state and (whose := _main_state(context)):
        phrase = replace(phrase, noun=COUNTRY.sub("", phrase.noun), state=whose)
    if head.noun == "paper" and re.search(r"s['’] paper\b", phrase.words):
        # "the researchers' paper"
        kind = "document"
    name = phrase.noun
    if phrase.state:
        name = f"{countries.countries()[phrase.state].adjective} {phrase.noun}"
    unnamed = (phrase.plural and head.noun != "authority") or is_indefinite(phrase)
    code = _main_state(context) if phrase.noun in words("one_each.txt") and not phrase.state and not unnamed else None
    if code:
        name = f"{countries.countries()[code].adjective} {phrase.noun}"
    row = context.catalogue.find(name) if phrase.state or code else None
    if row is None and phrase.noun == head.noun and not unnamed and kind in ("government", "military"):
        row = _of_the_state(phrase.noun, context)
    if unnamed and not (phrase.plural and phrase.state):
        name = f"unnamed {name}"
    shown = _as_written(phrase, code, context) if kind in ("government", "military") and not unnamed else ""
    return row or made(name, kind, "unnamed" if unnamed else "office", phrase.state or code, context, shown)


def _as_written(phrase: Phrase, code: str | None, context: Context) -> str:
    """ "Peru's interior ministry" where the report says so, here or elsewhere, or where it says so only by a place.

    An adjective or a capital before the noun gives none: "Peruvian" stays as it is and "Lima's" becomes it.
    """
    state = phrase.state or code
    if state is None:
        return ""
    tail = (
        r"(?: (?:to|in|at) (?:the )?[A-Z][\w ]+)?" if phrase.head and phrase.head.noun in words("missions.txt") else ""
    )
    form = re.compile(rf"(?:['’]s?)? {re.escape(phrase.noun)}{tail}", re.I)
    for text in (phrase.words, context.text):
        found = (_owned_by(state, text[max(0, hit.start() - 40) : hit.start()], hit[0]) for hit in form.finditer(text))
        if shown := next(filter(None, found), ""):
            return shown
    if countries.countries()[state].adjective in phrase.words or not phrase.noun.endswith("ministry"):
        return ""
    whole = countries.countries()[state].name
    return f"{whole}'{'' if whole.endswith('s') else 's'} {phrase.noun}"


def _owned_by(state: str, before: str, noun: str) -> str:
    """The state's name that ends the words before a noun, with the noun; "" for an adjective or a capital."""
    front = before.split()
    for size in range(min(4, len(front)), 0, -1):
        owner = " ".join(front[-size:])
        plain = noun[0] != " " or not countries.is_adjective(owner)
        if countries.country_of(owner) == state and plain and not countries.is_capital(owner):
            return re.sub(r"^the ", "", owner, flags=re.I) + noun.replace("’", "'")
    return ""


def _of_the_state(noun: str, context: Context) -> Source | None:
    """ "Congress", "the supreme court" in a report that names one state above all: the row of that state."""
    code = _main_state(context)
    if code is None:
        return None
    if noun == "government":
        return context.catalogue.sources.get(f"government-{code}")
    return context.catalogue.find(f"{countries.countries()[code].adjective} {noun}")


def _main_state(context: Context) -> str | None:
    """The state that more than half of the mentions of states mean."""
    codes = [code for _, code in context.scan.states]
    code = max(sorted(set(codes)), key=codes.count, default=None)
    return code if code and codes.count(code) * 2 > len(codes) else None


def is_indefinite(phrase: Phrase) -> bool:
    """Whether the phrase begins with "a", "another", "some"."""
    return phrase.words.split()[0].casefold() in ("another", "a", "an", "one", "other", "some", "several")


def _description(phrase: Phrase) -> str:
    """ "South Korean officials" when a state says whose they are, else "unnamed analysts"."""
    if re.search(r"^[A-Z]\S+ and | and [A-Z]| and (?:an?|the) ", phrase.words):
        return phrase.words
    if phrase.plural and re.match(r"[A-Z][a-z]+", phrase.noun):
        # "Tarnish officials", "Interior Department officials", "Democrats"
        return phrase.noun
    if not phrase.state or phrase.body:
        return f"unnamed {phrase.noun}"
    adjective = countries.countries()[phrase.state].adjective
    whose = phrase.described if adjective in phrase.described else f"{adjective} {phrase.noun}"
    return whose if phrase.plural else f"unnamed {whose}"


def unresolved(phrase: Phrase, context: Context) -> Source:
    """What is left when neither the words nor the report say who it is: the words themselves."""
    if phrase.form == "role" and phrase.head:
        return called(phrase, phrase.head, context)
    if phrase.form == "none":
        return _wording(phrase, context)
    name = _in_full(phrase, context)
    row = context.catalogue.find(phrase.name) or (context.catalogue.find(name) if name != phrase.name else None)
    if row:
        return row
    if name != phrase.name:
        return made(name, "organization", "office", phrase.state, context)
    longer = next((n for _, n in context.scan.bodies if n.startswith(f"{phrase.name} ")), None)
    if phrase.form == "lone" and longer:
        # "Summit" in a report that names Summit Pictures
        return context.catalogue.find(longer) or made(longer, "organization", "office", phrase.state, context)
    named = any(p.form == "person" and p.name == phrase.name for p in context.phrases.values())
    if phrase.form == "person" or named or _is_called_he(phrase, context):
        return person(phrase, context)
    kind: SourceKind = "government" if _is_unknown_state(phrase.name, context) else "organization"
    return made(phrase.name, kind, "office", phrase.state, context)


def _in_full(phrase: Phrase, context: Context) -> str:
    """ "The Angels" by the name that the report gives them elsewhere: "Tarn Bay Angels"."""
    if not phrase.definite or not phrase.name:
        return phrase.name
    return full_name(phrase.name, context.text)


def full_name(name: str, text: str) -> str:
    """The longest run of capitals in the text that ends with the name; the name itself where it stands alone."""
    found = [
        hit[0] for hit in re.finditer(rf"(?<!\. )(?:\b[A-Z][\w.’'-]*[a-z.] ){{1,3}}{re.escape(name)}\b(?! [A-Z])", text)
    ]
    small = words("small_words.txt") | words("determiners.txt")
    trimmed = [[word for word in one.split() if word.casefold().strip(".") not in small] for one in found]
    known = [" ".join(one) for one in trimmed if len(one) > len(name.split()) and " ".join(one) in text]
    return max(known, key=len, default=name)


def _is_unknown_state(name: str, context: Context) -> bool:
    """Whether a name that no table knows has a government in this report: "Vellmark's foreign ministry"."""
    owned = rf"\b{re.escape(name)}(?:['’]s)? {OWNED}\b|\b{re.escape(name)}\b[^.\n]{{0,60}}; its {OWNED}\b"
    return re.search(owned, context.text) is not None


def _wording(phrase: Phrase, context: Context) -> Source:
    if re.fullmatch(r"(?:[Tt]he )?[A-Z][a-z]+s", phrase.words) and phrase.state:
        # "Greeks", "the Indians"
        return made(re.sub(r"^[Tt]he ", "", phrase.words), "person", "unnamed", phrase.state, context)
    first, _, rest = phrase.words.partition(" ")
    bare = (
        rest
        if rest and not rest.startswith("of ") and first.casefold() in words("determiners.txt") | {"most"}
        else phrase.words
    )
    people = re.fullmatch(r"[a-z][\w’' -]*[^s]s", bare) is not None
    name = f"unnamed {bare}" if people else bare
    return made(name, "person" if people else "anonymous", "unnamed", None, context)


def _is_called_he(phrase: Phrase, context: Context) -> bool:
    """Whether a lone name is a person's: "his", "he" soon follow it, or are the next source."""
    if phrase.form != "lone" or phrase.definite or (phrase.name.isupper() and len(phrase.name) < 5):
        return False
    if phrase.name.casefold() in roles.given_names() or phrase.name.casefold() in words("surnames.txt"):
        return True
    name = re.escape(phrase.name)
    if re.search(rf"\b{name}\b[^.A-Z]{{0,80}}\b(his|her|he|she)\b|\b{name}\b[^.]{{0,80}}\. (He|She)\b", context.text):
        return True
    order = list(context.phrases.values())
    at = next((n for n, each in enumerate(order) if each is phrase), len(order))
    return any(p.form == "pronoun" and p.gender in ("m", "f") for p in order[at + 1 : at + 2])

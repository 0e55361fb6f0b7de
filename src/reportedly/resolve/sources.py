"""Sources made from phrases: the catalogue's row when there is one, else a person, body, state or unnamed people."""

import re

from msgspec.structs import replace

from reportedly.lexicon import countries, roles
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


def made(name: str, kind: SourceKind, naming: Naming, state: str | None, context: Context) -> Source:
    """A source that no row knows; unnamed ones and single words are ids of this report only."""
    local = naming in ("unnamed", "none") or " " not in name
    key = (context.report, fold(name)) if local else ("body", fold(name))
    return Source(id=identify("source", *key), name=name, kind=kind, naming=naming, country=state, made_by=MADE_BY)


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
    folded = fold(name)
    return folded == wanted or (" " not in folded and folded == wanted.split()[-1])


def phrase_of(seen: Seen, context: Context) -> Phrase:
    """What a person named in the text would be as a source phrase."""
    if seen.words and (whole := read(seen.words, context.catalogue)).form == "person":
        return whole
    nouns = tuple(roles.roles()[noun.casefold()][0] for noun in sorted(seen.roles))
    return Phrase(words=seen.name, form="person", name=seen.name, roles=nouns, state=seen.state, gender=seen.gender)


def body(phrase: Phrase, context: Context) -> Source:
    """A body by its own name."""
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
    if head.sort == "document":
        name = f"{phrase.body_name} {head.noun}" if phrase.body_name else phrase.described
        return made(name, "document", "named" if phrase.body_name else "unnamed", phrase.state, context)
    if head.sort == "office" and phrase.definite and not phrase.plural:
        return made(phrase.described, person_kind(phrase), "office", phrase.state, context)
    return made(_description(phrase), people_kind(phrase, context), "unnamed", phrase.state, context)


def people_kind(phrase: Phrase, context: Context) -> SourceKind:
    """The kind of people called by a noun; an officer in a report on the police is no soldier."""
    kind = person_kind(phrase)
    return "government" if kind == "military" and not phrase.kinds and context.is_on_police else kind


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
    if head.noun == "paper" and re.search(r"s['’] paper\b", phrase.words):
        # "the researchers' paper"
        kind = "document"
    name = phrase.noun
    if phrase.state:
        name = f"{countries.countries()[phrase.state].adjective} {phrase.noun}"
    unnamed = (phrase.plural and head.noun != "authority") or is_indefinite(phrase)
    row = context.catalogue.find(name) if phrase.state else None
    return row or made(name, kind, "unnamed" if unnamed else "office", phrase.state, context)


def is_indefinite(phrase: Phrase) -> bool:
    """Whether the phrase begins with "a", "another", "some"."""
    return phrase.words.split()[0].casefold() in ("another", "a", "an", "one", "other", "some", "several")


def _description(phrase: Phrase) -> str:
    """ "South Korean officials" when a state says whose they are, else "unnamed analysts"."""
    if re.search(r"^[A-Z]\S+ and | and [A-Z]", phrase.words):
        return phrase.words
    if phrase.plural and re.match(r"[A-Z]\w+(ian|ean|an|ese|ish) ", phrase.noun):
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
    row = context.catalogue.find(phrase.name)
    if row:
        return row
    human = phrase.form == "person" or _is_called_he(phrase, context)
    unknown: SourceKind = "government" if _is_unknown_state(phrase.name, context) else "organization"
    kind: SourceKind = person_kind(phrase) if human else unknown
    return made(phrase.name, kind, "named" if human else "office", phrase.state, context)


def _is_unknown_state(name: str, context: Context) -> bool:
    """Whether a name that no table knows has a government in this report: "Vellmark's foreign ministry"."""
    owned = rf"\b{re.escape(name)}(?:['’]s)? {OWNED}\b|\b{re.escape(name)}\b[^.\n]{{0,60}}; its {OWNED}\b"
    return re.search(owned, context.text) is not None


def _wording(phrase: Phrase, context: Context) -> Source:
    bare = re.sub(r"^(the|these|those|many|some|other|most|his|her|its|their) ", "", phrase.words)
    people = re.fullmatch(r"[a-z][\w’' -]*[^s]s", bare) is not None
    name = f"unnamed {bare}" if people else bare
    return made(name, "person" if people else "anonymous", "unnamed", None, context)


def _is_called_he(phrase: Phrase, context: Context) -> bool:
    """Whether a lone name is a person's: "his", "he" soon follow it, or are the next source."""
    if phrase.form != "lone" or phrase.definite:
        return False
    name = re.escape(phrase.name)
    if re.search(rf"\b{name}\b[^.]{{0,80}}(\b(his|her|he|she)\b|\. (He|She)\b)", context.text):
        return True
    order = list(context.phrases.values())
    at = next((n for n, each in enumerate(order) if each is phrase), len(order))
    return any(p.form == "pronoun" and p.gender in ("m", "f") for p in order[at + 1 : at + 2])

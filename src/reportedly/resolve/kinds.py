"""What kind of source a phrase names, by its titles and role nouns, by the body behind it, by its state."""

import re
from collections.abc import Sequence
from functools import lru_cache

from reportedly.lexicon import roles, words
from reportedly.lexicon.sources import Catalogue
from reportedly.model import SourceKind
from reportedly.resolve.phrases import Phrase

# A person of such a body is what is on the right.
# "Tarvenian leader": an adjective of a state, known or not, before who leads it.
LEADER = re.compile(r"\b[A-Z]\w+(ian|ean|an|ese|ish|i) (supreme |opposition )?leader\b")
PRESS = re.compile(r"\b(News|Press) (Agency|Bureau|Service|Association)\b|\b(Radio|Television|TV|Broadcasting)\b")
# "Tarn Institute for Energy Policy", "Strategic Studies Centre"
THINKING = re.compile(
    r"\b(policy|studies|strategic|economic|analyses)\b.*\b(institute|center|centre|foundation|council|institution)\b"
    r"|\b(institute|center|centre|foundation|council)\b.*\b(policy|studies|strategic|analyses)\b"
)
STUDIES = re.compile(
    r"\bwho (?:\w+ ){0,2}?(?:studies|teaches|researches|lectures|specializes|specialises)\b"
    r"|\bwho (?:co-)?(?:led|leads|headed|conducted|authored) the (?:\w+ )?"
    r"(?:study|research|work|survey|analysis|paper)\b"
)
# "the chairman of Tarn district", "head of the Orla county administration"
ADMINISTERED = re.compile(
    r"\b(?:chair(?:man|woman|person)?|head|chief|leader|director|administrator) of (?:the )?(?:[A-Z][\w’'-]* )+"
    r"(?:district|province|county|region|city|village|town|municipality|governorate|prefecture|borough)\b",
)
STATE_RUN = re.compile(r"\b(state|state-run|state-owned|state-controlled|official|government-run)\b", re.I)
MEMBER: dict[SourceKind, SourceKind] = {"document": "person", "witness": "witness"}
# Roles that no word before them changes: a "security expert" is an analyst.
FIRM = ("analyst", "witness", "outlet", "anonymous")


def person_kind(phrase: Phrase) -> SourceKind:
    """The kind of a person (named, or a role like "official"): first a telling role, then the body, then the state."""
    if phrase.form == "role" and phrase.head and phrase.head.kind and _is_personal(phrase.head):
        return _called(phrase, phrase.head.kind)
    own = phrase.kinds if phrase.head is None or phrase.head.kind not in FIRM else ()
    telling = [*own, *(role.kind for role in phrase.roles if role.kind and _is_personal(role))]
    # "a supporter and director of the centre": what he does says more than whose friend he is.
    telling = [kind for kind in telling if kind != "person"] or telling
    if telling and telling[0] == "military" and _is_of_police(phrase, telling):
        return "government"
    if _is_generic(phrase) and phrase.body:
        return MEMBER.get(phrase.body.kind, phrase.body.kind)
    behind = [role for role in phrase.roles if role.sort in ("body", "media") and role.kind]
    if telling and telling[0] not in FIRM and not own and behind and _is_generic(phrase):
        # "an adviser to the campaign"
        return behind[0].kind or "organization"
    if telling and phrase.presides and phrase.body:
        return MEMBER.get(phrase.body.kind, phrase.body.kind)
    if telling:
        return "organization" if telling[0] == "government" and phrase.presides else telling[0]
    if STUDIES.search(phrase.words):
        return "analyst"
    if phrase.body:
        return MEMBER.get(phrase.body.kind, phrase.body.kind)
    if ADMINISTERED.search(phrase.words):
        return "government"
    if behind:
        return "analyst" if behind[0].noun in words("academic_bodies.txt") else behind[0].kind or "organization"
    if any(role.sort in ("office", "spokes") for role in phrase.roles) and not phrase.state:
        return "government" if LEADER.search(phrase.words) else "organization"
    return "government" if phrase.roles and phrase.state else "person"


def _is_of_police(phrase: Phrase, telling: Sequence[SourceKind]) -> bool:
    """Whether a rank is that of the police or a fire service: "Tarn police Lt. Ann Lee"."""
    bodies = [role.kind for role in phrase.roles if role.sort == "body"]
    ranks = [role.noun for role in phrase.roles if role.noun in words("ranks.txt")]
    row = phrase.body is not None and phrase.body.kind == "government" and "military" not in phrase.kinds
    return bool(ranks) and "military" not in bodies and ("government" in (*bodies, *telling) or row)


def _called(phrase: Phrase, kind: SourceKind) -> SourceKind:
    """The kind of people called by a noun alone: "police officers", "UN officials", "customer representatives"."""
    behind = [role.kind for role in phrase.roles if role.sort == "body" and role.kind]
    if kind == "anonymous":
        return next(iter([*phrase.kinds, *behind, *([phrase.body.kind] if phrase.body else [])]), kind)
    if kind == "analyst" and phrase.body and phrase.body.kind == "international_body":
        # "UN experts", "OSCE observers"
        return phrase.body.kind
    if kind in FIRM:
        return kind
    whose = [role.kind for role in phrase.roles if role.sort == "body" and role.kind and role.noun in phrase.noun]
    if _is_generic(phrase) and whose and not phrase.body:
        return whose[0]
    if _is_generic(phrase) and phrase.body:
        return MEMBER.get(phrase.body.kind, phrase.body.kind)
    if phrase.presides and kind == "government" and not phrase.state:
        return "organization"
    return phrase.kinds[-1] if phrase.kinds else kind


def _is_personal(role: roles.Role) -> bool:
    return role.sort in ("office", "person", "spokes")


def _is_generic(phrase: Phrase) -> bool:
    """Whether the roles leave the kind open, so that the body decides: "UN official", "the ministry's spokesman"."""
    personal = [role for role in phrase.roles if _is_personal(role)]
    return all(
        role.kind is None
        or role.noun in ("official", "officer", "expert", "source", "agent", "adviser", "advisor", "aide")
        for role in personal
    )


def body_kind(phrase: Phrase, catalogue: Catalogue) -> SourceKind:
    """The kind of a body without a row: by the noun in its name, else an organization."""
    if PRESS.search(phrase.name):
        return "state_media" if STATE_RUN.search(phrase.words) else "outlet"
    if re.search(r"\w\.(com|org|net|co\.uk)$", phrase.name):
        return "outlet"
    kinds = _named_kinds((phrase.name or phrase.words).casefold())
    if phrase.head and phrase.head.sort == "media" and not phrase.name:
        return media_kind(phrase, catalogue)
    beside = next((role for role in phrase.roles if role.sort == "media" and role.noun != "press"), None)
    noun = phrase.head.kind if phrase.head and phrase.head.sort == "body" else None
    called: SourceKind = noun or ((beside.kind or "outlet") if beside and not kinds else "organization")
    kind = next(iter(phrase.kinds), None) or (kinds[0] if kinds else called)
    return "state_media" if kind == "outlet" and STATE_RUN.search(phrase.words) else kind


def _named_kinds(name: str) -> list[SourceKind]:
    """The kinds that the words of a name give, that of its head first: "Harbour Police Union", "Bank of the Army"."""
    if THINKING.search(name):
        return ["analyst"]
    front, _, behind = re.sub(r"-", " ", name).partition(" of ")
    kinds: list[SourceKind] = []
    for part in (re.split(r" (?:for|on|in|at) ", front)[0], front, behind):
        words = part.split()
        hits = [(at, hit) for at in range(len(words)) if (hit := roles.longest(words, at))]
        found = [(at + size, 1, role.kind) for at, (size, role, _) in hits if role.sort in ("body", "media")]
        found += [(at + 1, 0, roles.body_words().get(word.strip(".,"))) for at, word in enumerate(words)]
        kinds += [kind for _, _, kind in sorted(found, reverse=True, key=lambda each: each[:2]) if kind]
    return kinds


def media_kind(phrase: Phrase, catalogue: Catalogue) -> SourceKind:
    """state_media for "state television", and for the media of a state of which no other outlet is known."""
    head = phrase.head
    if head and head.kind == "state_media":
        return "state_media"
    return "state_media" if phrase.state and phrase.state in _only_state_media(catalogue) else "outlet"


@lru_cache(maxsize=4)
def _states_by_media(rows: tuple[tuple[str, str], ...]) -> frozenset[str]:
    free = {state for state, kind in rows if kind == "outlet"}
    return frozenset(state for state, kind in rows if kind == "state_media" and state not in free)


def _only_state_media(catalogue: Catalogue) -> frozenset[str]:
    rows = [(s.country, s.kind) for s in catalogue.sources.values() if s.country]
    return _states_by_media(tuple(row for row in rows if row[1] in ("outlet", "state_media")))

"""What the words of one source say by themselves, before the rest of the report is asked."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from reportedly import lexicon
from reportedly.lexicon import countries, roles
from reportedly.lexicon.roles import Role
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Source, SourceKind
from reportedly.resolve.capitals import capital_name
from reportedly.resolve.persons import gender_of, names_person, personal_title
from reportedly.resolve.pieces import Piece, cut
from reportedly.resolve.several import Found, several
from reportedly.resolve.trimming import CHANNEL, PARTY, RELEASED, SEEN, WHEN, uncounted

Form = Literal["pronoun", "person", "lone", "body", "state", "role", "none"]

PRONOUNS = {
    **dict.fromkeys(["i", "me", "we", "us", "you", "myself", "ourselves"], "self"),
    "one": "one",
    **dict.fromkeys(["he", "him", "himself", "his"], "m"),
    **dict.fromkeys(["she", "her", "herself", "hers"], "f"),
    **dict.fromkeys(["it", "itself", "its"], "it"),
    **dict.fromkeys(["they", "them", "themselves", "both"], "they"),
    **dict.fromkeys(["who", "which", "that"], "who"),
}

# "WNOR-TV", "ERI-TV", "tarnecho.com"
CALL_SIGN = re.compile(r"\w-(?:TV|FM|AM)$|\w\.(?:com|org|net)$")
# "one, who gave his name only as Daher"
GIVES_NAME = re.compile(
    r"\bwho (?:gave|would give|identified|named|introduced|called) (?:only )?(?:his|her|himself|herself)"
    r"(?: (?:full|first|last))?(?: names?| surname)?(?: only| just| simply)? as ((?:[A-Z][\w’'-]+ ?){1,3})"
)
# "The collector, Mr Lee": an office before a comma.
APPOSING = ("the", "a", "an", "his", "her", "its", "their", "our", "one")
RELATIVE = ("who", "which", "that", "whose")


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A source phrase taken apart.

    `form` lone: one capitalised word, a surname or a body. `name` is a person's or body's own name, without titles;
    `head` the role noun that says what it is; `roles` all of them; `state` the code of the state it belongs to; `body`
    a catalogue row behind it, `body_name` one without a row.
    `own_body` is true when that row owns the person ("the Courier's Ann Lee"), `presides` when the office is that of a
    body ("president of the Boatmen's Union").
    `gender`: m, f, it, they, who, or "" when nothing shows it. `noun` is the head with its adjectives
    ("naval officer"), `described` the same with the state's adjective in its place ("senior Peruvian officials").
    """

    words: str
    form: Form
    name: str = ""
    row: Source | None = None
    head: Role | None = None
    roles: tuple[Role, ...] = ()
    kinds: tuple[SourceKind, ...] = ()
    plural: bool = False
    definite: bool = False
    state: str | None = None
    body: Source | None = None
    body_name: str = ""
    own_body: bool = False
    presides: bool = False
    gender: str = ""
    noun: str = ""
    described: str = ""

    @property
    def party(self) -> str:
        """The adjective of a party before the noun: "the Republican nominee"; "" where there is none."""
        found = (w for w in self.words.split()[1:] if w.casefold() in lexicon.words("proper_adjectives.txt"))
        return next((word for word in found if word[0].isupper()), "")


def read(text: str, catalogue: Catalogue) -> Phrase:
    """The phrase taken apart; nothing outside it is looked at.

    "A photo released by state media" is read as "state media": what somebody puts out is his word.
    """
    released = RELEASED.search(text)
    whole = CHANNEL.sub("", uncounted(SEEN.sub("", text[released.end() :] if released else text)) or text)
    bare = PARTY.sub("", whole)
    phrase = _read(bare, catalogue)
    if (given := GIVES_NAME.search(bare)) and phrase.form in ("role", "none"):
        return msgspec.structs.replace(phrase, form="person", name=given[1].strip(), head=None, plural=False)
    if bare == whole or phrase.form not in ("person", "lone"):
        return phrase
    return msgspec.structs.replace(phrase, form="person", roles=(*phrase.roles, roles.roles()["lawmaker"][0]))


def _read(text: str, catalogue: Catalogue) -> Phrase:
    words = re.sub(r"\bU\. S\.", "U.S.", re.sub(r"\s+", " ", text)).strip(" ,;:“”\"'‘’-–—")
    words = WHEN.sub("", re.sub(r"(?<=\w)['’]s$", "", words)) or words
    if words.casefold() in PRONOUNS:
        return Phrase(words=words, form="pronoun", gender=PRONOUNS[words.casefold()])
    pieces = cut(words, catalogue)
    if not pieces:
        return Phrase(words=words, form="none")
    if front := _loose_front(pieces, catalogue):
        return _read(words[front:], catalogue)
    main = _main(pieces)
    common = _common(words, pieces, main)
    for reader in (_numbered, several, _person, _states, _body, _role):
        found = reader(words, pieces, main, catalogue)
        if found:
            return msgspec.structs.replace(common, **found)
    return common


def _loose_front(pieces: Sequence[Piece], catalogue: Catalogue) -> int:
    """Where a person with an office begins behind a comma: "most of them by night, police chief Ann Lee"; else 0."""
    at = next((at for at in range(len(pieces)) if names_person(pieces, at, catalogue)), 0)
    commas = [n for n in range(at) if pieces[n].sort == "comma"]
    if not commas or commas[-1] == at - 1 or not personal_title(pieces[at - 1 : at]):
        return 0
    if pieces[0].sort not in ("word", "article") or pieces[0].text.casefold() in APPOSING:
        return 0
    return pieces[commas[-1] + 1].start


def _main(pieces: Sequence[Piece]) -> Sequence[Piece]:
    # The noun phrase itself: up to the first comma or relative word; appositions come after.
    for at, piece in enumerate(pieces):
        if at and (piece.sort == "comma" or (piece.sort != "row" and piece.text.casefold() in RELATIVE)):
            return pieces[:at]
    return pieces


def _common(words: str, pieces: Sequence[Piece], main: Sequence[Piece]) -> Phrase:
    first = words.split()[0].casefold()
    states = [piece.code for piece in pieces if piece.sort == "state"]
    body = next((p.source for p in pieces if p.sort == "row" and p.source), None)
    own = _own(_shown(pieces))
    return Phrase(
        words=words,
        form="none",
        roles=tuple(p.role for at, p in enumerate(own) if p.role and not _is_theme(own, at)),
        kinds=_modified(_shown(pieces)),
        presides=_presides(pieces),
        definite=first in ("the", "this", "that", "his", "her", "its", "their") or _is_owned(main),
        plural=_is_plural(words, main),
        state=states[0] if states else (body.country if body else None),
        body=body,
        noun=_noun(main, False),
        described=_noun(main, True),
    )


def _is_owned(main: Sequence[Piece]) -> bool:
    # "Vellmark's energy minister": one person, as with "the"; so is "Minister" in a headline.
    bare = main[0].role if len(main) == 1 and not main[0].plural else None
    if bare and bare.sort in ("office", "body") and bare.noun not in ("police", "government"):
        return True
    return len(main) == 3 and main[0].sort == "name" and main[1].sort == "own" and main[2].sort == "role"


def _shown(pieces: Sequence[Piece]) -> Sequence[Piece]:
    # What stands behind "who" or "which" is a story of its own.
    ends = (
        at
        for at, piece in enumerate(pieces)
        if at and piece.text in RELATIVE and not _tells_office(pieces[at + 1 : at + 3])
    )
    return pieces[: next(ends, len(pieces))]


def _tells_office(pieces: Sequence[Piece]) -> bool:
    # "Lee, who served as ambassador", "who is a nurse"
    words = [piece.text for piece in pieces]
    return words[:1] in (["is"], ["was"]) or (words[:1] in (["served"], ["serves"], ["worked"]) and words[1:] == ["as"])


def _own(pieces: Sequence[Piece]) -> Sequence[Piece]:
    # "daughter of the reporter" is no reporter.
    for at, (kin, link) in enumerate(pairwise(pieces)):
        if kin.role and kin.role.sort == "person" and kin.role.kind == "person" and link.text in ("of", "to", "for"):
            return pieces[: at + 1]
    return pieces


def _is_theme(pieces: Sequence[Piece], at: int) -> bool:
    # "refugee spokesman", "student leader": whom they speak for, not what they are.
    role, after = pieces[at].role, pieces[at + 1].role if at + 1 < len(pieces) else None
    plain = role is not None and role.sort == "person" and role.kind == "witness" and pieces[at].text.islower()
    return plain and after is not None and after.sort in ("office", "spokes", "person")


def _modified(pieces: Sequence[Piece]) -> tuple[SourceKind, ...]:
    """The kinds that words before a person's role give it: "naval officer", "the city's public safety director"."""
    kinds: list[SourceKind] = []
    for at, piece in enumerate(pieces):
        if not (piece.role and piece.role.sort in ("office", "person", "spokes")):
            continue
        for before in reversed(pieces[:at]):
            if before.sort not in ("modifier", "word", "own", "state", "article", "name"):
                break
            kinds.extend(kind for word in before.text.split() if (kind := roles.modifiers().get(word.casefold())))
            if before.sort == "name":
                break
    return tuple(kinds)


def _presides(pieces: Sequence[Piece]) -> bool:
    for at, piece in enumerate(pieces):
        office = piece.role is not None and piece.role.noun in ("president", "vice president")
        owner = [p for p in pieces[max(0, at - 2) : at] if p.sort != "own"][-1:]
        rank = piece.role is not None and piece.role.sort == "office"
        group = pieces[at - 1].role if rank and at else None
        if group and group.sort == "body" and group.kind == "organization":
            # "federation secretary", "union president"
            return True
        owned = at > 1 and pieces[at - 1].sort == "own" and owner[0].sort == "word"
        if office and owner and (_is_company(owner[0]) or owner[0].sort == "name" or owned):
            # "the brewer's president"
            return True
        leads = piece.role is not None and piece.role.sort in ("office", "person") and piece.role.kind == "government"
        if (leads or rank) and at + 2 < len(pieces) and pieces[at + 1].text == "of":
            tail = [p for p in pieces[at + 2 : at + 8] if p.sort not in ("article", "word")]
            if any(p.role and p.role.sort == "body" and p.role.kind == "organization" for p in tail[:3]):
                return True
            return bool(tail) and (_is_company(tail[0]) or any(_is_firm(p) for p in tail[:2]))
    return False


def _is_company(piece: Piece) -> bool:
    return piece.source is not None and piece.source.kind in ("organization", "analyst", "outlet")


def _is_firm(piece: Piece) -> bool:
    words = [word.casefold() for word in piece.text.split()]
    return piece.sort == "name" and any(roles.body_words().get(word) == "organization" for word in words)


def _noun(main: Sequence[Piece], with_state: bool) -> str:
    head = _head(main)
    kept: list[str] = []
    for at, piece in enumerate(main):
        if piece.sort == "own" and kept and main[at - 1].sort in ("role", "name", "word", "modifier"):
            kept[-1] += piece.text
        elif piece.sort == "state" and with_state:
            kept.append(countries.countries()[piece.code].adjective)
        elif piece.sort not in ("state", "article", "own", "comma"):
            proper = piece.sort in ("row", "name") or (piece.role is not None and piece.role.noun[0].isupper())
            kept.append(piece.text if proper else _lowered(piece.text))
        if piece is head:
            break
    return " ".join(kept)


def _lowered(words: str) -> str:
    return " ".join(w if (w.isupper() and len(w) > 1) or "." in w else w.lower() for w in words.split())


def _is_plural(words: str, main: Sequence[Piece]) -> bool:
    head = _head(main)
    return bool(head and head.plural)


def _before_link(main: Sequence[Piece]) -> Sequence[Piece]:
    for at, piece in enumerate(main):
        if at and piece.sort == "link":
            return main[:at]
    return main


def _head(main: Sequence[Piece]) -> Piece | None:
    """The role noun that the phrase is about: the last before "of", "for", "in" ..."""
    found = [piece for piece in _before_link(main) if piece.sort == "role"]
    return found[-1] if found else None


def _person(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    found = [at for at in range(len(pieces)) if names_person(pieces, at, catalogue)]
    if not found:
        return None
    # "Tarn Micro threat researcher Ann Lee"
    between = pieces[found[0] + 1 : found[1]] if len(found) > 1 else ()
    held = between and between[-1].role and between[-1].role.sort in ("office", "person", "spokes")
    plain = all(p.sort in ("word", "modifier", "role", "name") and p.text != "and" for p in between)
    return _named(pieces, found[1] if held and plain else found[0])


def _named(pieces: Sequence[Piece], at: int) -> dict[str, object]:
    piece = pieces[at]
    row = piece.source if piece.sort == "row" else None
    others = [p for p in pieces if p is not piece]
    body = next((p.source for p in others if p.sort == "row" and p.source), None)
    titles = [p.text.casefold().rstrip(".") for p in pieces if p.sort in ("title", "role")]
    shown = next((roles.titles()[t].gender for t in titles if t in roles.titles() and roles.titles()[t].gender), "")
    name = re.sub(r"['’]s$", "", piece.text).rstrip(".,")
    return {
        "form": "person",
        "name": row.name if row else name,
        "row": row,
        "body": body,
        "own_body": any(p.sort == "own" and q.sort == "row" for q, p in pairwise(pieces[:at])),
        "gender": shown or gender_of(name),
        "plural": False,
        "definite": False,
        "state": next((p.code for p in others if p.sort == "state"), body.country if body else None),
    }


def _states(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    """A state, or several, that act: "Iran", "both Saudi Arabia and the United States", "Iran's government"."""
    kept = [p for p in main if p.sort not in ("article", "own") and p.text.casefold() not in ("and", "both")]
    head = _head(main)
    governing = bool(head and head.role and head.role.noun in ("government", "authority") and not head.plural)
    states = [p for p in kept if p.sort == "state" and not countries.is_people(p.text)]
    if (
        len(states) == 1
        and kept[-1] is states[0]
        and _only_calls(kept[:-1])
        and not countries.is_adjective(kept[-1].text)
    ):
        kept = kept[-1:]
    if not states or len(kept) != len(states) + governing:
        return _envoys(kept, states)
    if len(states) > 1:
        joined = re.sub(r"^both ", "", words, flags=re.IGNORECASE)
        return {"form": "state", "name": joined, "plural": True, "state": None}
    if countries.is_adjective(states[0].text) and not governing and states[0].code not in ("us", "gb"):
        return None
    return {"form": "state", "name": countries.countries()[states[0].code].government, "state": states[0].code}


def _only_calls(pieces: Sequence[Piece]) -> bool:
    # "mediator Qatar", "neighbouring Kenya": small nouns that say what the state is.
    people = [p for p in pieces if p.role and p.role.sort in ("office", "person") and not p.plural]
    plain = [p for p in pieces if p.sort in ("word", "modifier") and p.text.islower()]
    return len(people) + len(plain) == len(pieces)


def _envoys(kept: Sequence[Piece], states: Sequence[Piece]) -> Found:
    # "representatives from Iran", "the government of Iran"
    nouns = [p.role.noun for p in kept if p.role]
    linked = len(states) == 1 and len(kept) == 3 and kept[1].sort == "link" and kept[2] is states[0]
    if not linked or nouns not in (["representative"], ["government"]):
        return None
    code = states[0].code
    return {"form": "state", "name": countries.countries()[code].government, "state": code, "plural": False}


def _body(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    front = _before_link(main)
    head = _head(main)
    if called := _called_by_letters(pieces[len(main) :], head) or _called(main):
        return called
    if head and head.role and head.role.sort == "body" and _has_owner(front, head, catalogue):
        return {"form": "body", "name": _team(front, head), "head": head.role}
    rows = [p for p in front if p.sort == "row"]
    if rows and _row_is_head(front, rows[-1]):
        return {"form": "body", "row": rows[-1].source, "name": rows[-1].source.name if rows[-1].source else ""}
    if head and head.role and head.role.sort == "document":
        return _document(main)
    if head and head.role and _is_common(head, front, main):
        return None
    inside = len(front) < len(main) and main[len(front)].text == "in"
    if inside and front[-1].sort == "word" and front[-1].text.islower():
        # "a narrator in the Venn ad"
        return None
    last = main[-1]
    if last.sort == "name" and CALL_SIGN.search(last.text) and len(front) == len(main):
        return {"form": "body", "name": last.text}
    if last.sort == "name" and " " not in last.text and all(p.sort in ("article", "word") for p in main[:-1]):
        return {"form": "lone", "name": last.text, "definite": main[0].sort == "article" and len(main) == 2}
    if main[-1].sort == "word" and len(main) > 1:
        return None
    name = capital_name(main)
    return {"form": "body", "name": name} if name else None


def _numbered(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    """ "Kanal 5", "BBC Radio 4": a name with a number behind it."""
    bare = [p.text for p in main if p.sort != "article"]
    named = len(bare) > 1 and re.fullmatch(r"\d{1,2}", bare[-1]) and all(text[0].isupper() for text in bare[:-1])
    return {"form": "body", "name": " ".join(bare)} if named else None


def _called(main: Sequence[Piece]) -> Found:
    """ "Colombian drugmaker Ocuna", "the Italian agency Anka": the name behind the noun that says what it is."""
    noun = main[-2].role if len(main) > 1 and not main[-2].plural and main[-2].text.islower() else None
    known = noun is not None and noun.sort in ("body", "media") and main[-1].sort == "name"
    return {"form": "body", "name": main[-1].text, "head": noun} if known else None


def _called_by_letters(behind: Sequence[Piece], head: Piece | None) -> Found:
    """ "The UN mission in Tarnia, UNTAR": the letters behind a comma."""
    name = behind[1].text if len(behind) > 1 and behind[0].sort == "comma" and behind[1].sort == "name" else ""
    known = head is not None and head.role is not None and head.role.sort == "body" and not head.plural
    return (
        {"form": "body", "name": name, "head": head.role}
        if known and head and name.isupper() and len(name) > 2
        else None
    )


def _has_owner(front: Sequence[Piece], head: Piece, catalogue: Catalogue) -> bool:
    # "the Venn campaign", "Venn's campaign": a body called by a person's name.
    owner = next((p for p in front if p.sort in ("name", "row") and p.start < head.start), None)
    if owner is None or not head.text[0].islower():
        return False
    return owner.sort == "name" or (owner.source is not None and owner.source.id in catalogue.people)


def _team(front: Sequence[Piece], head: Piece) -> str:
    kept = ""
    for before, piece in zip((None, *front), front, strict=False):
        if piece.sort == "own" and before is not None and before.sort in ("role", "name"):
            kept += piece.text
        elif piece.sort not in ("article", "own") and piece.start <= head.start:
            kept += f" {piece.text}"
    return kept.strip()


def _goes_on_in_capitals(main: Sequence[Piece]) -> bool:
    # "the Association of Flight Attendants"
    tail = [p for p in main[len(_before_link(main)) :] if p.sort != "article"]
    return len(tail) > 1 and tail[0].text in ("of", "for") and tail[1].text[0].isupper() and tail[1].sort != "state"


def _is_common(head: Piece, front: Sequence[Piece], main: Sequence[Piece]) -> bool:
    """Whether the noun is no part of a name: "several analysts", "State media" at the start, "the Navy"."""
    if head.role and head.role.sort not in ("body", "media"):
        return True
    if head.text[0].isupper() and _goes_on_in_capitals(main):
        return False
    if not any(p.sort == "name" for p in front):
        return not (head.text[0].isupper() and len(front) > 1 and any(p.sort == "modifier" for p in front))
    return False


def _row_is_head(front: Sequence[Piece], row: Piece) -> bool:
    """Whether what follows the row only says what it is: "ISNA news agency", "the KCNA report"."""
    after = front[list(front).index(row) + 1 :]
    generic = ("media", "body", "document", "spokes")
    return all((p.role is not None and p.role.sort in generic and not p.plural) or p.sort == "own" for p in after)


def is_outlet_name(name: str) -> bool:
    """Whether the last word of a name says that it is a paper, a station, a site."""
    last = re.split(r"[ -]", name.casefold())[-1]
    if re.search(r"\w\.(com|org|net|co\.uk)$", last):
        return True
    return roles.body_words().get(last) == "outlet" or bool(re.search(r"\b(news|press) \w+$", name.casefold()))


def _document(main: Sequence[Piece]) -> Found:
    """ "Images released by KCNA": what a known body puts out is its word; any other statement stays a document."""
    maker = next((p.source for p in main if p.sort == "row" and p.source), None)
    if maker:
        return {"form": "body", "row": maker, "name": maker.name}
    behind = main[len(_before_link(main)) :]
    name = capital_name(behind) or capital_name(_before_link(main)[:-1])
    if name and behind and behind[0].text == "in" and any(p.role and p.role.sort == "media" for p in behind):
        # "an editorial in the daily Tarn Echo"
        return {"form": "body", "name": name}
    # A station's report is the station's word; another body's statement stays a document.
    poll = any(p.role and p.role.noun in ("poll", "survey", "study") for p in main)
    return {"form": "body", "name": name} if name and is_outlet_name(name) and not poll else None


def _role(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    head = _head(main)
    if not head:
        return None
    if (apposed := _apposed(pieces[len(main) :], head)) is not None:
        return apposed
    state = next((p.code for p in main if p.sort == "state"), None)
    body = next((p.source for p in main if p.sort == "row" and p.source), None)
    return {
        "form": "role",
        "head": head.role,
        "state": state or (body.country if body else None),
        "body": body,
        "body_name": capital_name(main[len(_before_link(main)) :]),
    }


def _apposed(behind: Sequence[Piece], head: Piece) -> Found:
    """The body that a noun is said to be behind a comma: "the company, Brenn Steel", "a local paper, the Tarn Echo"."""
    if head.role is None or head.role.sort not in ("body", "media") or head.plural:
        return None
    beside = [p for p in behind[1:4] if p.sort != "article"][:2]
    if not beside or (len(beside) == 2 and beside[1].sort not in ("comma", "link")):
        return None
    if beside[0].sort == "name":
        return {"form": "body", "name": beside[0].text.rstrip(".,"), "head": head.role}
    if beside[0].source and beside[0].source.kind in ("organization", "outlet", "state_media", "international_body"):
        return {"form": "body", "row": beside[0].source, "name": beside[0].source.name, "head": head.role}
    return None

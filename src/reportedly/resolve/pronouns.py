"""Who "he", "she", "it", "they", "one" and "who" are in this report."""

import re

from msgspec.structs import replace

from reportedly.lexicon.sources import fold
from reportedly.model import Source
from reportedly.resolve.context import Asked, Context, Speaker, spoken
from reportedly.resolve.phrases import read
from reportedly.resolve.pieces import cut
from reportedly.resolve.scan import Seen
from reportedly.resolve.sources import called, made, person, phrase_of


def by_pronoun(asked: Asked) -> Speaker | None:
    wanted = asked.phrase.gender
    if wanted == "self":
        # "we" in the report's own voice is nobody's
        return (asked.outer or next(iter(asked.before), None)) if asked.quoted else None
    if asked.quoted and asked.outer:
        # In his own words the speaker is "I", never "he".
        own = asked.outer.source.id
        asked = replace(asked, before=tuple(s for s in asked.before if s.source.id != own))
    if wanted in ("m", "f"):
        shown = {s.source.id: s.gender for s in asked.before if s.gender}
        people = [s for s in asked.before if s.person and shown.get(s.source.id, "") in ("", wanted)]
        # In the report's own voice "he" is who spoke there, not whom he spoke of.
        free = people if asked.outer else [s for s in people if not s.inner]
        fits = next(iter(free or people), None)
        return _leading(asked, fits) or _somebody(asked, fits) or fits or _last_seen(asked)
    if wanted == "it":
        return _it(asked)
    if wanted == "who":
        return _just_before(asked)
    if wanted == "they":
        return _several(asked)
    if wanted == "one":
        return _of_crowd(asked, False)
    return next(iter(asked.before), None)


def _leading(asked: Asked, last: Speaker | None) -> Speaker | None:
    """The person with whom this sentence or the one before begins: "Lee smiled at the crowd. "Yes," he said"."""
    context, at = asked.context, asked.at
    starts = [start for start in context.scan.starts if start <= at][-2:]
    near = [(start, name) for start, name in context.scan.leads if starts and starts[0] <= start < at]
    after = last.at if last else -1
    own = [each for each in near if each[0] > after and (asked.quoted or not _is_told(each[0], context))]
    for _, name in reversed(own):
        seen = context.names.get(fold(name.split()[-1])) or _by_given_name(name, context)
        if seen is None or seen.gender not in ("", asked.phrase.gender):
            continue
        if last and fold(last.source.name).split()[-1] == fold(seen.name).split()[-1]:
            return last
        if not (asked.quoted and asked.outer and seen.name == asked.outer.source.name):
            return from_seen(seen, asked)
    return None


def _somebody(asked: Asked, last: Speaker | None) -> Speaker | None:
    """Whom the sentence before begins with: "A crane operator gave another account. He said ..."."""
    context, at = asked.context, asked.at
    starts = [start for start in context.scan.starts if start <= at][-2:]
    if asked.quoted or len(starts) < 2 or (last and last.at >= starts[0]) or _is_told(starts[0], context):
        return None
    front = re.match(r"(?:An?|One|Another) (?:[\w-]+ ){1,4}", context.text[starts[0] : at])
    pieces = cut(front[0], context.catalogue) if front else ()
    end = next((p.end for p in pieces if p.role and p.role.sort in ("person", "office") and not p.plural), 0)
    phrase = read(front[0][:end], context.catalogue) if front and end else None
    if phrase is None or phrase.form != "role" or phrase.head is None or phrase.gender not in ("", asked.phrase.gender):
        return None
    return spoken(phrase, at, called(phrase, phrase.head, context))


def _by_given_name(name: str, context: Context) -> Seen | None:
    return next((s for s in context.scan.people if s.in_full and s.name.split()[0] == name), None)


def _is_told(at: int, context: Context) -> bool:
    return any(span.start <= at < span.end for span in context.told)


def _several(asked: Asked) -> Speaker | None:
    """ "They": the last group, body or crowd that spoke or was named in this sentence or the one before."""
    if asked.outer and not asked.quoted and (asked.outer.plural or not asked.outer.person):
        return asked.outer
    last = next((s for s in asked.before if s.plural or not s.person), None)
    crowd = _of_crowd(asked, True)
    near = [start for start in asked.context.scan.starts if start <= asked.at][-2:]
    if last and last.plural and near and last.at >= near[0]:
        return last
    if crowd and (last is None or last.at < crowd.at):
        return replace(crowd, at=asked.at)
    return last or next(iter(asked.before), None)


def _of_crowd(asked: Asked, plural: bool) -> Speaker | None:
    """The people named in the plural right before, or one of them: "Neighbours came out. One said"."""
    starts = [start for start in asked.context.scan.starts if start <= asked.at][-2:]
    near = [each for each in asked.context.scan.crowds if starts and starts[0] <= each[0] < asked.at]
    if not near:
        return None
    at, words, role = near[-1]
    phrase = read(words, asked.context.catalogue)
    if not phrase.head:
        return None
    one = called(phrase, phrase.head, asked.context)
    if not plural:
        name = f"unnamed {role.noun}"
        one = made(name, one.kind, "unnamed", one.country, asked.context)
    return Speaker(source=one, at=at, roles=frozenset((role.noun,)), plural=plural, person=not plural)


def _it(asked: Asked) -> Speaker | None:
    """The last body that spoke; one that the same sentence names, if none of it has spoken yet."""
    last = next((s for s in asked.before if not s.person and not s.plural), None)
    text = asked.context.text
    start = max(text.rfind(mark, 0, asked.at) for mark in (". ", ".\n", "\n", "” ", '" '))
    if last and last.at > start:
        return last
    people, platforms = asked.context.catalogue.people, asked.context.catalogue.platforms
    rows = [row for at, row in asked.context.scan.rows if start < at < asked.at and row.id not in people | platforms]
    return from_row(rows[0], asked) if rows else (_beginning(asked, text[start + 1 : asked.at]) or last)


def _beginning(asked: Asked, sentence: str) -> Speaker | None:
    """The body that a sentence begins with: "The regulator has opened a case, it confirmed"."""
    front = re.match(r"\W*((?:[\w’'&-]+ ){1,6}?)(?:has|have|had|is|was|will|would|could|may|plans|expects)\b", sentence)
    phrase = read(front[1], asked.context.catalogue) if front else None
    if phrase is None or phrase.head is None or phrase.head.sort != "body" or phrase.plural:
        return None
    kind = phrase.head.kind or "organization"
    return spoken(asked.phrase, asked.at, made(phrase.noun, kind, "office", phrase.state, asked.context))


def _last_seen(asked: Asked) -> Speaker | None:
    people = [s for s in asked.context.scan.people if s.start < asked.at]
    own = asked.outer.source.name if asked.outer and asked.quoted else ""
    fits = [s for s in people if s.gender in ("", asked.phrase.gender) and s.name != own]
    return from_seen(fits[-1], asked) if fits else None


def _just_before(asked: Asked) -> Speaker | None:
    """ "Ann Lee, who said": the last person, body or speaker named before the relative word."""
    people = asked.context.catalogue.people
    if asked.phrase.words.casefold() == "which" and (name := _named_before(asked)):
        return name
    found = [(s.at, s) for s in asked.before[:1]]
    seen = (s for s in asked.context.scan.people if s.start < asked.at)
    full = [(s.start, s if s.in_full else asked.context.names.get(fold(s.name.split()[-1]), s)) for s in seen]
    found += [(start, from_seen(one, asked)) for start, one in full[-1:]]
    rows = [(start, row) for start, row in asked.context.scan.rows if start < asked.at and row.id not in people]
    found += [(start, from_row(row, asked)) for start, row in rows[-1:]]
    return max(found, key=lambda each: each[0])[1] if found else None


def _named_before(asked: Asked) -> Speaker | None:
    """ "The charity Oak Wells, which said": the body whose name ends right before the comma."""
    before = asked.context.text[: asked.at].rstrip(" ,")
    noun = next(((name, role) for name, role in asked.context.scan.called.items() if before.endswith(name)), None)
    if noun is None:
        return None
    return spoken(asked.phrase, asked.at, made(noun[0], noun[1].kind or "organization", "office", None, asked.context))


def noun_before(asked: Asked) -> Asked | None:
    """ "A policeman who suspected", "residents, who said": the people that the noun right before the word calls."""
    start = max([start for start in asked.context.scan.starts if start <= asked.at], default=0)
    front = asked.context.text[max(start, asked.at - 80) : asked.at].rstrip(" ,")
    pieces = cut(front, asked.context.catalogue)
    if not pieces or pieces[-1].role is None or pieces[-1].role.sort not in ("office", "person", "spokes"):
        return None
    at = len(pieces) - 1
    while at and pieces[at - 1].sort in ("role", "state", "modifier", "article", "own"):
        at -= 1
    noun = front[pieces[at].start :]
    if noun == asked.phrase.words:
        return None
    asked = replace(asked, phrase=read(noun, asked.context.catalogue))
    if asked.phrase.form != "role" or not asked.phrase.head:
        return None
    return asked


def from_seen(seen: Seen, asked: Asked) -> Speaker:
    own = (p for p in asked.context.phrases.values() if p.form == "person" and p.name == seen.name)
    phrase = next(own, None) or phrase_of(seen, asked.context)
    source = seen.source or person(phrase, asked.context)
    return Speaker(source=source, at=asked.at, roles=seen.roles, person=True, gender=seen.gender)


def from_row(row: Source, asked: Asked) -> Speaker:
    return Speaker(source=row, at=asked.at)

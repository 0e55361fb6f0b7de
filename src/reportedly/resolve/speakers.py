"""Who each attribution's source is: first what its words say alone, then what the report around them adds."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from reportedly.lexicon import countries, roles, words
from reportedly.lexicon.sources import Catalogue, fold
from reportedly.model import Attribution, Segmented, Source, Span
from reportedly.resolve.antecedents import antecedent
from reportedly.resolve.context import Asked, Context, Speaker, spoken
from reportedly.resolve.phrases import Phrase, read
from reportedly.resolve.scan import Scan, Seen
from reportedly.resolve.sources import body, body_called, called, person, state, unresolved
from reportedly.segment import paragraph_at

SAW = re.compile(
    r"(?:\b(?:I|we)|^(?:that )?(?:he|she|they)) "
    r"(?:(?:\w+ )?(?:saw|heard|watched|witnessed|smelled)(?! (?:that|about|of)\b)|(?:did not|didn['’]t) (?:see|hear)\b)"
)
NEXT_TO_IT = re.compile(r"\bwho (?:lives?|lived|saw|heard|witnessed|watched|escaped|survived|fled)\b")
MEDIA = ("outlet", "state_media", "document", "anonymous")


def speakers(
    segmented: Segmented, attributions: Sequence[Attribution], found: Scan, catalogue: Catalogue
) -> tuple[Context, dict[str, Speaker]]:
    """What the report's speakers stand in, and attribution id -> speaker where the source can be told."""
    named = sorted((a for a in attributions if a.source), key=_place)
    phrases = {a.id: _spelled(read(_as_inside(a.source, segmented), catalogue), found) for a in named if a.source}
    context = Context(
        report=segmented.report.id,
        text=segmented.report.text,
        scan=found,
        catalogue=catalogue,
        phrases=phrases,
        names=_full_names(named, phrases, found),
        told=tuple(sorted(span for a in attributions for span in a.content)),
    )
    ids = {a.id for a in attributions}
    alone = {a.id: (_alone(_place(a), phrases[a.id], context), a.within in ids) for a in named}
    settled = {name: replace(speaker, inner=inner) for name, (speaker, inner) in alone.items() if speaker}
    quotes = [q.span for q in segmented.quotations if not q.scare]
    inside = {a.id for a in named if any(q.start < _place(a) < q.end for q in quotes)}
    for attribution in _outer_first(named):
        if attribution.id in settled:
            continue
        asked = _asked(attribution, phrases[attribution.id], context, settled)
        outer = settled.get(attribution.within or "")
        speaker = _in_context(replace(asked, outer=outer, quoted=attribution.id in inside))
        if speaker:
            settled[attribution.id] = replace(speaker, inner=outer is not None)
    settled = _seen_by(_spoken_for(settled, phrases, segmented, context), attributions, phrases, segmented)
    return context, settled


def _seen_by(
    settled: dict[str, Speaker],
    attributions: Sequence[Attribution],
    phrases: Mapping[str, Phrase],
    segmented: Segmented,
) -> dict[str, Speaker]:
    """With those of whom nothing is known but that they saw or heard it, or live next to it, as witnesses."""
    known: set[str] = set()
    for each in attributions:
        speaker = settled.get(each.id)
        if speaker is None or speaker.source.kind != "person" or speaker.source.naming != "named" or speaker.roles:
            continue
        said = " ".join(span.of(segmented.report.text) for span in each.content)
        if SAW.search(said) or NEXT_TO_IT.search(phrases[each.id].words):
            known.add(speaker.source.id)
    return {
        n: replace(s, source=replace(s.source, kind="witness")) if s.source.id in known else s
        for n, s in settled.items()
    }


def _spelled(phrase: Phrase, found: Scan) -> Phrase:
    """A body called by its letters ("TRU") by the name that stands before them elsewhere in the report."""
    full = found.letters.get(phrase.name) if phrase.form in ("lone", "body") and not phrase.row else None
    return replace(phrase, form="body", name=full) if full else phrase


def _outer_first(named: Sequence[Attribution]) -> list[Attribution]:
    """In the order of the text, but who speaks the words in which another stands comes before him."""
    by_id = {a.id: a for a in named}
    order: dict[str, Attribution] = {}
    for each in named:
        line = [each]
        while (parent := by_id.get(line[-1].within or "")) and parent not in line and parent.id not in order:
            line.append(parent)
        order.update((one.id, one) for one in reversed(line))
    return list(order.values())


def _spoken_for(
    settled: dict[str, Speaker], phrases: Mapping[str, Phrase], segmented: Segmented, context: Context
) -> dict[str, Speaker]:
    """With each spokeswoman whose body is not told beside her name of the kind of the body that the paragraph names."""
    known: dict[str, Source] = {}
    for name, speaker in settled.items():
        phrase = phrases[name]
        bare = phrase.form == "person" and phrase.body is None and not phrase.state and not phrase.row
        if bare and _speaks_for_another(phrase) and speaker.source.kind == "organization":
            block = paragraph_at(segmented, speaker.at)
            behind = _body_before(speaker.at, block.start if block else 0, settled, context)
            if behind:
                known[speaker.source.id] = replace(speaker.source, kind=behind.kind, part_of=behind.id)
    return {n: replace(s, source=known[s.source.id]) if s.source.id in known else s for n, s in settled.items()}


def _speaks_for_another(phrase: Phrase) -> bool:
    # "spokeswoman Ann Lee", "its chairman, Ann Lee": only the body tells what she is.
    if phrase.words.startswith(("Its ", "its ")):
        return bool(phrase.roles) and all(role.kind is None for role in phrase.roles)
    return {role.sort for role in phrase.roles} == {"spokes"}


def _body_before(at: int, start: int, settled: Mapping[str, Speaker], context: Context) -> Source | None:
    people = context.catalogue.people | context.catalogue.platforms
    spoke = [(s.at, s.source) for s in settled.values() if not s.person and s.source.naming == "office"]
    rows = [(place, row) for place, row in context.scan.rows if row.id not in people and row.kind not in MEDIA]
    near = [(place, source) for place, source in (*spoke, *rows) if start <= place < at and source.kind not in MEDIA]
    return max(near, key=lambda each: each[0])[1] if near else None


def _place(attribution: Attribution) -> int:
    return attribution.source.start if attribution.source else attribution.content[0].start


def _asked(attribution: Attribution, phrase: Phrase, context: Context, settled: Mapping[str, Speaker]) -> Asked:
    at = _place(attribution)
    before = sorted((s for s in settled.values() if s.at < at), key=lambda s: -s.at)
    after = sorted((s for s in settled.values() if s.at > at), key=lambda s: s.at)
    return Asked(phrase=phrase, at=at, context=context, before=tuple(before), after=tuple(after))


def _as_inside(span: Span, segmented: Segmented) -> str:
    """The words of a source with a sentence's first capital taken away: "Senior officials" -> "senior officials".

    It stays where it belongs to a name: before a capital, or when the word has it in mid-sentence elsewhere.
    """
    text = segmented.report.text
    written = span.of(text)
    if not any(s.start <= span.start <= s.start + 1 for s in segmented.sentences):
        return written
    if len(written) > 4 and written.isupper() and re.search(rf"\b{re.escape(written.lower())}\b", text):
        # a headline in capitals
        return written.lower()
    if _is_calling(written):
        return written[0].lower() + written[1:]
    if re.fullmatch(r"[A-Z][a-z]+", written) and re.search(rf"\b{written.lower()}\b", text):
        return written.lower()
    hit = re.match(r"([A-Z][a-z-]+) ([^\W\d_][\w’'-]*)", written)
    if not hit or not _is_plain(hit[2]) or _is_name(hit[1], text):
        return written
    return written[0].lower() + written[1:]


def _is_calling(written: str) -> bool:
    # "Consultancy Petrowave", "Campaign group Save the Pond", "Residents' group Clean Bay"
    hit = re.match(r"(?:[A-Z][a-z]+s['’] )?([A-Za-z][a-z-]+(?: [a-z-]+){0,2}) [A-Z]", written)
    return hit is not None and hit[1].casefold() in words("callings.txt")


def _is_plain(second: str) -> bool:
    if countries.is_adjective(second):
        return True
    if re.match(r"[a-z]+-[A-Z]", second):
        # "Salem al-Tawi"
        return False
    return second[0].islower() and second not in words("small_words.txt") | words("links.txt") | words("particles.txt")


def _is_name(word: str, text: str) -> bool:
    # "words" lists are folded to small letters, as the adjective is here.
    if word.casefold() in words("proper_adjectives.txt") or word.casefold() in roles.given_names():
        return True
    if re.search(r"(?<!civil)(ian|ese)$", word):
        # The adjective of a state, even one that no table knows.
        return True
    return countries.country_of(word) is not None or bool(re.search(rf"\b[a-z]+,? {re.escape(word)}\b", text))


def _full_names(named: Iterable[Attribution], phrases: Mapping[str, Phrase], found: Scan) -> dict[str, Seen]:
    """Folded last word (and first, where no given name shows) of each full name in the report -> the person.

    Sources come before mere mentions, and the one named most often before the others.
    """
    sources = [_seen(phrases[a.id], _place(a)) for a in named if _is_in_full(phrases[a.id])]
    full = [seen for seen in found.people if seen.in_full]
    times = Counter(seen.name for seen in (*sources, *full))
    sources.sort(key=lambda seen: -times[seen.name])
    full.sort(key=lambda seen: (not seen.sure, -times[seen.name]))
    known: dict[str, Seen] = {}
    for seen in (*sources, *full):
        parts = seen.name.split()
        for part in parts[-1:] if seen.gender else (parts[-1], parts[0]):
            known.setdefault(fold(part), seen)
    for seen in (*sources, *full):
        known.setdefault(fold(seen.name.split()[0]), seen)
    return known


def _seen(phrase: Phrase, at: int) -> Seen:
    nouns = frozenset(role.noun for role in phrase.roles)
    return Seen(name=phrase.name, start=at, roles=nouns, state=phrase.state, gender=phrase.gender, source=phrase.row)


def _is_in_full(phrase: Phrase) -> bool:
    # A row's full name is no full name in this report when the report writes the surname alone.
    if phrase.form != "person" or " " not in phrase.name:
        return False
    return phrase.row is None or fold(phrase.name).split()[0] in fold(phrase.words).split()


def _alone(at: int, phrase: Phrase, context: Context) -> Speaker | None:
    """The speaker when the phrase says it by itself."""
    noun = context.scan.called.get(phrase.name) if phrase.form in ("person", "lone") else None
    if noun and phrase.row is None and not phrase.roles:
        return spoken(phrase, at, body_called(phrase, noun, context))
    if phrase.form == "person" and (" " in phrase.name or phrase.row) and not _is_other_bearer(phrase, context):
        source = person(phrase, context)
        return spoken(phrase, at, source, context.catalogue.offices.get(source.id, frozenset()))
    if phrase.form == "body":
        return spoken(phrase, at, body(phrase, context))
    if phrase.form == "state":
        return spoken(phrase, at, state(phrase, context))
    if phrase.form == "role" and phrase.head and not _asks_context(phrase):
        return spoken(phrase, at, called(phrase, phrase.head, context))
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
    if head and head.sort == "office" and phrase.definite and phrase.body_name and not phrase.body:
        # "the director of the Tarn mill"
        return not phrase.plural
    if head is None or phrase.body or phrase.body_name:
        return False
    if head.sort in ("media", "body"):
        # "the French firm" points back, "the French army" does not
        firm = phrase.definite and head.noun in words("firms.txt")
        return not phrase.plural and (not phrase.state or firm or head.kind == "state_media")
    if phrase.state and not phrase.definite:
        return False
    return phrase.definite or head.sort in ("document", "spokes") or not phrase.plural


def _in_context(asked: Asked) -> Speaker | None:
    """The speaker that the report around a pronoun, a surname or "the agency" shows; none for a pronoun without one."""
    before = antecedent(asked)
    if before:
        told = before.gender or asked.phrase.gender
        return replace(before, at=asked.at, gender=told if told in ("m", "f") else "")
    if asked.phrase.form == "pronoun":
        return None
    last = unresolved(asked.phrase, asked.context)
    human = asked.phrase.form == "lone" and last.naming == "named"
    return spoken(replace(asked.phrase, form="person") if human else asked.phrase, asked.at, last)

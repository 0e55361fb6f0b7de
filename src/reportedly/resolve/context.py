"""What the speakers of one report are resolved against, and what one of them looks like once it is."""

from collections.abc import Mapping

import msgspec

from reportedly.lexicon.roles import Role, titles
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Source, Span
from reportedly.resolve.phrases import Phrase
from reportedly.resolve.scan import Scan, Seen

MADE_BY = "resolve 1"
PERSONAL = ("office", "person", "spokes")
FORCES = frozenset(
    ("army", "navy", "military", "troop", "soldier", "marines", "rebel", "air force", "armed forces", "coast guard")
)


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved source as this report shows it at `at`: by which role nouns, of which gender.

    `person` is true when one human being is meant, even where a body answers for him ("a police spokeswoman"); `inner`
    when he speaks within another's words.
    """

    source: Source
    at: int
    roles: frozenset[str] = frozenset()
    plural: bool = False
    person: bool = False
    gender: str = ""
    inner: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """One report: its text, what the text names, the phrases of its sources, full names by surname.

    `told` are the contents of attributions, in their order.
    """

    report: str
    text: str
    scan: Scan
    catalogue: Catalogue
    phrases: Mapping[str, Phrase]
    names: Mapping[str, Seen]
    told: tuple[Span, ...] = ()

    @property
    def is_civil(self) -> bool:
        """Whether no armed force is named."""
        return not self.scan.nouns & FORCES

    @property
    def is_on_police(self) -> bool:
        """Whether lieutenants and officers are the police's: it is named and no armed force is."""
        return "police" in self.scan.nouns and self.is_civil


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase at its place, with the speakers settled so far.

    `before` runs from the nearest back, `after` from the nearest on. `outer` speaks the words in which it stands;
    `quoted` is true when those are his very words, in which he himself is "I".
    """

    phrase: Phrase
    at: int
    context: Context
    before: tuple[Speaker, ...]
    after: tuple[Speaker, ...]
    outer: Speaker | None = None
    quoted: bool = False

    @property
    def around(self) -> tuple[Speaker, ...]:
        """Earlier speakers, then later ones."""
        return (*self.before, *self.after)


def spoken(phrase: Phrase, at: int, source: Source, more: frozenset[str] = frozenset()) -> Speaker:
    """The speaker that a phrase names, with the nouns it was named by (and `more` that are known of it)."""
    return Speaker(
        source=source,
        at=at,
        roles=frozenset(role.noun for role in _nouns(phrase)) | more,
        plural=phrase.plural,
        person=phrase.form == "person" or bool(phrase.head and phrase.head.sort in PERSONAL and not phrase.plural),
        gender=phrase.gender or _gender_shown(phrase),
    )


def _nouns(phrase: Phrase) -> tuple[Role, ...]:
    return (*phrase.roles, *([phrase.head] if phrase.head else []))


def _gender_shown(phrase: Phrase) -> str:
    # spokeswoman, policeman, widow
    nouns = (role.noun.split()[-1] for role in phrase.roles)
    return next((titles()[noun].gender for noun in nouns if noun in titles()), "")

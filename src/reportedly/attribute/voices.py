"""Who in a parsed sentence has a voice: what cannot speak, whose act an infinitive or a participle is."""

from collections.abc import Mapping

from spacy.tokens import Token

from reportedly.lexicon import Row, words

ASIDES = ("as", "while", "when", "because", "although", "though", "since", "amid", "after", "before", "until")


def silent(head: Token) -> bool:
    """Whether a noun names an event, an act or a thing that shows nothing: "the treaty", "the rampage"."""
    return head.pos_ == "NOUN" and head.lemma_.lower() in words("silent.txt")


def second(verb: Token, known: Mapping[str, Row]) -> bool:
    """Whether an infinitive only says what another act is: "declined to comment", "told them to expect"."""
    head = verb.head
    row = known.get(head.lemma_.lower())
    infinite = verb.tag_ == "VB" and verb.dep_ == "xcomp" and head.i < verb.i
    return infinite and row is not None and row["certainty"] == "certain"


def unsaid(verb: Token) -> bool:
    """Whether a headline's participle has its subject for an object: "Bank seen raising its rate"."""
    return verb.lower_ == "seen" and not any(c.dep_ == "aux" for c in verb.children)


def aside(clause: Token, verb: Token) -> bool:
    """Whether a clause behind a comma is the report's own remark on an act of speech: "..., he said, as ties grew"."""
    first = clause.left_edge
    behind = first.i > verb.i and first.doc[first.i - 1].text == ","
    return behind and first.lower_ in ASIDES


def lent(verb: Token) -> list[Token]:
    """The clauses that the grammar hangs on a medium of the verb: "said in a statement that ..."."""
    media = [o for c in verb.children if c.dep_ == "prep" and c.i > verb.i for o in c.children if o.dep_ == "pobj"]
    return [c for noun in media for c in noun.children if c.dep_ in ("acl", "ccomp") and _opened(c)]


def lends(noun: Token, known: Mapping[str, Row]) -> bool:
    """Whether a noun with a clause is but the medium of a reporting verb: the "statement" of "said in a statement"."""
    link = noun.head
    carrier = link.head if link.dep_ == "prep" and noun.dep_ == "pobj" else None
    return carrier is not None and carrier.lemma_.lower() in known and carrier.pos_ == "VERB" and carrier.i < link.i


def _opened(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def reduced(verb: Token) -> bool:
    """Whether a participle says what others made of a noun: "a claim denied by"."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and any(c.dep_ == "agent" for c in verb.children)


def attended(verb: Token) -> Token | None:
    """Whose act a participle is in "..., with the judge describing ..."."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "acl", "ccomp", "xcomp"):
        return None
    links = [c for c in verb.head.children if c.dep_ == "prep" and c.lower_ == "with" and c.i < verb.i]
    objects = [o for link in links[-1:] for o in link.children if o.dep_ == "pobj"]
    between = verb.doc[objects[0].right_edge.i + 1 : verb.i] if objects else ()
    return objects[0] if objects and all(t.is_punct or t.dep_ == "aux" for t in between) else None


def interposed(subject: Token, verb: Token) -> Token | None:
    """The name before a relative clause where the grammar took an earlier noun for the subject.

    "A has sold 90 boats to B, the Lask Group, which follows the trade, said": the Lask Group.
    """
    if verb.i > 3 and verb.doc[verb.i - 1].text != ",":
        return _unclosed(subject, verb)
    if verb.i < 3:
        return None
    last = verb.doc[verb.i - 2]
    clause = next((t for t in (last, *last.ancestors) if t.dep_ == "relcl" and subject.i < t.i < verb.i), None)
    name = clause.head if clause is not None else None
    if name is None or name.dep_ not in ("appos", "conj") or subject.i in _named(name):
        return None
    return name if name.doc[name.left_edge.i - 1].text == "," else None


def _unclosed(subject: Token, verb: Token) -> Token | None:
    """ "Aid, a diplomat said, was welcome": no comma parts the noun from its verb, so it is the subject of it."""
    at = verb.doc[verb.i - 1]
    while at.dep_ in ("compound", "amod", "nummod") and at.head.i < verb.i:
        at = at.head
    beside = at.dep_ == "appos" and at.i > subject.i and at.i == verb.i - 1
    return at if beside and at.doc[at.left_edge.i - 1].text == "," else None


def _named(name: Token) -> set[int]:
    """The places of a name and of all that it stands beside: in "Vest, the mayor", that of Vest."""
    places, at = {name.i}, name
    while at.dep_ in ("appos", "conj", "compound") and at.head.i not in places:
        at = at.head
        places.add(at.i)
    return places


def caused(verb: Token, known: Mapping[str, Row]) -> bool:
    """Whether a participle that carries a feeling follows from what its clause tells: "..., raising fears that"."""
    if verb.lemma_.lower() not in words("causing.txt"):
        return False
    if verb.lemma_.lower() != "raise":
        return True
    row = known.get(verb.head.lemma_.lower())
    speaks = row is not None and row["signature"] == "assert" and row["certainty"] == "certain"
    return verb.tag_ == "VBG" and verb.doc[verb.i - 1].text == "," and not speaks

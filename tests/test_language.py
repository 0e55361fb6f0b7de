"""Grammar: the remembered attribute ruler tells what the package's own does; sentences are those given."""

from reportedly.language import parse, parser
from reportedly.model import Report, Segmented
from reportedly.segment import segment

TEXT = """ORVA, May 3 (Kelm Wire) - There's a plan, but it isn't one that they'll like, Minister Ana Holt's aide said.

Let's go: we're gonna wait, she'd said, because nobody had told   them. "I ain't leavin' 'em," he said; you gotta try.
The 12 men who did it have been caught. That is all. While it was raining, something fell in Orva-Nord."""
TOLD: list[int | str] = ["ORTH", "TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "SENT_START"]


def report(text: str) -> Report:
    return Report(id="r", text=text, text_sha256="", original_sha256="", name="r")


def read() -> Segmented:
    return segment(report(TEXT))


def test_the_remembered_ruler_tells_what_the_packages_own_tells() -> None:
    segmented = read()
    starts = {span.start for span in segmented.sentences}
    expected = parser().make_doc(segmented.report.text)
    for token in expected:
        token.is_sent_start = token.idx in starts or token.i == 0
    for _, pipe in parser().pipeline:
        expected = pipe(expected)
    for _ in range(2):  # asked and remembered
        parse.cache_clear()
        assert (parse(segmented).to_array(TOLD) == expected.to_array(TOLD)).all()


def test_sentences_are_those_of_the_segmented_report() -> None:
    segmented = read()
    doc = parse(segmented)
    starts = {span.start for span in segmented.sentences}
    assert [s.start_char for s in doc.sents] == [t.idx for t in doc if t.idx in starts or t.i == 0]


def test_a_text_without_a_word_is_parsed() -> None:
    assert len(parse(segment(report("")))) == 0

"""Model and rules read one text: which of them is heard."""

from reportedly.attribute.united import united
from reportedly.model import Attribution, Span

TEXT = "Ana said the dam held, and the mayor feared more rain."


def made(who: str, cue: str, content: str, probability: float, by: str) -> Attribution:
    def span(words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    source = span(who) if who else None
    return Attribution(
        id="", report="r", content=(span(content),), source=source, cue=span(cue), probability=probability, made_by=by
    )


LEAST = 0.44


def known(span: Span) -> bool:
    return span.of(TEXT) != "held"


def test_what_both_see_is_kept_once_with_the_models_spans() -> None:
    model, rule = made("Ana", "said", "the dam held", 0.3, "model"), made("Ana", "said", "dam held", 0.9, "rules")
    (both,) = united([model], [rule], LEAST, known)
    assert (both.content, both.made_by) == (model.content, "model, rules")
    assert both.probability == 0.93
    assert united([made("Ana", "said", "the dam held", 0.29, "model")], [rule], LEAST, known) == ()


def test_what_the_model_alone_sees_must_be_likelier() -> None:
    weak, strong = made("Ana", "said", "the dam held", 0.4, "model"), made("the mayor", "feared", "rain", 0.5, "model")
    assert united([weak, strong], [], LEAST, known) == (strong,)


def test_inside_a_content_rules_are_heard() -> None:
    outer = made("Ana", "said", "the dam held, and the mayor feared more rain", 0.9, "model")
    inner = made("the mayor", "feared", "more rain", 0.6, "rules")
    assert united([outer], [inner], LEAST, known) == (outer, inner)
    assert united([], [inner], LEAST, known) == ()
    for model, heard in ((0.6, inner), (0.7, made("Ana", "feared", "more rain", 0.7, "model"))):
        both = united([outer, made("Ana", "feared", "more rain", model, "model")], [inner], LEAST, known)
        assert both == (outer, heard)


def test_an_act_is_no_cue_unless_the_model_is_sure() -> None:
    for probability, heard in ((0.7, 0), (0.75, 1)):
        assert len(united([made("the dam", "held", "more rain", probability, "model")], [], LEAST, known)) == heard

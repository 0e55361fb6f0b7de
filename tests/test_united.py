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


def test_what_both_see_is_kept_once_with_the_models_spans() -> None:
    model, rule = made("Ana", "said", "the dam held", 0.3, "model"), made("Ana", "said", "dam held", 0.9, "rules")
    (both,) = united([model], [rule])
    assert (both.content, both.made_by) == (model.content, "model, rules")
    assert both.probability == 0.93


def test_where_they_disagree_an_unsure_model_gives_way() -> None:
    rule = made("Ana", "said", "the dam held", 0.9, "rules")
    for unsure in (
        made("the mayor", "said", "the dam held", 0.6, "model"),
        made("", "said", "more rain", 0.6, "model"),
    ):
        assert united([unsure], [rule]) == (rule,)
    sure = made("the mayor", "said", "the dam held", 0.8, "model")
    assert united([sure], [rule]) == (sure,)


def test_what_one_alone_sees_must_be_likelier() -> None:
    weak, strong = made("Ana", "said", "the dam held", 0.55, "model"), made("the mayor", "feared", "rain", 0.7, "model")
    assert united([weak, strong], []) == (strong,)
    low, high = made("Ana", "said", "the dam held", 0.6, "rules"), made("the mayor", "feared", "rain", 0.75, "rules")
    assert united([], [low, high]) == (high,)


def test_inside_a_content_a_rule_may_be_less_sure() -> None:
    outer = made("Ana", "said", "the dam held, and the mayor feared more rain", 0.9, "model")
    inner = made("the mayor", "feared", "more rain", 0.6, "rules")
    assert united([outer], [inner]) == (outer, inner)
    assert united([], [inner]) == ()

"""Items found by numbers stand in the order of the list, whatever was dropped and put in since."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.web.ranked import Ranked, take_out

Item = tuple[int, str]


def key(item: Item) -> int:
    return item[0]


WORDS = st.lists(st.text("abc", max_size=2), max_size=12)


@given(WORDS, WORDS, st.data())
def test_what_is_found_is_the_list_less_what_was_dropped_with_what_is_new(
    first: list[str], more: list[str], data: st.DataObject
) -> None:
    old: list[Item] = [(2 * n, word) for n, word in enumerate(first)]
    led: dict[int, Item | None] = {n + 1: data.draw(st.sampled_from([*old, None])) for n in range(2 * len(old))}
    ranked, whole = Ranked(old, list(led.items()), key), list(old)
    dropped = data.draw(st.lists(st.sampled_from(old), unique=True)) if old else []
    ranked.drop(dropped)
    take_out(whole, dropped, key)
    led = {number: item for number, item in led.items() if item in whole}
    for n, word in enumerate(more):
        item = (2 * n + 1, word)
        numbers = data.draw(st.lists(st.integers(1, 40), max_size=3))
        numbers = [number for number in numbers if number not in led]  # given again only when what had them is gone
        ranked.put(item, numbers)
        led |= dict.fromkeys(numbers, item)
        whole = sorted([*whole, item], key=key)
    asked = data.draw(st.lists(st.integers(1, 50)))
    wanted = [led[number] for number in asked if number in led]
    assert ranked.found(asked) == [item for item in whole if item in wanted]


def test_what_is_dropped_twice_or_was_never_there_does_no_harm() -> None:
    items: list[Item] = [(0, "a"), (1, "b"), (1, "c")]
    ranked = Ranked(items, [(1, items[0]), (2, items[2]), (3, None)], key)
    ranked.drop([items[2], (7, "z"), (1, "d")])
    ranked.drop([items[2]])
    take_out(items, [(1, "c"), (1, "c"), (7, "z")], key)
    assert ranked.found([3, 2, 1, 1, 99]) == items[:1]
    assert items == [(0, "a"), (1, "b")]

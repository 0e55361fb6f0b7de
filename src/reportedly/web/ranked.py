"""What the numbers of some records lead to, in the order of a whole list: no record is looked at that is not found."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Key = Callable[[Item], Any]
NOWHERE = -1


class Ranked(Generic[Item]):
    """An ordered list as it once was, found by numbers, with what was dropped and put in since."""

    def __init__(self, ordered: Sequence[Item], numbers: Iterable[tuple[int, Item | None]], key: Key[Item]) -> None:
        """`numbers` lead to items of the list, by identity; `key` orders them."""
        self._base, self._key = list(ordered), key
        place = {id(item): n for n, item in enumerate(self._base)}
        self._places = array("i")
        for number, item in numbers:  # one by one: a list of them all would set off a search for rubbish
            self._places.extend([NOWHERE] * (number + 1 - len(self._places)))
            self._places[number] = NOWHERE if item is None else place[id(item)]
        self._gone: set[int] = {NOWHERE}
        self._new: dict[int, Item] = {}

    def found(self, numbers: Iterable[int]) -> list[Item]:
        """The items that these numbers lead to, each once, in order."""
        known, asked, size = self._places, set(numbers), len(self._places)
        ranks = {known[number] for number in asked if number < size} - self._gone
        items = [self._base[rank] for rank in sorted(ranks)]
        new = {id(item): item for number in asked & self._new.keys() for item in (self._new[number],)}
        for item in new.values():
            insort(items, item, key=self._key)
        return items

    def drop(self, items: Sequence[Item]) -> None:
        """Takes items out; numbers that led to them lead nowhere."""
        self._gone |= {rank for item in items if (rank := place(self._base, item, self._key)) is not None}
        gone = {id(item) for item in items}
        self._new = {number: item for number, item in self._new.items() if id(item) not in gone}

    def put(self, item: Item, numbers: Iterable[int]) -> None:
        """Puts an item in, to which these numbers lead from now on."""
        self._new |= dict.fromkeys(numbers, item)


def place(ordered: Sequence[Item], item: Item, key: Key[Item]) -> int | None:
    """Where an item stands in a list in the order of `key`; None where it does not."""
    wanted = key(item)
    for at in range(bisect_left(ordered, wanted, key=key), len(ordered)):
        if ordered[at] is item or ordered[at] == item:
            return at
        if key(ordered[at]) != wanted:
            return None
    return None


def take_out(ordered: list[Item], items: Iterable[Item], key: Key[Item]) -> None:
    """Takes items out of a list in the order of `key`."""
    for item in items:
        at = place(ordered, item, key)
        if at is not None:
            del ordered[at]

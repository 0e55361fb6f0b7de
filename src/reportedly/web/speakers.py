"""Everyone who speaks in a ledger as of one moment, found by id or by what they are called."""

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from reportedly.ledgers import Ledger, questions

View = dict[str, Any]
NEVER: View = {"first_hand": 0, "relayed": 0, "through": {}}
BORDER = "\x00"


class Speakers:
    """`every` has those heard most first. All names stand in one text: no record is looked at that is not found."""

    def __init__(self, ledger: Ledger) -> None:
        hands, called = questions.hands(ledger), dict[str, str]()
        for source, name, others in ledger.db.execute("SELECT DISTINCT id, name, aliases FROM sources"):
            called[source] = f"{called.get(source, '')}\n{name}\n{others}".casefold()
        self.every: list[View] = [{**each, **hands.get(each["id"], NEVER)} for each in questions.sources(ledger)]
        self._by_id = {each["id"]: each for each in self.every}
        names = [BORDER + called[each["id"]].replace(BORDER, " ") for each in self.every]
        self._names, self._starts = "".join(names), [0, *accumulate(map(len, names))]

    def one(self, source: str) -> View | None:
        """The source with this id."""
        return self._by_id.get(source)

    def called(self, words: str) -> list[View]:
        """Those called so, by name or by another name of theirs."""
        asked, found = words.casefold(), list[View]()
        if not asked:
            return list(self.every)
        at = -1 if BORDER in asked else self._names.find(asked)
        while at >= 0:
            n = bisect_right(self._starts, at) - 1
            found.append(self.every[n])
            at = self._names.find(asked, self._starts[n + 1])
        return found

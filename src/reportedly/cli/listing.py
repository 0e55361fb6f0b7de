"""Rows under headings, as a table where the screen is wide enough, else one block a row."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

UNBROKEN = ("CLAIM", "REPORT", "ATTRIBUTION", "JUDGEMENT", "ID", "DAY", "DATE")
WORDY = 16  # signs that a column of words needs at least, to be read with ease
BETWEEN = 3  # signs between two columns


class Listing:
    """What a list shows; columns in which nothing stands are left out."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns
        self.rows: list[tuple[str, ...]] = []

    def add(self, *cells: str) -> None:
        """One row, a cell for each column."""
        self.rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        used = [n for n in range(len(self.columns)) if not self.rows or any(row[n] for row in self.rows)]
        if sum(map(self._needs, used)) + BETWEEN * (len(used) - 1) <= options.max_width:
            yield self._table(used)
            return
        for row in self.rows:
            yield Text(row[0], style="bold")
            told = (f"{self.columns[n].lower()} {row[n]}" for n in used[1:] if row[n])
            yield Padding(Text(" · ".join(told)), (0, 0, 0, 2))

    def _needs(self, n: int) -> int:
        name, longest = self.columns[n], max((len(row[n]) for row in self.rows), default=0)
        return max(len(name), longest if name in UNBROKEN else min(longest, WORDY))

    def _table(self, used: list[int]) -> Table:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for n in used:
            table.add_column(self.columns[n], overflow="fold", no_wrap=self.columns[n] in UNBROKEN)
        for row in self.rows:
            table.add_row(*(row[n] for n in used))
        return table

"""One tree of errors; a message says what, why and what now."""


class ReportedlyError(Exception):
    """Anything a user can mend: bad input, a bad command, a newer file."""


class LexiconError(ReportedlyError):
    """A row of vocabulary that cannot be used."""


class ReadingError(ReportedlyError):
    """An input that cannot be read as a report."""


class LedgerError(ReportedlyError):
    """A ledger that cannot be opened, or holds what it should not."""


class UsageError(ReportedlyError):
    """A command that asks for what does not exist."""

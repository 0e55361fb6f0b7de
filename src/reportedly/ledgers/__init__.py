"""Findings kept and found again: one SQLite file."""

from reportedly.ledgers.embedded import Ledger
from reportedly.ledgers.searching import Filters
from reportedly.ledgers.verifying import verify

__all__ = ["Filters", "Ledger", "verify"]

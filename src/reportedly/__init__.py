"""An evidence ledger from news reports: who says what, taken from whom, and who else says so independently.

read -> segment -> attribute -> resolve -> normalise -> link -> corroborate -> ledger -> show, review, export
"""

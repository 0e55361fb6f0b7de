"""The evidence browser: pages over a ledger, on this machine alone unless a token guards it."""

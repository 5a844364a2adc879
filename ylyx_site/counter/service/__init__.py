"""Commands of the counter: they flush, never commit, and write their journal entry."""

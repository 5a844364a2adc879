"""Pages of families: one's people, their guardians, consent."""

"""Who may take a child home: guardians, adults they authorised, a code of the day; and who not."""

"""Messages to people: planned in a transaction, shown on the site, sent after the commit."""

"""Forms of the desk's facility pages, one file a noun."""

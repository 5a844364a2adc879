"""Forms of handing over."""

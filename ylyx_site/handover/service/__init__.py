"""Commands of handing over: they flush and never commit."""

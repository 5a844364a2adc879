"""Rules of handing over."""

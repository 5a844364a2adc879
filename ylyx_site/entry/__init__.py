"""May a child come in: its papers, and the infectious diseases after which it stays away."""

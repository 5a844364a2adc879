"""Why something about meals cannot be, by noun: each says what to do now. Pure."""

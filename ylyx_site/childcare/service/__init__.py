"""Commands: book, cancel, undo. Each checks who asks, acts, and writes the journal."""

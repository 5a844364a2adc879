"""Many at once: what stays true is what `docs/architecture.md` promises, proved under fire."""

"""Pages of this room: signing in, one's own account, the administrator's accounts."""

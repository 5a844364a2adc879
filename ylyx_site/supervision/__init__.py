"""The supervisors' room: the register of a district, its numbers, and what only they change."""

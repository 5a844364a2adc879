"""Working days, holidays and 调休: a table that an administrator imports."""

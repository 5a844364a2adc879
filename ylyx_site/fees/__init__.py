"""What a month of care costs each child, from what really was, and what has been paid of it."""

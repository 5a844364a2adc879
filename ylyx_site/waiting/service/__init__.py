"""Commands of the queue: join, pause, leave, run, answer. They flush and never commit."""

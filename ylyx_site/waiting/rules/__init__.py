"""Rules of the queue: order, time to answer, replay. Pure."""

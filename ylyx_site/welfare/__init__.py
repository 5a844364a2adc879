"""A meal that did not reach its person: looking after the person until it is known why."""

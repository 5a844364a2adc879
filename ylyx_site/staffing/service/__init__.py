"""Commands of the roster. Each brings what it changes into the ledger, in the same transaction.

All take `confirmed` and raise `places.errors.OverBooked` without it when a change would leave less
than is booked. Confirmed, nobody is dropped and nobody new gets in.
"""

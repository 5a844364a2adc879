"""The port where a payment provider will stand. Nothing here talks to one."""

from typing import Protocol


class Gateway(Protocol):
    """Takes money for a meal ahead of collecting it.

    `begin` is called after commit, never inside a transaction, and may be called again with the
    same receipt. What the provider answers is recorded by `service.payments.record`.
    """

    def begin(self, receipt: str, fen: int, back: str) -> str:
        """The address to which the payer is sent for this receipt; `back` is where to return."""


class PayOnCollecting:
    """What stands in for a gateway: nothing is taken, the clerk records it at the window."""

    def begin(self, receipt: str, fen: int, back: str) -> str:  # noqa: ARG002 the port's shape
        """Straight back to the ticket."""
        return back

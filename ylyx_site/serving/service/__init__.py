"""Commands of handing over: `hand_over` is what the counter and the rounds call."""

from ylyx_site.serving.service.handing import Handed, hand_over, undo

__all__ = ["Handed", "hand_over", "undo"]

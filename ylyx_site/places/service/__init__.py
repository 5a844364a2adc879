"""Commands of the ledger: taking and giving back here, changes of the register in `changes`."""

from ylyx_site.places.service.ledger import give_back, take

__all__ = ["give_back", "take"]

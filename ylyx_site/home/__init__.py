"""The front door: home, the family's board, help, edition and language."""

"""The ledger: whatever is limited is counted here, and nowhere else."""

"""Who did what when, reads of personal data too; append-only, sealed into a hash chain."""

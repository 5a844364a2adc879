"""People cared for (children, elders), their guardians, and the consent to keep what is kept."""

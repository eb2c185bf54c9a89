"""Demo data: tickets of Velmo, a fictional e-bike subscription (written by us)."""

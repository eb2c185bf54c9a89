"""Files as records: any encoding, packed or not, one record at a time."""

"""What the help centre did, with numerators, denominators and intervals."""

"""Tests of kbtool/site and theme/."""

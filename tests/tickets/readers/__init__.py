"""Tests of kbtool/tickets."""

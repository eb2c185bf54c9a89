"""Tests of kbtool/server/search."""

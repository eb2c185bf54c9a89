"""Tests of kbtool/server/contact."""

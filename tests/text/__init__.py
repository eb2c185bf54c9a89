"""Tests of kbtool/text."""

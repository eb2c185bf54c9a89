"""Tests of kbtool/suggest."""
